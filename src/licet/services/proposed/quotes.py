"""Whether words stand in a text, and whether a value stands in its words: the guard against invention."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from licet.facts.countries import country_names
from licet.facts.dictionary import FactType

MOST_TRIES = 1_000  # places in a text where words stand cut
_IGNORED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # soft hyphens and what has no width
_SAME = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014\u2212", "''\"\"------")
_HAN = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")
_NUMBER = re.compile(r"\d(?:[\d.,' ]*\d)?")
_GROUPED = re.compile(r"\d{1,3}(?:[ ,.']\d{3})+")


def folded(text: str) -> str:
    """A text in which only the writing counts: one kind of quotes and dashes, single spaces, none between Han."""
    plain = unicodedata.normalize("NFKC", text).translate(_IGNORED).translate(_SAME)
    return _BETWEEN_HAN.sub("", " ".join(plain.split()))


def stands_in(words: str, text: str) -> bool:
    """Whether folded words stand in a folded text, whole: `4,800` does not stand in `14,800`, nor in `4,800.5`."""
    start = text.find(words) if words else -1
    for _ in range(MOST_TRIES):
        if start < 0:
            return False
        if _whole(words, text[max(0, start - 2) : start], text[start + len(words) : start + len(words) + 2]):
            return True
        start = text.find(words, start + 1)
    return False


def _whole(words: str, before: str, after: str) -> bool:
    first, last = words[0], words[-1]
    if _cuts(before[-1:], first) or _cuts(last, after[:1]):
        return False
    digits_before = first.isdigit() and before[-1:] in (".", ",", "-") and before[-1:] != ""
    if digits_before and (before[-1] == "-" or before[:1].isdigit()):
        return False
    return not (last.isdigit() and after[:1] in (".", ",") and after[1:2].isdigit())


def _cuts(left: str, right: str) -> bool:
    """Whether a word or a number goes on from one character to the next; between Han there is no telling."""
    return bool(left and right) and left.isalnum() and right.isalnum() and not (_is_han(left) or _is_han(right))


def _is_han(mark: str) -> bool:
    return re.match(f"[{_HAN}]", mark) is not None


def literal(fact: FactType, value: Any, words: str) -> bool | None:
    """Whether a value as read stands in its words; None for yes, no and choices, which say what words mean."""
    plain = folded(words)
    if value is None:
        return None
    if fact.type == "number":
        found = numbers(plain)
        return all(end is None or Decimal(end).scaleb(-fact.scale) in found for end in value)
    if fact.type == "date":
        return all(end is None or _says_day(date.fromordinal(end), plain) for end in value)
    if fact.type == "set":
        if fact.of == "country":
            return all(_says_country(code, plain) for code in value)
        return all(_says(text, plain) for text in value) if fact.of == "text" else None
    if fact.type == "country":
        return _says_country(value, plain)
    return _says(value, plain) if fact.type == "text" else None


def numbers(words: str) -> set[Decimal]:
    """The numbers in words, each as it may be meant: `1,979` as 1979 and as 1.979."""
    found: set[Decimal] = set()
    for text in _NUMBER.findall(words):
        forms = {text, *text.split(" "), text.replace(",", "."), text.replace(".", "").replace(",", ".")}
        forms |= {text.replace(",", ""), re.sub("[ ']", "", text)} | {re.sub("[ ',.]", "", g) for g in _groups(text)}
        for form in forms:
            try:
                found.add(Decimal(form))
            except InvalidOperation:
                continue
    return found


def _groups(text: str) -> list[str]:
    return [text] if _GROUPED.fullmatch(text) else []


def _says(text: str, words: str) -> bool:
    return folded(text).casefold() in words.casefold()


def _says_day(day: date, words: str) -> bool:
    return day.isoformat() in words or {Decimal(day.year), Decimal(day.day)} <= numbers(words)


def _says_country(code: str, words: str) -> bool:
    english, chinese = country_names()[code]
    if stands_in(code, words) or chinese in words:
        return True
    return stands_in(english.casefold(), words.casefold())
