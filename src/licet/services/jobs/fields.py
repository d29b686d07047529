"""What is told of a job beside its files, read from the words of a form."""

from __future__ import annotations

import codecs
from datetime import date

from licet.facts.errors import CaseError, Place, quoted

MOST_DAYS, SHORT = 3660, 100
_NO_TABLES = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7"})


def day_of(text: str, name: str) -> str:
    """A day, or nothing. Raises CaseError."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise CaseError.one("E_DATE", f"{quoted(text)} is not a date", Place(path=name), "write YYYY-MM-DD") from None


def age_of(text: str) -> int:
    """Days before which law may have been read. Raises CaseError."""
    text = text or "0"
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) <= MOST_DAYS):
        raise CaseError.one("E_VALUE", f"law_age is 0 to {MOST_DAYS} days", Place(path="law_age"))
    return int(text)


def encoding_of(text: str) -> str:
    """An encoding of texts; not one that unpacks, or takes ever longer for long texts. Raises CaseError."""
    name = short_of(text, "encoding")
    try:
        odd = bool(name) and codecs.lookup(name).name in _NO_TABLES
        "".encode(name or "utf-8")
    except (LookupError, ValueError):
        odd = True
    if odd:
        hint = "such as utf-8, gb18030, cp1251"
        raise CaseError.one("E_ENCODING", f"the encoding {quoted(name)} is not known", Place(path="encoding"), hint)
    return name


def short_of(text: str, name: str) -> str:
    """A word. Raises CaseError where it is long."""
    if len(text) > SHORT:
        raise CaseError.one("E_VALUE", f"{name} is too long", Place(path=name))
    return text
