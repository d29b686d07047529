"""Exact numbers as intervals of scaled integers.

A fact has a declared scale: with scale 3 the value 814 is kept as 814000. An interval is a pair
(low, high); None on a side means it is not bounded there. Floats never appear.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from licet.facts.errors import quoted

Interval = tuple[int | None, int | None]

ANYTHING: Interval = (None, None)
_RANGE = re.compile(r"^\s*([^\s.]*(?:\.\d+)?)\s*(?:\.\.|–|-)\s*(.+)$")
_EPOCH_MINUTE = 60


def scaled(text: str, scale: int) -> int:
    """The decimal `text` as an integer of this scale.

    Raises ValueError when it is not a number, or has more decimals than the scale keeps.
    """
    try:
        number = Decimal(text.replace("_", "").strip())
    except InvalidOperation:
        raise ValueError(f"{quoted(text)} is not a number") from None
    if not number.is_finite() or abs(number.adjusted()) > 24:
        raise ValueError(f"{quoted(text)} is not a number of ordinary size")
    shifted = number.scaleb(scale)
    if shifted != shifted.to_integral_value():
        raise ValueError(f"{quoted(text)} has more than {scale} decimals")
    return int(shifted)


def split_range(text: str) -> tuple[str, str] | None:
    """`800..830` or `800-830` as its two ends; None when it is not a range."""
    match = _RANGE.match(text)
    return (match.group(1), match.group(2).strip()) if match and match.group(1) else None


def plain(value: int | Fraction, scale: int = 0) -> str:
    """A scaled integer or a fraction as people write it: 814, 5.71, 0.0001; at most six significant decimals."""
    number = Fraction(value, 10**scale)
    if number.denominator == 1:
        return str(number.numerator)
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    digits = max(2, 3 - exact.adjusted()) if exact else 2
    text = f"{exact:.{min(digits, 12)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact_text(value: int, scale: int) -> str:
    """A scaled integer with all its decimals: 814, 0.00005."""
    text = f"{Decimal(value).scaleb(-scale):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def show(interval: Interval, scale: int = 0) -> str:
    """An interval as people write it: 814, 800..830, at least 800, any."""
    low, high = interval
    if low is not None and low == high:
        return plain(low, scale)
    if low is None and high is None:
        return "any"
    if high is None:
        return f"at least {plain(low or 0, scale)}"
    if low is None:
        return f"at most {plain(high, scale)}"
    return f"{plain(low, scale)}..{plain(high, scale)}"


def day_number(day: date) -> int:
    """A date as the count of days that comparisons use."""
    return day.toordinal()


def minute_number(moment: datetime) -> int:
    """A moment with zone as minutes since 1970-01-01 UTC."""
    return int(moment.timestamp() // _EPOCH_MINUTE)
