"""Days as order books write them. What could be read in two ways is refused, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from licet.facts.errors import CaseError, quoted

_YEAR_FIRST = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ](?:00:?)*(?:\.0+)?Z?)?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_NAMED = ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%Y", "%d-%b-%y")
_LAST_MONTH = 12


@lru_cache(100_000)
def read_day(text: str, form: str = "") -> date:
    """A day: `2024-03-05`, `20240305`, `5.3.2024`, `5 Mar 2024`; `05/03/2024` only with a format. Raises CaseError."""
    said = text.strip()
    try:
        if form:
            return datetime.strptime(said, form).date()
        if found := _YEAR_FIRST.fullmatch(said):
            year, month, day = map(int, found.groups())
            return date(year, month, day)
        if found := _DOTTED.fullmatch(said):
            return _day(*found.groups())
        if found := _SLASHED.fullmatch(said):
            first, second, year = map(int, found.groups())
            return _slashed(first, second, year, said)
    except ValueError as bad:
        raise _wrong(said, str(bad) if not form else f"it is not written as {form}") from None
    for pattern in _NAMED:
        try:
            return datetime.strptime(said, pattern).date()
        except ValueError:
            continue
    raise _wrong(said, "it is no day that can be read", "write YYYY-MM-DD, or say its format: in the map")


def _day(day: str, month: str, year: str) -> date:
    return date(int(year), int(month), int(day))


def _slashed(first: int, second: int, year: int, said: str) -> date:
    """Day and month in one order or the other, where only one can be."""
    if first > _LAST_MONTH >= second:
        return date(year, second, first)
    if second > _LAST_MONTH >= first:
        return date(year, first, second)
    if first == second:
        return date(year, first, second)
    raise _wrong(said, "day and month could be either", 'say format: "%d/%m/%Y" (or "%m/%d/%Y") in the map')


def _wrong(text: str, why: str, hint: str = "") -> CaseError:
    error = CaseError.one("E_DATE", f"{quoted(text)}: {why}", hint=hint)
    assert isinstance(error, CaseError)
    return error
