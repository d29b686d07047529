"""Parts as items, so that the rules of the law can bind to them."""

from __future__ import annotations

from licet.chain.model import Component
from licet.facts.elements import Element
from licet.facts.truth import conjunction


def as_item(part: Component) -> Element:
    """The part as an item of a case, all parts in it as its components."""
    item = Element(dict(part.facts), part.name)
    item.add("rates", [], None)
    inner = [Element(dict(each.facts), each.name) for depth, each in part.walk() if depth]
    for component in inner:
        component.add("rates", [], None)
    holders = [each.complete for _, each in part.walk() if each.parts or each is part]
    item.add("components", inner, conjunction(holders))
    return item
