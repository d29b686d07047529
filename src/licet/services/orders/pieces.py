"""Lines of an order book as rows of elements: what is said of the case, its item and each party is read once each.

Many lines sell the same thing to others, or other things to the same ones; so each piece is read apart, from a line in
which only its own cells say anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from licet.facts.case import Case, read_case
from licet.facts.elements import Element
from licet.facts.errors import CaseError
from licet.facts.yamltext import Mapping
from licet.logic.alike.elements import NO_ELEMENT, Facts
from licet.services.orders.alike import Alike, Plain
from licet.services.orders.rows import Rows

Said = tuple[str, ...]


class Head(NamedTuple):
    """The case as a whole, what its elements see of it, and the rows of the parties of every line."""

    root: Element
    beside: Facts
    parties: tuple[int, ...]
    day: date | None


@dataclass(slots=True)
class Pieces:
    """Reads lines piece by piece."""

    rows: Rows
    alike: Alike
    picks: list[Callable[[Said], Said]] = field(init=False)
    heads: dict[Said, Head | None] = field(default_factory=dict)
    items: dict[tuple[Said, Facts], int | None] = field(default_factory=dict)
    parties: dict[tuple[int, Said, Facts], int | None] = field(default_factory=dict)
    roots: dict[tuple[Said, tuple[int, ...]], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.picks = [_pick(places) for places in self.rows.pieces()]

    def line(self, said: Said, row: int) -> tuple[Plain, date | None] | None:
        """The rows of a line and the day it says itself; None where it has to be decided by itself."""
        case, item, *parties = [pick(said) for pick in self.picks]
        if case not in self.heads:
            self.heads[case] = self._head(said, row)
        head = self.heads[case]
        if head is None:
            return None
        of_item = (item, head.beside)
        if of_item not in self.items:
            self.items[of_item] = self._item(said, row, head.beside)
        found = self.items[of_item]
        named = self._parties(parties, said, row, head.beside)
        if found is None or named is None:
            return None
        key = case, named
        if key not in self.roots:
            head.root.lists["parties"] = [*head.root.lists["parties"][: len(head.parties)], *[Element({})] * len(named)]
            self.roots[key] = self.alike.root(head.root, head.parties + named)
        return Plain(self.roots[key], found), head.day

    def _read(self, node: Callable[[], Mapping]) -> Case | None:
        try:
            case = read_case(node(), self.rows.dictionary)
        except CaseError:
            return None
        case.root.facts.pop("case.on", None)
        return case if self.alike.is_plain(case) else None

    def _head(self, said: Said, row: int) -> Head | None:
        case = self._read(lambda: self.rows.head(said, row))
        if case is None:
            return None
        beside = self.alike.elements.of_case(case.root)
        always = case.root.lists["parties"]
        return Head(case.root, beside, tuple(self.alike.elements.party(each, beside) for each in always), case.on)

    def _item(self, said: Said, row: int, beside: Facts) -> int | None:
        case = self._read(lambda: self.rows.alone(said, row))
        if case is None:
            return None
        return self.alike.elements.item(case.items[0], beside) if case.items else NO_ELEMENT

    def _parties(self, cells: list[Said], said: Said, row: int, beside: Facts) -> tuple[int, ...] | None:
        found = []
        for number, own in enumerate(cells):
            key = number, own, beside
            if key not in self.parties:
                self.parties[key] = self._party(number, said, row, beside)
            party = self.parties[key]
            if party is None:
                return None
            if party != NO_ELEMENT:
                found.append(party)
        return tuple(found)

    def _party(self, number: int, said: Said, row: int, beside: Facts) -> int | None:
        case = self._read(lambda: self.rows.alone(said, row, number))
        if case is None:
            return None
        named = case.root.lists["parties"]
        return self.alike.elements.party(named[0], beside) if named else NO_ELEMENT


def _pick(places: Sequence[int]) -> Callable[[Said], Said]:
    """What takes the cells at some places out of a line."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda said: tuple([said[place] for place in places])
