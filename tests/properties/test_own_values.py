"""What elements need not forget rests on nothing but themselves, and remembering it changes no answer."""

from __future__ import annotations

import copy
from random import Random
from unittest.mock import patch

from hypothesis import assume, given

from licet.facts.elements import Element, line
from licet.logic.decide import Decider
from licet.services.check import Checker, Options
from licet.services.interview import Interview
from tests.properties.cases import Draft, add_member, build, checker, contradicts_itself, decider, drafts, often

STEPS = 3


def bound(root: Element, item: Element) -> list[tuple[str, Element]]:
    """All elements of a line that rules are bound to, each with the subject of those."""
    parties = root.lists.get("parties", [])
    rows = [("listing", row) for party in parties for row in party.lists.get("listings", [])]
    return [("item", item), *(("party", party) for party in parties), *rows]


def values(judge: Decider, subject: str, element: Element) -> dict[str, object]:
    """What all rules of its subject that are said to rest on it say of an element."""
    own = [r for r in judge.law.rules if r in checker().kept() and judge.law.law.rules[r].subject == subject]
    return {rule: judge.evaluator.rule(rule)(element) for rule in own if judge.law.rules[rule].when is not None}


@often(40)
@given(drafts())
def test_what_rests_on_an_element_stays_so_in_a_case_that_says_nothing_else(drawn: tuple[Draft, Random]) -> None:
    draft, _ = drawn
    assume(draft.root.lists.get("items"))
    case, judge = build(draft), decider(draft.day)
    item = case.items[0]
    root = line(case.root, item)
    before = [(subject, element, values(judge, subject, element)) for subject, element in bound(root, item)]
    assert all(found for subject, _, found in before if subject == "item")
    for subject, element, found in before:
        bare = Element({"case.on": (draft.day.toordinal(),) * 2}, "case")
        element.up = bare
        line(bare, element if subject == "item" else None)
        element.settle(bare)
        assert values(judge, subject, element) == found


@often(30)
@given(drafts(changes=14))
def test_a_case_of_several_items_is_decided_alike(drawn: tuple[Draft, Random]) -> None:
    draft, choose = drawn
    add_member(draft.root, "items", choose)
    assume(not contradicts_itself(draft))
    options = Options(on=draft.day, proof=True)
    found = checker().check(build(draft), options)
    with patch.object(Checker, "kept", lambda self: frozenset()):
        assert checker().check(build(draft), options) == found


def asked(draft: Draft) -> list[tuple[object, ...]]:
    """The first questions of an interview, each declined."""
    interview, found = Interview(checker(), build(draft)), list[tuple[object, ...]]()
    while len(found) < STEPS and (question := interview.next()) is not None:
        found.append((tuple(fact for fact, _ in question.parts), question.about, tuple(question.rules)))
        interview.decline(question)
    return found


@often(12)
@given(drafts())
def test_an_interview_asks_alike(drawn: tuple[Draft, Random]) -> None:
    draft, _ = drawn
    assume(not contradicts_itself(draft))
    found = asked(copy.deepcopy(draft))
    with patch.object(Checker, "kept", lambda self: frozenset()):
        assert asked(draft) == found
