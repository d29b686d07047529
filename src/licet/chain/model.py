"""A bill of materials as a tree: a product, the parts in it, the parts in those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from licet.chain.ranges import ONE, UNKNOWN, Range
from licet.facts.elements import Value
from licet.facts.errors import NOWHERE, Place
from licet.facts.truth import Truth

COMMODITY, SOFTWARE, TECHNOLOGY = "commodity", "software", "technology"


@dataclass(frozen=True, slots=True)
class Component:
    """The product or one of its parts.

    `facts` are facts of an item, as the dictionary types them. `quantity` is how many are in one of what holds it,
    `value` what one is worth, in the currency of the bill, all inside it included. `complete` tells whether its parts
    are all named, `controlled` is what the bill itself says of that.
    """

    id: str
    facts: dict[str, Value] = field(default_factory=dict)
    quantity: Range = ONE
    value: Range = UNKNOWN
    parts: tuple[Component, ...] = ()
    complete: Truth = None
    controlled: Truth = None
    source: str = ""
    place: Place = NOWHERE

    @property
    def name(self) -> str:
        """What it is called; its id where it has no name."""
        return str(self.facts.get("item.name") or self.id)

    @property
    def nature(self) -> str:
        """Commodity, software or technology: each is counted against its like."""
        kind = self.facts.get("item.kind")
        return kind if kind in (SOFTWARE, TECHNOLOGY) else COMMODITY

    def truth(self, fact: str) -> Truth:
        """A yes/no fact of it."""
        value = self.facts.get(fact)
        return value if isinstance(value, bool) else None

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Component]]:
        """It and all in it, what holds before what is held, each with its depth."""
        yield depth, self
        for part in self.parts:
            yield from part.walk(depth + 1)

    def put(self, part: Component) -> Component:
        """The same tree with another part of that id."""
        if part.id == self.id:
            return part
        return replace(self, parts=tuple(inner.put(part) for inner in self.parts))


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill of materials: its product with all in it, and the currency of its values."""

    title: str
    product: Component
    currency: str
    on: date | None = None
