"""Every error of the loader: its code, the file and line it names, and the hint."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules import small
from tests.rules.small import HEAD, Writer, rule_text

from licet.facts.errors import LawError, Problem
from licet.rules.corpus import read_law, read_law_with_problems

SOURCE = f"    {small.SOURCE}\n"
ONE = f"versions:\n  - from: 2022-01-01\n{SOURCE}"
# One wrong rule a file; its first lines say the code and the line of the error, its words and the hint.
BAD = Path(__file__).parent / "bad"


def problems(root: Path) -> list[Problem]:
    return read_law_with_problems(root)[1]


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_wrong_rule_is_named_with_its_place_and_a_hint(path: Path, law_folder: Writer) -> None:
    text = path.read_text(encoding="utf-8")
    error, says, hint = (line.partition(": ")[2] for line in text.splitlines()[:3])
    (problem,) = problems(law_folder({"xx/1.yaml": text}))
    assert f"{problem.code} at {problem.place.line}" == error
    assert problem.place.file == "law/xx/1.yaml"
    assert says in problem.message
    assert hint in problem.hint


def test_a_right_rule_loads(law_folder: Writer) -> None:
    law = read_law(law_folder({"xx/1.yaml": rule_text()}))
    assert law.rules["xx.act.1"].instrument == "xx.act"
    assert law.rules["xx.act.1"].file == "law/xx/1.yaml"
    assert law.rules["xx.act.1"].versions[0].place.line == 7


def test_all_problems_are_told_at_once(law_folder: Writer) -> None:
    root = law_folder({"xx/1.yaml": rule_text("item.x"), "xx/2.yaml": rule_text("item.y").replace("act.1", "act.2")})
    assert [problem.place.file for problem in problems(root)] == ["law/xx/1.yaml", "law/xx/2.yaml"]
    with pytest.raises(LawError) as raised:
        read_law(root)
    assert len(raised.value.problems) == 2


def test_the_same_id_twice(law_folder: Writer) -> None:
    (problem,) = problems(law_folder({"xx/1.yaml": rule_text(), "xx/2.yaml": rule_text()}))
    assert problem.code == "L_DUPLICATE_ID"
    assert "law/xx/1.yaml" in problem.message


def test_a_rule_outside_every_instrument(law_folder: Writer) -> None:
    (problem,) = problems(law_folder({"yy/1.yaml": rule_text()}))
    assert (problem.code, problem.place.file) == ("L_INSTRUMENT", "law/yy/1.yaml")


def test_two_measures_of_one_fact_show_both_places(law_folder: Writer) -> None:
    text = f"{HEAD.replace('entry', 'measure')}gives: item.tpp\n{ONE}    value: item.area\n"
    root = law_folder({"xx/1.yaml": text, "xx/2.yaml": text.replace("act.1", "act.2")})
    (problem,) = problems(root)
    assert problem.code == "L_CONFLICT"
    assert "law/xx/1.yaml" in problem.message
    assert "law/xx/2.yaml" in problem.message


def test_rules_that_need_each_other(law_folder: Writer) -> None:
    second = rule_text("{rule: xx.act.1}").replace("id: xx.act.1", "id: xx.act.2")
    (problem,) = problems(law_folder({"xx/1.yaml": rule_text("{rule: xx.act.2}"), "xx/2.yaml": second}))
    assert problem.code == "L_CYCLE"
    assert "xx.act.1" in problem.message
    assert "xx.act.2" in problem.message


def test_a_cycle_through_a_measure(law_folder: Writer) -> None:
    measure = f"{HEAD.replace('entry', 'measure').replace('act.1', 'act.2')}gives: item.tpp\n{ONE}    value:\n"
    measure += "      - {if: {rule: xx.act.1}, value: item.area}\n      - {value: item.delta}\n"
    (problem,) = problems(law_folder({"xx/1.yaml": rule_text("item.tpp > 1"), "xx/2.yaml": measure}))
    assert problem.code == "L_CYCLE"


def test_a_bar_of_no_relief(law_folder: Writer) -> None:
    text = f"{HEAD.replace('entry', 'bar').replace('item', 'case')}bars: [xx.act.9]\n{ONE}    when: {{always: yes}}\n"
    (problem,) = problems(law_folder({"xx/1.yaml": text}))
    assert (problem.code, problem.place.line) == ("L_DANGLING", 8)
    assert "bars xx.act.9, which is no relief" in problem.message


def test_lifting_what_does_not_exist(law_folder: Writer) -> None:
    head = HEAD.replace("entry", "relief").replace("item", "case")
    text = f"{head}lifts: [xx.act.9]\n{ONE}    when: {{always: yes}}\n"
    (problem,) = problems(law_folder({"xx/1.yaml": text}))
    assert problem.code == "L_DANGLING"
    assert "lifts names xx.act.9" in problem.message


def test_only_the_last_case_of_a_measure_has_no_guard(law_folder: Writer) -> None:
    cases = "      - {value: item.area}\n      - {value: item.area}\n"
    text = f"{HEAD.replace('entry', 'measure')}gives: item.tpp\n{ONE}    value:\n{cases}"
    (problem,) = problems(law_folder({"xx/1.yaml": text}))
    assert "the last case, and only the last" in problem.message


def test_no_law_in_the_folder(tmp_path: Path) -> None:
    with pytest.raises(LawError) as raised:
        read_law(tmp_path)
    assert raised.value.problems[0].code == "L_NO_LAW"


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ("item.x: {type: nmber, ask: {en: What?}}", "unknown type 'nmber'"),
        ("item.x: {type: number}", "the question is missing"),
        ("item.x: {type: number, colour: red, ask: {en: What?}}", "unknown key 'colour'"),
        ("- item.x", "expected a mapping of facts"),
        ("item.x: number", "item.x: expected a mapping"),
    ],
)
def test_a_wrong_dictionary(facts: str, message: str, law_folder: Writer) -> None:
    with pytest.raises(LawError) as raised:
        read_law(law_folder(facts=facts))
    (problem,) = raised.value.problems
    assert problem.code == "L_FACTS"
    assert message in problem.message
    assert problem.place.file == "law/facts/facts.yaml"


def test_a_gap_without_a_condition(law_folder: Writer) -> None:
    instrument = "id: xx.act\nkind: instrument\njurisdiction: xx\ntitle: A\ncite: A\nauthority: B\n"
    instrument += "encoded_from: 2020-01-01\nchecked_to: 2026-01-01\ngaps:\n  - {id: xx.gap, missing: much}\n"
    (problem,) = problems(law_folder(instrument=instrument))
    assert (problem.code, problem.place.line) == ("L_FORM", 10)
    assert "if: is missing" in problem.message


def test_an_entry_that_is_described_by_its_own_group_is_a_cycle(law_folder: Writer) -> None:
    group = f"id: xx.codes\nkind: group\nmatch: code\ncite: Act s. 1\ntitle: Codes\n{ONE}    members: [1A]\n"
    entry = rule_text(
        "{described: xx.codes}", "id: xx.act.1\nkind: entry\nsubject: item\ncode: 1A.b\ncite: Act s. 1\ntitle: B\n"
    )
    found = problems(law_folder({"xx/codes.yaml": group, "xx/1.yaml": entry}))
    assert [problem.code for problem in found] == ["L_CYCLE"]
