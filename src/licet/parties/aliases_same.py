"""Aliases as they were read, and which of them are of one party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from licet.facts.errors import Place, nearest, quoted
from licet.parties.known import name_key

OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class AliasName:
    """A name that a file adds: what kind of name, where it was read and when, and the days it was borne.

    `start` and `end` are a day, a month or a year, empty where not known; `basis` is official or secondary.
    """

    text: str
    kind: str
    cite: str
    read: date
    basis: str
    start: str = ""
    end: str = ""

    @property
    def source(self) -> str:
        """Where the name comes from, in a line."""
        borne = " ".join(f"{word} {day}" for word, day in (("from", self.start), ("until", self.end)) if day)
        kind = f"{self.kind} name" if self.kind != "abbreviation" else self.kind
        said = "; ".join(filter(None, (self.basis, f"{kind} {borne}" if borne else "")))
        return f"{self.cite}, read {self.read.isoformat()} ({said})"


@dataclass(frozen=True, slots=True)
class Alias:
    """The names that a file adds to the rows of this name on these lists. `same_as` is another row of the party."""

    name: str
    lists: tuple[str, ...]
    country: str
    names: tuple[AliasName, ...]
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Aliases:
    """All of them; `hash` names exactly these files."""

    hash: str
    aliases: tuple[Alias, ...] = ()


Problems = Iterator[tuple[str, Place, str]]


def problems_between(found: Sequence[tuple[Alias, Place]]) -> Problems:
    """What is wrong between aliases that are each well-formed: message, place and hint."""
    yield from _twice(found)
    yield from _idle_marks(found)
    parties = _parties(alias for alias, _ in found)
    bearer: dict[str, Alias] = {}
    for alias, place in found:
        for text in sorted(_official(alias)):
            other = bearer.setdefault(name_key(text), alias)
            if parties[name_key(other.name)] != parties[name_key(alias.name)]:
                message = f"{quoted(text)} is the official name of {quoted(other.name)} as well as {quoted(alias.name)}"
                yield message, place, "if they are one party, say same_as"


def _twice(found: Sequence[tuple[Alias, Place]]) -> Problems:
    """Rows that stand in the files more than once."""
    seen: set[tuple[str, str]] = set()
    for alias, place in found:
        for list_id in alias.lists:
            row = name_key(alias.name), list_id
            if row in seen:
                yield f"{quoted(alias.name)} stands twice for {list_id}", place, "keep one of them"
            seen.add(row)


def _idle_marks(found: Sequence[tuple[Alias, Place]]) -> Problems:
    """Marks `same_as` that name nobody, the party itself, or one with which it shares no name."""
    by_name: dict[str, list[Alias]] = {}
    for alias, _ in found:
        by_name.setdefault(alias.name, []).append(alias)
    for alias, place in found:
        if not alias.same_as:
            continue
        others = by_name.get(alias.same_as, [])
        texts = {name.text for other in others for name in other.names}
        if not others:
            yield f"same_as: there is no alias of {quoted(alias.same_as)}", place, nearest(alias.same_as, by_name)
        elif alias.same_as == alias.name:
            yield f"same_as: {quoted(alias.name)} names itself", place, "name the other row"
        elif not texts & {name.text for name in alias.names}:
            message = f"same_as: {quoted(alias.name)} shares no name with {quoted(alias.same_as)}"
            yield message, place, "rows of one party have a name in common"


def _parties(aliases: Iterator[Alias]) -> dict[str, str]:
    """For the key of each name the key of one that stands for the party."""
    above: dict[str, str] = {}

    def top(key: str) -> str:
        while above.setdefault(key, key) != key:
            key = above[key]
        return key

    for alias in aliases:
        own = top(name_key(alias.name))
        if alias.same_as:
            above[own] = top(name_key(alias.same_as))
    return {key: top(key) for key in above}


def _official(alias: Alias) -> set[str]:
    return {name.text for name in alias.names if name.kind == OFFICIAL}
