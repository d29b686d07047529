"""How much of a product is controlled US-origin content for one destination, as a range.

The way of counting is that of Supplement No. 2 to part 734 of the EAR: a US-origin item counts as it was received, with
all that is in it, at what it is worth where the product is made; the sum is set against the price of the product.
Whether a US-origin item counts for the destination is law and is asked of `counts`. US-origin content inside a
foreign-made part counts through it, unless that part is a discrete product (the second incorporation principle: BIS
advisory opinion of 14 September 2009). Of a list that is not complete, the rest may be content too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from licet.chain.model import COMMODITY, SOFTWARE, Component
from licet.chain.narrow import line_range, lines
from licet.chain.ranges import ZERO, Range, least, total
from licet.facts.truth import Truth, conjunction

HUNDRED = Fraction(100)
Counts = Callable[[Component], Truth]


@dataclass(frozen=True, slots=True)
class Counted:
    """A part with what of its line counts, both for one whole product.

    `counts`: whether the part itself is content that counts, as far as it is not inside one that does; `why` in words.
    """

    part: Component
    depth: int
    line: Range
    content: Range
    counts: Truth
    why: str


@dataclass(frozen=True, slots=True)
class Content:
    """The controlled content of a product in per cent, with its parts in the order of the tree."""

    percent: Range
    value: Range
    price: Range
    parts: tuple[Counted, ...]


def content(product: Component, counts: Counts) -> Content:
    """The controlled content of a product. A US-origin product is all of US origin: there is nothing to count."""
    counter = _Counter(counts, product.nature)
    named = counter.inside(product, Range(Fraction(1), Fraction(1)), 0)
    amount = named + counter.rest(product)
    least_other = total([_least_other(one) for one in counter.found if one.depth == 1]).low
    return Content(_percent(amount, product.value, least_other), amount, product.value, tuple(counter.found))


def _percent(amount: Range, price: Range, other: Fraction) -> Range:
    """The share of an amount in a price that is at least the amount and `other` together."""
    low = HUNDRED * amount.low / price.high if price.high else Fraction(0)
    most = least(amount.high, None if price.high is None else max(amount.low, price.high - other))
    if most is None:
        return Range(low, HUNDRED)
    whole = max(price.low, most + other)
    return Range(low, HUNDRED * most / whole) if most else ZERO


def _least_other(one: Counted) -> Range:
    """What of a line does not count at least."""
    other = Fraction(0) if one.content.high is None else max(Fraction(0), one.line.low - one.content.high)
    return Range(other, None)


class _Counter:
    """Counts the parts of one product; `nature` is what the product is, for like is counted against like."""

    def __init__(self, counts: Counts, nature: str) -> None:
        self.counts, self.nature = counts, nature
        self.found: list[Counted] = []

    def inside(self, holder: Component, pieces: Range, depth: int) -> Range:
        """What counts of the named parts in so many pieces of what holds them."""
        return total([self.part(part, holder, pieces, depth + 1) for part in holder.parts])

    def part(self, part: Component, holder: Component, pieces: Range, depth: int) -> Range:
        place = len(self.found)
        line = pieces * line_range(part, holder)
        inner = self.through(part, pieces * part.quantity, depth)
        amount, counts, why = self.judge(part, line, inner)
        amount = Range(min(amount.low, line.low), least(amount.high, line.high))
        if part.truth("item.us_origin") or part.truth("item.discrete"):
            self.found[place:] = [replace(one, content=ZERO, counts=False, why=_INSIDE) for one in self.found[place:]]
        self.found.insert(place, Counted(part, depth, line, amount, counts, why))
        return amount

    def through(self, part: Component, pieces: Range, depth: int) -> Range:
        """What would count of what is inside a foreign-made part."""
        return self.inside(part, pieces, depth) + pieces * self.rest(part)

    def rest(self, part: Component) -> Range:
        """What may count of the value of one that its named parts do not explain."""
        if part.complete is True:
            return ZERO
        named = total([lines(each) for each in part.parts]).low
        return Range(Fraction(0), None if part.value.high is None else max(Fraction(0), part.value.high - named))

    def judge(self, part: Component, line: Range, inner: Range) -> tuple[Range, Truth, str]:
        """What counts of a line, whether the part itself counts, and why."""
        fits, why = like(self.nature, part)
        if fits is False:
            return ZERO, False, why
        origin = part.truth("item.us_origin")
        own = conjunction((fits, self.counts(part))) if origin is not False else False
        if origin is False:
            amount, why = _foreign(part, inner)
            return amount if fits else amount.maybe(), False, why
        whole = line if own else ZERO if own is False else line.maybe()
        if origin is True:
            return whole, own, _US[own]
        amount, _ = _foreign(part, inner)
        either = whole.hull(amount if fits else amount.maybe())
        return either, None if either.high != 0 else False, "origin not known" if either.high != 0 else _US[False]


_INSIDE = "inside a part that is judged as a whole"
_US = {
    True: "US origin, controlled to this destination",
    False: "US origin, not controlled to this destination",
    None: "US origin, whether controlled to this destination is not known",
}


def _foreign(part: Component, inner: Range) -> tuple[Range, str]:
    """What counts of a foreign-made part, given what is inside it."""
    if inner.high == 0:
        return ZERO, "not of US origin"
    discrete = part.truth("item.discrete")
    if discrete is True:
        return ZERO, "a discrete foreign product: what is inside it does not count"
    if discrete is False:
        return inner, "not of US origin; US-origin parts inside it count"
    return inner.maybe(), "not of US origin; what is inside may count: whether it is a discrete product is not known"


def like(nature: str, part: Component) -> tuple[Truth, str]:
    """Whether a part is of the kind that is counted against such a product, and why not.

    Commodities against commodities, with the software sold bundled with them; software against software; technology
    against technology (15 CFR 734.4(c), (d)).
    """
    if part.nature == nature:
        return True, ""
    if nature == COMMODITY and part.nature == SOFTWARE:
        bundled = part.truth("item.bundled")
        return bundled, "software that is not bundled with the product: judge it by itself" if bundled is False else ""
    return False, f"{part.nature} is not counted against a {nature}"


def open_parts(found: Content) -> Iterator[Counted]:
    """The parts of which it is open how much counts, those that may weigh most first."""
    still = [one for one in found.parts if not one.content.point]
    yield from sorted(still, key=lambda one: (one.content.high is not None, -(one.content.high or Fraction(0))))
