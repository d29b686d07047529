"""Facts that cannot all be true are refused, each with what they say and what to do."""

from __future__ import annotations

import statistics
import time
from datetime import date
from pathlib import Path

import pytest

from licet.facts.case import Case, read_case
from licet.facts.dictionary import read_dictionary
from licet.facts.errors import CaseError, LawError
from licet.facts.yamltext import read_yaml
from licet.services.check import Checker, Options
from tests.examples import CASES

EXAMPLES = Path(__file__).parents[2] / "examples"
CHIP = "kind: integrated_circuit, rates: [{tops: 1979, bits: 8}], die_area_mm2: 814, non_planar: yes"
DAY = date(2023, 11, 20)


def read(checker: Checker, item: str = "", rest: str = "") -> Case:
    items = f"items: [{{id: card, {item}}}]\n" if item else ""
    return read_case(
        read_yaml(f"act: export\nshipment: {{from: US, to: CN}}\n{items}{rest}\n", "case"), checker.law.dictionary
    )


def said(checker: Checker, item: str = "", rest: str = "", on: date = DAY) -> list[str]:
    """The contradictions told, in words."""
    try:
        checker.check(read(checker, item, rest), Options(on=on))
    except CaseError as error:
        assert {problem.code for problem in error.problems} == {"E_CONTRADICTION"}
        assert all(problem.hint for problem in error.problems)
        return [problem.message for problem in error.problems]
    return []


# --- parties ---------------------------------------------------------------------------------


def test_parties_that_are_complete_and_nobody(checker: Checker) -> None:
    (text,) = said(checker, rest="complete: [parties]")
    assert text == "parties are said to be complete, but nobody is named, and somebody takes part in every export"


def test_parties_that_are_not_said_to_be_complete_may_be_nobody_yet(checker: Checker) -> None:
    assert said(checker, rest="parties: []") == []
    assert said(checker, rest="complete: [parties]\nparties: [{name: Shop}]") == []


def test_a_transfer_inside_a_country_does_not_leave_it(checker: Checker) -> None:
    def told(text: str) -> list[str]:
        case = read_case(read_yaml(text, "case"), checker.law.dictionary)
        try:
            checker.check(case, Options(on=DAY))
        except CaseError as error:
            return [problem.message for problem in error.problems]
        return []

    text = "act: in_country_transfer\nshipment: {from: CN, to: VN}\n"
    assert told(text) == ["an in-country transfer stays in one country, but goes from CN to VN"]
    for fine in (
        text.replace("VN", "CN"),
        text.replace(", to: VN", ""),
        text.replace("in_country_transfer", "reexport"),
    ):
        assert told(fine) == []


# --- papers ----------------------------------------------------------------------------------


def test_a_paper_for_a_provision_that_there_is_not(checker: Checker) -> None:
    (text,) = said(checker, rest="held: [{kind: is_informed_letter, for: us.ear.744.99, from: 2023-01-01}]")
    assert text.endswith("is said to be for 'us.ear.744.99', and no provision is called so")


@pytest.mark.parametrize("name", ["us.ear.744.11", "us.ear.744", "us.ear", "740.12", "nl.semi"])
def test_a_paper_for_a_provision_an_instrument_a_part_or_a_citation(name: str, checker: Checker) -> None:
    assert said(checker, rest=f"held: [{{kind: is_informed_letter, for: {name}, from: 2023-01-01}}]") == []


# --- declared codes --------------------------------------------------------------------------


def test_a_declared_code_that_the_parameters_rule_out_names_the_code_the_paragraph_and_the_figures(
    checker: Checker,
) -> None:
    (text,) = said(checker, f"{CHIP}, datacenter: yes, declared: {{us: 3A090.b}}")
    assert text.startswith("card: item.declared.us says 3A090.b, but its parameters rule out 3A090.b")
    assert "2023-11-20" in text
    assert "15832" in text


@pytest.mark.parametrize("code", ["3A090.a", "3A090.a.1", "3A090", "[3A090.a, 5A992.c]"])
def test_a_code_that_the_parameters_bear_out_or_leave_open_is_no_contradiction(checker: Checker, code: str) -> None:
    assert said(checker, f"{CHIP}, datacenter: yes, declared: {{us: {code}}}") == []


def test_a_code_is_believed_as_long_as_the_parameters_are_not_known(checker: Checker) -> None:
    assert said(checker, "kind: integrated_circuit, declared: {us: 3A090.a}") == []
    assert said(checker, "kind: integrated_circuit, tpp: [100, 9000], declared: {us: 3A090.a}") == []


def test_a_code_of_a_paragraph_that_is_not_yet_law_contradicts_nothing(checker: Checker) -> None:
    small = "kind: integrated_circuit, tpp: 10, datacenter: no, declared: {us: 3A090.c}"
    assert said(checker, small, on=date(2022, 10, 8)) == []


def test_a_component_is_held_to_its_own_code(checker: Checker) -> None:
    gpu = "{id: gpu, kind: integrated_circuit, tpp: 10, performance_density: 0, declared: {us: 3A090.a}}"
    (text,) = said(checker, f"kind: computer, components: [{gpu}]")
    assert text.startswith("gpu: item.declared.us says 3A090.a")


