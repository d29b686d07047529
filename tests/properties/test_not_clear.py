"""Not covered is named and never exits as clear; what is not asked does not matter."""

from __future__ import annotations

from random import Random

from hypothesis import assume, given

from licet.facts.case import Case
from licet.facts.dictionary import own_name
from licet.facts.elements import Element, line
from licet.logic.ask import Open
from licet.logic.decide import Bounds, Decider
from licet.services.check import Options
from tests.properties.cases import DERIVED, Draft, build, checker, contradicts_itself, decider, drafts, often, samples

CLEAR = ("no_licence_required", "relief_available", "free")

TRIED = 20  # facts tried of each element: a decision for each of more than a thousand would take minutes a case


@often(60)
@given(drafts())
def test_only_a_settled_clear_answer_with_complete_coverage_exits_as_clear(drawn: tuple[Draft, Random]) -> None:
    draft, _ = drawn
    assume(not contradicts_itself(draft))
    found = checker().check(build(draft), Options(on=draft.day))
    permitted = found.bounds.best in CLEAR and found.bounds.worst in CLEAR
    assert (found.exit_code == 0) <= (permitted and found.coverage.level == "complete" and not found.coverage.missing)
    assert (found.coverage.level == "complete") <= (not found.coverage.missing)
    if permitted and found.coverage.level != "complete":
        assert found.exit_code in (12, 13)


@often(30)
@given(drafts())
def test_a_country_whose_export_law_is_not_encoded_is_named(drawn: tuple[Draft, Random]) -> None:
    draft, _ = drawn
    draft.root.facts |= {"act": "export", "shipment.from": "BR"}
    assume(not contradicts_itself(draft))
    found = checker().check(build(draft), Options(on=draft.day))
    assert "law.br" in {missing.id for missing in found.coverage.missing}
    assert found.exit_code != 0


@often(25)
@given(drafts())
def test_a_day_after_the_last_reading_of_the_law_is_no_plain_clear(drawn: tuple[Draft, Random]) -> None:
    draft, _ = drawn
    draft.day = max(i.checked_to for i in checker().law.instruments.values()).replace(year=2031)
    assume(not contradicts_itself(draft))
    found = checker().check(build(draft), Options(on=draft.day))
    assert found.law.as_read
    assert "law.age" in {missing.id for missing in found.coverage.missing}
    assert found.exit_code != 0


@often(90)
@given(drafts())
def test_a_fact_that_is_not_asked_for_cannot_change_the_outcome(drawn: tuple[Draft, Random]) -> None:
    draft, choose = drawn
    assume(not contradicts_itself(draft))
    case, judge = build(draft), decider(draft.day)
    before = overall(judge, case)
    opened: Open = {}
    for item in case.lines:
        opened |= judge.open_facts(judge.decide(line(case.root, item), item), before.best)
    asked = {(own_name(fact), number) for fact, number in opened}
    measured = set(judge.law.measures)
    for element, kind in elements(case):
        known = element.facts.keys() | measured | set(DERIVED)
        names = [n for n in checker().law.dictionary.names(kind) if n not in known and (n, id(element)) not in asked]
        for name in choose.sample(names, min(TRIED, len(names))):
            values = samples(draft.day).of(name, checker().law.dictionary)
            if not values:
                continue
            element.facts[name] = choose.choice(values)
            assert overall(judge, case) == before, f"{name} of {element.label} was not asked for"
            del element.facts[name]


def overall(judge: Decider, case: Case) -> Bounds:
    found = Bounds()
    for item in case.lines:
        found = found.join(judge.decide(line(case.root, item), item).overall())
    return found


def elements(case: Case) -> list[tuple[Element, str]]:
    """The case itself, its items and components, and its parties."""
    found = [(case.root, "case"), *((party, "party") for party in case.root.lists.get("parties", []))]
    for item in case.items:
        found.extend([(item, "item"), *((part, "item") for part in item.lists.get("components", []))])
    return found
