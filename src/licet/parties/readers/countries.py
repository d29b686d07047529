"""Countries as the lists write them, to ISO 3166-1 alpha-2.

Names come from Unicode CLDR (`licet.facts.countries`) and, where a list writes another one, from `countries.tsv`.
A country that no longer exists has no code and stays unresolved.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from licet.facts.countries import country_names

_LONGEST = 80  # characters of the name of a country
_NOT_A_LETTER = re.compile(r"[^\w]+")
_ARTICLE = re.compile(r"^(?:the|region) ")
_BETWEEN = re.compile(r"[,;/()]| and | or |\b[a-h1-9]\)|\bsince\b", re.IGNORECASE)
_TAIL = re.compile(r"[\s.,;]*(?:[(（][^()（）]*[)）]|[,\s]\s*[A-Z]{0,3}-?[\d][\d -]*)?[\s.,;]*$")
_LAST = re.compile(r".*[,;，、]\s*(.+)$", re.DOTALL)


def _plain(name: str) -> str:
    """Letters only, without accents, case and the article."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    words = _NOT_A_LETTER.sub(" ", bare.replace("'", "").replace("’", "").replace("&", " and ")).strip().casefold()
    return _ARTICLE.sub("", words)


@cache
def _codes() -> dict[str, str]:
    """Plain name to code."""
    codes: dict[str, str] = {}
    for code, names in country_names().items():
        codes |= {_plain(name): code for name in names}
    text = (files("licet.parties.readers") / "countries.tsv").read_text(encoding="utf-8")
    for row in text.splitlines():
        code, _, others = row.partition("\t")
        codes |= {_plain(name): code for name in others.split("|")}
    return codes


@lru_cache(4096)
def country(text: str) -> str:
    """The code of a country given by its code or by a name; empty where it is none."""
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    if len(text) == 2 and text.isascii() and text.upper() in country_names():
        return text.upper()
    return _codes().get(_plain(text), "")


def countries(texts: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes, each once, and the texts that are no country known here."""
    codes: dict[str, None] = {}
    rest: dict[str, None] = {}
    for text in texts:
        code = country(text)
        if code:
            codes[code] = None
        elif text.strip():
            rest[text.strip()] = None
    return tuple(codes), tuple(rest)


@lru_cache(4096)
def countries_said(text: str) -> tuple[str, ...]:
    """All countries and nationalities a text names one after the other: `(a) Algerian, (b) German`."""
    whole = country(text)
    if whole:
        return (whole,)
    return countries(_BETWEEN.split(text))[0]


@lru_cache(4096)
def country_in(address: str) -> str:
    """The country an address names: the whole of it, its last part, or (in Chinese and Japanese) its beginning."""
    whole = country(address)
    if whole:
        return whole
    end = _LAST.match(_TAIL.sub("", address[-2 * _LONGEST :], count=1))
    if end and (last := _codes().get(_plain(end[1]))):  # a name: PA or CA may be a state of the US
        return last
    return next((code for name, code in _first_words() if address.startswith(name)), "")


@cache
def _first_words() -> tuple[tuple[str, str], ...]:
    """Chinese and Japanese names, the longest first: they stand at the beginning of an address."""
    found = [(chinese, code) for code, (_, chinese) in country_names().items() if not chinese.isascii()]
    found += [(name, code) for name, code in _codes().items() if not name.isascii() and len(name) > 1]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))
