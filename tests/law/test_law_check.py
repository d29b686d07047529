"""What `licet law check` finds, one check at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules.small import FACTS, HEAD, SOURCE, Writer, rule_text

from licet.rules.corpus import read_law
from licet.services.lawcheck import Report, check
from licet.services.lawcheck.paragraphs import gaps, paths

TEST = """\
- {case: caught, on: 2022-01-01, given: {item.datacenter: yes}, expect: yes}
- {case: before, on: 2021-12-31, given: {item.datacenter: yes}, expect: no}
"""
NEEDED = rule_text(
    "{rule: xx.act.1}", HEAD.replace("act.1", "act.2").replace("entry", "requirement").replace("item", "case")
)
NEEDED_TEST = """\
- {case: caught, on: 2022-01-01, given: {items: [{datacenter: yes}]}, expect: yes}
- {case: before, on: 2021-12-31, given: {items: [{datacenter: yes}]}, expect: no}
"""
RIGHT = {"xx/1.yaml": rule_text(), "xx/1.test.yaml": TEST, "xx/2.yaml": NEEDED, "xx/2.test.yaml": NEEDED_TEST}


def found(write: Writer, files: dict[str, str], facts: str = FACTS) -> Report:
    root: Path = write(RIGHT | files, facts=facts)
    return check(root)


def errors(report: Report) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.place)) for problem in report.errors]


def test_nothing_is_wrong(law_folder: Writer) -> None:
    assert errors(found(law_folder, {})) == []


def test_no_test(law_folder: Writer) -> None:
    text = NEEDED.replace("act.2", "act.3")
    assert ("C_NO_TEST", "law/xx/3.yaml") in errors(found(law_folder, {"xx/3.yaml": text}))


def test_a_test_without_a_rule(law_folder: Writer) -> None:
    assert errors(found(law_folder, {"xx/9.test.yaml": TEST})) == [("C_STRAY_TEST", "law/xx/9.test.yaml")]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("- {case: a, on: 2022-02-31, expect: yes}\n", "L_FORM", "law/xx/1.test.yaml:1:3"),
        ("- {case: a, on: 2022-02-01, expects: yes}\n", "L_UNKNOWN_KEY", "law/xx/1.test.yaml:1:29"),
        ("- {case: a, on: 2022-02-01, expect: maybe}\n", "L_FORM", "law/xx/1.test.yaml:1:37"),
        ("- {case: a, on: 2022-02-01}\n", "L_FORM", "law/xx/1.test.yaml:1:3"),
        ("- {case: a, on: 2022-02-01, given: {item.tp: 1}, expect: yes}\n", "E_UNKNOWN_KEY", "law/xx/1.test.yaml:1:37"),
        (
            "- {case: a, on: 2022-02-01, given: {rules: {xx.no: yes}}, expect: yes}\n",
            "L_FORM",
            "law/xx/1.test.yaml:1:52",
        ),
        (
            "- {case: a, on: 2022-02-01, given: {rules: {xx.act.2: 7}}, expect: yes}\n",
            "L_FORM",
            "law/xx/1.test.yaml:1:55",
        ),
        ("- just a text\n", "L_FORM", "law/xx/1.test.yaml:1:3"),
    ],
)
def test_tests_that_cannot_be_read(text: str, code: str, place: str, law_folder: Writer) -> None:
    assert (code, place) in errors(found(law_folder, {"xx/1.test.yaml": text}))


def test_first_days_and_days_before(law_folder: Writer) -> None:
    report = found(law_folder, {"xx/1.test.yaml": TEST.splitlines()[0]})
    (problem,) = report.errors
    assert problem.code == "C_UNTESTED_DATE"
    assert "version 1 (2022-01-01) has no test on the day before" in problem.message


def test_what_a_scaffold_left_to_do(law_folder: Writer) -> None:
    text = rule_text().replace("title: Chips", "title: TODO")
    assert errors(found(law_folder, {"xx/1.yaml": text})) == [("C_TODO", "law/xx/1.yaml:5")]


def test_a_stale_equivalent(law_folder: Writer) -> None:
    text = rule_text(more="equivalent:\n  - {mutant: 'v1 when: negate', why: it is not}\n")
    assert errors(found(law_folder, {"xx/1.yaml": text})) == [("C_STALE_EQUIVALENT", "law/xx/1.yaml")]


def test_an_entry_no_requirement_uses(law_folder: Writer) -> None:
    other = {"xx/3.yaml": rule_text().replace("act.1", "act.3"), "xx/3.test.yaml": TEST}
    assert errors(found(law_folder, other)) == [("C_IDLE_ENTRY", "law/xx/3.yaml")]
    reason = "not_coded:\n  - {cite: AT, why: controlled for AT only}\n"
    other["xx/3.yaml"] += reason
    assert errors(found(law_folder, other)) == []


def test_an_entry_used_at_a_remove(law_folder: Writer) -> None:
    between = HEAD.replace("act.1", "act.4").replace("entry", "reach")
    files = {
        "xx/3.yaml": rule_text().replace("act.1", "act.3"),
        "xx/3.test.yaml": TEST,
        "xx/4.yaml": rule_text("{rule: xx.act.3}", between),
        "xx/4.test.yaml": TEST,
        "xx/2.yaml": NEEDED.replace("{rule: xx.act.1}", "{any: [{rule: xx.act.1}, {rule: xx.act.4}]}"),
    }
    assert errors(found(law_folder, files)) == []


def test_a_relief_that_lifts_nothing(law_folder: Writer) -> None:
    head = HEAD.replace("act.1", "act.3").replace("entry", "relief").replace("item", "case") + "lifts: []\n"
    always = rule_text("{always: yes}", head)
    files = {"xx/3.yaml": always, "xx/3.test.yaml": TEST}
    assert errors(found(law_folder, files)) == [("C_LIFTS_NOTHING", "law/xx/3.yaml:8")]


def test_a_fact_without_chinese(law_folder: Writer) -> None:
    facts = f"{FACTS}item.colour: {{type: text, ask: {{en: Which colour?}}}}\n"
    report = found(law_folder, {}, facts)
    line = len(facts.splitlines())
    assert errors(report) == [("C_NO_CHINESE", f"law/facts/facts.yaml:{line}")]
    assert "no rule reads item.colour" in {problem.message for problem in report.remarks}


def test_remarks(law_folder: Writer) -> None:
    group = f"id: xx.g\nkind: group\ncite: A\ntitle: A\nversions:\n  - {{from: 2022-01-01, {SOURCE}, members: [CN]}}\n"
    group_test = "- {case: in, on: 2022-01-01, members: [CN]}\n- {case: before, on: 2021-12-31, members: []}\n"
    measure = HEAD.replace("act.1", "m").replace("entry", "measure") + "gives: item.density\nversions:\n"
    measure += (
        f"  - {{from: 2022-01-01, {SOURCE}, value: item.tpp}}\n  - {{from: 2027-01-01, {SOURCE}, value: item.tpp}}\n"
    )
    days = ("2022-01-01", "2021-12-31", "2027-01-01", "2026-12-31")
    measure_test = "".join(f"- {{case: at, on: {day}, given: {{item.tpp: 1}}, expect: unknown}}\n" for day in days)
    files = {"xx/g.yaml": group, "xx/g.test.yaml": group_test, "xx/m.yaml": measure, "xx/m.test.yaml": measure_test}
    report = found(law_folder, files)
    assert errors(report) == []
    codes = {problem.code for problem in report.remarks}
    assert codes >= {
        "C_IDLE_GROUP",
        "C_IDLE_MEASURE",
        "C_NO_POLICY",
        "C_NO_NOTE",
        "C_BEYOND_SOURCES",
        "C_FACT_NOT_READ",
    }


def test_a_law_with_a_cycle_is_only_loaded(law_folder: Writer) -> None:
    report = found(law_folder, {"xx/1.yaml": rule_text("{rule: xx.act.1}")})
    assert [code for code, _ in errors(report)] == ["L_CYCLE"]


@pytest.mark.parametrize(
    ("cite", "expected"),
    [
        ("a.1", [("a", "1")]),
        ("(c)(2)(iv)", [("c", "2", "iv")]),
        ("z.1.a, z.2.a", [("z", "1", "a"), ("z", "2", "a")]),
        ("(c)-(f)", [("c",), ("d",), ("e",), ("f",)]),
        ("a.1-a.3", [("a", "1"), ("a", "2"), ("a", "3")]),
        ("744.23(a)(5)", [("a", "5")]),
        ("750.7(c)", [("750.7", "c")]),
        ("Note 2", []),
        ("88 FR 73458", []),
        ("15 CFR part 744", []),
    ],
)
def test_paragraphs_in_a_citation(cite: str, expected: list[tuple[str, ...]], law_folder: Writer) -> None:
    text = rule_text().replace("Act s. 1", "15 CFR 744.23(a)")
    rule = read_law(law_folder({"xx/1.yaml": text})).rules["xx.act.1"]
    assert list(paths(cite, rule)) == expected


@pytest.mark.parametrize(
    ("coded", "listed", "expected"),
    [
        ({("a", "1"), ("a", "3")}, set(), [("a", "2")]),
        ({("a", "1"), ("a", "3")}, {("a", "2", "i")}, []),
        ({("a",), ("d",)}, {("b",)}, [("c",)]),
        ({("a", "i"), ("a", "iv")}, set(), [("a", "ii"), ("a", "iii")]),
        ({("A",), ("C",)}, set(), [("B",)]),
        ({("a", "1"), ("b", "3")}, set(), []),
        ({("Note",), ("x",)}, set(), []),
    ],
)
def test_skipped_paragraphs(
    coded: set[tuple[str, ...]], listed: set[tuple[str, ...]], expected: list[tuple[str, ...]]
) -> None:
    assert list(gaps(coded, listed)) == expected


def test_skipped_paragraphs_are_a_remark(law_folder: Writer) -> None:
    when = "{any: [{if: item.datacenter, cite: a.1}, {if: item.tpp > 1, cite: a.3}]}"
    report = found(law_folder, {"xx/1.yaml": rule_text(when)})
    assert [p.message for p in report.remarks if p.code == "C_SKIPPED"] == ["xx.act.1: nothing is said of (a)(2)"]
