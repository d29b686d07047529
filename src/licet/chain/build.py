"""From rows that name what holds them to one tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from licet.chain.model import Component
from licet.chain.ranges import ONE, UNKNOWN, Range
from licet.facts.elements import Value
from licet.facts.errors import NOWHERE, CaseError, Place, Problem, nearest, quoted
from licet.facts.truth import Truth

MAX_DEPTH = 24


@dataclass(frozen=True, slots=True)
class Row:
    """A part with the id of what holds it; the product is held by nothing."""

    id: str
    parent: str
    facts: dict[str, Value] = field(default_factory=dict)
    quantity: Range = ONE
    value: Range = UNKNOWN
    complete: Truth = None
    stated_complete: bool = False
    controlled: Truth = None
    source: str = ""
    place: Place = NOWHERE


def build(rows: list[Row], complete: Truth) -> Component:
    """The tree of all rows, in any order. `complete` is what the bill says of its list as a whole. Raises CaseError."""
    problems = list(_problems(rows))
    if problems:
        raise CaseError(problems)
    below: dict[str, list[Row]] = {}
    for row in rows:
        below.setdefault(row.parent, []).append(row)
    (product,) = below[""]
    reached = {row.id for row in _reached(product, below)}
    if len(reached) != len(rows):
        lost = next(row for row in rows if row.id not in reached)
        hint = "let each part name what holds it, up to the product"
        raise CaseError.one("E_BOM_CYCLE", f"{quoted(lost.id)} is a part of itself", lost.place, hint)
    return _component(product, below, complete)


def _problems(rows: list[Row]) -> Iterator[Problem]:
    seen: dict[str, Row] = {}
    for row in rows:
        if row.id in seen:
            text = f"the id {quoted(row.id)} stands twice, first at {seen[row.id].place}"
            yield Problem("E_DUPLICATE_KEY", text, row.place, "give each part an id of its own")
        seen.setdefault(row.id, row)
    products = [row for row in rows if not row.parent]
    if len(products) != 1:
        text = f"{len(products)} rows name no parent, a bill has one product"
        where = products[1].place if products else rows[0].place if rows else NOWHERE
        yield Problem("E_BOM", text, where, "leave the parent empty in one row: that of the product")
    for row in rows:
        if row.parent and row.parent not in seen:
            text = f"{quoted(row.id)}: there is no part {quoted(row.parent)} that could hold it"
            yield Problem("E_BOM_PARENT", text, row.place, nearest(row.parent, seen))


def _reached(product: Row, below: dict[str, list[Row]]) -> Iterator[Row]:
    """All rows under the product, none deeper than allowed."""
    pending = [(product, 0)]
    while pending:
        row, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise CaseError.one("E_TOO_DEEP", f"parts nest deeper than {MAX_DEPTH} levels", row.place)
        yield row
        pending.extend((part, depth + 1) for part in below.get(row.id, ()))


def _component(row: Row, below: dict[str, list[Row]], around: Truth) -> Component:
    """A row with all beneath it. A part with no parts named says of itself what it is, unless it says otherwise."""
    inner = below.get(row.id, [])
    complete = row.complete if row.stated_complete else True if row.parent and not inner else around
    within = row.complete if row.stated_complete else around
    return Component(
        id=row.id,
        facts=row.facts,
        quantity=row.quantity,
        value=row.value,
        parts=tuple(_component(part, below, within) for part in inner),
        complete=complete,
        controlled=row.controlled,
        source=row.source,
        place=row.place,
    )
