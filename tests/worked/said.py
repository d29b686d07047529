"""What Licet says to a worked case, in the words of its expected keys, and whether it agrees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .desk import Answer

POLICIES = (
    ("presumption of denial", "presumption of denial"),
    ("presumption of approval", "presumption of approval"),
    ("case.by.case", "case by case"),
    ("denial|denied", "policy of denial"),
)
_LICENCE_KEY = re.compile(r"^licen[cs]e_required")
_POLICY_KEY = re.compile(r"policy$")
_COMMENTS = {"why", "note", "reason", "also_check"}


@dataclass(slots=True)
class Said:
    """Licet's value for each expected key it can speak to, and the shipments that were asked about.

    `open` says why the law encoded leaves the case open; the case then counts as not covered.
    """

    values: dict[str, Any] = field(default_factory=dict)
    asked: list[Answer] = field(default_factory=list)
    open: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One expected key: what was expected, what Licet says; `agrees` is None where the key is not judged."""

    key: str
    expected: Any
    said: Any
    agrees: bool | None


def findings(expected: dict[str, Any], said: Said) -> list[Finding]:
    """Every expected key that is no mere comment, compared."""
    return [_compare(key, value, said) for key, value in expected.items() if key not in _COMMENTS]


def _compare(key: str, expected: Any, said: Said) -> Finding:
    if key not in said.values:
        return Finding(key, expected, None, None)
    value = said.values[key]
    return Finding(key, expected, value, _same(key, expected, value))


def _same(key: str, expected: Any, value: Any) -> bool:
    if _LICENCE_KEY.match(key):
        return bool(licence_word(expected) == value)
    if _POLICY_KEY.search(key):
        return policy_word(str(expected)) == policy_word(str(value))
    if isinstance(value, Fraction):
        return isinstance(expected, int | float) and not isinstance(expected, bool) and _rounds(value, expected)
    if isinstance(value, Match):
        return value.holds
    return bool(expected == value)


@dataclass(frozen=True, slots=True)
class Match:
    """A value that its adapter has compared itself, because the expected text has a form of its own."""

    text: str
    holds: bool

    def __str__(self) -> str:
        return self.text


def _rounds(value: Fraction, expected: float) -> bool:
    """Whether a value is the expected one, rounded to the digits it is given with."""
    exponent = Decimal(str(expected)).as_tuple().exponent
    unit = Fraction(10) ** (exponent if isinstance(exponent, int) else 0)
    return abs(value - Fraction(str(expected))) <= unit / 2


def licence_word(expected: Any) -> str:
    """`true`, or a sentence that begins with yes or no, as a word about the licence."""
    if isinstance(expected, bool):
        return "required" if expected else "not required"
    text = str(expected).casefold()
    if re.match(r"yes,? unless nac", text):
        return "unless notified"
    return "required" if text.startswith("yes") else "not required" if text.startswith("no") else text


def policy_word(text: str) -> str:
    """The review policy a sentence states; the first that it names."""
    folded = text.casefold().replace("_", " ")
    named = [(match.start(), word) for pattern, word in POLICIES if (match := re.search(pattern, folded))]
    return min(named)[1] if named else folded
