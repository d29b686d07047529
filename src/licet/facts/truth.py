"""Kleene's three truth values: True, False and None for unknown."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None

WORDS: dict[str, Truth] = {"yes": True, "no": False, "unknown": None, "true": True, "false": False}


def word(value: Truth) -> str:
    """`yes`, `no` or `unknown`."""
    return "unknown" if value is None else "yes" if value else "no"


def conjunction(values: Iterable[Truth]) -> Truth:
    """no if one is no, else unknown if one is unknown, else yes (also for none at all)."""
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def disjunction(values: Iterable[Truth]) -> Truth:
    """yes if one is yes, else unknown if one is unknown, else no (also for none at all)."""
    result: Truth = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


def negation(value: Truth) -> Truth:
    """The opposite; unknown stays unknown."""
    return None if value is None else not value
