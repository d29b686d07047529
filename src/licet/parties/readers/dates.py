"""Dates of every style the lists use, to ISO. What is impossible or not exact is left out, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{2}:\d{2}.*)?")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?([A-Za-z]{3,9})\.?,?[ -](\d{4})")
_WORDS_US = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}), ?(\d{4})")
_MARKED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
_CHINESE = re.compile(r"(\d{4}) ?年(?: ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?)?")
_FEDERAL = re.compile(
    r"\s*(\d{1,3})[ .]*F\.? ?R\.? *(?:No\. ?)?\d+(?:, \d{3,6}(?= ))?[ ,]*(?:\(no\. \d+\))?[ ,]*(?:DATED )?"
    r"\(?(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
_FEDERAL_ISSUE = re.compile(r"\s*Vol\. (\d{1,3}), No\. \d+, (\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)")
_FEDERAL_BEFORE_FIRST = 1935  # volume 1 of the Federal Register is the one of 1936
_SPAN = re.compile(
    r"(?:between )?(?:\d{1,2} [a-z]{3} )?(\d{4}) ?(?:to|and|-|–) ?(?:\d{1,2} [a-z]{3} )?(\d{4})", re.IGNORECASE
)
_FIRST_YEAR, _LAST_YEAR = 1850, 2150
_LONGEST_SPAN = 10  # years; a wider range says too little to be listed year by year
_EACH = re.compile(r"[,;]| or |/(?=\d{4})|\(?\b[a-h1-9]\) ")
_IN_BRACKETS = re.compile(r" ?\([^()]*\)$")
_ABOUT = re.compile(r"(?:circa|possibly|approximately|approx\.?|about|c\.|~) ?", re.IGNORECASE)


def iso(text: str, month_first: bool = False) -> str:
    """A date as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; empty where it is none.

    `month_first` tells how 02/03/2024 is meant. Parts given as 00 are not known.
    """
    text = text.strip()
    if not text or len(text) > 40:
        return ""
    if match := _ISO.fullmatch(text):
        return _joined(*match.groups())
    if match := _WORDS.fullmatch(text):
        day, month, year = match.groups()
        return _joined(year, _month(month), day)
    if match := _WORDS_US.fullmatch(text):
        return _joined(match[3], _month(match[1]), match[2])
    if match := _MONTH_YEAR.fullmatch(text):
        return _joined(match[2], match[1], None)
    if match := _CHINESE.fullmatch(text):
        return _joined(*match.groups())
    if match := _MARKED.fullmatch(text):
        first, _, second, year = match.groups()
        day, month = (second, first) if month_first else (first, second)
        return _joined(year, month, day)
    return ""


def _month(word: str) -> str:
    return str(_MONTHS.get(word.casefold(), 99))


def _joined(year: str, month: str | None, day: str | None) -> str:
    """ISO from parts that may be missing or 0; empty where there is no such day, or a year is mistyped (0017, 3017)."""
    y, m, d = int(year), int(month or 0), int(day or 0)
    if not _FIRST_YEAR <= y <= _LAST_YEAR or (d and not m):
        return ""
    try:
        date(y, m or 1, d or 1)
    except ValueError:
        return ""
    return f"{y:04}" + (f"-{m:02}" if m else "") + (f"-{d:02}" if d else "")


def day(text: str, month_first: bool = False) -> date | None:
    """A whole day, or None."""
    found = iso(text, month_first)
    return date.fromisoformat(found) if len(found) == 10 else None


def births(texts: Iterable[str], month_first: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """ISO dates of birth, and the texts that say it less exactly (they belong into the note).

    About 1962 gives 1962 and its text; 1955 to 1958 gives each of the years and its text.
    """
    found: dict[str, None] = {}
    inexact: dict[str, None] = {}
    for text in map(str.strip, texts):
        exact = iso(text, month_first)
        if exact:
            found[exact] = None
            continue
        parts = [part.strip(" .") for part in _EACH.split(text) if part.strip(" .")]
        each = [iso(part, month_first) for part in parts]
        if parts and not all(each):
            inexact[text] = None
            each = [*_about(text, month_first)] or [year for part in parts for year in _about(part, month_first)]
        found.update(dict.fromkeys(each))
    return tuple(found), tuple(inexact)


def _about(text: str, month_first: bool) -> Iterable[str]:
    bare = _IN_BRACKETS.sub("", _ABOUT.sub("", text, count=1))
    span = _SPAN.fullmatch(bare)
    if not span:
        return [one] if (one := iso(bare, month_first)) else []
    first, last = int(span[1]), int(span[2])
    return [str(year) for year in range(first, last + 1)] if 0 < first <= last <= first + _LONGEST_SPAN else []


def federal_register(text: str) -> date | None:
    """The day of the first Federal Register citation, where it carries one that fits its volume."""
    match = _FEDERAL.match(text) or _FEDERAL_ISSUE.match(text)
    if not match:
        return None
    volume, month, in_month, year = match.groups()
    told = _FEDERAL_BEFORE_FIRST + int(volume)
    if not str(told).endswith(year):
        return None
    return day(f"{told}-{month}-{in_month}")
