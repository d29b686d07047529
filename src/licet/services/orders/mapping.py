"""The map of an order book: which column says which fact (docs/batch.md).

line: Order No
on: Ship date
constants: {act: export, complete: [parties, items]}
facts:
shipment.to: Country
item.overlay_nm: {low: Overlay from, high: Overlay to}
item.datacenter: {column: DC, words: {Ja: yes, Nein: no}}
parties:
- {role: [purchaser, end_user], name: Customer, country: Customer country}
value: {column: Amount, currency: USD}
join:
- {table: products.csv, on: SKU, key: Item number}
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from licet.facts.dictionary import Dictionary, level, own_name
from licet.facts.errors import CaseError, nearest, quoted
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, decode, is_empty, read_yaml

SCHEMA = "licet.orders/1"
KEYS = ("schema", "line", "on", "constants", "facts", "parties", "value", "join")
ITEM = "item."


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: a column, or two with the ends of a range; `words` exchange what stands there.

    `form` is a pattern of `strptime` for dates written in another way than year-month-day.
    """

    columns: tuple[str, ...]
    words: dict[str, str]
    form: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it this source."""
        return self.columns, tuple(self.words.items()), self.form


@dataclass(frozen=True, slots=True)
class PartyColumns:
    """A party of every line: its roles, and the column of each of its facts."""

    roles: tuple[str, ...]
    facts: dict[str, Source]


@dataclass(frozen=True, slots=True)
class Join:
    """Another table whose row with the same key goes on with the line."""

    table: str
    on: str
    key: str


@dataclass(frozen=True, slots=True)
class OrderMap:
    """A whole map. `facts` are those of the case (`shipment.to`) and of its item (`item.kind`)."""

    line: str
    on: Source | None
    constants: Mapping
    facts: dict[str, Source]
    parties: tuple[PartyColumns, ...]
    value: Source | None
    currency: str
    joins: tuple[Join, ...]
    folder: Path

    def sources(self) -> list[Source]:
        """Every source of facts, but for the day and the amount."""
        return [*self.facts.values(), *(source for party in self.parties for source in party.facts.values())]

    def columns(self) -> list[str]:
        """Every column that is read."""
        named = [column for source in self.sources() for column in source.columns]
        ends = [column for source in (self.on, self.value) if source is not None for column in source.columns]
        return list(dict.fromkeys([*((self.line,) if self.line else ()), *ends, *named]))


def read_map(path: Path, dictionary: Dictionary) -> OrderMap:
    """A map from its file. Raises CaseError at the place in it."""
    try:
        data = path.read_bytes()
    except OSError as bad:
        raise CaseError.one("E_NO_FILE", f"the map cannot be read: {bad.strerror}: {path}") from None
    return parse_map(read_yaml(decode(data, path.name), path.name), dictionary, path.parent)


def parse_map(node: Node, dictionary: Dictionary, folder: Path) -> OrderMap:
    """A map as read. Raises CaseError."""
    if not isinstance(node, Mapping):
        raise CaseError.one("E_MAP", "a map of columns is a mapping", node.place, "start with on:, facts:, parties:")
    for key, place in node.keys.items():
        if key not in KEYS:
            raise CaseError.one("E_UNKNOWN_KEY", f"a map has no key {quoted(key)}", place, nearest(key, KEYS))
    entries = node.entries
    if "schema" in entries and _text(entries["schema"]) != SCHEMA:
        _wrong(entries["schema"], f"this is not {SCHEMA}")
    facts = {
        _known(name, value, dictionary): _source(value)
        for name, value in _mapping(entries.get("facts"), node, "facts").entries.items()
    }
    value, constants = entries.get("value"), _mapping(entries.get("constants"), node, "constants")
    _mapping(constants.entries.get("item"), node, "item")
    if "items" in constants.entries and ("item" in constants.entries or any(name.startswith(ITEM) for name in facts)):
        _wrong(constants.entries["items"], "a line has one item, whose facts stand in columns", "say item: {…} here")
    return OrderMap(
        line=_text(entries["line"]) if "line" in entries else "",
        on=None if is_empty(entries.get("on")) else _single(entries["on"]),
        constants=constants,
        facts=facts,
        parties=tuple(_party(each, dictionary) for each in _items(entries.get("parties"))),
        value=None if value is None or is_empty(value) else _single(value, ("currency",)),
        currency=_text(value.entries["currency"]) if isinstance(value, Mapping) and "currency" in value.entries else "",
        joins=tuple(_join(each) for each in _items(entries.get("join"))),
        folder=folder,
    )


def _known(name: str, node: Node, dictionary: Dictionary) -> str:
    """The name of a fact of the case or the item that the dictionary has."""
    fact = dictionary.find(name)
    if fact is None or level(own_name(name)) not in ("case", "item") or name == "case.on":
        known = [each for each in dictionary.facts if level(each) in ("case", "item")]
        _wrong(node, f"there is no fact {quoted(name)} of a case or an item", nearest(name, known))
    return name


def _party(node: Node, dictionary: Dictionary) -> PartyColumns:
    if not isinstance(node, Mapping):
        _wrong(node, "a party is a mapping: role, and a column for each fact")
    roles = node.entries.get("role") or node.entries.get("roles")
    if roles is None:
        _wrong(node, "the party has no role", "add role: [purchaser, end_user]")
    facts = {}
    for key, value in node.entries.items():
        if key in ("role", "roles"):
            continue
        if dictionary.find(f"party.{key}") is None:
            known = [name.removeprefix("party.") for name in dictionary.facts if level(name) == "party"]
            _wrong(value, f"a party has no fact {quoted(key)}", nearest(key, known))
        facts[key] = _source(value)
    return PartyColumns(tuple(_text(each) for each in _items(roles)), facts)


def _join(node: Node) -> Join:
    if not isinstance(node, Mapping) or not {"table", "on"} <= node.entries.keys():
        _wrong(node, "a join is {table: FILE, on: COLUMN, key: COLUMN OF THE OTHER TABLE}")
    on = _text(node.entries["on"])
    return Join(_text(node.entries["table"]), on, _text(node.entries["key"]) if "key" in node.entries else on)


def _source(node: Node, more: tuple[str, ...] = ()) -> Source:
    if isinstance(node, Scalar):
        return Source((node.text,), {})
    if not isinstance(node, Mapping):
        _wrong(node, "expected a column, or {column: …, words: …} or {low: …, high: …}")
    allowed = ("column", "low", "high", "words", "format", *more)
    for key, place in node.keys.items():
        if key not in allowed:
            hint = nearest(key, allowed)
            raise CaseError.one("E_UNKNOWN_KEY", f"a source of a fact has no key {quoted(key)}", place, hint)
    entries = node.entries
    if "column" in entries:
        columns: tuple[str, ...] = (_text(entries["column"]),)
    elif {"low", "high"} <= entries.keys():
        columns = (_text(entries["low"]), _text(entries["high"]))
    else:
        _wrong(node, "it names no column", "add column:, or low: and high:")
    words = _mapping(entries.get("words"), node, "words").entries
    return Source(
        columns,
        {word: _text(meaning) for word, meaning in words.items()},
        _text(entries["format"]) if "format" in entries else "",
    )


def _single(node: Node, more: tuple[str, ...] = ()) -> Source:
    """A source that is one column."""
    source = _source(node, more)
    if len(source.columns) > 1:
        _wrong(node, "this is one column, not a range")
    return source


def _mapping(node: Node | None, of: Node, name: str) -> Mapping:
    if node is None or is_empty(node):
        return Mapping(of.place)
    if not isinstance(node, Mapping):
        _wrong(node, f"{name}: expected a mapping")
    return node


def _items(node: Node | None) -> list[Node]:
    if node is None or is_empty(node):
        return []
    return node.items if isinstance(node, Sequence) else [node]


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else _wrong(node, "expected a single word")


def _wrong(node: Node, message: str, hint: str = "") -> NoReturn:
    raise CaseError.one("E_MAP", message, node.place, hint)
