"""Carries names in other scripts from one list to another, where two rows are the same party by their full names.

Nothing is guessed from alike spelling: the Latin names must be the same, for persons in any order of their words, and
neither kind, country nor birth may speak against it. Only what the lists themselves print is carried, one step far.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from licet.parties.aliases import ADDED, extended, fast_key, is_abbreviation, short_key
from licet.parties.aliases_scripts import in_two_scripts, says_a_name
from licet.parties.entry import Entry, Name
from licet.parties.names.legal import split_legal

_OWN = "primary"
_UNSURE = ("weak", "former", ADDED)  # names that do not tell that two rows are one party
_FIRM, _PERSON, _UNKNOWN = "firm", "person", "unknown"
_CARRIED = frozenset((_FIRM, _PERSON, _UNKNOWN))  # vessels bear each other's names
_MIN_WORDS, _MIN_LETTERS = 2, 8
_PERSON_WORDS = 3
_DAY, _YEAR = len("1972-11-03"), len("1972")
_INSIDE = re.compile(r"['`´‘’ʼʻʾʿ.]")  # marks within words: `AL-SA'ADI`, `S.A.`
_WORD = re.compile(r"[^\W_]+")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What an entry shows: its Latin names by their keys, its own first, and its names in other scripts.

    With each of these go the keys of the Latin name before it: a row may name several bodies, each in both scripts.
    """

    keys: dict[Key, Name]
    others: dict[str, list[Key]]

    def said_with(self, shared: Sequence[Key]) -> list[str]:
        """The names in other scripts that follow one of these, or all if none does."""
        near = [text for text, keys in self.others.items() if not set(keys).isdisjoint(shared)]
        return near or list(self.others)


def carried_over(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, each with the names in other scripts of the same party on other lists."""
    shown = [_shown(entry) for entry in entries]
    bearers: dict[Key, list[int]] = {}
    for row, show in enumerate(shown):
        if show.others:
            for key in show.keys:
                bearers.setdefault(key, []).append(row)
    return [
        extended(entry, _names(entries, _rows_alike(entries, shown, row, bearers), shown))
        for row, entry in enumerate(entries)
    ]


def _names(entries: Sequence[Entry], alike: dict[int, list[Key]], shown: Sequence[_Shown]) -> list[Name]:
    return [
        Name(text, ADDED, f"{entries[row].list}:{entries[row].id} of the same name")
        for row, shared in sorted(alike.items())
        for text in shown[row].said_with(shared)
    ]


def _rows_alike(
    entries: Sequence[Entry], shown: Sequence[_Shown], row: int, bearers: dict[Key, list[int]]
) -> dict[int, list[Key]]:
    """The rows of other lists that are the same party as a row and have names in another script, and by which keys."""
    keys, entry = shown[row].keys, entries[row]
    found: dict[int, list[Key]] = {}
    for key in keys:
        for other in bearers.get(key, ()):
            if entries[other].list != entry.list:
                found.setdefault(other, []).append(key)
    return {
        other: shared
        for other, shared in found.items()
        if _same(entry, entries[other], keys, shown[other].keys, shared)
    }


def _same(one: Entry, other: Entry, keys: dict[Key, Name], others: dict[Key, Name], shared: Sequence[Key]) -> bool:
    """Whether two entries with these keys in common are one party."""
    kinds = {one.kind, other.kind} - {_UNKNOWN}
    if len(kinds) > 1 or (one.countries and other.countries and not set(one.countries) & set(other.countries)):
        return False
    if kinds == {_FIRM}:
        full = [key for key in shared if _is_full(keys[key].text) and _is_full(others[key].text)]
        own = any(_OWN in (keys[key].kind, others[key].kind) for key in full)
        return own or (bool(one.countries and other.countries) and _are_several(full))
    return _same_person(one, other, shared)


def _are_several(shared: Sequence[Key]) -> bool:
    """Whether these are keys of more than one name: the same with and without its bracket is one."""
    whole = sorted(key[0] for key in shared)
    return any(not longer.startswith(whole[0]) for longer in whole)


def _same_person(one: Entry, other: Entry, shared: Sequence[Key]) -> bool:
    if one.births and other.births and not _may_be_one_birth(one.births, other.births):
        return False
    words = max(map(len, shared))
    days = _cut(one.births, _DAY) & _cut(other.births, _DAY)
    years = _cut(one.births, _YEAR) & _cut(other.births, _YEAR)
    countries = set(one.countries) & set(other.countries)
    return words >= _PERSON_WORDS or bool(days) or (words >= _MIN_WORDS and bool(years) and bool(countries))


def _may_be_one_birth(births: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a birth of one is that of the other as far as both are given."""
    return any(one[: len(two)] == two[: len(one)] for one in births for two in others)


def _cut(births: Sequence[str], length: int) -> set[str]:
    return {birth[:length] for birth in births if len(birth) >= length}


def _shown(entry: Entry) -> _Shown:
    shown, last = _Shown({}, {}), list[Key]()
    for name in entry.names if entry.kind in _CARRIED else ():
        if name.kind in _UNSURE:
            continue
        latin, own = (name.text, "") if name.text.isascii() else in_two_scripts(name.text)
        if latin:
            last = _keys(latin, entry.kind)
            for key in last:
                shown.keys.setdefault(key, name if latin == name.text else Name(latin, name.kind))
        if own and says_a_name(own):
            shown.others.setdefault(own, last)
    return shown


def _keys(name: str, kind: str) -> list[Key]:
    """The keys of a Latin name: of a firm's the whole, of a person's the words, whichever of them stands first."""
    found: list[Key] = []
    if kind != _FIRM:
        found.append(_turned(_words(name)))
    if kind != _PERSON:
        found.append((fast_key(name),))
        short = short_key(name)
        if short and is_abbreviation(short[1], short[0]):
            found.append((short[0],))
    return [key for key in found if any(key)]


def _words(name: str) -> list[str]:
    plain = name.lower() if name.isascii() else unicodedata.normalize("NFKC", name).casefold()
    return _WORD.findall(_INSIDE.sub("", plain))


def _turned(words: list[str]) -> Key:
    """The words as a ring, from the one that is first in the alphabet: `KIM, Su Il` is Su Il KIM, but not Il Su KIM."""
    if not words:
        return ()
    first = min(words)
    ways = [tuple(words[at:] + words[:at]) for at, word in enumerate(words) if word == first]
    return min(ways)


def _is_full(name: str) -> bool:
    """Whether a firm's name is long enough without its legal form to be nobody else's."""
    said, _ = split_legal(_words(name))
    letters = sum(map(len, said))
    return letters >= _MIN_LETTERS or (len(said) >= _MIN_WORDS and letters > _MIN_LETTERS // 2)
