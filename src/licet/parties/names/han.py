"""Chinese (and Japanese) names: one set of characters, their parts, and how lists write them in Latin letters."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

from anyascii import anyascii
from opencc import OpenCC

from licet.parties.names.script import is_han
from licet.parties.names.tables import han_readings, han_words

MAX_WORD = 12
MAX_CHOICES = 4
DOUBLE_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "司徒",
        "东方",
        "尉迟",
        "长孙",
        "夏侯",
        "皇甫",
        "令狐",
        "端木",
        "慕容",
        "公孙",
        "百里",
        "呼延",
        "东郭",
        "南宫",
    ]
)
_NUMBER = re.compile("第([0-9]+|[零〇一二三四五六七八九十百]+)")
_DIGITS = {mark: value for value, mark in enumerate("零一二三四五六七八九")} | {"〇": 0}


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


@lru_cache(maxsize=1 << 14)
def simplified(text: str) -> str:
    """A text with traditional and Japanese characters written in simplified ones, and numbers (第十四) in digits."""
    if not is_han(text):
        return text
    text = "".join(map(_from_japanese, _converter("t2s").convert(text)))
    return _NUMBER.sub(lambda match: f" {number(match.group(1))} ", text)


@lru_cache(maxsize=1 << 14)
def _from_japanese(mark: str) -> str:
    """A Japanese short form as the simplified character (桜 is 樱); every other character as it is."""
    full = _converter("jp2t").convert(mark)
    short = _converter("t2s").convert(full)
    return short if short != full else mark


def number(text: str) -> int:
    """A Chinese number up to 999, or one said or written digit by digit (七〇二 is 702)."""
    if text.isascii():
        return int(text)
    if all(mark in _DIGITS for mark in text):
        return int("".join(str(_DIGITS[mark]) for mark in text))
    total = digit = 0
    for mark in text:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        else:
            total += max(digit, 1) * (10 if mark == "十" else 100)
            digit = 0
    return total + digit


def parts(text: str) -> list[tuple[str, str]]:
    """A run of simplified characters cut into (kind, part): legal, place, word, or name for what no table knows."""
    table = han_words()
    found: list[tuple[str, str]] = []
    at, begun = 0, 0
    while at < len(text):
        size = next((n for n in range(min(MAX_WORD, len(text) - at), 0, -1) if text[at : at + n] in table), 0)
        if not size:
            at += 1
            continue
        if begun < at:
            found.append(("name", text[begun:at]))
        found.append((table[text[at : at + size]][0], text[at : at + size]))
        at += size
        begun = at
    if begun < len(text):
        found.append(("name", text[begun:]))
    return found


def pinyin(text: str) -> str:
    """The reading of a part, joined, without tones; other letters are kept."""
    known = han_readings("any")
    return "".join(known.get(mark) or anyascii(mark).lower() for mark in text)


def person(text: str) -> tuple[str, str]:
    """A name of two to four characters as surname and given name, in pinyin."""
    cut = 2 if len(text) > 2 and text[:2] in DOUBLE_SURNAMES else 1
    first = text[:cut]
    return han_readings("surname").get(first) or pinyin(first), pinyin(text[cut:])


def is_person(cut: list[tuple[str, str]], kind: str) -> bool:
    """Whether a name reads as a person's: two to four characters that no table knows (or the case says so)."""
    text = "".join(part for _, part in cut)
    if not 2 <= len(text) <= 4 or not all(is_han(mark) for mark in text):
        return False
    return kind == "person" or (kind == "unknown" and [what for what, _ in cut] == ["name"])


def latin_choices(cut: list[tuple[str, str]]) -> list[list[str]]:
    """The ways lists may write a name that is cut into parts, the likeliest first; legal forms left out."""
    table = han_words()
    choices: list[tuple[tuple[str, ...], ...]] = []
    for what, part in cut:
        words = table[part][1] if what != "name" else ()
        if what == "legal" and not words:
            continue
        choices.append(words or ((pinyin(part),),))
    ways = product(*choices)
    return [[word for words in way for word in words if word] for way, _ in zip(ways, range(MAX_CHOICES), strict=False)]
