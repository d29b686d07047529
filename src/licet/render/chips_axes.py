"""Axes by powers: from numbers to places, their marks, and how numbers are written on them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from licet.facts.numbers import plain

_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Axis:
    """Numbers from `low` to `high` on places from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, number: Fraction | float) -> float:
        """The place of a number; one beyond an end lies at that end."""
        share = (math.log(float(number)) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        return round(self.start + max(0.0, min(1.0, share)) * (self.end - self.start), 1)

    def ticks(self) -> Iterator[float]:
        """Round numbers within the axis."""
        power = math.floor(math.log10(self.low))
        while 10.0**power <= self.high:
            yield from (step * 10.0**power for step in _STEPS if self.low <= step * 10.0**power <= self.high)
            power += 1


def axis(numbers: Iterable[Fraction], start: float, end: float, room: float) -> Axis:
    """An axis that holds these numbers with some room, as a factor, on both sides."""
    known = [float(number) for number in numbers if number > 0]
    return Axis(min(known) / room, max(known) * room, start, end)


def middle(low: Fraction, high: Fraction | None) -> float:
    """Where the mark of a range stands: half way on an axis by powers; at its start where it has no end."""
    return float(low) if high is None else math.sqrt(float(low) * float(high))


def number(value: Fraction | float) -> str:
    """A number with its thousands marked: 4,800, 5.92."""
    text = plain(Fraction(value).limit_denominator(10**6))
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}"
