"""Scripts of names: which a text is written in, and words that mix look-alike letters put right."""

from __future__ import annotations

import re
import unicodedata

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
KANA = "\u3041-\u30ff\u31f0-\u31ff"
HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
_HAN = re.compile(f"[{HAN}]")
EAST = f"[{HAN}{KANA}]"
_EAST = re.compile(EAST)
_HANGUL = re.compile(f"[{HANGUL}]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ABJAD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_TRADE_MARKS = re.compile("[\u2120\u2122]")  # their compatibility forms are letters
_SPACES = "\t\n\r\u2028\u2029"
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_MIXED = re.compile("[A-Za-z\u0400-\u052f]+")
# Latin letters that look like Cyrillic ones; official journals print them inside Cyrillic words.
_TO_CYRILLIC = str.maketrans("ABCEHIKMOPTXYaceiopxy", "АВСЕНІКМОРТХУасеіорху")
_TO_LATIN = str.maketrans("АВСЕНІКМОРТХУасеіорху", "ABCEHIKMOPTXYaceiopxy")

_BY_SCRIPT = (
    ("han", _HAN),
    ("kana", _EAST),
    ("hangul", _HANGUL),
    ("cyrillic", _CYRILLIC),
    ("abjad", _ABJAD),
    ("greek", _GREEK),
    ("latin", _LATIN),
)


def script_of(text: str) -> str:
    """The script that decides how a text is read: han, kana, hangul, cyrillic, abjad, greek, latin or other."""
    return next((name for name, mark in _BY_SCRIPT if mark.search(text)), "other")


def is_han(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return _HAN.search(text) is not None


def clean(text: str) -> str:
    """A text in its compatibility form, without marks that do not show (direction, joiners, controls) and pictures."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFKC", _TRADE_MARKS.sub(" ", text))
    return "".join(" " if mark in _SPACES or _is_picture(mark) else mark for mark in text if _shows(mark))


def _shows(mark: str) -> bool:
    return mark in _SPACES or unicodedata.category(mark) not in ("Cc", "Cf", "Co", "Cs", "Cn")


def _is_picture(mark: str) -> bool:
    """Whether it is a sign of its own (an emoji, ®): transliterated it would read as words."""
    return not mark.isascii() and (unicodedata.category(mark) == "So" or mark in _SKIN_TONES)


def one_script(text: str) -> str:
    """Words that mix Latin and Cyrillic letters, written in the one script that has them all, else that of the most."""
    return _MIXED.sub(lambda match: _one_script(match.group()), text)


def _one_script(word: str) -> str:
    cyrillic = sum(mark > "\u02ff" for mark in word)
    if not cyrillic or cyrillic == len(word):
        return word
    as_cyrillic, as_latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    if bool(_LATIN.search(as_cyrillic)) != bool(_CYRILLIC.search(as_latin)):
        return as_latin if _LATIN.search(as_cyrillic) else as_cyrillic
    return as_cyrillic if cyrillic * 2 >= len(word) else as_latin
