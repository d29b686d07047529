"""Distinct elements of many cases as rows: every fact a column of small numbers, every value one number.

Elements are told apart by all that conditions can see of them: their facts, their lists with the unknown others of an
open one, whether a list is complete, and the facts of the case as a whole that rules about them read.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from licet.facts.dictionary import ELEMENT, SAME_FACTS
from licet.facts.elements import Element

Codes = NDArray[np.int32]
Rows = NDArray[np.int64]
Facts = tuple[tuple[str, int], ...]
MISSING, NO_ELEMENT = 0, -1
MOST = 2**61  # ends of ranges are told apart up to here, which is far from every line of a law
OPEN, NO_RANGE = 2**62, 2**62 + 1  # instead of the end of a range
CLOSED = "closed."  # before the name of a list: whether it is complete, kept like a fact
LISTS = {
    "case": ("parties", "held"),
    "item": ("components", "rates"),
    "party": ("listings", "owners"),
}


class Values:
    """The values of one fact by number; 0 stands for a fact that is not stated."""

    def __init__(self) -> None:
        self.numbers: dict[Hashable, int] = {}
        self.values: list[Any] = [None]
        self._ends = np.zeros((0, 2), np.int64)

    def number(self, key: Hashable, value: Any) -> int:
        """The number of what goes under a key, a new one where it was never seen."""
        found = self.numbers.get(key)
        if found is None:
            found = self.numbers[key] = len(self.values)
            self.values.append(value)
        return found

    def ends(self) -> NDArray[np.int64]:
        """The ends of the values that are ranges, by number; OPEN where one is open, NO_RANGE where there is none."""
        known = len(self._ends)
        if known < len(self.values):
            more = [_ends(value) for value in self.values[known:]]
            self._ends = np.concatenate([self._ends, np.array(more, np.int64).reshape(-1, 2)])
        return self._ends


def _ends(value: Any) -> tuple[int, int]:
    if not isinstance(value, tuple):
        return NO_RANGE, NO_RANGE
    low, high = value
    return (OPEN if low is None else max(-MOST, min(low, MOST))), (
        OPEN if high is None else max(-MOST, min(high, MOST))
    )


class Members(NamedTuple):
    """The members of a list for each row of its holder: the first, how many, and all of them one after the other."""

    first: Rows
    sizes: Rows
    rows: Rows


class Table:
    """The rows of one kind of element."""

    def __init__(self) -> None:
        self.size = 0
        self.columns: dict[str, array[int]] = {}
        self.lists: dict[str, list[tuple[int, ...]]] = {}
        self.missing: list[str] = []  # of the unknown others of an open list: which list that is
        self.up: array[int] = array("q")
        self._codes: dict[str, Codes] = {}
        self._members: dict[str, Members] = {}

    def insert(self, facts: Iterable[tuple[str, int]], missing: str) -> int:
        """A new row, of which the lists are told later."""
        row, self.size = self.size, self.size + 1
        self.missing.append(missing)
        self.up.append(NO_ELEMENT)
        for fact, code in facts:
            column = self.columns.setdefault(fact, array("i"))
            column.extend([MISSING] * (row - len(column)))
            column.append(code)
        return row

    def list(self, of: str, row: int, rows: tuple[int, ...]) -> None:
        """Tell the members of a list of a row."""
        listed = self.lists.setdefault(of, [])
        listed.extend([()] * (row - len(listed)))
        listed.append(rows)

    def codes(self, fact: str) -> Codes | None:
        """The column of a fact; None where no row states it."""
        column = self.columns.get(fact)
        if column is None:
            return None
        known = self._codes.get(fact)
        if known is None or len(known) < self.size:
            known = np.zeros(self.size, np.int32)
            known[: len(column)] = np.frombuffer(column, np.int32)
            known = self._codes[fact] = known.copy()
        return known

    def members(self, of: str) -> Members:
        """The members of a list for each row."""
        known = self._members.get(of)
        if known is None or len(known.sizes) < self.size:
            listed = self.lists.get(of, [])
            listed = [*listed, *[()] * (self.size - len(listed))]
            count = np.fromiter(map(len, listed), np.int64, len(listed))
            rows = np.fromiter((row for rows in listed for row in rows), np.int64, int(count.sum()))
            known = self._members[of] = Members(np.cumsum(count) - count, count, rows)
        return known


class Elements:
    """All distinct elements, by what `counts` of their facts.

    `shared` are the facts of a case as a whole that rules about its elements read. Values of a fact that are `alike`
    for an element get one number: every condition says the same of them.
    """

    def __init__(
        self,
        shared: frozenset[str],
        counts: Callable[[str], bool],
        alike: Callable[[str, Any, Element], Hashable],
    ) -> None:
        self.shared, self.counts, self.alike = sorted(shared), counts, alike
        self.tables = {kind: Table() for kind in ("case", "item", "party", "listing", "rate", "evidence")}
        self.values: dict[str, Values] = {}
        self.known: dict[Hashable, int] = {}

    def number(self, fact: str, value: Any, alike: Hashable = None) -> int:
        """The number of a value of a fact, or of the first one that was `alike`."""
        values = self.values.get(fact)
        if values is None:
            values = self.values[fact] = Values()
        return values.number(value if alike is None else alike, value)

    def stated(self) -> frozenset[str]:
        """Every fact that some element states, and every list that is known to be complete or not."""
        return frozenset(chain.from_iterable(table.columns for table in self.tables.values()))

    def known_values(self, fact: str) -> list[Any]:
        """The values of a fact by number, beginning with that of a fact that is not stated."""
        values = self.values.get(fact)
        return [None] if values is None else values.values

    def ends(self, fact: str) -> NDArray[np.int64]:
        """The ends of the values of a fact by number (see `Values.ends`)."""
        values = self.values.get(fact)
        return Values().ends() if values is None else values.ends()

    def value(self, fact: str, code: int) -> Any:
        """The value of a number; None for a fact that is not stated."""
        return self.values[fact].values[code] if code > MISSING else None

    def of_case(self, root: Element) -> Facts:
        """What the elements of a case see of it."""
        return self._facts((fact, root.facts[fact]) for fact in self.shared if fact in root.facts)

    def case(self, root: Element, parties: tuple[int, ...]) -> int:
        """The row of a case as a whole, whose parties have these rows."""
        beside = self.of_case(root)
        others = root.listed("parties")[len(root.lists.get("parties", ())) :]
        unknown = tuple([self._row("party", other, "complete.parties", beside) for other in others])
        held = tuple([self._row("evidence", paper, "complete.held", beside) for paper in root.listed("held")])
        return self._put("case", self._own("case", root), "", (), {"parties": parties + unknown, "held": held})

    def party(self, element: Element, beside: Facts) -> int:
        """The row of a party of a case of which it sees some facts."""
        return self._row("party", element, "", beside)

    def item(self, element: Element, beside: Facts) -> int:
        """The row of an item."""
        return self._row("item", element, "", beside)

    # --- rows -----------------------------------------------------------------------------------

    def _facts(self, facts: Iterable[tuple[str, Any]]) -> Facts:
        return tuple([(fact, self.number(fact, value)) for fact, value in facts])

    def _own(self, kind: str, element: Element, beside: Facts = ()) -> Facts:
        """Everything about an element but its lists."""
        told = tuple(
            [
                (fact, self.number(fact, value, self.alike(fact, value, element)))
                for fact, value in sorted(element.facts.items())
                if self.counts(fact)
            ]
        )
        closed = ((CLOSED + of, value) for of, value in sorted(element.closed.items()) if value is not None)
        return told + self._facts(closed) + beside

    def _row(self, kind: str, element: Element, missing: str, beside: Facts, seen: Hashable = ()) -> int:
        """The row of an element. `seen` is what rows of a list see of the party they are of."""
        own = self._own(kind, element, beside)
        inside = seen
        if kind == "party":
            inside = own, missing, tuple(self._own("listing", row, beside) for row in element.listed("listings"))
        lists = {
            of: tuple(
                self._row(
                    _KIND[of],
                    member,
                    missing or (f"complete.{of}" if member.others_of else ""),
                    beside,
                    (place, inside) if of == "listings" else (),
                )
                for place, member in enumerate(element.listed(of))
            )
            for of in LISTS.get(kind, ())
            if not (missing and of == _LIKE.get(kind))
        }
        return self._put(kind, own, missing, seen, lists)

    def _put(self, kind: str, own: Facts, missing: str, seen: Hashable, lists: dict[str, tuple[int, ...]]) -> int:
        key = (kind, own, missing, seen, tuple(lists.values()))
        row = self.known.get(key)
        if row is None:
            table = self.tables[kind]
            row = self.known[key] = table.insert(own, missing)
            if kind in _LIKE:  # the owners of unknown owners, and the parts of unknown parts, are as unknown as they
                lists.setdefault(_LIKE[kind], (row,))
            if kind == "party":
                for listing in lists["listings"]:
                    self.tables["listing"].up[listing] = row
            for of, rows in lists.items():
                table.list(of, row, rows)
        return row


_LIKE = {"item": "components", "party": "owners"}
_KIND = {of: SAME_FACTS.get(kind, kind) for of, kind in ELEMENT.items()}
