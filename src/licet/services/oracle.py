"""Counting questions: an interview answered from a complete case.

The interview starts from what the item is, its origin and the route, and ends when the outcome is as
settled as the complete case makes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from licet.facts.case import Case
from licet.facts.elements import Element
from licet.facts.truth import conjunction
from licet.logic.decide import Bounds
from licet.services.check import Checker
from licet.services.interview import Asked, Interview

START_ITEM = ("item.kind", "item.name", "item.model", "item.origin", "item.hs")
START_CASE = ("act", "shipment.from", "shipment.to", "shipment.exporter_country", "case.on")
START_PARTY = ("party.name", "party.roles", "party.country", "party.entity", "party.kind")
LIMIT = 60


@dataclass(frozen=True, slots=True)
class Count:
    """How many answers an interview took, what was asked, and where it ended."""

    count: int
    steps: tuple[str, ...]
    bounds: Bounds
    settled: bool


def count_questions(checker: Checker, read: Callable[[], Case], on: date) -> Count:
    """Interview a case about itself. `read` gives a fresh copy of the complete case."""
    full, start = read(), read()
    full.on = start.on = on
    full.moment = start.moment = None
    goal = Interview(checker, full).bounds()
    _strip(start)
    interview = Interview(checker, start)
    steps: list[str] = []
    while interview.bounds() != goal and len(steps) < LIMIT:
        asked = interview.next()
        if asked is None:
            break
        facts = ", ".join(dict.fromkeys(fact for fact, _ in asked.parts))
        steps.append(f"{facts} ({asked.about})" if asked.about else facts)
        _Oracle(full, interview).answer(asked)
    return Count(interview.count, tuple(steps), interview.bounds(), interview.bounds() == goal)


def _strip(case: Case) -> None:
    """Leave item, origin and route."""
    root = case.root
    root.facts = {name: value for name, value in root.facts.items() if name in START_CASE}
    root.closed = {"items": True, "held": True}
    root.lists["parties"] = []
    for item in case.items:
        item.facts = {name: value for name, value in item.facts.items() if name in START_ITEM}
        item.lists, item.closed = {"rates": [], "components": []}, {}


class _Oracle:
    """Answers from the complete case."""

    def __init__(self, full: Case, interview: Interview) -> None:
        self.full, self.interview = full, interview

    def answer(self, asked: Asked) -> None:
        sources = [self.same(element) for element in asked.elements]
        if asked.fact.startswith("complete."):
            self.complete(asked, sources)
            return
        pair = self.interview.pair_of(asked.fact)
        if pair is not None and sources[0] is not None and sources[0].lists.get(pair[0]):
            of, first, second = pair
            self.interview.rates(asked, [(rate.facts[first], rate.facts[second]) for rate in sources[0].lists[of]])
            return
        facts = [fact for fact, _ in asked.parts]
        values: list[Any] = [
            None if source is None else source.facts.get(fact) for fact, source in zip(facts, sources, strict=True)
        ]
        if all(value is None for value in values):
            self.interview.decline(asked)
        else:
            self.interview.answer(asked, values)

    def complete(self, asked: Asked, sources: list[Element | None]) -> None:
        of = asked.fact.partition(".")[2]
        if any(source is None for source in sources):
            self.interview.decline(asked)
            return
        closed = conjunction(source.closed.get(of) for source in sources if source is not None)
        pairs = zip(asked.elements, sources, strict=True)
        self.interview.complete(asked, closed, [self.further(element, source, of) for element, source in pairs])

    def further(self, element: Element, source: Element | None, of: str) -> list[Element]:
        """Members of a list that the complete case has and the interview has not."""
        present = {member.label for member in element.lists.get(of, [])}
        members = source.lists.get(of, []) if source is not None else []
        return [_copy(member, of) for member in members if member.label not in present]

    def same(self, element: Element) -> Element | None:
        """The element of the complete case that this one stands for."""
        if element is self.interview.case.root:
            return self.full.root
        for mine, theirs in zip(self.interview.case.items, self.full.items, strict=True):
            if element is mine:
                return theirs
            found = _labelled(theirs.lists.get("components", []), element) if element.up is mine else None
            if found is not None:
                return found
        pending = list(self.full.root.lists.get("parties", []))
        while pending:
            party = pending.pop()
            if party.label == element.label:
                return party
            pending.extend(party.lists.get("owners", []))
        return None


def _labelled(members: list[Element], element: Element) -> Element | None:
    return next((member for member in members if member.label == element.label), None)


def _copy(member: Element, of: str) -> Element:
    """A member as a person names it: a party by name and role, a component by what it is."""
    kept = START_PARTY if of in ("parties", "owners") else START_ITEM
    facts = {
        name: value for name, value in member.facts.items() if name in kept or name in ("owner.share", "owner.votes")
    }
    copy = Element(facts, member.label)
    copy.lists = {"components": [], "rates": []} if of == "components" else {}
    return copy