# --- measures --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "contradicts"),
    [
        ("tpp: 15832", False),
        ("tpp: 15831", True),
        ("tpp: 15833", True),
        ("tpp: [15000, 16000]", False),
        ("tpp: [15833, 16000]", True),
        ("tpp: unknown", False),
        ("performance_density: 19.45", False),  # 15832 / 814 = 19.4496…
        ("performance_density: 19.4", False),
        ("performance_density: 19.46", True),
        ("performance_density: 19.449631", False),
        ("performance_density: 19.449633", True),
        ("performance_density: 5.92", True),
    ],
)
def test_a_stated_measure_is_what_it_is_computed_from_but_for_rounding(
    checker: Checker, stated: str, contradicts: bool
) -> None:
    found = said(checker, f"{CHIP}, {stated}")
    assert bool(found) is contradicts
    assert all(stated.partition(":")[0] in text for text in found)


def test_rounding_over_a_line_of_the_law_is_a_contradiction(checker: Checker) -> None:
    """5.9199 is below 5.92; written as 5.92 it would be caught."""
    chip = "kind: integrated_circuit, tpp: 4735.92, die_area_mm2: 800, non_planar: yes"
    assert said(checker, f"{chip}, performance_density: 5.9199") == []
    (text,) = said(checker, f"{chip}, performance_density: 5.92")
    assert "item.performance_density is given as 5.92" in text


def test_a_range_of_inputs_agrees_with_every_figure_it_may_come_to(checker: Checker) -> None:
    chip = "kind: integrated_circuit, tpp: 8000, die_area_mm2: [800, 1000], non_planar: yes"
    assert said(checker, f"{chip}, performance_density: 8") == []
    assert said(checker, f"{chip}, performance_density: 10") == []
    assert said(checker, f"{chip}, performance_density: 7.9") != []
    assert said(checker, f"{chip}, performance_density: 10.1") != []


# --- facts that exclude each other, and shares -----------------------------------------------


@pytest.mark.parametrize("use", ["military", "wmd", "supercomputer", "advanced_fab", "sme_development"])
def test_no_sign_after_inquiry_and_a_known_end_use_exclude_each_other(checker: Checker, use: str) -> None:
    (text,) = said(checker, rest=f"knowledge: {{end_use: none_after_inquiry}}\nend_use: {{{use}: yes}}")
    assert text == f"knowledge.end_use says none_after_inquiry, but end_use.{use} says yes"


@pytest.mark.parametrize("words", ["known", "reason_to_know", "unknown"])
def test_any_other_knowledge_goes_with_a_known_end_use(checker: Checker, words: str) -> None:
    assert said(checker, rest=f"knowledge: {{end_use: {words}}}\nend_use: {{military: yes}}") == []


def test_owners_hold_no_more_than_the_whole(checker: Checker) -> None:
    assert said(checker, rest="parties: [{name: A, owners: [{name: B, share: 60}, {name: C, share: 40}]}]") == []
    (text,) = said(checker, rest="parties: [{name: A, owners: [{name: B, share: 60}, {name: C, share: 40.0001}]}]")
    assert text == "A: its owners hold 100.0001 % together, more than the whole"


def test_all_contradictions_are_told_at_once(checker: Checker) -> None:
    rest = "knowledge: {end_use: none_after_inquiry}\nend_use: {military: yes, wmd: yes}"
    assert len(said(checker, f"{CHIP}, tpp: 1, datacenter: yes", rest)) == 3


def test_the_examples_do_not_contradict_themselves_on_any_day_of_the_demonstration(checker: Checker) -> None:
    for path in CASES:
        assert checker.check(read_case(read_yaml(path.read_text(encoding="utf-8"), path.name), checker.law.dictionary))


@pytest.mark.parametrize(
    "wrong",
    [
        "[military]",
        "{maybe: [end_use.x]}",
        "{known: []}",
        "{known: [end_use.none]}",
        "{known: [knowledge.end_use]}",
        "{known: [item.y]}",
    ],
)
def test_the_dictionary_names_only_facts_that_can_exclude_each_other(wrong: str) -> None:
    text = (
        f"knowledge.end_use: {{type: enum, values: [known], ask: {{en: a}}, contradicts: {wrong}}}\n"
        "end_use.x: {type: yes_no, ask: {en: a}}\nitem.y: {type: yes_no, ask: {en: a}}\n"
    )
    with pytest.raises(LawError) as caught:
        read_dictionary([read_yaml(text, "facts.yaml", LawError)])
    assert {problem.code for problem in caught.value.problems} == {"L_FACTS"}


def test_looking_for_contradictions_takes_little_of_a_decision(checker: Checker) -> None:
    case = read(checker, f"{CHIP}, tpp: 15832, datacenter: yes, declared: {{us: 3A090.a}}")
    decider, _ = checker.prepare(case, Options(on=DAY))
    times = []
    for _ in range(60):
        started = time.perf_counter()
        assert not list(checker.contradictions(case, decider))
        times.append(time.perf_counter() - started)
    assert statistics.median(times) < 0.02
