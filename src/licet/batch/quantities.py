"""Numbers in SQL: intervals as pairs of integers, quotients compared by cross-multiplying in HUGEINT.

Mirrors the scalar arithmetic: NULL at an end is not bounded there, nothing is rounded, floats never appear.
"""

from __future__ import annotations

from dataclasses import dataclass

from licet.batch.sql import NO, UNKNOWN, YES, choose, integer

NULL = "NULL"
DIGITS = 37  # a HUGEINT holds any integer of 38 digits below 1.7e38


@dataclass(frozen=True, slots=True)
class Pair:
    """The low and the high end as SQL. `fixed + per * d` digits hold it, for facts of d digits before the point."""

    low: str
    high: str
    fixed: int = 0
    per: int = 0


ONE = Pair("1", "1", 1)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`top / bottom` with their scales; `bottom` is None for a plain number."""

    top: Pair
    scale: int
    bottom: Pair | None = None
    bottom_scale: int = 0


def constant(value: int) -> Pair:
    """A literal as a point."""
    return Pair(integer(value), integer(value), len(str(abs(value))))


def _number(part: str) -> bool:
    return part.strip("()").lstrip("-").isdigit()


def huge(part: str) -> str:
    """An operand of arithmetic: wide enough that the product of two stays exact."""
    return part if part == NULL else f"CAST({part} AS HUGEINT)"


def grow(pair: Pair, factor: int) -> Pair:
    """An interval multiplied by a positive integer."""
    if factor == 1:
        return pair
    return Pair(_grown(pair.low, factor), _grown(pair.high, factor), pair.fixed + len(str(factor)), pair.per)


def _grown(part: str, factor: int) -> str:
    if part == NULL:
        return NULL
    if _number(part):
        return integer(int(part.strip("()")) * factor)
    return f"({huge(part)} * {factor})"


def multiply(left: Pair, right: Pair) -> Pair:
    """left x right, neither negative; an unbounded low end counts as zero."""
    if ONE in (left, right):
        other = right if left == ONE else left
        return Pair(_or_zero(other.low), other.high, other.fixed, other.per)
    low = f"({huge(_or_zero(left.low))} * {huge(_or_zero(right.low))})"
    high = NULL if NULL in (left.high, right.high) else f"({huge(left.high)} * {huge(right.high)})"
    return Pair(low, high, left.fixed + right.fixed, left.per + right.per)


def _or_zero(part: str) -> str:
    if part == NULL:
        return "0"
    return part if _number(part) else f"coalesce({part}, 0)"


def add(op: str, left: Pair, right: Pair) -> Pair:
    """left + right or left - right, of one scale."""
    first, second = (right.low, right.high) if op == "+" else (right.high, right.low)
    size = max(left.fixed, right.fixed) + 1, max(left.per, right.per)
    return Pair(_sum(op, left.low, first), _sum(op, left.high, second), *size)


def _sum(op: str, left: str, right: str) -> str:
    return NULL if NULL in (left, right) else f"({huge(left)} {op} {huge(right)})"


def combine(op: str, left: Quantity, right: Quantity) -> Quantity:
    """The quantity `left op right`; a division only swaps the sides of the divisor."""
    if op in "+-":
        scale = max(left.scale, right.scale)
        ends = (grow(left.top, 10 ** (scale - left.scale)), grow(right.top, 10 ** (scale - right.scale)))
        return Quantity(add(op, *ends), scale)
    if op == "*":
        scales = left.scale + right.scale, left.bottom_scale + right.bottom_scale
        return Quantity(multiply(left.top, right.top), scales[0], _bottom(left.bottom, right.bottom), scales[1])
    return combine("*", left, Quantity(right.bottom or ONE, right.bottom_scale, right.top, right.scale))


def _bottom(left: Pair | None, right: Pair | None) -> Pair | None:
    if left is None or right is None:
        return left or right
    return multiply(left, right)


def compare(op: str, left: Pair, right: Pair) -> str:
    """`left op right` for intervals of one scale: NULL where the range straddles the line."""
    match op:
        case ">=":
            return _ordered(left, ">=", "<", right)
        case ">":
            return _ordered(left, ">", "<=", right)
        case "<=":
            return _ordered(right, ">=", "<", left)
        case "<":
            return _ordered(right, ">", "<=", left)
    if NULL in (left.low, left.high, right.low, right.high):
        return choose(*_apart(left, right)) if _apart(left, right) else UNKNOWN
    if (right.low, left.low) == (right.high, left.high):
        same = f"{left.low} = {right.low}"
    elif right.low == right.high:
        same = f"{left.low} = {right.low} AND {left.high} = {right.low}"
    else:
        same = f"{left.low} = {left.high} AND {right.low} = {right.high} AND {left.low} = {right.low}"
    return choose((same, YES), *_apart(left, right))


def _apart(left: Pair, right: Pair) -> list[tuple[str, str]]:
    ends = ((left.low, right.high), (right.low, left.high))
    return [(f"{low} > {high}", NO) for low, high in ends if NULL not in (low, high)]


def _ordered(left: Pair, yes: str, no: str, right: Pair) -> str:
    branches = []
    if NULL not in (left.low, right.high):
        branches.append((f"{left.low} {yes} {right.high}", YES))
    if NULL not in (left.high, right.low):
        branches.append((f"{left.high} {no} {right.low}", NO))
    return choose(*branches) if branches else UNKNOWN


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison as SQL, with the greatest number of digits its facts may have before the point."""

    sql: str
    limit: int


def comparison(op: str, left: Quantity, right: Quantity) -> Comparison:
    """The test `left op right`; a quotient whose denominator may be zero is unknown."""
    first, second = 10 ** (left.bottom_scale + right.scale), 10 ** (left.scale + right.bottom_scale)
    common = min(first, second)
    sides, guards = (left.top, right.top), []
    if left.bottom is not None or right.bottom is not None:
        unders = (left.bottom or ONE, right.bottom or ONE)
        sides = (multiply(left.top, unders[1]), multiply(right.top, unders[0]))
        guards = [under.low for under in unders if under != ONE]
    sides = (grow(sides[0], first // common), grow(sides[1], second // common))
    test = compare(op, *sides)
    if guards:
        open_ = " OR ".join(f"{low} IS NULL OR {low} = 0" for low in guards)
        test = choose((open_, UNKNOWN), otherwise=test)
    return Comparison(test, min(digits(side) for side in sides))


def digits(pair: Pair) -> int:
    """How many digits each fact in a product may have before the point, so that it stays within a HUGEINT."""
    return max(0, (DIGITS - pair.fixed) // pair.per) if pair.per else DIGITS
