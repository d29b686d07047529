"""Abbreviations: a university, an institute, a state corporation goes by its initials (HIT, CETC, UESTC).

Only names that describe are abbreviated so: all their words are common ones, and one says what kind of body it is.
Were it done for any firm, three letters would stand for a dozen of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from licet.parties.names import han
from licet.parties.names.tables import han_words, same_word, trades

SHORTEST, LONGEST = 3, 8  # letters
MOST_WORDS = 10
_BODIES = frozenset(
    ["university", "institute", "academy", "organization", "corporation", "laboratory", "commission", "agency"]
)
_SMALL = frozenset(["of", "and", "the", "for", "in", "at", "on", "a"])
_ENDS = frozenset(["company", "co", "ltd", "limited", "inc", "llc"])
_UNSPOKEN = frozenset(["group", "holding", "holdings"])  # CETC is the China Electronics Technology Group Corporation
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_APOSTROPHE = re.compile(r"(?<=\w)['`’](?=\w)")
_WORD = re.compile(r"[a-z0-9]+")
_ASKED = re.compile(rf"[A-Z](?:\.?[A-Z]){{{SHORTEST - 1},{LONGEST - 1}}}\.?")


def asked(text: str) -> str:
    """The letters of a name that is typed as an abbreviation (HIT, H.I.T.), in lower case; else nothing."""
    text = text.strip()
    return text.replace(".", "").lower() if _ASKED.fullmatch(text) else ""


def abbreviations(text: str, is_common: Callable[[str], bool]) -> set[str]:
    """The initials that a name goes by; `is_common` tells of a word whether many names have it."""
    words = _words(text)
    if not SHORTEST <= len(words) <= MOST_WORDS or not any(same_word(word) in _BODIES for word in words):
        return set()
    if not all(word.isalpha() and (_is_known(word) or is_common(same_word(word))) for word in words):
        return set()
    ways = {"".join(word[0] for word in some) for some in (words, [word for word in words if word not in _UNSPOKEN])}
    return {way for way in ways if SHORTEST <= len(way) <= LONGEST}


def _words(text: str) -> list[str]:
    """The words that lend a letter; none for a name in another script."""
    text = _ASIDE.sub(" ", text)
    if not text.isascii():
        return []
    words = [word for word in _WORD.findall(_APOSTROPHE.sub("", text.lower())) if word not in _SMALL]
    while words and words[-1] in _ENDS:
        words.pop()
    return words


def _is_known(word: str) -> bool:
    return word in _UNSPOKEN or word == "corporation" or same_word(word) in trades() or word in _places()


@cache
def _places() -> frozenset[str]:
    """The places of the Chinese table as they are written in Latin letters."""
    rows = ((text, ways) for text, (kind, ways) in han_words().items() if kind == "place")
    return frozenset(word for text, ways in rows for way in ways or ((han.pinyin(text),),) for word in way)
