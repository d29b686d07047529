"""Lines of an order book as rows of elements: what is said of the case, its item and each party is read once each.

Many lines sell the same thing to others, or other things to the same ones; so each piece is read apart, from a line in
which only its own cells say anything.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from licet.facts.case import Case, read_case
from licet.facts.elements import Element
from licet.facts.errors import CaseError
from licet.facts.yamltext import Mapping
from licet.logic.alike.elements import NO_ELEMENT, Facts
from licet.services.check import Screen
from licet.services.orders.alike import Alike, Plain, is_clear
from licet.services.orders.rows import Rows

Said = tuple[str, ...]
NOBODY = Element({})  # of cells that name no party


class Head(NamedTuple):
    """The case as a whole, what its elements see of it, and the parties of every line."""

    root: Element
    beside: Facts
    parties: tuple[Element, ...]
    day: date | None


@dataclass(slots=True)
class Pieces:
    """Reads lines piece by piece."""

    rows: Rows
    alike: Alike
    picks: list[Callable[[Said], Said]] = field(init=False)
    heads: dict[Said, Head | None] = field(default_factory=dict)
    items: dict[tuple[Said, Facts], int | None] = field(default_factory=dict)
    parties: dict[tuple[int, Said], Element | None] = field(default_factory=dict)
    numbers: dict[tuple[int, Facts, Hashable], int] = field(default_factory=dict)
    roots: dict[tuple[Said, tuple[int, ...]], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.picks = [_pick(places) for places in self.rows.pieces()]

    def line(self, said: Said, row: int, screen: Screen | None = None) -> tuple[Plain, date | None] | None:
        """The rows of a line and the day it says itself; None where it has to be decided by itself."""
        case, item, *_ = [pick(said) for pick in self.picks]
        head = self._known_head(case, said, row)
        named = self.named(said, row)
        if head is None or named is None:
            return None
        of_item = (item, head.beside)
        if of_item not in self.items:
            self.items[of_item] = self._item(said, row, head.beside)
        found = self.items[of_item]
        everybody = [self._number(party, head.beside, screen) for party in (*head.parties, *named)]
        if found is None or None in everybody:
            return None
        parties = tuple(number for number in everybody if number is not None)
        key = case, parties
        if key not in self.roots:
            head.root.lists["parties"] = [*head.parties, *named]
            self.roots[key] = self.alike.root(head.root, parties)
        return Plain(self.roots[key], found), head.day

    def everybody(self, said: Said, row: int) -> Iterator[Element]:
        """The parties of a line, as far as they can be read."""
        head = self._known_head(self.picks[0](said), said, row)
        yield from head.parties if head is not None else ()
        yield from self.named(said, row) or ()

    def _known_head(self, case: Said, said: Said, row: int) -> Head | None:
        if case not in self.heads:
            self.heads[case] = self._head(said, row)
        return self.heads[case]

    def named(self, said: Said, row: int) -> list[Element] | None:
        """The parties that a line names itself; None where one cannot be read, or needs a closer look."""
        found = []
        for number, pick in enumerate(self.picks[2:]):
            key = number, pick(said)
            if key not in self.parties:
                self.parties[key] = self._party(number, said, row)
            party = self.parties[key]
            if party is None:
                return None
            if party is not NOBODY:
                found.append(party)
        return found

    def _number(self, party: Element, beside: Facts, screen: Screen | None) -> int | None:
        """The row of a party; None where a screen found something."""
        if not is_clear(party, screen):
            return None
        key = id(party), beside, party.told.get("listings", {}).get("listing.list")
        if key not in self.numbers:
            self.numbers[key] = self.alike.elements.party(party, beside)
        return self.numbers[key]

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
        return Head(case.root, beside, tuple(case.root.lists["parties"]), case.on)

    def _item(self, said: Said, row: int, beside: Facts) -> int | None:
        case = self._read(lambda: self.rows.alone(said, row))
        if case is None:
            return None
        return self.alike.elements.item(case.items[0], beside) if case.items else NO_ELEMENT

    def _party(self, number: int, said: Said, row: int) -> Element | None:
        case = self._read(lambda: self.rows.alone(said, row, number))
        if case is None:
            return None
        named = case.root.lists["parties"]
        return named[0] if named else NOBODY


def _pick(places: Sequence[int]) -> Callable[[Said], Said]:
    """What takes the cells at some places out of a line."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda said: tuple([said[place] for place in places])
