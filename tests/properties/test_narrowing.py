"""Unknown never clears: what is left out of a case only widens what it may come to."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import assume, given

from licet.facts.elements import line
from licet.facts.truth import Truth
from licet.logic.declared import PREFIX
from licet.logic.narrowed import narrow
from licet.rules.codes import beneath
from licet.rules.described import coded
from tests.properties.cases import (
    Draft,
    Thing,
    build,
    contains,
    contradicts_itself,
    decider,
    drafts,
    often,
    outcomes,
    poorer,
)


@often(250)
@given(drafts())
def test_a_case_that_says_less_may_come_to_everything_that_the_fuller_case_comes_to(
    drawn: tuple[Draft, Random],
) -> None:
    rich, choose = drawn
    assume(not contradicts_itself(rich) and not declared_otherwise(rich))
    poor = poorer(rich, choose)
    before, after = outcomes(poor), outcomes(rich)
    for where, bounds in after.items():
        assert contains(before[where], bounds), f"{where or 'overall'}: {before[where]} does not hold {bounds}"


@often(150)
@given(drafts())
def test_one_fact_more_never_moves_a_bound(drawn: tuple[Draft, Random]) -> None:
    rich, choose = drawn
    assume(not contradicts_itself(rich) and not declared_otherwise(rich))
    poor = poorer(rich, choose, 0.02)
    before, after = outcomes(poor), outcomes(rich)
    for where, bounds in after.items():
        assert contains(before[where], bounds), f"{where or 'overall'}: {before[where]} does not hold {bounds}"


@often(100)
@given(drafts())
def test_a_rule_that_is_settled_stays_as_it_is(drawn: tuple[Draft, Random]) -> None:
    rich, choose = drawn
    assume(not contradicts_itself(rich) and not declared_otherwise(rich))
    before, after = rule_values(poorer(rich, choose)), rule_values(rich)
    moved = {key: (was, after[key]) for key, was in before.items() if was is not None and was is not after[key]}
    assert not moved


def declared_otherwise(draft: Draft) -> bool:
    """Whether figures bring an item under an entry that the code declared for it does not name.

    A declared code settles what is open: with figures that prove it wrong, to know them is to learn that it was wrong.
    """
    judge, case = decider(draft.day), build(draft)
    for item in case.items:
        line(case.root, item)
        for element in (item, *item.lists.get("components", ())):
            for fact in (fact for fact in element.facts if fact.startswith(PREFIX)):
                for rule, code in coded(fact.removeprefix(PREFIX), judge.law):
                    named = any(beneath(code, said) or beneath(said, code) for said in element.facts[fact])
                    if not named and judge.evaluator.rule(rule)(element) is True:
                        return True
    return False


def rule_values(draft: Draft) -> dict[tuple[str, int], Truth]:
    """The value of every rule for every line."""
    judge, case = decider(draft.day), build(draft)
    kinds = ("reach", "entry", "requirement", "prohibition", "relief", "bar", "duty", "flag", "exposure")
    found: dict[tuple[str, int], Truth] = {}
    for number, item in enumerate(case.lines):
        if item is not None:
            narrow(judge.evaluator, item)
        root = line(case.root, item)
        for held in judge.law.of_kind(*kinds):
            found[held.rule.id, number] = judge.value(held.rule.id, root)
    return found


def test_a_stated_range_around_the_computed_figure_hides_nothing() -> None:
    """1,979 x 8 is 15,832; saying besides that it lies between 100 and 20,000 must not open what is settled."""
    chip = {"item.kind": "integrated_circuit", "item.datacenter": True}
    rates = [Thing({"rate.tops": (1979000, 1979000), "rate.bits": (8, 8)}, "rates[1]")]
    known = Draft(
        date(2023, 11, 20), Thing({"act": "export"}, "case", {"items": [Thing(chip, "chip", {"rates": rates})]})
    )
    known.root.lists["items"][0].closed["rates"] = True
    said = known.copy()
    said.root.lists["items"][0].facts["item.tpp"] = (100_000, 20_000_000)
    assert not contradicts_itself(said)
    assert rule_values(known)["us.ear.ccl.3A090.a", 0] is True
    assert rule_values(said)["us.ear.ccl.3A090.a", 0] is True
