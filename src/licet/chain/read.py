"""Reading a bill of materials: nested `parts:`, or `rows:` that name their `parent`.

Strict, as a case is read: every mistake is told with its place, all of them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from licet.chain.build import Row, build
from licet.chain.model import Bill
from licet.chain.money import Money, read_amount, read_rates
from licet.chain.narrow import narrow
from licet.chain.ranges import ONE, UNKNOWN, Range
from licet.facts.dictionary import Dictionary, FactType
from licet.facts.elements import Value
from licet.facts.errors import CaseError, Problem, nearest, quoted
from licet.facts.truth import WORDS, Truth
from licet.facts.values import fail, read_value
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, is_empty

HEAD = ("bom", "on", "currency", "rates", "complete", "item", "rows")
OWN = ("id", "parent", "parts", "quantity", "value", "currency", "complete", "controlled", "source")
ALIASES = {"eccn": "declared.us"}
MAX_ROWS = 5_000
MAX_PROBLEMS = 50
_ON = FactType("on", "date")


def read_bill(node: Node, dictionary: Dictionary) -> Bill:
    """The bill in a file. Raises CaseError with every problem found."""
    if not isinstance(node, Mapping):
        fail(node, "E_BOM", "a bill of materials is a mapping", "start with bom:, complete:, item: with its parts:")
    return _Reader(node, dictionary).bill()


class _Reader:
    def __init__(self, root: Mapping, dictionary: Dictionary) -> None:
        self.root, self.dictionary = root, dictionary
        self.problems: list[Problem] = []
        self.money = Money("", {})

    def bill(self) -> Bill:
        for key in self.root.entries:
            if key not in HEAD:
                hint = nearest(key, HEAD) or f"one of {', '.join(HEAD)}"
                self.problems.append(
                    Problem("E_UNKNOWN_KEY", f"there is no key {quoted(key)} here", self.root.keys[key], hint)
                )
        self.money = Money(_text(self.root.entries.get("currency")), read_rates(self.root.entries.get("rates")))
        rows = [row for found in self.found() if (row := self.row(found)) is not None]
        if self.problems:
            raise CaseError(self.problems[:MAX_PROBLEMS])
        product = build(rows, self.truth(self.root, "complete"))
        title = _text(self.root.entries.get("bom")) or product.name
        return Bill(title, narrow(product), self.money.currency, self.on())

    def on(self) -> date | None:
        """The day the bill names."""
        node = self.root.entries.get("on")
        value = None if node is None else read_value(_ON, node)
        return None if value is None else date.fromordinal(value[0])

    # --- rows -----------------------------------------------------------------------------------

    def found(self) -> Iterator[_Found]:
        """Every row with its id and that of what holds it."""
        item, rows = self.root.entries.get("item"), self.root.entries.get("rows")
        if (item is None) == (rows is None):
            fail(self.root, "E_BOM", "a bill has an item: with its parts:, or rows:", "give one of them")
        if item is not None:
            yield from self.nested(item)
            return
        assert rows is not None
        for number, row in enumerate(_members(rows, "rows"), 1):
            stated = _text(row.entries.get("id"))
            yield _Found(row, stated or f"row {number}", _text(row.entries.get("parent")), ("parts",))

    def nested(self, item: Node) -> Iterator[_Found]:
        """What nests, with a stack of its own."""
        if not isinstance(item, Mapping):
            fail(item, "E_BOM", "item: a mapping is expected", "write item: {name: …, value: 100 USD, parts: [...]}")
        pending = [_Found(item, _text(item.entries.get("id")) or "item", "", ("parent",))]
        count = 0
        while pending:
            here = pending.pop()
            count += 1
            if count > MAX_ROWS:
                fail(here.node, "E_TOO_MANY", f"a bill holds at most {MAX_ROWS:,} parts")
            yield here
            inner = here.node.entries.get("parts")
            below = [] if inner is None or is_empty(inner) else list(enumerate(_members(inner, "parts"), 1))
            for number, part in reversed(below):
                stated = _text(part.entries.get("id"))
                pending.append(_Found(part, stated or f"{here.id}.{number}", here.id, ("parent",)))

    def row(self, found: _Found) -> Row | None:
        """One row read; None where it has problems, which are kept."""
        if len(self.problems) > MAX_PROBLEMS:
            return None
        try:
            return self.read(found)
        except CaseError as error:
            self.problems.extend(error.problems)
            return None

    def read(self, found: _Found) -> Row:
        node = found.node
        for key in found.refused:
            if key in node.entries:
                hint = "use nested parts:, or rows: with parent:, not both"
                fail(node.entries[key], "E_BOM", f"{found.id}: {key}: has no place here", hint)
        quantity = self.quantity(found)
        return Row(
            id=found.id,
            parent=found.parent,
            facts=_of_us_origin(dict(self.facts(node, "")), found),
            quantity=quantity,
            value=self.money.value(node, found.id),
            complete=self.truth(node, "complete"),
            stated_complete="complete" in node.entries,
            controlled=self.truth(node, "controlled"),
            source=_text(node.entries.get("source")),
            place=node.place,
        )

    def quantity(self, found: _Found) -> Range:
        node = found.node.entries.get("quantity")
        quantity = read_amount(node, f"{found.id}: quantity")
        if not found.parent:
            if quantity not in (ONE, UNKNOWN):
                text = f"{found.id}: the product is counted as one"
                fail(node or found.node, "E_BOM", text, "leave its quantity out")
            return ONE
        if quantity.high == 0:
            fail(node or found.node, "E_NUMBER", f"{found.id}: of a part there is at least something", "drop the row")
        return quantity

    def truth(self, node: Mapping, key: str) -> Truth:
        """A yes, no or unknown of the bill itself. Raises CaseError."""
        value = node.entries.get(key)
        if value is None or is_empty(value):
            return None
        if not isinstance(value, Scalar) or value.text.lower() not in WORDS:
            fail(value, "E_VALUE", f"{key}: expected yes, no or unknown")
        return WORDS[value.text.lower()]

    def facts(self, node: Mapping, prefix: str) -> Iterator[tuple[str, Value]]:
        """The facts of an item that a row states. Raises CaseError."""
        for key, value in node.entries.items():
            if not prefix and key in OWN:
                continue
            name = f"{prefix}{key}"
            if isinstance(value, Mapping):
                yield from self.facts(value, f"{name}.")
                continue
            fact = self.dictionary.find(f"item.{ALIASES.get(name, name)}")
            if fact is None:
                known = [other.removeprefix("item.") for other in self.dictionary.names("item")]
                hint = nearest(name, [*known, *OWN, *ALIASES]) or "facts of an item, as in a case"
                fail(_at(node, key), "E_UNKNOWN_KEY", f"there is no column or fact {quoted(name)}", hint)
            read = read_value(fact, _several(value) if fact.type == "set" else value)
            if read is not None:
                yield fact.name, read


@dataclass(frozen=True, slots=True)
class _Found:
    """A row as it stands in the file; `refused` are keys of the other way of writing."""

    node: Mapping
    id: str
    parent: str
    refused: tuple[str, ...] = field(default=())


def _of_us_origin(facts: dict[str, Value], found: _Found) -> dict[str, Value]:
    """What is made in the United States is of US origin; a row that says otherwise is refused."""
    if facts.get("item.origin") == "US" and facts.setdefault("item.us_origin", True) is False:
        hint = "correct one of them: origin is where it was made"
        fail(found.node, "E_CONTRADICTION", f"{found.id}: origin says US, but us_origin says no", hint)
    return facts


def _members(node: Node, what: str) -> Iterator[Mapping]:
    if not isinstance(node, Sequence):
        fail(node, "E_BOM", f"{what}: a list is expected")
    if len(node.items) > MAX_ROWS:
        fail(node, "E_TOO_MANY", f"{what}: {len(node.items):,} here, a bill holds at most {MAX_ROWS:,} parts")
    for item in node.items:
        if not isinstance(item, Mapping):
            fail(item, "E_BOM", f"{what}: each member is a mapping")
        yield item


def _several(node: Node) -> Node:
    """The values in one cell of a table, set apart by semicolons."""
    if not isinstance(node, Scalar) or ";" not in node.text:
        return node
    parts = [part.strip() for part in node.text.split(";")]
    return Sequence(node.place, [Scalar(part, node.plain, node.place) for part in parts if part])


def _at(node: Mapping, key: str) -> Node:
    return Scalar(key, True, node.keys.get(key, node.place))


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) and not is_empty(node) else ""
