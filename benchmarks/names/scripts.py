"""The script a name is written in."""

from __future__ import annotations

import unicodedata
from collections import Counter

_NAMES = {
    "CJK": "Han",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HALFWIDTH": "Japanese",
    "KATAKANA-HIRAGANA": "Japanese",
    "HANGUL": "Hangul",
}


def script_of(text: str) -> str:
    """The script of most letters, Japanese where there is any kana."""
    found = Counter(unicodedata.name(sign, "OTHER").partition(" ")[0] for sign in text if sign.isalpha())
    named = Counter({_NAMES.get(name, name.title()): 0 for name in found})
    for name, count in found.items():
        named[_NAMES.get(name, name.title())] += count
    if "Japanese" in named:
        return "Japanese"
    return named.most_common(1)[0][0] if named else "none"
