"""What would settle whether a product is over a limit: single facts and numbers, each tried, all else as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from licet.chain.count import Content, Counts, content, open_parts
from licet.chain.model import SOFTWARE, Component
from licet.chain.narrow import narrow
from licet.chain.ranges import Range, exactly
from licet.facts.errors import CaseError
from licet.facts.truth import Truth

CENT = Fraction(1, 100)
GREATEST = Fraction(10**12)
WORK = 60_000  # parts looked at in all trials together
VALUE, QUANTITY = "value", "quantity"
Judge = Callable[[Content], Truth]


@dataclass(frozen=True, slots=True)
class Settles:
    """Something open of one part that settles the question alone.

    `fact` is `value`, `quantity`, `complete`, `controlled` or a fact of an item. `over` and `within` are the values
    that put the product over its limit, and that keep it within; None where no value does.
    """

    part: Component
    fact: str
    over: Range | bool | None
    within: Range | bool | None


def settling(product: Component, counts: Counts, judge: Judge) -> list[Settles]:
    """What would settle it, the product itself and the weightiest parts first; nothing where it is settled."""
    first = content(product, counts)
    if judge(first) is not None:
        return []
    trial = _Trial(product, counts, judge)
    inputs = [(product, fact) for fact in _open_amounts(product)]
    inputs += [(one.part, fact) for one in open_parts(first) for fact in _open(one.part, counts)]
    found = [settles for part, fact in inputs if (settles := trial.of(part, fact)) is not None]
    return sorted(found, key=lambda one: (one.over is None) + (one.within is None))


def _open_amounts(part: Component) -> Iterator[str]:
    """What is not known of the amounts in a part."""
    if not part.value.point:
        yield VALUE
    if not part.quantity.point:
        yield QUANTITY
    if part.complete is not True:
        yield "complete"


def _open(part: Component, counts: Counts) -> Iterator[str]:
    """What is not known of a part and may bear on what counts."""
    yield from _open_amounts(part)
    if part.truth("item.us_origin") is None:
        yield "item.us_origin"
    if part.truth("item.us_origin") is not False and counts(part) is None:
        yield "controlled"
    if part.truth("item.discrete") is None and part.truth("item.us_origin") is not True:
        yield "item.discrete"
    if part.nature == SOFTWARE and part.truth("item.bundled") is None:
        yield "item.bundled"


class _Trial:
    """Tries values of single inputs, within a stated amount of work."""

    def __init__(self, product: Component, counts: Counts, judge: Judge) -> None:
        self.product, self.counts, self.judge = product, counts, judge
        self.size = sum(1 for _ in product.walk())
        self.left = WORK

    def of(self, part: Component, fact: str) -> Settles | None:
        over, within = self.number(part, fact) if fact in (VALUE, QUANTITY) else self.truth(part, fact)
        return None if over is None and within is None else Settles(part, fact, over, within)

    def outcome(self, part: Component) -> Truth:
        """Whether the product is over with this part instead; unknown also where the file would be refused."""
        self.left -= self.size
        if self.left < 0:
            return None
        try:
            return self.judge(content(narrow(self.product.put(part)), self.counts))
        except CaseError:
            return None

    def truth(self, part: Component, fact: str) -> tuple[bool | None, bool | None]:
        """The answer that puts it over, and the one that keeps it within."""
        outcomes = {value: self.outcome(_with(part, fact, value)) for value in (True, False)}
        over = next((value for value, outcome in outcomes.items() if outcome is True), None)
        within = next((value for value, outcome in outcomes.items() if outcome is False), None)
        return over, within

    def number(self, part: Component, fact: str) -> tuple[Range | None, Range | None]:
        """The numbers that put it over, and those that keep it within: an end of the range each, if any."""
        known = part.value if fact == VALUE else part.quantity
        top = GREATEST if known.high is None else known.high
        found: dict[bool, Range] = {}
        for end, other in ((known.low, top), (top, known.low)):
            outcome = self.outcome(_amount(part, fact, end))
            if outcome is not None:
                found.setdefault(outcome, self.span(part, fact, end, other, outcome))
        return found.get(True), found.get(False)

    def span(self, part: Component, fact: str, end: Fraction, other: Fraction, outcome: bool) -> Range:
        """From `end` as far towards `other` as the outcome stays the same, to the cent."""
        good, bad = end, other
        while abs(bad - good) > CENT and self.left > 0:
            middle = _between(good, bad)
            if self.outcome(_amount(part, fact, middle)) is outcome:
                good = middle
            else:
                bad = middle
        return Range(min(end, good), None if max(end, good) >= GREATEST else max(end, good))


def _between(good: Fraction, bad: Fraction) -> Fraction:
    """About the middle, in whole cents, never one of the ends."""
    middle = Fraction(round((good + bad) / 2 / CENT)) * CENT
    return middle if min(good, bad) < middle < max(good, bad) else (good + bad) / 2


def _with(part: Component, fact: str, value: bool) -> Component:
    match fact:
        case "complete":
            return replace(part, complete=value)
        case "controlled":
            return replace(part, controlled=value)
    return replace(part, facts=part.facts | {fact: value})


def _amount(part: Component, fact: str, amount: Fraction) -> Component:
    known = exactly(amount)
    return replace(part, value=known) if fact == VALUE else replace(part, quantity=known)
