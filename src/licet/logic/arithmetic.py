"""Interval arithmetic over scaled integers, compiled from the typed tree.

Every number is a quotient of two intervals with fixed scales; a plain number has the denominator 1.
Quotients are compared by cross-multiplying, so nothing is ever rounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from licet.facts.elements import Element
from licet.facts.numbers import Interval
from licet.facts.truth import Truth

Reader = Callable[[Element], Interval]

ONE: Interval = (1, 1)


def _one(_: Element) -> Interval:
    return ONE


@dataclass(frozen=True, slots=True)
class Quantity:
    """`top / bottom` with their scales; `bottom` is None for a plain number."""

    top: Reader
    scale: int
    bottom: Reader | None = None
    bottom_scale: int = 0


def add(left: Interval, right: Interval) -> Interval:
    """left + right of one scale."""
    return (
        None if left[0] is None or right[0] is None else left[0] + right[0],
        None if left[1] is None or right[1] is None else left[1] + right[1],
    )


def subtract(left: Interval, right: Interval) -> Interval:
    """left - right of one scale."""
    return (
        None if left[0] is None or right[1] is None else left[0] - right[1],
        None if left[1] is None or right[0] is None else left[1] - right[0],
    )


def multiply(left: Interval, right: Interval) -> Interval:
    """left x right, neither negative."""
    return ((left[0] or 0) * (right[0] or 0), None if left[1] is None or right[1] is None else left[1] * right[1])


def combine(op: str, left: Quantity, right: Quantity) -> Quantity:
    """The quantity `left op right`."""
    if op in "+-":
        return _sum(op, left, right)
    if op == "*":
        return Quantity(
            _product(left.top, right.top),
            left.scale + right.scale,
            _bottom(left.bottom, right.bottom),
            left.bottom_scale + right.bottom_scale,
        )
    return combine("*", left, Quantity(right.bottom or _one, right.bottom_scale, right.top, right.scale))


def _bottom(left: Reader | None, right: Reader | None) -> Reader | None:
    if left is None or right is None:
        return left or right
    return _product(left, right)


def _product(left: Reader, right: Reader) -> Reader:
    return lambda element: multiply(left(element), right(element))


def _sum(op: str, left: Quantity, right: Quantity) -> Quantity:
    scale = max(left.scale, right.scale)
    grow_left, grow_right = 10 ** (scale - left.scale), 10 ** (scale - right.scale)
    join, first, second = (add if op == "+" else subtract), left.top, right.top
    return Quantity(lambda e: join(grow(first(e), grow_left), grow(second(e), grow_right)), scale)


def grow(interval: Interval, factor: int) -> Interval:
    """An interval multiplied by a positive integer."""
    if factor == 1:
        return interval
    low, high = interval
    return (None if low is None else low * factor, None if high is None else high * factor)


def compare(op: str, left: Interval, right: Interval) -> Truth:
    """`left op right` for intervals of one scale: unknown where the range straddles the line."""
    match op:
        case ">=":
            return _at_least(left, right)
        case ">":
            return _above(left, right)
        case "<=":
            return _at_least(right, left)
        case "<":
            return _above(right, left)
    if left[0] is not None and left[0] == left[1] == right[0] == right[1]:
        return True
    return False if _above(left, right) or _above(right, left) else None


def _at_least(left: Interval, right: Interval) -> Truth:
    if left[0] is not None and right[1] is not None and left[0] >= right[1]:
        return True
    return False if left[1] is not None and right[0] is not None and left[1] < right[0] else None


def _above(left: Interval, right: Interval) -> Truth:
    if left[0] is not None and right[1] is not None and left[0] > right[1]:
        return True
    return False if left[1] is not None and right[0] is not None and left[1] <= right[0] else None


def comparison(op: str, left: Quantity, right: Quantity) -> Callable[[Element], Truth]:
    """The test `left op right`; a quotient whose denominator may be zero is unknown."""
    first_factor, second_factor = 10 ** (left.bottom_scale + right.scale), 10 ** (left.scale + right.bottom_scale)
    common = min(first_factor, second_factor)
    first_factor, second_factor = first_factor // common, second_factor // common
    top, other = left.top, right.top
    if left.bottom is None and right.bottom is None:
        return lambda e: compare(op, grow(top(e), first_factor), grow(other(e), second_factor))
    bottom, other_bottom = left.bottom or _one, right.bottom or _one

    def test(element: Element) -> Truth:
        under, other_under = bottom(element), other_bottom(element)
        if not under[0] or not other_under[0]:
            return None
        cross = multiply(top(element), other_under), multiply(other(element), under)
        return compare(op, grow(cross[0], first_factor), grow(cross[1], second_factor))

    return test
