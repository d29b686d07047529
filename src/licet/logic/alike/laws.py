"""The law of several days, and the lines that are looked at by each: what stays the same is worked out once for all.

A provision that neither changed nor rests on anything that did has one compiled condition for a run of days.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from licet.facts.dictionary import own_name
from licet.logic.alike.domain import Domain
from licet.logic.alike.elements import Elements, Rows
from licet.logic.carried import Dependents
from licet.logic.decide import Decider
from licet.logic.evaluate import Node
from licet.rules import tree

TODAY = "case.on"


class Laws:
    """The law of some days, in their order, by number."""

    def __init__(self, deciders: Sequence[Decider], dependents: Dependents) -> None:
        self.deciders = deciders
        self.evaluators = [decider.evaluator for decider in deciders]
        self.snapshots = [decider.law for decider in deciders]
        self.law = self.snapshots[0].law
        self.dependents = dependents
        rules = self.law.rules.values()
        # The provisions that look at the day itself, and all that rest on them.
        self.daily = dependents.resting_on(r.id for r in rules if any(map(_daily, r.conditions())))
        self.turned: dict[str, list[int]] = {}
        for number in range(1, len(deciders)):
            for rule in dependents.unstable(self.snapshots[number - 1], self.snapshots[number]):
                self.turned.setdefault(rule, []).append(number)

    def starts(self, rule: str) -> Sequence[int]:
        """The numbers from which on a provision may say something else, but for the first."""
        return range(1, len(self.deciders)) if rule in self.daily else self.turned.get(rule, ())

    def runs(self, rule: str) -> Iterator[tuple[int, int]]:
        """The runs of numbers for which a provision says the same: the first and the last."""
        return self._between(self.starts(rule))

    def runs_of(self, condition: tree.Condition) -> Iterator[tuple[int, int]]:
        """The same for a condition that stands in no provision."""
        names = self.dependents.read_by(condition)
        every = range(1, len(self.deciders)) if _daily(condition) else ()
        return self._between(sorted({*every, *(start for name in names for start in self.starts(name))}))

    def _between(self, starts: Iterable[int]) -> Iterator[tuple[int, int]]:
        first = 0
        for start in starts:
            yield first, start - 1
            first = start
        yield first, len(self.deciders) - 1

    def first(self, rule: str, when: int) -> int:
        """The first number of a run."""
        starts = self.starts(rule)
        place = bisect_right(starts, when)
        return starts[place - 1] if place else 0

    def node(self, rule: str, when: int) -> Node:
        """The compiled condition of a provision that there is."""
        node = self.evaluators[self.first(rule, when)].node(rule)
        assert node is not None
        return node


class Lines:
    """All lines, in the order of the laws they are looked at by; `ends` tells where those of each law end."""

    def __init__(self, elements: Elements, roots: Rows, items: Rows, ends: Sequence[int]) -> None:
        self.elements, self.roots, self.items = elements, roots, items
        self.starts = [0, *ends]
        self.spans: dict[tuple[int, int], Domain] = {}
        self.all = self.span(0, len(ends) - 1)

    def slice(self, first: int, last: int) -> slice:
        """Where the lines of a run of laws stand."""
        return slice(self.starts[first], self.starts[last + 1])

    def span(self, first: int, last: int) -> Domain:
        """The lines of a run of laws, looked at by the first of them."""
        key = first, last
        if key not in self.spans:
            part = self.slice(first, last)
            line = np.arange(part.start, part.stop)
            self.spans[key] = Domain(self.elements, ("case",), (self.roots[part],), first, self.items[part], line)
        return self.spans[key]


def _daily(condition: tree.Condition) -> bool:
    """Whether a condition looks at the day itself."""
    return any(own_name(fact) == TODAY for part in tree.walk(condition) for fact in tree.facts_of(part))
