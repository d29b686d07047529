"""The rows that a condition is worked out for at once: elements of one kind, or lines with elements of their lists."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from licet.facts.dictionary import COLLECTIONS, ELEMENT, SAME_FACTS, level
from licet.logic.alike.elements import MISSING, NO_ELEMENT, Codes, Elements, Rows
from licet.rules.check import Scope


@dataclass(slots=True, eq=False)
class Domain:
    """For each place the row of every element in scope, and within a case its line and the item of that.

    `when` is the number of the law by which it is looked at. `first` and `count` tell for each place of the domain
    around a list where its members stand here.
    """

    elements: Elements
    scope: Scope
    at: tuple[Rows, ...]
    when: int = 0
    item: Rows | None = None
    line: Rows | None = None
    first: Rows | None = None
    count: Rows | None = None
    inside: dict[str, Domain] = field(default_factory=dict)
    told: dict[tuple[str, str], Codes | None] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The number of places."""
        return len(self.at[-1])

    @property
    def kind(self) -> str:
        """The kind of the innermost element; components are items, owners parties."""
        return SAME_FACTS.get(self.scope[-1], self.scope[-1])

    def rows(self, kind: str) -> Rows:
        """The rows of the elements of a kind, as `licet.logic.scope` finds them."""
        if kind == self.scope[-1]:
            return self.at[-1]
        if kind in self.scope:
            return self.at[self.scope.index(kind)]
        if kind == "case":  # what elements see of their case stands in their own rows
            return self.at[0]
        if kind == "item" and self.item is not None:
            return self.item
        if kind == "party" and self.scope[0] == "listing":
            up = np.frombuffer(self.elements.tables["listing"].up, np.int64)
            return up[self.at[0]]
        raise AssertionError(f"{kind} is not reachable from {self.scope}")  # the loader has checked it

    def holder(self, of: str) -> tuple[str, Rows]:
        """The kind and the rows of the elements that hold a list."""
        kind = COLLECTIONS[of]
        return kind, self.at[-1] if kind == self.kind else self.rows(kind)

    def codes(self, fact: str, own: str) -> Codes | None:
        """The numbers of a fact; None where no element states it, -1 where there is no element."""
        key = fact, own  # `item.tops` is a fact of items, and what a measure reads of their rates
        if key not in self.told:
            self.told[key] = self._codes(fact, own)
        return self.told[key]

    def _codes(self, fact: str, own: str) -> Codes | None:
        kind = level(fact)
        rows = self.rows(kind)
        source = SAME_FACTS.get(kind, kind) if kind != "case" or self.scope[0] == "case" else self.home
        column = self.elements.tables[source].codes(own)
        gone = rows == NO_ELEMENT if kind == "item" and self.item is not None else None
        if gone is None or not gone.any():
            return None if column is None else column[rows]
        found = np.where(gone, np.int32(NO_ELEMENT), np.int32(MISSING) if column is None else column[rows])
        return found.astype(np.int32)

    @property
    def home(self) -> str:
        """The kind of the outermost element."""
        return SAME_FACTS.get(self.scope[0], self.scope[0])

    def members(self, of: str) -> Domain:
        """The members of a list of every place, one after the other."""
        if of not in self.inside:
            kind, rows = self.holder(of)
            listed = self.elements.tables[kind].members(of)
            there = rows != NO_ELEMENT
            count = np.where(there, listed.sizes[rows], 0) if len(listed.sizes) else np.zeros(len(rows), np.int64)
            owner = np.repeat(np.arange(len(rows)), count)
            first = np.cumsum(count) - count
            place = np.arange(len(owner)) - first[owner]
            member = listed.rows[listed.first[rows[owner]] + place] if len(owner) else np.zeros(0, np.int64)
            outer = tuple(each[owner] for each in self.at)
            item, line = (None if each is None else each[owner] for each in (self.item, self.line))
            self.inside[of] = Domain(
                self.elements, (*self.scope, ELEMENT[of]), (*outer, member), self.when, item, line, first, count
            )
        return self.inside[of]
