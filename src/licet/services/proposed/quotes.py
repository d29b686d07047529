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
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


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
        known = all(end is None or Decimal(end).scaleb(-fact.scale) in found for end in value)
        return known and _says_unit(fact.unit, plain)
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
    """The numbers in words. A comma before just three digits groups them: `1,979` is 1979, `0,5` a half."""
    found: set[Decimal] = set()
    for text in _NUMBER.findall(words):
        for form in {*re.split("[ ']", text), re.sub("[ ']", "", text)}:
            try:
                found.add(Decimal(_with_point(form)))
            except InvalidOperation:
                continue
    return found


def _with_point(text: str) -> str:
    """A number with a point before its decimals and nothing else: 1.234.567,8 as 1234567.8."""
    if "," in text and "." in text:
        mark, other = (",", ".") if text.rindex(",") > text.rindex(".") else (".", ",")
        return text.replace(other, "").replace(mark, ".")
    if _GROUPED.fullmatch(text) or text.count(",") > 1:
        return text.replace(",", "")
    return text.replace(".", "") if text.count(".") > 1 else text.replace(",", ".")


def _says(text: str, words: str) -> bool:
    """Whether words say a text whole: 3A991 is not said by 3A991.a."""
    whole = rf"(?<!\w){re.escape(folded(text).casefold())}(?!\w|[.-]\w)"
    return re.search(whole, words.casefold()) is not None or (any(map(_is_han, text)) and folded(text) in words)


def _says_unit(unit: str, words: str) -> bool:
    """Whether words name a unit: 0.8 um is not 0.8 nm, nor MW mW."""
    own, said = (folded(text).replace("\u03bc", "u") for text in (unit, words))
    return re.search(rf"(?<![A-Za-z/]){re.escape(own)}s?(?![A-Za-z/])", said) is not None


def _says_day(day: date, words: str) -> bool:
    """Whether words say a day. 3/4/2023 may be two, and says neither."""
    said = {*map(int, re.findall(r"(?<!\d)\d{1,4}(?!\d)", words))}
    if day.isoformat() in words:
        return True
    if not {day.year, day.day} <= said:
        return False
    told_apart = day.day > 12 or day.day == day.month or "月" in words
    named = re.search(rf"(?<![a-z]){_MONTHS[day.month - 1]}", words.casefold()) is not None
    return named or (day.month in said and told_apart)


def _says_country(code: str, words: str) -> bool:
    english, chinese = country_names()[code]
    if stands_in(code, words) or chinese in words:
        return True
    return stands_in(english.casefold(), words.casefold())
