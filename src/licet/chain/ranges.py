"""Exact amounts that may be known only within a range. Fractions, never floats; nothing is below zero."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

PLACES = 6  # decimals of an amount as it is shown


@dataclass(frozen=True, slots=True)
class Range:
    """Between `low` and `high`, both included; no `high` where there is no bound."""

    low: Fraction = Fraction(0)
    high: Fraction | None = None

    @property
    def point(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def __add__(self, other: Range) -> Range:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Range(self.low + other.low, high)

    def __mul__(self, other: Range) -> Range:
        """The product; nothing times an unbounded amount is nothing, for zero pieces cost nothing."""
        if self.high == 0 or other.high == 0:
            return ZERO
        high = None if self.high is None or other.high is None else self.high * other.high
        return Range(self.low * other.low, high)

    def meet(self, other: Range) -> Range | None:
        """What both allow; None where they exclude each other."""
        low, high = max(self.low, other.low), least(self.high, other.high)
        return None if high is not None and low > high else Range(low, high)

    def hull(self, other: Range) -> Range:
        """The smallest range that holds both."""
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Range(min(self.low, other.low), high)

    def maybe(self) -> Range:
        """The range where the amount may also be nothing."""
        return Range(Fraction(0), self.high)

    def text(self) -> str:
        """`12.5`, `12..15`, `at least 3`, `unknown`, rounded outwards where the decimals do not end."""
        if self.high is None:
            return f"at least {shown(self.low)}" if self.low else "unknown"
        return shown(self.low) if self.point else f"{shown(self.low)}..{shown(self.high, up=True)}"


ZERO, ONE, UNKNOWN = Range(Fraction(0), Fraction(0)), Range(Fraction(1), Fraction(1)), Range()


def exactly(value: Fraction | int) -> Range:
    """One number as a range."""
    return Range(Fraction(value), Fraction(value))


def total(ranges: list[Range]) -> Range:
    """The sum of all."""
    return sum(ranges, ZERO)


def least(first: Fraction | None, second: Fraction | None) -> Fraction | None:
    """The lower of two upper bounds; None is no bound."""
    if first is None or second is None:
        return second if first is None else first
    return min(first, second)


def shown(value: Fraction, places: int = PLACES, up: bool = False) -> str:
    """A number in decimals: exact where they end within `places`, else rounded down (or up)."""
    with localcontext(prec=80):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        text = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_CEILING if up else ROUND_FLOOR):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
