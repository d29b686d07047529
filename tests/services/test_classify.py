"""Which entries describe an item: the code, what rules the neighbours out, and what it is controlled for."""

from __future__ import annotations

from datetime import date

import pytest

from licet.facts.errors import CaseError
from licet.facts.yamltext import read_yaml
from licet.rules.snapshot import snapshot
from licet.services.classify import Classification, SchemeAnswer, classify
from licet.services.controls import Controls
from licet.services.home import load_law

DAY = date(2026, 7, 23)
CHIP = """
name: a chip
kind: integrated_circuit
rates: [{tops: 1979, bits: 8}]
die_area_mm2: 814
non_planar: yes
datacenter: yes
"""


def classified(text: str, day: date | None = DAY, *schemes: str) -> Classification:
    (found,) = classify(load_law(), read_yaml(text, "item.yaml"), day, schemes)
    return found


def us(text: str, day: date | None = DAY) -> SchemeAnswer:
    return classified(text, day, "us").schemes[0]


def test_the_code_by_its_parameters_with_the_neighbours_ruled_out() -> None:
    answer = us(CHIP)
    assert "3A090.a" in [entry.code for entry in answer.described]
    out = {entry.code: entry for entry in answer.ruled_out}
    assert "item.tpp < 4800 (it is 15832)" in " ".join(out["3A090.b"].why)
    assert not {entry.code for entry in answer.ruled_out} & {"3B001.f.1.a", "3B001.c.2"}, "another kind of thing"


def test_an_open_figure_is_asked_for() -> None:
    found = classified(CHIP.replace("die_area_mm2: 814\n", "").replace("1979", "300"), DAY, "us")
    opened = {entry.code: entry for entry in found.schemes[0].open}
    assert "item.die_area_mm2" in opened["3A090.a"].asks
    assert "item.die_area_mm2" in [question.fact for question in found.questions]
    assert not found.schemes[0].settled


def test_margins_are_those_of_the_list_asked_for() -> None:
    found = classified(CHIP, DAY, "us")
    assert {margin.rule.partition(".")[0] for margin in found.margins} == {"us"}
    assert any(margin.fact == "item.tpp" and margin.line == "4800" for margin in found.margins)


def test_a_declared_code_has_the_reasons_of_its_entry() -> None:
    (code,) = us("{kind: machine_tool, declared: {us: 2B001.b.2}}").declared
    told = {control.rule: control.part for control in code.controls}
    assert told["us.ear.requires.NS2"] is False
    assert told["us.ear.requires.NP1"] is True, "only a part of 2B001.b is controlled for nuclear reasons"
    assert code.known


def test_what_is_taken_out_of_an_entry_is_not_controlled_by_it() -> None:
    controls = Controls(snapshot(load_law(), DAY))
    assert "us.ear.requires.RS1" in {control.rule for control in controls.of("us", "3A611.a")}
    assert "us.ear.requires.RS1" not in {control.rule for control in controls.of("us", "3A611.y")}


def test_a_code_the_list_does_not_have_is_said_to_be_unknown() -> None:
    (code,) = us("{kind: other, declared: {us: 3A777}}").declared
    assert not code.known
    assert not code.controls


def test_a_case_is_classified_item_by_item_on_its_own_day() -> None:
    text = "{case: two, on: 2023-11-20, items: [{id: a, kind: camera}, {id: b, kind: other}]}"
    first, second = classify(load_law(), read_yaml(text, "case.yaml"), None, ("us",))
    assert (first.item, second.item, first.on) == ("a", "b", date(2023, 11, 20))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{on: 2026-01-01, items: []}", "E_NO_ITEM"),
        ("{kind: other, on: 1990-01-01}", "E_BEFORE_LAW"),
        ("{kynd: other}", "E_UNKNOWN_KEY"),
        ("[1]", "E_CASE"),
    ],
)
def test_bad_input_is_told(text: str, code: str) -> None:
    with pytest.raises(CaseError) as caught:
        classify(load_law(), read_yaml(text, "item.yaml"), None)
    assert caught.value.problems[0].code == code


def test_a_list_that_is_not_encoded_is_told() -> None:
    with pytest.raises(CaseError, match="no list of xx"):
        classified("{kind: other}", DAY, "xx")
