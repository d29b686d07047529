"""Lines whose facts contradict each other, found for many at once; what is wrong with one is told by the scalar test.

Of the kinds that `licet.logic.contradictions` knows. A stated measure that is not just what it is computed from, if
only by rounding, counts here too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from licet.facts.elements import Element
from licet.logic.alike.elements import MISSING, NO_ELEMENT
from licet.logic.alike.looked import Looked, Made
from licet.logic.alike.values import NO, YES, Truths, Values
from licet.logic.contradictions import Contradictions, declared_parts, says

Mask = NDArray[np.bool_]


class Faults:
    """Finds the lines with a contradiction under the law of their day."""

    def __init__(self, values: Values, looked: dict[Hashable, Looked]) -> None:
        self.values, self.looked = values, looked
        self.elements, self.lines = values.elements, values.lines
        self.ruled_out: dict[tuple[str, int], Mask] = {}
        self.declared: dict[tuple[int, str, int], tuple[str, ...]] = {}

    def lines_with(self, root_wrong: Mask) -> Mask:
        """Where something is wrong; `root_wrong` says it of each row of a case as a whole, whatever the day."""
        every = self.lines.all
        found: Mask = root_wrong[every.at[0]]
        pairs = self.values.laws.deciders[0].contradictions
        parties = every.members("parties")
        wrong = self._excluded("party", pairs)
        found = found | (Values.gathered(_truths(wrong)[parties.at[-1]], parties) == YES)
        excluded = self._excluded("item", pairs)
        for when, decider in enumerate(self.values.laws.deciders):
            lines = self.lines.slice(when, when)
            if lines.start == lines.stop:
                continue
            found[lines] |= self._refuted(when, decider.contradictions)
            wrong = excluded | self._codes(when, decider.contradictions) | self._stated(when, decider.contradictions)
            items = self.lines.items[lines]
            found[lines] |= (items != NO_ELEMENT) & wrong[items] if len(wrong) else False
        return found

    def _refuted(self, when: int, contradictions: Contradictions) -> Mask:
        lines = self.lines.slice(when, when)
        found = np.zeros(lines.stop - lines.start, np.bool_)
        for held, fact, value in contradictions.refuting:
            column = self.values.codes(self.lines.all, fact, fact)
            if column is not None:
                stated = self._where(fact, column[lines], partial(says, stated=value))
                if stated.any():
                    found |= stated & (self.values.over(held.rule.id)[lines] == YES)
        return found

    def _where(self, fact: str, column: NDArray[np.int32], test: Callable[[object], bool]) -> Mask:
        codes = [code for code in np.unique(column).tolist() if code > MISSING]
        return np.isin(column, [code for code in codes if test(self.elements.value(fact, code))])

    def _excluded(self, kind: str, contradictions: Contradictions) -> Mask:
        """Facts that the dictionary says exclude each other, for all elements of a kind."""
        table = self.elements.tables[kind]
        found = np.zeros(table.size, np.bool_)
        for fact, value, other in contradictions.pairs.get(kind, ()):
            said, against = table.codes(fact), table.codes(other)
            if said is not None and against is not None:
                found |= self._where(fact, said, partial(says, stated=value)) & self._where(
                    other, against, lambda told: told is True
                )
        return found

    def _codes(self, when: int, contradictions: Contradictions) -> Mask:
        """Items whose parameters rule out a code declared for them."""
        found = np.zeros(self.elements.tables["item"].size, np.bool_)
        used = self.lines.items[self.lines.slice(when, when)]
        for fact in contradictions.schemes:
            column = self.elements.tables["item"].codes(fact)
            for code in np.unique(column[used]).tolist() if column is not None else ():
                if code > MISSING:
                    for held in contradictions.declared(Element({fact: self.elements.value(fact, code)})):
                        found |= (column == code) & self._rules_out(held.rule.id, when)
        return found

    def _rules_out(self, rule: str, when: int) -> Mask:
        key = rule, self.values.laws.first(rule, when)
        if key not in self.ruled_out:
            items = self.values.home("item", key[1])
            found = np.zeros(items.size, np.bool_)
            for part in declared_parts(self.values.laws.node(rule, key[1])):
                found |= self.values.of(part.parts[0], items) == NO
            self.ruled_out[key] = found
        return self.ruled_out[key]

    def _stated(self, when: int, contradictions: Contradictions) -> Mask:
        items = self.values.home("item", when)
        found = np.zeros(items.size, np.bool_)
        for fact in contradictions.measures:
            column = items.codes(fact, fact)
            if column is None or not column.any():
                continue
            reads, measures = self.values.inputs([fact], when), self.values.laws.snapshots[when].measures
            key = fact, *(str(measures[own].version.start) for _, own in reads if own in measures)
            if key not in self.looked:
                self.looked[key] = Looked(("item",), reads, partial(_apart, contradictions, fact))
            found |= self.values.look(self.looked[key], items) == 1
        return found


def _apart(contradictions: Contradictions, fact: str, made: Made) -> int:
    return int(fact in made.inner.facts and contradictions.apart(fact, made.inner))


def _truths(wrong: Mask) -> Truths:
    return np.where(wrong, np.int8(YES), np.int8(NO))
