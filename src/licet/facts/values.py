"""A value of a case as the dictionary types it."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

from licet.facts.countries import country_hint, country_names
from licet.facts.dictionary import FactType
from licet.facts.errors import CaseError, nearest, quoted
from licet.facts.numbers import Interval, day_number, scaled, split_range
from licet.facts.truth import WORDS
from licet.facts.yamltext import Node, Scalar, Sequence, is_empty

UNKNOWN = "unknown"
MAX_TEXT = 10_000


def fail(node: Node, code: str, message: str, hint: str = "") -> NoReturn:
    """Raise a CaseError at this node."""
    raise CaseError.one(code, message, node.place, hint)


def read_value(fact: FactType, node: Node) -> Any:
    """The value of a fact, or None for unknown. Raises CaseError."""
    if is_empty(node) or (isinstance(node, Scalar) and node.text == UNKNOWN):
        return None
    if fact.type == "set":
        items = node.items if isinstance(node, Sequence) else [node]
        return frozenset(_word(fact, fact.of, item) for item in items)
    if isinstance(node, Sequence) and fact.numeric:
        return _ends(fact, node)
    if not isinstance(node, Scalar):
        fail(node, "E_VALUE", f"{fact.name} takes a single value")
    if fact.type == "yes_no":
        if node.text.lower() not in WORDS:
            fail(node, "E_VALUE", f"{fact.name}: {quoted(node.text)} is not yes or no", "write yes, no or unknown")
        return WORDS[node.text.lower()]
    if fact.numeric:
        return _interval(fact, node)
    return _word(fact, fact.type, node)


def _word(fact: FactType, kind: str, node: Node) -> str:
    """A text, an enum value or a country."""
    if not isinstance(node, Scalar):
        fail(node, "E_VALUE", f"{fact.name} takes a text")
    word = node.text.strip()
    if len(word) > MAX_TEXT:
        fail(node, "E_TOO_LARGE", f"{fact.name} has {len(word):,} characters, the limit is {MAX_TEXT:,}")
    if kind == "country":
        if word not in country_names():
            fail(node, "E_COUNTRY", f"{fact.name}: {quoted(word)} is not a country", country_hint(word))
        return word
    if kind == "enum" and word not in fact.values:
        hint = nearest(word, fact.values) or f"one of {', '.join(fact.values)}"
        fail(node, "E_VALUE", f"{quoted(word)} is not a value of {fact.name}", hint)
    return tariff_code(word) if fact.name == "item.hs" else word


def tariff_code(text: str) -> str:
    """A customs tariff code without dots and spaces: 8457.10 as 845710."""
    return "".join(mark for mark in text if mark not in ". ")


def _interval(fact: FactType, node: Scalar) -> Interval:
    """A point or a range written in one text, with or without the unit."""
    text = _without_unit(fact, node)
    if fact.type == "number":
        ends = split_range(text)
        if ends is not None:
            return _ordered(fact, node, _end(fact, node, ends[0]), _end(fact, node, ends[1]))
    elif ".." in text:
        first, _, last = text.partition("..")
        return _ordered(fact, node, _end(fact, node, first.strip()), _end(fact, node, last.strip()))
    point = _end(fact, node, text)
    return (point, point)


def _ends(fact: FactType, node: Sequence) -> Interval:
    """A range [low, high]; an empty end is open."""
    if len(node.items) != 2:
        fail(node, "E_RANGE", f"{fact.name}: a range has two ends", "write [800, 830]")
    low, high = (None if _open(item) else _end(fact, item, _text(fact, item)) for item in node.items)
    return _ordered(fact, node, fact.low if low is None else low, high)


def _open(node: Node) -> bool:
    """Whether the end of a range is left open; JSON has no empty value, so there it is null, which is unknown."""
    return is_empty(node) or (isinstance(node, Scalar) and node.text == UNKNOWN)


def _text(fact: FactType, node: Node) -> str:
    if not isinstance(node, Scalar):
        fail(node, "E_RANGE", f"{fact.name}: the end of a range is a single value")
    return _without_unit(fact, node)


def _ordered(fact: FactType, node: Node, low: int | None, high: int | None) -> Interval:
    if low is not None and high is not None and low > high:
        fail(node, "E_RANGE", f"{fact.name}: the range ends before it begins", "write the smaller end first")
    return (low, high)


def _end(fact: FactType, node: Node, text: str) -> int:
    if fact.type == "date":
        try:
            return day_number(date.fromisoformat(text))
        except ValueError:
            fail(node, "E_DATE", f"{fact.name}: {quoted(text)} is not a date", "write YYYY-MM-DD")
    try:
        value = scaled(text, fact.scale)
    except ValueError as bad:
        unit = f"a number of {fact.unit}" if fact.unit else "a number"
        fail(node, "E_NUMBER", f"{fact.name}: {bad}", f"write {unit}, such as {fact.name.rpartition('.')[2]}: 12")
    if fact.low is not None and value < fact.low:
        fail(
            node,
            "E_NUMBER",
            f"{fact.name}: {quoted(text)} is less than it can be",
            f"at least {fact.low // 10**fact.scale}",
        )
    return value


def _without_unit(fact: FactType, node: Scalar) -> str:
    """The text without its unit; another unit than the dictionary's is an error, never converted."""
    words = node.text.split()
    start = next((place for place, word in enumerate(words) if word[0].isalpha() or word[0] == "%"), len(words))
    number, unit = " ".join(words[:start]), " ".join(words[start:])
    if number.endswith("%") and not unit:
        number, unit = number[:-1].rstrip(), "%"
    if number and unit and unit.casefold() != fact.unit.casefold():
        known = f"give it in {fact.unit}" if fact.unit else "it has no unit"
        fail(node, "E_UNIT", f"{fact.name}: the unit {quoted(unit)} is not known here", known)
    return number or unit
