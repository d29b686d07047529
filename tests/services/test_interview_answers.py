"""The interview: every answer narrows, what is declined is not asked again, and it comes to an end."""

from __future__ import annotations

from random import Random

import pytest

import licet.services.interview
from licet.facts.case import Case, read_case
from licet.facts.casefile import write_case
from licet.facts.yamltext import read_yaml
from licet.logic.decide import Bounds
from licet.services.check import Checker
from licet.services.interview import Asked, Interview
from tests.properties.cases import contains

START = "on: 2023-11-20\nact: export\nshipment: {from: US, to: CN}\nitems: [{id: card, kind: integrated_circuit}]\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question is as good as another here."""
    monkeypatch.setattr(licet.services.interview, "CANDIDATES", 1)


def start(checker: Checker, text: str = START) -> Interview:
    return Interview(checker, read_case(read_yaml(text, "case"), checker.law.dictionary))


def again(checker: Checker, case: Case) -> Case:
    """The case written down and read."""
    return read_case(read_yaml(write_case(case, checker.law.dictionary), "case"), checker.law.dictionary)


def reply(interview: Interview, asked: Asked, choose: Random) -> None:
    """Any answer: one of those that could make a difference, or none."""
    if asked.fact.startswith("complete."):
        interview.complete(asked, choose.choice([True, None]), [[] for _ in asked.elements])
        return
    values = interview.samples.of(asked.fact, interview.checker.law.dictionary)
    known = interview.checker.law.dictionary.find(asked.fact)
    if not values or known is None or known.type in ("date", "country") or choose.random() < 0.2:
        interview.decline(asked)
        return
    same = all(fact == asked.fact for fact, _ in asked.parts)
    value = choose.choice(values)
    answers = [
        value if same else choose.choice(interview.samples.of(fact, interview.checker.law.dictionary) or [None])
        for fact, _ in asked.parts
    ]
    interview.answer(asked, answers)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_answered_the_bounds_only_narrow_and_the_interview_ends(checker: Checker, seed: int) -> None:
    choose, interview = Random(seed), start(checker)
    seen: set[tuple[str, int]] = set()
    before = interview.bounds()
    while (asked := interview.next()) is not None:
        fresh = {(fact, id(element)) for fact, element in asked.parts}
        assert not fresh & seen, "asked twice"
        seen |= fresh
        reply(interview, asked, choose)
        after = interview.bounds()
        assert contains(before, after)
        before = after
        assert interview.count < 200
    assert before.best == before.worst or interview.declined


@pytest.mark.parametrize("seed", range(4))
def test_the_case_as_answered_can_be_written_read_and_comes_to_the_same(checker: Checker, seed: int) -> None:
    choose, interview = Random(seed), start(checker)
    while (asked := interview.next()) is not None:
        reply(interview, asked, choose)
    assert Interview(checker, again(checker, interview.case)).bounds() == interview.bounds()


def test_declining_everything_leaves_the_outcome_open(checker: Checker) -> None:
    interview = start(checker)
    first = interview.bounds()
    while (asked := interview.next()) is not None:
        interview.decline(asked)
    assert interview.bounds() == first == Bounds(0, first.worst)


def test_a_settled_case_is_asked_nothing(checker: Checker) -> None:
    licence = START.replace("kind: integrated_circuit", "kind: integrated_circuit, tpp: 9000, datacenter: yes")
    interview = start(checker, licence)
    if interview.bounds().best == interview.bounds().worst:
        assert interview.next() is None


def test_rates_of_which_a_half_is_not_said_leave_it_unknown(checker: Checker) -> None:
    interview = start(checker)
    card = interview.case.items[0]
    interview.rates(Asked([("item.tpp", card)]), [((1979000, 1979000), None)])
    assert "rate.bits" not in card.lists["rates"][0].facts
    assert again(checker, interview.case).items[0].lists["rates"][0].facts == card.lists["rates"][0].facts
