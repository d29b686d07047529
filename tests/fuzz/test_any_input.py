"""Whatever is read: an answer or a CaseError with a stable code, never another exception."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from licet.cli.talk import Talk, _node
from licet.facts.case import Case, read_case
from licet.facts.errors import CaseError, LicetError
from licet.facts.values import read_value
from licet.facts.yamltext import decode, read_yaml
from licet.services.check import Options
from licet.services.interview import Interview
from tests.properties.cases import EXAMPLES, checker, days, often

CODE = re.compile(r"E_[A-Z_]+")
FACTS = checker().law.dictionary
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml"))]
MARKS = st.sampled_from(
    [*":-[]{}#&*!|>'\"%@`,?\n\t \\\x00\u202e\ufeff\u2028\ud7ff\U0001f600", "- ", ": ", "\n  ", "yes", "NO", "1e9", ".."]
)
KEYS = st.sampled_from(
    [*FACTS.facts, "items", "parties", "rates", "owners", "components", "held", "complete", "on", "case"]
)
SCALARS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["yes", "no", "unknown", "1", "CN", "-1", "1e30", "nan", "2024-01-01", "[", "~", ""]),
)


def understood(text: str) -> Case | None:
    """The case in a text; None where it is refused as it should be."""
    try:
        return read_case(read_yaml(text, "case"), FACTS)
    except LicetError as error:
        told(error)
        return None


def told(error: LicetError) -> None:
    assert error.problems
    for problem in error.problems:
        assert CODE.fullmatch(problem.code)
        assert problem.message


@often(300)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    try:
        text = decode(data, "case")
    except CaseError as error:
        told(error)
        return
    understood(text)


@often(400)
@given(st.lists(st.one_of(MARKS, st.text(max_size=5)), max_size=30).map("".join))
@example("? [a]\n: b")
@example("a: !!python/object/apply:os.system [x]")
@example("{a: &x [1], b: *x}")
@example("%YAML 9.9\n---\na: 1")
@example("a: 'b")
@example("\ud800")
def test_any_text(text: str) -> None:
    understood(text)


@often(200)
@given(st.sampled_from(TEXTS), st.data())
def test_any_example_with_a_piece_cut_out_or_put_in(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = min(len(text), start + data.draw(st.integers(0, 40)))
    understood(text[:start] + data.draw(st.one_of(MARKS, st.text(max_size=6))) + text[end:])


NESTED = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(KEYS, st.text(max_size=6)), inner, max_size=4)
    ),
    max_leaves=12,
)


def flow(value: object) -> str:
    """A value as YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return quoted(str(value))


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\n", " ") + "'"


@often(400)
@given(st.dictionaries(KEYS, NESTED, max_size=5))
def test_any_shape_under_right_keys(case: dict[str, object]) -> None:
    found = understood(flow(case))
    if found is not None:
        try:
            checker().check(found, Options(on=days()[-1]))
        except CaseError as error:
            told(error)


@often(400)
@given(
    st.sampled_from(sorted(FACTS.facts)),
    st.one_of(SCALARS, st.text(max_size=20), st.integers().map(str), st.floats().map(str)),
)
def test_any_value_of_any_fact_is_read_or_refused(name: str, text: str) -> None:
    known = FACTS.facts[name]
    try:
        value = read_value(known, _node(text, known))
    except CaseError as error:
        told(error)
        return
    if known.numeric and value is not None:
        low, high = value
        assert all(end is None or type(end) is int for end in value)
        assert low is None or high is None or low <= high
        assert known.low is None or low is None or low >= known.low


def talk(answers: list[str]) -> tuple[Interview, list[str]]:
    """An interview about the first example's bare facts, answered with these words."""
    given = iter(answers)
    said: list[str] = []

    def answer(_: str) -> str:
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    text = "on: 2023-11-20\nact: export\nshipment: {from: US, to: CN}\nitems: [{id: card, kind: integrated_circuit}]"
    interview = Interview(checker(), read_case(read_yaml(text, "case"), FACTS))
    try:
        Talk(interview, FACTS, "en", answer, said.append).run()
    except Exception as stopped:
        assert type(stopped).__name__ == "Stopped"
    return interview, said


WORDS = st.one_of(
    st.sampled_from(
        [
            "yes",
            "no",
            "?",
            "",
            "none",
            "1",
            "1 2",
            "1?",
            "99",
            "0",
            "1979@8",
            "@",
            "1@",
            "a@b",
            "800..830",
            "CN",
            "is that all",
        ]
    ),
    st.sampled_from(["purchaser, A, CN", ",,,", "end_user", "60, B, NL", "integrated_circuit, chip", "١", "quit"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "No"]), max_size=10),
)


@often(40)
@given(st.lists(WORDS, max_size=12))
def test_any_answer_in_an_interview_is_understood_or_asked_again(answers: list[str]) -> None:
    talk(answers)


def test_the_corpus_is_there() -> None:
    assert len(TEXTS) > 10
    assert Path(EXAMPLES).is_dir()


def test_a_raised_digit_is_none_of_the_numbers_of_a_checklist() -> None:
    for declined in range(12):
        talk([*["?"] * declined, "²"])
