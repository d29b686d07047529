"""Lines whose facts contradict each other, found for many at once; what is wrong with one is told by the scalar test.

Of the kinds that `licet.logic.contradictions` knows. A stated measure is held against what it is computed from once for
each set of values, and the same holds for facts that exclude each other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from licet.facts.elements import Element
from licet.logic.alike.domain import Domain
from licet.logic.alike.elements import MISSING, NO_ELEMENT
from licet.logic.alike.values import NO, YES, Looked, Made, Truths, Values
from licet.logic.contradictions import Contradictions, declared_parts, says
from licet.rules.snapshot import InForce

Mask = NDArray[np.bool_]


class Faults:
    """Finds the lines with a contradiction under the law of one day."""

    def __init__(self, contradictions: Contradictions, values: Values, looked: dict[Hashable, Looked]) -> None:
        self.contradictions, self.values, self.looked = contradictions, values, looked
        self.elements, self.lines = values.elements, values.lines

    def lines_with(self, root_wrong: Mask) -> Mask:
        """Where something is wrong; `root_wrong` says it of each row of a case as a whole, whatever the day."""
        found = root_wrong[self.lines.at[0]] | self._refuted()
        parties = self.lines.members("parties")
        wrong = self._excluded(self.values.subject("party"))
        found |= Values.gathered(_truths(wrong)[parties.at[-1]], parties) == YES
        items = self.values.subject("item")
        wrong = self._excluded(items)
        wrong[items.at[0]] |= self._codes(items) | self._stated(items)
        assert self.lines.item is not None
        there = self.lines.item != NO_ELEMENT
        found[there] |= wrong[self.lines.item[there]]
        return found

    def _refuted(self) -> Mask:
        found = np.zeros(self.lines.size, np.bool_)
        for held, fact, value in self.contradictions.refuting:
            column = self.values.codes(self.lines, fact, fact)
            if column is None:
                continue
            stated = self._where(fact, column, partial(says, stated=value))
            if stated.any():
                found |= stated & (self.values.refer(held.rule.id, self.lines) == YES)
        return found

    def _where(self, fact: str, column: NDArray[np.int32], test: Callable[[object], bool]) -> Mask:
        codes = [code for code in np.unique(column).tolist() if code > MISSING]
        return np.isin(column, [code for code in codes if test(self.elements.value(fact, code))])

    def _excluded(self, at: Domain) -> Mask:
        """Facts that the dictionary says exclude each other, for all elements of a kind."""
        found = np.zeros(self.elements.tables[at.home].size, np.bool_)
        for fact, value, other in self.contradictions.pairs.get(at.home, ()):
            columns = [self.elements.tables[at.home].codes(name) for name in (fact, other)]
            if columns[0] is not None and columns[1] is not None:
                found |= self._where(fact, columns[0], partial(says, stated=value)) & self._where(
                    other, columns[1], lambda told: told is True
                )
        return found

    def _codes(self, items: Domain) -> Mask:
        """Items whose parameters rule out a code declared for them."""
        found = np.zeros(items.size, np.bool_)
        for held, where in self._declared(items):
            node = self.values.evaluator.node(held.rule.id)
            for part in declared_parts(node) if node is not None else ():
                found |= where & (self.values.of(part.parts[0], items) == NO)
        return found

    def _declared(self, items: Domain) -> Iterator[tuple[InForce, Mask]]:
        """The entries whose paragraph is declared for some item, or one beneath it, with where."""
        places: dict[str, Mask] = {}
        entries: dict[str, InForce] = {}
        for fact in self.contradictions.schemes:
            column = items.codes(fact, fact)
            for code in np.unique(column).tolist() if column is not None else ():
                if code > MISSING:
                    for held in self.contradictions.declared(Element({fact: self.elements.value(fact, code)})):
                        entries[held.rule.id] = held
                        where = places.setdefault(held.rule.id, np.zeros(items.size, np.bool_))
                        where |= column == code
        return ((held, places[rule]) for rule, held in entries.items())

    def _stated(self, items: Domain) -> Mask:
        """Items of which a measure is stated that is not just what it is computed from, if only by rounding."""
        found = np.zeros(items.size, np.bool_)
        for fact in self.contradictions.measures:
            column = items.codes(fact, fact)
            if column is None or not column.any():
                continue
            key = fact, self.values.law.measures[fact].version.start
            if key not in self.looked:
                reads = self.values.inputs([fact])
                self.looked[key] = Looked(("item",), reads, partial(_apart, self.contradictions, fact))
            found |= self.looked[key].up(self.values, items) == 1
        return found


def _apart(contradictions: Contradictions, fact: str, made: Made) -> int:
    return int(fact in made.inner.facts and contradictions.apart(fact, made.inner))


def _truths(wrong: Mask) -> Truths:
    return np.where(wrong, np.int8(YES), np.int8(NO))
