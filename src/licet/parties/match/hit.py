"""What is asked of the index of names, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from licet.parties.entry import Entry

DEFAULT_THRESHOLD = 0.74


@dataclass(frozen=True, slots=True)
class Query:
    """A party to look for: a name in any script, and what else is known (empty where it is not).

    `kind`: firm, person, vessel, aircraft or unknown. `countries` are ISO codes, `births` ISO dates, possibly cut
    short; `identifiers` are values only.
    """

    name: str
    kind: str = "unknown"
    countries: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a score: a stable code, words for a reader, and what it added or took (of 1)."""

    code: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may be the party: the score from 0 to 1, the alias that matched, and why."""

    entry: Entry
    score: float
    alias: str
    alias_kind: str
    reasons: tuple[Reason, ...]
