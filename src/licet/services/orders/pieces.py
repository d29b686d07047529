"""Lines of an order book as rows of elements: what is said of the case, its item and each party is read once each.

Many lines sell the same thing to others, or other things to the same ones; so each piece is read apart, from a line in
which only its own cells say anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from licet.facts.case import Case, read_case
from licet.facts.elements import Element
from licet.facts.errors import CaseError
from licet.facts.yamltext import Mapping
from licet.logic.alike.elements import NO_ELEMENT, Facts
from licet.services.check import KnownRows, Screen
from licet.services.orders.alike import Alike, seen
from licet.services.orders.jobs import CASE, ITEM, PARTIES, Jobs, Numbers, Said, together
from licet.services.orders.rows import Rows

NOBODY = Element({})  # of cells that name no party
BY_ITSELF, NONE = -2, NO_ELEMENT  # instead of a row: it has to be looked at more closely; there is none


class Head(NamedTuple):
    """The case as a whole, what its elements see of it, and the parties of every line."""

    root: Element
    beside: Facts
    parties: tuple[Element, ...]
    day: date | None


@dataclass(slots=True)
class Pieces:
    """Reads lines piece by piece, and keeps what it has read."""

    rows: Rows
    alike: Alike
    heads: dict[Said, Head | None] = field(default_factory=dict)
    items: dict[tuple[Said, Facts], int] = field(default_factory=dict)
    parties: dict[tuple[int, Said], Element | None] = field(default_factory=dict)
    numbers: dict[tuple[int, Facts, KnownRows], int] = field(default_factory=dict)
    roots: dict[tuple[Said, tuple[int, ...]], int] = field(default_factory=dict)

    def read(self, jobs: Jobs) -> Read:
        """What some jobs say."""
        rows = jobs.rows.tolist()
        firsts = [np.unique(of, return_index=True)[1].tolist() for of in jobs.of]
        heads = [self._head(text, rows[first]) for text, first in zip(jobs.texts[CASE], firsts[CASE], strict=True)]
        parties = [
            [
                self._party(number, text, rows[first])
                for text, first in zip(jobs.texts[piece], firsts[piece], strict=True)
            ]
            for number, piece in enumerate(range(PARTIES, len(jobs.texts)))
        ]
        return Read(self, jobs, heads, parties)

    def item(self, text: Said, row: int, beside: Facts) -> int:
        """The row of an item."""
        key = text, beside
        if key not in self.items:
            case = self._read(lambda: self.rows.alone(self.rows.whole([(ITEM, text)]), row))
            if case is None:
                self.items[key] = BY_ITSELF
            else:
                self.items[key] = self.alike.elements.item(case.items[0], beside) if case.items else NONE
        return self.items[key]

    def party(self, party: Element, beside: Facts, screen: Screen | None) -> int:
        """The row of a party; by itself where a screen took a row of a list for it."""
        if party is NOBODY:
            return NONE
        known = KnownRows() if screen is None else screen.known(party)
        if known is None:
            return BY_ITSELF
        key = id(party), beside, known
        if key not in self.numbers:
            self.numbers[key] = self.alike.elements.party(seen(party, known), beside)
        return self.numbers[key]

    def root(self, text: Said, head: Head, named: list[Element], parties: tuple[int, ...]) -> int:
        """The row of a case as a whole, whose parties have these rows."""
        key = text, parties
        if key not in self.roots:
            head.root.lists["parties"] = [*head.parties, *named]
            self.roots[key] = self.alike.root(head.root, parties)
        return self.roots[key]

    def _read(self, node: Callable[[], Mapping]) -> Case | None:
        try:
            case = read_case(node(), self.rows.dictionary)
        except CaseError:
            return None
        case.root.facts.pop("case.on", None)
        return case if self.alike.is_plain(case) else None

    def _head(self, text: Said, row: int) -> Head | None:
        if text not in self.heads:
            case = self._read(lambda: self.rows.head(self.rows.whole([(CASE, text)]), row))
            if case is None:
                self.heads[text] = None
            else:
                beside = self.alike.elements.of_case(case.root)
                self.heads[text] = Head(case.root, beside, tuple(case.root.lists["parties"]), case.on)
        return self.heads[text]

    def _party(self, number: int, text: Said, row: int) -> Element | None:
        key = number, text
        if key not in self.parties:
            case = self._read(lambda: self.rows.alone(self.rows.whole([(PARTIES + number, text)]), row, number))
            named = None if case is None else case.root.lists["parties"]
            self.parties[key] = None if named is None else named[0] if named else NOBODY
        return self.parties[key]


class Read:
    """What some jobs say, as rows of elements. A head or party of None needs a closer look."""

    def __init__(
        self, pieces: Pieces, jobs: Jobs, heads: list[Head | None], parties: list[list[Element | None]]
    ) -> None:
        self.pieces, self.jobs, self.heads, self.parties = pieces, jobs, heads, parties
        besides: dict[Facts, int] = {}
        self.beside = np.array(
            [NONE if head is None else besides.setdefault(head.beside, len(besides)) for head in heads], np.int64
        )
        self.besides = [*besides]
        self.head_days = np.array(
            [0 if head is None or head.day is None else head.day.toordinal() for head in heads], np.int64
        )
        self.plain = self.beside[jobs.of[CASE]] != NONE
        for found, of in zip(parties, jobs.of[PARTIES:], strict=True):
            self.plain &= np.array([party is not None for party in found], np.bool_)[of]
        self.items = self._items()
        self.plain &= self.items != BY_ITSELF

    def days(self, on: date | None) -> Numbers:
        """The day of each job as a number (`date.toordinal`), 0 where it has none; `on` goes before its own."""
        own = np.array([0 if day is None else day.toordinal() for day in self.jobs.days], np.int64)
        days = own[self.jobs.day_of]
        days = np.where(days == 0, self.head_days[self.jobs.of[CASE]], days)
        return days if on is None else np.full_like(days, on.toordinal())

    def everybody(self, numbers: Numbers) -> Iterator[Element]:
        """The parties of some jobs."""
        for place in np.unique(self.jobs.of[CASE, numbers]).tolist():
            head = self.heads[place]
            yield from head.parties if head is not None else ()
        for found, of in zip(self.parties, self.jobs.of[PARTIES:], strict=True):
            yield from (party for place in np.unique(of[numbers]).tolist() if (party := found[place]) is not None)

    def roots(self, numbers: Numbers, screen: Screen | None = None) -> Numbers:
        """The rows of some plain jobs as a whole; by itself where the screen found something."""
        jobs, cases = self.jobs, self.jobs.of[CASE, numbers]
        columns = [cases]
        for found, of in zip(self.parties, jobs.of[PARTIES:], strict=True):
            columns.append(self._party_rows(found, of[numbers], self.beside[cases], screen))
        own = {place: self._of_all(place, screen) for place in np.unique(cases).tolist()}
        first, which = together(columns)
        rows: Numbers = np.empty(len(first), np.int64)
        for number, (place, at) in enumerate(zip(cases[first].tolist(), first.tolist(), strict=True)):
            parties = *own[place], *(int(column[at]) for column in columns[1:])
            rows[number] = BY_ITSELF if BY_ITSELF in parties else self._root(place, int(numbers[at]), parties)
        return rows[which]

    def _root(self, place: int, number: int, parties: tuple[int, ...]) -> int:
        head = self.heads[place]
        assert head is not None
        named = [found[of] for found, of in zip(self.parties, self.jobs.of[PARTIES:, number].tolist(), strict=True)]
        there = [party for party in named if party is not None and party is not NOBODY]
        rows = tuple(row for row in parties if row != NONE)
        return self.pieces.root(self.jobs.texts[CASE][place], head, there, rows)

    def _of_all(self, place: int, screen: Screen | None) -> tuple[int, ...]:
        """The rows of the parties of every line, of a case."""
        head = self.heads[place]
        return () if head is None else tuple(self.pieces.party(party, head.beside, screen) for party in head.parties)

    def _party_rows(self, found: list[Element | None], of: Numbers, beside: Numbers, screen: Screen | None) -> Numbers:
        first, which = together([beside, of])
        rows: Numbers = np.empty(len(first), np.int64)
        for number, (place, by) in enumerate(zip(of[first].tolist(), beside[first].tolist(), strict=True)):
            party = found[place]
            rows[number] = BY_ITSELF if party is None else self.pieces.party(party, self.besides[by], screen)
        return rows[which]

    def _items(self) -> Numbers:
        """The rows of the items of all jobs."""
        jobs = self.jobs
        beside = self.beside[jobs.of[CASE]]
        first, which = together([beside, jobs.of[ITEM]])
        rows: Numbers = np.empty(len(first), np.int64)
        for number, at in enumerate(first.tolist()):
            seen = int(beside[at])
            text = jobs.texts[ITEM][int(jobs.of[ITEM, at])]
            rows[number] = BY_ITSELF if seen == NONE else self.pieces.item(text, int(jobs.rows[at]), self.besides[seen])
        return rows[which]
