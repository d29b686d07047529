"""Names that hold two scripts, taken apart: `K Logistics (China) Limited （快急送物流(中國)有限公司）`."""

from __future__ import annotations

import re

from licet.parties.names import romanise
from licet.parties.names.legal import split_legal
from licet.parties.names.script import EAST, script_of

OTHER_SCRIPTS = frozenset(("han", "kana", "hangul", "cyrillic", "abjad", "greek"))
NEITHER = ("", "")
_LATIN = re.compile("[A-Za-z\u00c0-\u02ff\u1e00-\u1eff]")
_EAST = re.compile(EAST)
_EAST_WEIGHT = 3  # a Chinese character stands for a syllable
_LEGAL_FORM = 3  # so many Latin letters may be a legal form before a name: `AO «Кошелев-Банк»`
_OPEN, _CLOSE, _MARKS, _QUOTES = "(（", ")）", " .,;:/–-", '”»’" '


def in_two_scripts(text: str) -> tuple[str, str]:
    """The part of a name in Latin letters and the part in another script; empty where there is none.

    A text in which the two cannot be told apart is a name in the other script if most of it is.
    """
    if text.isascii():
        return (text, "") if script_of(text) == "latin" else NEITHER
    script = script_of(text)
    if script not in OTHER_SCRIPTS:
        return (text, "") if script == "latin" else NEITHER
    if not _LATIN.search(text):
        return "", text
    places = [place for place, mark in enumerate(text) if mark.isalpha() and not _LATIN.match(mark)]
    if not places:
        return text, ""
    before, after = text[: places[0]], text[places[-1] + 1 :]
    if not _LATIN.search(after) and _is_set_off(before):
        return _told_apart(before, _with_brackets(text, places[0]))
    if len(_LATIN.findall(before)) <= _LEGAL_FORM and after.lstrip(_QUOTES).startswith(tuple(_OPEN)):
        return _told_apart(after, text[: places[-1] + 1])
    return "", text if _is_mostly_other(text) else ""


def says_a_name(text: str) -> bool:
    """Whether a text in another script is more than a legal form that was cut from its name."""
    words = romanise.cyrillic(text.casefold()).split()
    return script_of(text) != "cyrillic" or split_legal([*words, "x"])[0] != ["x"]


def _is_set_off(latin: str) -> bool:
    """Whether Latin letters before a name are a name of their own: two words, or a mark or a bracket between."""
    bare = latin.rstrip()
    marked = bare[-1:] in (*_OPEN, *",:/–-") if bare else False
    words = bare.split()
    return len(_LATIN.findall(bare)) > _LEGAL_FORM and (marked or (latin != bare and len(words) > 1))


def _with_brackets(text: str, start: int) -> str:
    """The end of a text, from further left where it closes brackets that are opened just before."""
    while start and text[start - 1] in _OPEN and _balance(text[start:]) < 0:
        start -= 1
    return text[start:]


def _told_apart(latin: str, own: str) -> tuple[str, str]:
    """Both parts without the marks between them, if the one in the other script is a name of its own."""
    own = own.strip(_MARKS)
    while own[-1:] in tuple(_CLOSE) and _balance(own) < 0:
        own = own[:-1].rstrip(_MARKS)
    own = _bare(own)
    letters = sum(map(str.isalpha, own))
    if _balance(own) < 0 or len(_LATIN.findall(own)) * 4 > letters:
        return NEITHER
    said = "" if latin.rstrip().endswith(":") else _bare(latin.rstrip(f"{_MARKS}{_OPEN}").lstrip(_QUOTES))
    return said, own


def _bare(text: str) -> str:
    """A text without the brackets around the whole of it, or one that is never closed."""
    while text[:1] in tuple(_OPEN):
        if text[-1] in _CLOSE and _balance(text[1:-1]) == 0:
            text = text[1:-1].strip(_MARKS)
        elif _balance(text) > 0:
            text = text[1:].strip(_MARKS)
        else:
            break
    return text


def _balance(text: str) -> int:
    """Brackets opened less brackets closed; below nought as soon as one closes what was not opened."""
    depth = 0
    for mark in text:
        depth += (mark in _OPEN) - (mark in _CLOSE)
        if depth < 0:
            return depth
    return depth


def _is_mostly_other(text: str) -> bool:
    latin, east = len(_LATIN.findall(text)), len(_EAST.findall(text))
    letters = sum(map(str.isalpha, text))
    return letters - latin - east + east * _EAST_WEIGHT > latin
