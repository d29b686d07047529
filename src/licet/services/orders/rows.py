"""A line of an order book as a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from math import isfinite
from pathlib import Path

from licet.facts.countries import country_names
from licet.facts.dictionary import Dictionary, FactType
from licet.facts.errors import CaseError, Place, nearest, quoted
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, is_empty
from licet.services.orders.days import read_day
from licet.services.orders.mapping import ITEM, Join, OrderMap, PartyColumns, Source
from licet.services.screen_tables import open_table

_WORDS = re.compile(r"\s*[;,|]\s*")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_GERMAN = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}|\d+,(\d{1,2}|\d{4,})|0,\d+)")
_NAMES = ("item.model", "item.name")
Joined = tuple[str, tuple[str, ...], dict[str, tuple[str, ...]]]  # a table: its key, its columns, its rows by key
MAX_DAYS = 20_000  # ways of writing a day that are remembered
MAX_JOINED = 2_000_000  # rows of a table that is joined, which are kept in memory


class Rows:
    """Makes cases of the rows of one table.

    `names` are the columns of a line once it is widened. Other tables are opened unless they are given as `joined`;
    with none of them the lines are given widened.
    """

    def __init__(
        self,
        orders: OrderMap,
        columns: tuple[str, ...],
        name: str,
        dictionary: Dictionary,
        joined: Iterable[Joined] | None = None,
    ) -> None:
        self.orders, self.name, self.dictionary = orders, name, dictionary
        self.joined = [_joined(join, orders.folder) for join in orders.joins] if joined is None else [*joined]
        self.names = names = (*columns, *(column for _, found, _ in self.joined for column in found))
        self.places = {column: names.index(column) for column in dict.fromkeys(names)}
        wanted = [*orders.columns(), *(join.on for join in orders.joins)]
        same = [join.key for join in orders.joins if join.key == join.on]  # says the same in both tables
        for column in wanted:
            if names.count(column) - (same.count(column) if self.joined else 0) > 1 and joined is None:
                hint = "name them differently"
                raise CaseError.one("E_COLUMN", f"two columns are called {quoted(column)}", Place(name), hint)
            if column not in self.places:
                hint = nearest(column, self.places) or f"it has {', '.join(names[:12])}"
                raise CaseError.one("E_COLUMN", f"the table has no column {quoted(column)}", Place(name), hint)
        self.used = sorted({self.places[column] for source in orders.sources() for column in source.columns})
        self.days: dict[str, date] = {}
        self.at = {place: number for number, place in enumerate(self.used)}
        self.pieces = self._pieces()
        named = (orders.facts[fact] for fact in _NAMES if fact in orders.facts)
        self.named = [self.places[source.columns[0]] for source in named]

    def widened(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The cells of a line, with those of the rows that it names in other tables. Raises CaseError."""
        if not self.joined:
            return cells
        whole = cells
        for join, (key, columns, rows) in zip(self.orders.joins, self.joined, strict=True):
            wanted = whole[self.places[join.on]].strip()
            found = rows.get(wanted) if wanted else ("",) * len(columns)
            if found is None:
                text = f"{join.table} has no row with {key} {quoted(wanted)}"
                raise CaseError.one("E_JOIN", text, hint="correct it there, or leave the cell empty")
            whole += found
        return whole

    def said(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The cells that say something about the case: lines that agree in them and the day are the same case."""
        return tuple([cells[place] for place in self.used])

    def places_of_pieces(self) -> list[list[int]]:
        """Where in a widened line the cells stand that speak of the case, of its item, and of each of its parties."""
        return [[self.used[place] for place in places] for places in self.pieces]

    def whole(self, pieces: Iterable[tuple[int, tuple[str, ...]]]) -> tuple[str, ...]:
        """The cells of some pieces as `said` has them; those of no piece are empty."""
        said = [""] * len(self.used)
        for piece, texts in pieces:
            for place, text in zip(self.pieces[piece], texts, strict=True):
                said[place] = text
        return tuple(said)

    def _pieces(self) -> list[list[int]]:
        """Which of the cells of `said` speak of the case as a whole, which of its item, and which of each party."""
        facts = self.orders.facts
        case = [source for name, source in facts.items() if not name.startswith(ITEM)]
        item = [source for name, source in facts.items() if name.startswith(ITEM)]
        return [
            sorted({self.at[self.places[column]] for source in sources for column in source.columns})
            for sources in (case, item, *(party.facts.values() for party in self.orders.parties))
        ]

    def line(self, cells: tuple[str, ...], number: int) -> str:
        """What the book calls the line, else the number of its row."""
        return cells[self.places[self.orders.line]].strip() if self.orders.line else str(number)

    def day(self, cells: tuple[str, ...]) -> date | None:
        """The day of a line; None where the map names none. Raises CaseError."""
        source = self.orders.on
        if source is None:
            return None
        text = cells[self.places[source.columns[0]]]
        if not text.strip():
            raise CaseError.one("E_DATE", f"{source.columns[0]} is empty", hint="a line needs its day")
        if text not in self.days:
            if len(self.days) > MAX_DAYS:
                self.days.clear()
            self.days[text] = read_day(text, source.form)
        return self.days[text]

    def item(self, cells: tuple[str, ...]) -> str:
        """What the item of a line is called: the first of its name, model and id that a column says."""
        for place in self.named:
            if text := cells[place].strip():
                return text
        return ""

    def value(self, cells: tuple[str, ...]) -> float | None:
        """The amount of a line; None where there is none. Raises CaseError."""
        source = self.orders.value
        text = "" if source is None else cells[self.places[source.columns[0]]].strip()
        if not text:
            return None
        amount = read_amount(text)
        if amount is None:
            raise CaseError.one("E_VALUE", f"the amount {quoted(text)} is no number")
        return amount

    def case(self, said: tuple[str, ...], number: int) -> Mapping:
        """The case of the cells that say something about it. Raises CaseError."""
        case = self.head(said, number)
        place = case.place
        self._item(case, said, place)
        parties = [*self._parties(said, place, self.orders.parties)]
        if parties:
            constant = case.entries.get("parties")
            always = constant.items if isinstance(constant, Sequence) else [] if is_empty(constant) else [constant]
            _put(case, ["parties"], Sequence(place, [*always, *parties]), place)
        return case

    def head(self, said: tuple[str, ...], number: int) -> Mapping:
        """The case as a whole with the parties of every line, without its item and its own parties."""
        place = Place(self.name, number)
        case = Mapping(place, dict(self.orders.constants.entries), dict(self.orders.constants.keys))
        case.entries.pop("item", None)
        for name, source in self.orders.facts.items():
            if not name.startswith(ITEM):
                value = self._value(name, source, said, place)
                if value is not None:
                    _put(case, name.split("."), value, place)
        return case

    def _item(self, case: Mapping, said: tuple[str, ...], place: Place) -> None:
        """Give a case the item of a line."""
        item = _copied(self.orders.constants.entries.get("item"), place)
        for name, source in self.orders.facts.items():
            if name.startswith(ITEM):
                value = self._value(name, source, said, place)
                if value is not None:
                    _put(item, name.removeprefix(ITEM).split("."), value, place)
        if item.entries:
            _put(case, ["items"], Sequence(place, [item]), place)

    def alone(self, said: tuple[str, ...], number: int, party: int | None = None) -> Mapping:
        """A case with nothing but the item of a line, or one of its parties."""
        place = Place(self.name, number)
        constants = self.orders.constants
        kept = ("complete",) if party is not None else ("complete", "items")
        case = Mapping(
            place, {key: constants.entries[key] for key in kept if key in constants.entries}, dict(constants.keys)
        )
        if party is None:
            self._item(case, said, place)
        else:
            made = [*self._parties(said, place, self.orders.parties[party : party + 1])]
            _put(case, ["parties"], Sequence(place, list(made)), place)
        return case

    def _parties(self, said: tuple[str, ...], place: Place, parties: Iterable[PartyColumns]) -> Iterator[Mapping]:
        for party in parties:
            made = Mapping(place)
            for key, source in party.facts.items():
                value = self._value(f"party.{key}", source, said, place)
                if value is not None:
                    _put(made, key.split("."), value, place)
            if made.entries:
                _put(made, ["role"], Sequence(place, [Scalar(role, True, place) for role in party.roles]), place)
                yield made

    def _value(self, name: str, source: Source, said: tuple[str, ...], place: Place) -> Node | None:
        """What the cells say of a fact; None where they are empty."""
        texts = [said[self.at[self.places[column]]].strip() for column in source.columns]
        texts = [source.words.get(text, text) for text in texts]
        if not any(texts):
            return None
        fact = self.dictionary.find(name)
        if len(texts) > 1:
            return Sequence(place, [Scalar(text, True, place) for text in texts])
        return _node(fact, texts[0], source, place)


def _node(fact: FactType | None, text: str, source: Source, place: Place) -> Node:
    if fact is None:
        return Scalar(text, True, place)
    if fact.type == "set":
        words = [word for word in _WORDS.split(text) if word]
        return Sequence(
            place, [Scalar(_country(word) if fact.of == "country" else word, True, place) for word in words]
        )
    if fact.type == "date" and ".." not in text and text != "unknown":
        return Scalar(read_day(text, source.form).isoformat(), True, place)
    if fact.type == "country":
        return Scalar(_country(text), True, place)
    return Scalar(text, fact.type != "text", place)


def read_amount(text: str) -> float | None:
    """An amount: `1234.5`, `1,234.50`, `1.234,50`, `1 234,5`; None where it is no number.

    Where both marks occur, the last one is the decimal mark; a comma alone is one unless it stands before three digits.
    """
    if text.isdecimal():
        return float(text) if isfinite(float(text)) else None
    bare = re.sub(r"[ \u00a0\u202f'_]", "", text)
    if _GERMAN.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif _ENGLISH.fullmatch(bare):
        bare = bare.replace(",", "")
    elif not _PLAIN.fullmatch(bare):
        return None
    amount = float(bare)
    return amount if isfinite(amount) else None


def _country(text: str) -> str:
    """The code of a country that is named in full."""
    return text if text in country_names() else _codes().get(text.casefold(), text)


@cache
def _codes() -> dict[str, str]:
    return {name.casefold(): code for code, names in country_names().items() for name in (code, *names) if name}


def _put(target: Mapping, path: list[str], value: Node, place: Place) -> None:
    """A value at a path of keys; mappings on the way are copied, since constants are shared by all lines."""
    for key in path[:-1]:
        inner = _copied(target.entries.get(key), place)
        target.entries[key] = inner
        target.keys.setdefault(key, place)
        target = inner
    target.entries[path[-1]] = value
    target.keys[path[-1]] = place


def _copied(node: Node | None, place: Place) -> Mapping:
    return Mapping(place, dict(node.entries), dict(node.keys)) if isinstance(node, Mapping) else Mapping(place)


def _joined(join: Join, folder: Path) -> Joined:
    """A table to join: its key, its columns, and its rows by key. Raises CaseError."""
    table = open_table(folder / join.table)
    if join.key not in table.columns:
        hint = nearest(join.key, table.columns) or f"it has {', '.join(table.columns[:12])}"
        raise CaseError.one("E_COLUMN", f"{join.table} has no column {quoted(join.key)}", Place(join.table), hint)
    at = table.columns.index(join.key)
    rows: dict[str, tuple[str, ...]] = {}
    for line in table.lines:
        key = line.cells[at].strip()
        if line.problem or (key in rows and rows[key] != line.cells):
            why = line.problem or f"{join.key} {quoted(key)} stands in two different rows"
            raise CaseError.one("E_JOIN", f"{join.table}, row {line.number}: {why}", Place(join.table, line.number))
        if key:
            rows[key] = line.cells
        if len(rows) > MAX_JOINED:
            raise CaseError.one("E_TOO_LARGE", f"{join.table} has more than {MAX_JOINED:,} rows", Place(join.table))
    return join.key, table.columns, rows
