"""Adds the names of the alias files to the entries of lists.

An alias joins to the rows of its lists that bear its name, without regard to case, width, punctuation and spaces; a
row's own or former name goes before its aliases, among which a list may put another firm of the group. Only where no
row bears the whole name is an abbreviation in brackets at its end left out, on one side, and only where this leads to
one name on the list: `(CASC)` tells rows apart, `(DJI)` does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from licet.parties.aliases_file import aliases_hash, read_aliases
from licet.parties.aliases_same import Alias, Aliases
from licet.parties.entry import Entry, Name

__all__ = ["Aliases", "aliases_hash", "read_aliases", "unjoined", "with_aliases"]

ADDED = "added"
_OWN = ("primary", "former")
_AFTER = " .,*"  # marks that may follow the last bracket: `Huawei Technologies Co., Ltd. (Huawei)*`
_PLAIN = re.compile(r"[^a-z0-9]+")
_MARKS = re.compile(r"[\W_]+")
_SAYS = re.compile(r"(?:formerly|also known as|[af]\.?k\.?a\.?)\s+", re.IGNORECASE)
Bearers = dict[str, list[tuple[int, bool]]]


@dataclass(slots=True)
class _Names:
    """The names of one list that aliases may join to: the rows that bear each, and whether as their own."""

    whole: Bearers = field(default_factory=dict)
    short: Bearers = field(default_factory=dict)  # by the name without its bracket
    ways: dict[str, set[str]] = field(default_factory=dict)  # the whole names that are alike without their brackets

    def own(self, key: str) -> list[int]:
        """The rows that bear a whole name, as their own if there are such."""
        return _first_rank(self.whole.get(key, []))


def with_aliases(entries: Sequence[Entry], aliases: Aliases) -> list[Entry]:
    """The entries, each with the names that aliases add to it; a name it has already is not added."""
    added: dict[int, list[Name]] = {}
    for alias, _, rows in _joined(entries, aliases):
        for row in rows:
            added.setdefault(row, []).extend(Name(name.text, ADDED, name.source) for name in alias.names)
    return [extended(entry, added[row]) if row in added else entry for row, entry in enumerate(entries)]


def unjoined(entries: Sequence[Entry], aliases: Aliases) -> list[str]:
    """The aliases that join to no row of a list of theirs that is among the entries: `name (list)`."""
    return [f"{alias.name} ({list_id})" for alias, list_id, rows in _joined(entries, aliases) if not rows]


def extended(entry: Entry, names: Iterable[Name]) -> Entry:
    """The entry with more names at the end, without those it has."""
    more: dict[str, Name] = {}
    for name in names:
        more.setdefault(fast_key(name.text), name)
    have = {fast_key(name.text) for name in entry.names} if more else set()
    new = [name for key, name in more.items() if key not in have]
    return replace(entry, names=(*entry.names, *new)) if new else entry


def short_key(text: str) -> tuple[str, str] | None:
    """The key of a name without the bracket at its end, and what stands in it; None without a bracket."""
    text = text.rstrip(_AFTER)
    if not text.endswith((")", "）")):
        return None
    depth = 0
    for place in range(len(text) - 1, 0, -1):
        depth += (text[place] in ")）") - (text[place] in "(（")
        if depth == 0:
            return fast_key(text[:place]), text[place + 1 : -1]
    return None


def is_abbreviation(inside: str, key: str) -> bool:
    """Whether the text of a bracket is made of letters of the name before it, from its first letter on."""
    letters = iter(key)
    short = fast_key(inside)
    return bool(short) and key.startswith(short[0]) and all(mark in letters for mark in short)


def fast_key(name: str) -> str:
    """The key of a name as `name_key` makes it, without a loop over its marks."""
    if name.isascii():
        return _PLAIN.sub("", name.lower())
    return _MARKS.sub("", unicodedata.normalize("NFKC", name).casefold())


def _joined(entries: Sequence[Entry], aliases: Aliases) -> Iterator[tuple[Alias, str, list[int]]]:
    """Each alias with each of its lists that is among the entries, and the rows it joins to."""
    names = _names(entries, aliases)
    for alias in aliases.aliases:
        for list_id in alias.lists:
            if list_id in names:
                yield alias, list_id, _rows(alias.name, names[list_id], entries)


def _names(entries: Sequence[Entry], aliases: Aliases) -> Mapping[str, _Names]:
    """The names that aliases may ask for, by list."""
    asked = {fast_key(alias.name) for alias in aliases.aliases}
    asked |= {short[0] for alias in aliases.aliases if (short := short_key(alias.name))}
    lists = {list_id for alias in aliases.aliases for list_id in alias.lists}
    found: dict[str, _Names] = {}
    for row, entry in enumerate(entries):
        if entry.list in lists:
            names = found.setdefault(entry.list, _Names())
            for name in entry.names:
                if name.kind != ADDED:
                    _note(names, row, name, asked)
    return found


def _note(names: _Names, row: int, name: Name, asked: set[str]) -> None:
    key, short = fast_key(name.text), short_key(name.text)
    if key in asked:
        names.whole.setdefault(key, []).append((row, name.kind in _OWN))
        names.ways.setdefault(key, set()).add(key)
    if short and short[0] in asked:
        names.ways.setdefault(short[0], set()).add(key)
        if is_abbreviation(short[1], short[0]):
            names.short.setdefault(short[0], []).append((row, name.kind in _OWN))


def _rows(name: str, names: _Names, entries: Sequence[Entry]) -> list[int]:
    """The rows of a list that bear this name, else those that bear it but for a bracket."""
    key, short = fast_key(name), short_key(name)
    if found := names.own(key):
        return found
    if short is None:
        return _first_rank(names.short.get(key, [])) if len(names.ways.get(key, ())) == 1 else []
    if len(names.ways.get(short[0], ())) != 1:
        return []
    return [row for row in names.own(short[0]) if _may_say(short[1], short[0], entries[row])]


def _may_say(inside: str, key: str, entry: Entry) -> bool:
    """Whether a bracket after a name says no more than an abbreviation or another name of the row."""
    said = fast_key(_SAYS.sub("", inside))
    return is_abbreviation(inside, key) or any(fast_key(name.text) == said for name in entry.names)


def _first_rank(bearers: Sequence[tuple[int, bool]]) -> list[int]:
    own = [row for row, as_own in bearers if as_own]
    return list(dict.fromkeys(own or [row for row, _ in bearers]))
