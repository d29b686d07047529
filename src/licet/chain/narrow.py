"""What the values of a tree say of each other: parts are not worth more than what holds them.

So the parts give what holds them a least value, and what holds them gives each part a greatest. Where a file breaks
this, it is refused: its content would come to more than the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from licet.chain.model import Component
from licet.chain.ranges import ZERO, Range, least, shown, total
from licet.facts.errors import CaseError, Problem


def narrow(product: Component) -> Component:
    """The same tree with every value as narrow as the others allow. Raises CaseError."""
    raised = raise_lows(product)
    problems = list(_too_much(raised))
    if problems:
        raise CaseError(problems)
    return lower_highs(raised)


def raise_lows(part: Component) -> Component:
    """Every value at least that of the parts inside."""
    inner = tuple(map(raise_lows, part.parts))
    low = max(part.value.low, total([lines(each) for each in inner]).low)
    return replace(part, parts=inner, value=Range(low, part.value.high))


def lines(part: Component) -> Range:
    """What a part comes to in one of what holds it: quantity times value."""
    return part.quantity * part.value


def _too_much(product: Component) -> Iterator[Problem]:
    for _, part in product.walk():
        if part.value.high is not None and part.value.low > part.value.high:
            worth, most = shown(part.value.low), shown(part.value.high)
            text = f"{part.id}: the parts in it are worth at least {worth}, it is worth at most {most} itself"
            hint = "correct a quantity or a value: what it holds cannot be more than 100 % of it"
            yield Problem("E_BOM_VALUE", text, part.place, hint)


def lower_highs(part: Component) -> Component:
    """Every line at most what its holder leaves beside the other lines."""
    if not part.parts:
        return part
    floor = total([lines(each) for each in part.parts]).low
    return replace(part, parts=tuple(lower_highs(_bounded(each, part.value.high, floor)) for each in part.parts))


def _bounded(part: Component, most: Fraction | None, floor: Fraction) -> Component:
    """A part whose line comes to no more than `most` less the least of the lines beside it."""
    if most is None:
        return part
    room = most - (floor - lines(part).low)
    quantity, value = part.quantity, part.value
    high = least(value.high, room / quantity.low if quantity.low else None)
    pieces = least(quantity.high, room / value.low if value.low else None)
    return replace(part, quantity=Range(quantity.low, pieces), value=Range(value.low, high))


def line_range(part: Component, holder: Component) -> Range:
    """The line of a part as narrow as its holder allows, also where the quantity is not known at all."""
    own = lines(part)
    if holder.value.high is None:
        return own
    others = total([lines(each) for each in holder.parts if each is not part]).low
    return own.meet(Range(Fraction(0), holder.value.high - others)) or ZERO
