"""Keys of words: spellings that readers take for the same word share a key.

`key` levels romanisations (kh/h, iy/y/i, ks/x, w/v, double letters, endings of Russian adjectives); `skeleton`
keeps the consonants only, since Arabic names come in every vowel. Both are for words in lower-case ASCII.
"""

from __future__ import annotations

import re
from functools import lru_cache

_STEPS = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("ck", "k"),
    ("ph", "f"),
    ("kh", "h"),
    ("gh", "g"),
    ("th", "t"),
    ("dh", "d"),
    ("zh", "z"),
    ("tz", "ts"),
    ("q", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("y", "i"),
    ("j", "i"),
    ("iu", "u"),
    ("ie", "e"),
    ("io", "o"),
)
_DOUBLE = re.compile(r"(.)\1+")
# Endings of Russian adjectives and of the cases they stand in, and how surnames are romanised.
_ADJECTIVE = re.compile(r"(?<=[a-z]{3}[skn])(?:ogo|oi|oe|aia|aa|ii|iia|ikh|ih|ii|i|ie|e|im|ich|aya|ovo)$")
_OFF = re.compile(r"(?<=[oe])ff?$")
_AH = re.compile(r"(?<=[aeo])h$")  # Zadeh and Zade, Hamzah and Hamza
_VOWELS = re.compile(r"[aeiouyw]+")
_SKELETON_STEPS = (("kh", "h"), ("gh", "g"), ("sh", "S"), ("ch", "C"), ("th", "t"), ("dh", "d"), ("zh", "j"))
_SKELETON_ONE = str.maketrans({"q": "k", "p": "b", "c": "k"})
MIN_ADJECTIVE = 7


@lru_cache(maxsize=1 << 17)
def key(word: str) -> str:
    """The key of a word in lower-case ASCII; never empty for a word that has letters or digits."""
    if not word.isalpha():
        return word
    found = word
    for old, new in _STEPS:
        found = found.replace(old, new)
    found = _AH.sub("", _OFF.sub("v", _DOUBLE.sub(r"\1", found)))
    if len(word) >= MIN_ADJECTIVE:
        found = _ADJECTIVE.sub("", found)
    return found or word


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """The consonants of a word, the letters that romanisations of Arabic mix up made one; may be empty."""
    found = word.removeprefix("al") if len(word) > MIN_ADJECTIVE - 2 else word
    for old, new in _SKELETON_STEPS:
        found = found.replace(old, new)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", found.translate(_SKELETON_ONE)))
