"""Bad input gets one clear line with a stable code, the place in the file and what to write instead."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from licet.facts.case import MAX_ITEMS, MAX_MEMBERS, MAX_PROBLEMS, Case, read_case
from licet.facts.errors import CaseError, LicetError, Problem
from licet.facts.yamltext import MAX_BYTES, decode, read_yaml
from licet.services.check import Checker

HEAD = "on: 2024-04-04\nact: export\nshipment: {from: US, to: CN}\n"


def read(checker: Checker, text: str) -> Case:
    return read_case(read_yaml(text, "case.yaml"), checker.law.dictionary)


def refused(checker: Checker, text: str) -> tuple[Problem, ...]:
    """The problems for which a case is refused, when read or when checked."""
    with pytest.raises(CaseError) as caught:
        checker.check(read(checker, text))
    for problem in caught.value.problems:
        assert "\n" not in str(problem)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "code", "line", "word"),
    [
        # unknown keys, with the nearest right word
        ("items: [{die_aera_mm2: 814}]", "E_UNKNOWN_KEY", 4, "die_area_mm2"),
        ("shipmnt: {from: US}", "E_UNKNOWN_KEY", 4, "shipment"),
        ("partys: [{name: A}]", "E_UNKNOWN_KEY", 4, "parties"),
        ("parties: [{rolle: end_user}]", "E_UNKNOWN_KEY", 4, "role"),
        ("complete: [party]", "E_UNKNOWN_KEY", 4, "parties"),
        # words that are none of those allowed
        ("end_use: {military: maybe}", "E_VALUE", 4, "yes, no or unknown"),
        ("items: [{kind: inegrated_circuit}]", "E_VALUE", 4, "integrated_circuit"),
        ("parties: [{role: [end_user, buyer]}]", "E_VALUE", 4, "one of"),
        # countries
        ("shipment.via: [Germany]", "E_COUNTRY", 4, "DE"),
        ("end_use: {in_country: Chnia}", "E_COUNTRY", 4, "CN"),
        ("end_use: {in_country: cn}", "E_COUNTRY", 4, "CN"),
        ("end_use: {in_country: XX}", "E_COUNTRY", 4, "ISO 3166"),
        ("end_use: {in_country: ＣＮ}", "E_COUNTRY", 4, "ISO 3166"),
        ("end_use: {in_country: СN}", "E_COUNTRY", 4, "ISO 3166"),  # a Cyrillic С
        # units
        ("items: [{die_area_mm2: 8.14 cm2}]", "E_UNIT", 4, "mm2"),
        ("items: [{die_area_mm2: 814 mm}]", "E_UNIT", 4, "mm2"),
        ("items: [{qubits: 40 kg}]", "E_UNIT", 4, "no unit"),
        ("items: [{value: 1200000}]", "E_UNIT", 4, "1200000 USD"),
        ("items: [{value: 12 dollars}]", "E_UNIT", 4, "1200000 USD"),
        # numbers
        ("items: [{die_area_mm2: big}]", "E_NUMBER", 4, "mm2"),
        ("items: [{die_area_mm2: -814}]", "E_NUMBER", 4, "at least 0"),
        ("items: [{die_area_mm2: 814.0000000001}]", "E_NUMBER", 4, "decimals"),
        ("items: [{die_area_mm2: 1e400}]", "E_NUMBER", 4, "ordinary size"),
        ("items: [{die_area_mm2: 1000000000000000000000000000000}]", "E_NUMBER", 4, "ordinary size"),
        ("items: [{die_area_mm2: 1e999999999999}]", "E_NUMBER", 4, "number"),
        ("items: [{die_area_mm2: NaN}]", "E_NUMBER", 4, "number"),
        ("items: [{die_area_mm2: .inf}]", "E_NUMBER", 4, "number"),
        ("items: [{die_area_mm2: Infinity}]", "E_NUMBER", 4, "ordinary size"),
        ("items: [{die_area_mm2: 0x10}]", "E_NUMBER", 4, "number"),
        ("items: [{die_area_mm2: [830, 800]}]", "E_RANGE", 4, "smaller end first"),
        ("items: [{die_area_mm2: 830..800}]", "E_RANGE", 4, "smaller end first"),
        ("items: [{die_area_mm2: [800]}]", "E_RANGE", 4, "[800, 830]"),
        ("items: [{die_area_mm2: [1, 2, 3]}]", "E_RANGE", 4, "[800, 830]"),
        ("items: [{die_area_mm2: {low: 1}}]", "E_UNKNOWN_KEY", 4, ""),
        # dates
        ("dates: {order: 2024-02-30}", "E_DATE", 4, "YYYY-MM-DD"),
        ("dates: {order: 30.02.2024}", "E_DATE", 4, "YYYY-MM-DD"),
        ("dates: {order: 2024-13-01}", "E_DATE", 4, "YYYY-MM-DD"),
        ("dates: {order: 0000-01-01}", "E_DATE", 4, "YYYY-MM-DD"),
        # shapes
        ("items: hello", "E_VALUE", 4, "mapping"),
        ("parties: [A, B]", "E_VALUE", 4, "mapping"),
        ("end_use: {military: [yes]}", "E_VALUE", 4, "single value"),
        ("parties: [{name: {a: b}}]", "E_UNKNOWN_KEY", 4, ""),
        ("parties:\n- name: A\n  name: B", "E_DUPLICATE_KEY", 6, "keep one"),
        ("parties: &a [{name: A}]", "E_YAML_ALIAS", 4, "write the value out"),
        ("parties: !!python/object:os.system [x]", "E_YAML_TAG", 4, "remove it"),
        ("parties: [\n", "E_YAML", 0, "not YAML"),
        ("---\na: b", "E_YAML", 4, "one document"),
        ("? [a, b]\n: c", "E_YAML", 4, "single word"),
        ("parties: [{name: \x00}]", "E_NOT_TEXT", 0, "not YAML text"),
    ],
)
def test_one_mistake_is_one_line_that_says_where_and_what_to_do(
    checker: Checker, text: str, code: str, line: int, word: str
) -> None:
    problems = refused(checker, HEAD + text + "\n")
    assert {problem.code for problem in problems} == {code}
    assert not line or problems[0].place.line == line
    assert problems[0].place.file == "case.yaml"
    assert word in str(problems[0])


@pytest.mark.parametrize(
    ("day", "code", "word"),
    [
        ("2024-02-30", "E_DATE", "YYYY-MM-DD"),
        ("yesterday", "E_DATE", "YYYY-MM-DD"),
        ("2024-01-31T00:01", "E_DATE", "time zone"),
        ("[2024-01-31]", "E_DATE", "YYYY-MM-DD"),
        ("unknown", "E_DATE", "YYYY-MM-DD"),
        ("1999-01-01", "E_BEFORE_LAW", "first day"),
        ("0001-01-01", "E_BEFORE_LAW", "first day"),
        ("", "E_DATE", "--on"),
    ],
)
def test_a_day_that_cannot_be_decided_on(checker: Checker, day: str, code: str, word: str) -> None:
    (problem,) = refused(checker, f"on: {day}\nact: export\n")
    assert (problem.code, word in str(problem)) == (code, True)


@pytest.mark.parametrize("on", ["9999-12-31", "9999-12-31T23:59-12:00", "9999-12-31T00:00+14:00"])
def test_the_last_day_of_the_calendar_is_a_day(checker: Checker, on: str) -> None:
    assert checker.check(read(checker, f"on: {on}\nact: export\n")).exit_code != 0


@pytest.mark.parametrize("on", ["0001-01-01T00:00+14:00", "0001-01-01T00:00+00:00"])
def test_the_first_moment_of_the_calendar_is_before_any_law(checker: Checker, on: str) -> None:
    assert {problem.code for problem in refused(checker, f"on: {on}\nact: export\n")} <= {"E_BEFORE_LAW", "E_DATE"}


@pytest.mark.parametrize(
    ("text", "code"), [("", "E_EMPTY"), ("# nothing\n", "E_EMPTY"), ("- a\n- b\n", "E_CASE"), ("hello", "E_CASE")]
)
def test_a_file_that_is_no_case(checker: Checker, text: str, code: str) -> None:
    assert [problem.code for problem in refused(checker, text)] == [code]


def test_every_mistake_is_told_at_once_up_to_a_limit(checker: Checker) -> None:
    assert len(refused(checker, "on: 2024-04-04\nact: exprt\nitems: [{kindd: a}]\nend_use: {military: x}\n")) == 3
    many = refused(checker, "on: 2024-04-04\n" + "".join(f"wrong_{number}: a\n" for number in range(20_000)))
    assert len(many) == MAX_PROBLEMS + 1
    assert many[-1].code == "E_TOO_MANY"


# --- size ------------------------------------------------------------------------------------


def test_a_file_of_fifty_megabytes_is_not_read() -> None:
    with pytest.raises(LicetError) as caught:
        decode(b"a" * (MAX_BYTES + 1), "case.yaml")
    assert caught.value.problems[0].code == "E_TOO_LARGE"


@pytest.mark.parametrize("data", [b"\xff\xfeo\x00n\x00", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04\xa0", b"caf\xe9: yes"])
def test_a_file_that_is_not_text(data: bytes) -> None:
    with pytest.raises(CaseError) as caught:
        decode(data, "case.yaml")
    assert caught.value.problems[0].code == "E_NOT_TEXT"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: " + "[" * 5000, "E_TOO_DEEP"),
        ("a: " + "{a: " * 5000, "E_TOO_DEEP"),
        ("parties: " + "[{owners: " * 2000 + "x" + "}]" * 2000, "E_TOO_DEEP"),
        ("a:\n" + "- " * 3000 + "a", "E_TOO_DEEP"),
        ("a: [" + "b, " * 600_000 + "]", "E_TOO_LARGE"),
        ("parties:\n" + "- {name: A}\n" * 100_000, "E_TOO_MANY"),
        ("parties:\n- owners:\n" + "  - {name: A}\n" * (MAX_MEMBERS + 1), "E_TOO_MANY"),
        ("items:\n- components:\n" + "  - {name: A}\n" * (MAX_MEMBERS + 1), "E_TOO_MANY"),
        ("items:\n" + "- {name: A}\n" * (MAX_ITEMS + 1), "E_TOO_MANY"),
        (f"parties: [{{name: {'A' * 20_000}}}]", "E_TOO_LARGE"),
        ("items: [{die_area_mm2: " + "9" * 100_000 + "}]", "E_NUMBER"),
        (f"{'k' * 1_000}: a", "E_UNKNOWN_KEY"),
        (f"? {'k' * 100_000}\n: a", "E_UNKNOWN_KEY"),
        (f"end_use: {{in_country: {'C' * 9_000}}}", "E_COUNTRY"),
        (f"act: {'C' * 9_000}", "E_VALUE"),
        (f"items: [{{die_area_mm2: 1 {'C' * 9_000}}}]", "E_UNIT"),
        ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", "E_YAML_ALIAS"),
    ],
    ids=[
        "lists",
        "mappings",
        "owners",
        "dashes",
        "values",
        "parties",
        "owners-wide",
        "components",
        "items",
        "name",
        "digits",
        "key",
        "longer-key",
        "country",
        "word",
        "unit",
        "bomb",
    ],
)
def test_what_is_too_much_is_refused_soon_and_in_few_words(checker: Checker, text: str, code: str) -> None:
    started = time.perf_counter()
    problems = refused(checker, "on: 2024-04-04\n" + text)
    assert code in {problem.code for problem in problems}
    assert time.perf_counter() - started < 60
    assert all(len(str(problem)) < 400 for problem in problems)


def test_two_thousand_components_are_decided(checker: Checker) -> None:
    parts = "".join(f"    - {{id: c{number}, tpp: {number}}}\n" for number in range(2000))
    started = time.perf_counter()
    found = checker.check(read(checker, f"{HEAD}items:\n- id: a\n  components:\n{parts}"))
    assert found.bounds.worst in ("licence_required", "prohibited")
    assert time.perf_counter() - started < 90  # far from it alone; this only tells minutes from seconds


def test_two_thousand_owners_are_decided(checker: Checker) -> None:
    owners = "".join(f"    - {{name: owner {number}, share: 0.05}}\n" for number in range(2000))
    started = time.perf_counter()
    checker.check(read(checker, f"{HEAD}parties:\n- name: A\n  owners:\n{owners}"))
    assert time.perf_counter() - started < 60


def test_owners_as_deep_as_a_file_may_be_are_decided(checker: Checker) -> None:
    depth = 18
    chain = "{name: a, owners: [" * depth + "{name: z}" + "]}" * depth
    started = time.perf_counter()
    checker.check(read(checker, f"{HEAD}parties: [{chain}]\n"))
    assert time.perf_counter() - started < 60


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["\u202egnihtemos", "Ｈｕａｗｅｉ", "A\u200bB", "'; DROP TABLE x; --", "<script>", "=1+1", "\ufeff", "N" * 9999],
)
def test_strange_names_are_only_names(checker: Checker, name: str) -> None:
    quoted = name.replace("'", "''")
    found = checker.check(read(checker, f"{HEAD}parties: [{{name: '{quoted}'}}]\n"))
    assert found.on == "2024-04-04"


# --- the command -----------------------------------------------------------------------------


def command(*words: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "licet.cli.main", *words], input=data, capture_output=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", b"E_EMPTY"),
        (b"\xff\xfe", b"E_NOT_TEXT"),
        (b"on: 2024-02-30\n", b"E_DATE"),
        (
            b"on: 2024-04-04\nact: export\nknowledge: {end_use: none_after_inquiry}\nend_use: {military: yes}\n",
            b"E_CONTRADICTION",
        ),
        (b"a: &a [x]\nb: *a\n", b"E_YAML_ALIAS"),
        (b"x" * (MAX_BYTES + 1), b"E_TOO_LARGE"),
        (b"[" * 5000, b"E_TOO_DEEP"),
    ],
)
def test_the_command_ends_with_2_and_a_line_without_a_traceback(data: bytes, code: bytes) -> None:
    done = command("check", "-", data=data)
    assert done.returncode == 2
    assert code in done.stderr
    assert b"Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_command_does_not_read_a_file_of_fifty_megabytes(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    done = command("check", str(large))
    assert (done.returncode, b"E_TOO_LARGE" in done.stderr, b"Traceback" in done.stderr) == (2, True, False)
