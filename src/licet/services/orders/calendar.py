"""The days on which law turns, and what turns on each: kept as bits, a provision each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from licet.logic.decide import enforced
from licet.rules import tree
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.rules.snapshot import Span, in_force
from licet.services.align_turns import turning_days

_DAY = timedelta(days=1)
_NEEDS = ("requirement", "prohibition")


class Hook(NamedTuple):
    """How a provision hangs together with others: whether it counts, the kinds of thing it is about, its own keys."""

    enforced: bool
    kinds: tuple[str, ...] | None
    extra: str


class Calendar:
    """The stretches of unchanged law, and the provisions that turn between them.

    Where an instrument begins to be encoded (`begun`), up to where it was read (`read`), and whether it asks for
    anything at all (`asks`) have bits like provisions of it; so has the day itself, where the law names one (in `begun`
    too). `besides` are all that are no provisions.
    """

    def __init__(self, law: Law, law_age: timedelta = timedelta(0)) -> None:
        self.law = law
        self.bits = {rule: 1 << number for number, rule in enumerate(law.rules)}
        self.read, self.asks, self.begun = dict[str, int](), dict[str, int](), 0
        self.hooks: dict[str, list[tuple[date, Hook | None]]] = {}
        turned: dict[date, int] = {}
        for day, bit in (*self._provisions(), *self._instruments(law_age), *self._named_days()):
            turned[day] = turned.get(day, 0) | bit
        for day, bit in self._asking():
            turned[day] |= bit
        self.besides = self.begun | sum(self.read.values()) | sum(self.asks.values())
        self.days = sorted(turned)
        self.turned = [turned[day] for day in self.days]
        self.known: dict[tuple[int, int], int] = {}
        self.came: dict[tuple[int, int], int] = {}

    def stretch(self, day: date) -> int:
        """Days with the same number have the same law."""
        return bisect_right(self.days, day)

    def first(self, stretch: int) -> date:
        """The first day of a stretch."""
        return self.days[stretch - 1] if stretch else date.min

    def between(self, one: int, other: int) -> int:
        """What turned between two stretches."""
        key = (min(one, other), max(one, other))
        if key not in self.known:
            found = 0
            for turned in self.turned[slice(*key)]:
                found |= turned
            self.known[key] = found
        return self.known[key]

    def new(self, first: int, other: int) -> int:
        """The provisions of another stretch that were not there in the first, or hung together otherwise."""
        key = (first, other)
        if key not in self.came:
            changed = self.between(first, other)
            rules = (rule for rule in self.law.rules.values() if changed & self.bits[rule.id])
            self.came[key] = self.of(r for r in rules if self._hook(r.id, other) not in (None, self._hook(r.id, first)))
        return self.came[key]

    def of(self, rules: Iterable[Rule]) -> int:
        """The bits of some provisions."""
        found = 0
        for rule in rules:
            found |= self.bits[rule.id]
        return found

    # --- what turns when ------------------------------------------------------------------------

    def _provisions(self) -> Iterator[tuple[date, int]]:
        for rule in self.law.rules.values():
            days = sorted(turning_days(rule))
            own = self.hooks[rule.id] = []
            for day in (date.min, *days):
                held = in_force(rule, Span(day), self.law)
                own.append((day, None if held is None else Hook(enforced(held), held.kinds, repr(held.extra))))
            yield from ((day, self.bits[rule.id]) for day in days)

    def _instruments(self, law_age: timedelta) -> Iterator[tuple[date, int]]:
        for number, i in enumerate(self.law.instruments.values()):
            places = (1 << (len(self.law.rules) + 3 * number + more) for more in range(3))
            self.read[i.id], self.asks[i.id], begun = places
            self.begun |= begun
            yield i.encoded_from, begun
            yield i.checked_to + law_age + _DAY, self.read[i.id]

    def _named_days(self) -> Iterator[tuple[date, int]]:
        """The days that the day of a case is held against by the conditions themselves, and those after them."""
        named = 1 << (len(self.law.rules) + 3 * len(self.law.instruments))
        self.begun |= named
        for when in self.law.conditions():
            for part in tree.walk(when):
                match part:
                    case (
                        tree.Compare(left=tree.NumberFact(name="case.on"), right=tree.Const(value=value))
                        | tree.Compare(left=tree.Const(value=value), right=tree.NumberFact(name="case.on"))
                    ):
                        yield from ((date.fromordinal(value + more), named) for more in (0, 1))

    def _asking(self) -> Iterator[tuple[date, int]]:
        """The days on which an instrument begins or ceases to ask for anything."""
        steps: dict[str, list[tuple[date, int]]] = {}
        for rule in (rule for rule in self.law.rules.values() if rule.kind in _NEEDS):
            before = False
            for day, hook in self.hooks[rule.id]:
                counts = hook is not None and hook.enforced
                steps.setdefault(rule.instrument, []).append((day, counts - before))
                before = counts
        for instrument, own in steps.items():
            count = 0
            for day, same_day in groupby(sorted(own), key=lambda step: step[0]):
                less, count = count, count + sum(step for _, step in same_day)
                if day > date.min and bool(less) != bool(count):
                    yield day, self.asks[instrument]

    def _hook(self, rule: str, stretch: int) -> Hook | None:
        own = self.hooks[rule]
        return own[bisect_right(own, self.first(stretch), key=lambda step: step[0]) - 1][1]
