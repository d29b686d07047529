"""Every error of the loader: its code, the file and line it names, and the hint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from licet.facts.errors import LawError, Problem
from licet.rules.corpus import read_law, read_law_with_problems

HEAD = "id: xx.act.1\nkind: entry\nsubject: item\ncite: Act s. 1\ntitle: Chips\n"
SOURCE = "    source: {cite: OJ 1, read: 2026-01-02, basis: official}\n"
ONE = f"versions:\n  - from: 2022-01-01\n{SOURCE}"
Writer = Callable[..., Path]

# name: (text of xx/1.yaml, code, line, part of the message, part of the hint)
WRONG = {
    "unknown key": (f"{HEAD}colour: red\n{ONE}    when: item.datacenter\n", "L_UNKNOWN_KEY", 6, "'colour'", "allowed are"),
    "nearly a key": (f"{HEAD}not_code: []\n{ONE}    when: item.datacenter\n", "L_UNKNOWN_KEY", 6, "'not_code'", "not_coded"),
    "unknown kind": (HEAD.replace("entry", "entri") + ONE, "L_FORM", 2, "'entri' is not a kind", "did you mean entry"),
    "unknown subject": (HEAD.replace("item", "items") + ONE, "L_FORM", 3, "'items' is not a subject", "item"),
    "no title": (HEAD.replace("title: Chips\n", "") + f"{ONE}    when: item.datacenter\n", "L_FORM", 1, "title is missing", "add title"),
    "no versions": (HEAD, "L_FORM", 1, "versions are missing", ""),
    "no condition": (HEAD + ONE, "L_FORM", 7, "when is missing", "unknown:"),
    "no start": (f"{HEAD}versions:\n  - until: 2022-01-01\n{SOURCE}    when: item.datacenter\n", "L_FORM", 7, "from is missing", "YYYY-MM-DD"),
    "no date": (f"{HEAD}versions:\n  - from: 2022-02-30\n{SOURCE}    when: item.datacenter\n", "L_FORM", 7, "'2022-02-30' is not a date", "YYYY-MM-DD"),
    "moment without zone": (
        f"{HEAD}versions:\n  - from: 2022-02-01T00:01\n{SOURCE}    when: item.datacenter\n",
        "L_FORM",
        7,
        "names no time zone",
        "-05:00",
    ),
    "no source": (f"{HEAD}versions:\n  - from: 2022-01-01\n    when: item.datacenter\n", "L_SOURCE", 7, "the source is missing", "basis: official"),
    "recalled source": (
        f"{HEAD}{ONE}    when: item.datacenter\n".replace("official", "recalled"),
        "L_SOURCE",
        8,
        "recalled source may not land",
        "read the text",
    ),
    "unknown status": (f"{HEAD}{ONE}    status: paused\n    when: item.datacenter\n", "L_FORM", 9, "'paused' is not a status", "suspended"),
    "versions out of order": (
        f"{HEAD}versions:\n  - from: 2023-01-01\n{SOURCE}    when: item.datacenter\n  - from: 2022-01-01\n{SOURCE}    when: item.datacenter\n",
        "L_VERSIONS",
        10,
        "does not come after",
        "oldest first",
    ),
    "versions overlap": (
        f"{HEAD}versions:\n  - from: 2022-01-01\n    until: 2023-06-01\n{SOURCE}    when: item.datacenter\n"
        f"  - from: 2023-01-01\n{SOURCE}    when: item.datacenter\n",
        "L_VERSIONS",
        11,
        "two versions hold",
        "runs until",
    ),
    "ends before it starts": (
        f"{HEAD}versions:\n  - from: 2022-01-01\n    until: 2021-06-01\n{SOURCE}    when: item.datacenter\n",
        "L_VERSIONS",
        7,
        "before it starts",
        "",
    ),
    "unknown fact": (f"{HEAD}{ONE}    when: item.datacentre\n", "L_EXPRESSION", 9, "unknown fact item.datacentre", "item.datacenter"),
    "unknown fact in a leaf": (f"{HEAD}{ONE}    when: {{fact: item.knd, in: xx.g}}\n", "L_UNKNOWN_FACT", 9, "item.knd", "item.kind"),
    "a number as a set": (f"{HEAD}{ONE}    when: {{fact: item.tpp, in: xx.g}}\n", "L_FORM", 9, "is a number", "expression"),
    "no value of the fact": (f"{HEAD}{ONE}    when: \"item.kind = 'chp'\"\n", "L_EXPRESSION", 9, "'chp' is not a value", "chip"),
    "no group": (f"{HEAD}{ONE}    when: {{fact: item.kind, in: xx.g}}\n", "L_DANGLING", 7, "no group xx.g", ""),
    "no rule": (f"{HEAD}{ONE}    when: {{rule: xx.act.2}}\n", "L_DANGLING", 7, "refers to xx.act.2", "xx.act.1"),
    "itself": (f"{HEAD}{ONE}    when: {{rule: xx.act.1}}\n", "L_CYCLE", 0, "xx.act.1 -> xx.act.1", ""),
    "out of scope": (f"{HEAD}{ONE}    when: \"shipment.to = 'CN'\"\n", "L_SCOPE", 7, "shipment.to cannot be read here", "some: or every:"),
    "list out of scope": (
        f"{HEAD}{ONE}    when: {{some: {{of: parties, where: \"party.country = 'CN'\"}}}}\n",
        "L_SCOPE",
        7,
        "parties cannot be listed here",
        "belong to case",
    ),
    "nearly a branch": (f"{HEAD}{ONE}    when: {{al: [item.datacenter]}}\n", "L_FORM", 9, "not a condition: 'al'", "all"),
    "empty branch": (f"{HEAD}{ONE}    when: {{all: []}}\n", "L_FORM", 9, "all: has no parts", ""),
    "a bare list": (f"{HEAD}{ONE}    when: [item.datacenter]\n", "L_FORM", 9, "expression or a mapping", "all: or any:"),
    "no fact for the scheme": (
        f"{HEAD}scheme: yy\ncode: 1A\n{ONE}    when: item.datacenter\n",
        "L_FORM",
        9,
        "no fact item.declared.yy",
        "item.declared.xx",
    ),
    "a relief that names nothing": (
        f"{HEAD.replace('entry', 'relief').replace('item', 'case')}{ONE}    when: {{always: yes}}\n",
        "L_FORM",
        7,
        "lifts is missing",
        "a relief needs lifts:",
    ),
    "a measure of nothing": (
        f"{HEAD.replace('entry', 'measure')}gives: item.tp\n{ONE}    value: item.area\n",
        "L_UNKNOWN_FACT",
        8,
        "gives the unknown fact item.tp",
        "item.tpp",
    ),
    "a threshold that is no number": (
        f"{HEAD.replace('entry', 'ownership').replace('item', 'party')}counts: xx.act.1\nthreshold: half\n{ONE}",
        "L_FORM",
        9,
        "threshold: 'half' is not a number",
        "threshold: 50",
    ),
}


def problems(root: Path) -> list[Problem]:
    return read_law_with_problems(root)[1]


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_is_named_with_its_place_and_a_hint(name: str, law_folder: Writer) -> None:
    text, code, line, message, hint = WRONG[name]
    (problem,) = problems(law_folder({"xx/1.yaml": text}))
    assert problem.code == code
    assert (problem.place.file, problem.place.line) == ("law/xx/1.yaml", line)
    assert message in problem.message
    assert hint in problem.hint


def test_a_right_rule_loads(law_folder: Writer, rule_text: Callable[..., str]) -> None:
    law = read_law(law_folder({"xx/1.yaml": rule_text()}))
    assert law.rules["xx.act.1"].instrument == "xx.act"
    assert law.rules["xx.act.1"].file == "law/xx/1.yaml"
    assert law.rules["xx.act.1"].versions[0].place.line == 7


def test_all_problems_are_told_at_once(law_folder: Writer, rule_text: Callable[..., str]) -> None:
    root = law_folder({"xx/1.yaml": rule_text("item.x"), "xx/2.yaml": rule_text("item.y").replace("act.1", "act.2")})
    assert [problem.place.file for problem in problems(root)] == ["law/xx/1.yaml", "law/xx/2.yaml"]
    with pytest.raises(LawError) as raised:
        read_law(root)
    assert len(raised.value.problems) == 2


def test_the_same_id_twice(law_folder: Writer, rule_text: Callable[..., str]) -> None:
    (problem,) = problems(law_folder({"xx/1.yaml": rule_text(), "xx/2.yaml": rule_text()}))
    assert problem.code == "L_DUPLICATE_ID"
    assert "law/xx/1.yaml" in problem.message


def test_a_rule_outside_every_instrument(law_folder: Writer, rule_text: Callable[..., str]) -> None:
    (problem,) = problems(law_folder({"yy/1.yaml": rule_text()}))
    assert (problem.code, problem.place.file) == ("L_INSTRUMENT", "law/yy/1.yaml")


def test_two_measures_of_one_fact_show_both_places(law_folder: Writer) -> None:
    text = f"{HEAD.replace('entry', 'measure')}gives: item.tpp\n{ONE}    value: item.area\n"
    root = law_folder({"xx/1.yaml": text, "xx/2.yaml": text.replace("act.1", "act.2")})
    (problem,) = problems(root)
    assert problem.code == "L_CONFLICT"
    assert "law/xx/1.yaml" in problem.message
    assert "law/xx/2.yaml" in problem.message


def test_rules_that_need_each_other(law_folder: Writer, rule_text: Callable[..., str]) -> None:
    files = {"xx/1.yaml": rule_text("{rule: xx.act.2}"), "xx/2.yaml": rule_text("{rule: xx.act.1}").replace("id: xx.act.1", "id: xx.act.2")}
    (problem,) = problems(law_folder(files))
    assert problem.code == "L_CYCLE"
    assert "xx.act.1" in problem.message
    assert "xx.act.2" in problem.message


def test_a_cycle_through_a_measure(law_folder: Writer, rule_text: Callable[..., str]) -> None:
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
    text = f"{HEAD.replace('entry', 'relief').replace('item', 'case')}lifts: [xx.act.9]\n{ONE}    when: {{always: yes}}\n"
    (problem,) = problems(law_folder({"xx/1.yaml": text}))
    assert problem.code == "L_DANGLING"
    assert "lifts names xx.act.9" in problem.message


def test_only_the_last_case_of_a_measure_has_no_guard(law_folder: Writer) -> None:
    text = f"{HEAD.replace('entry', 'measure')}gives: item.tpp\n{ONE}    value:\n      - {{value: item.area}}\n      - {{value: item.area}}\n"
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
