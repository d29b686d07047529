"""What is asked of a screen and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from licet.facts.errors import Problem
from licet.facts.truth import Truth
from licet.parties.match.hit import Hit, Query
from licet.parties.rows import RowFacts
from licet.parties.store.model import ListState
from licet.services.effects import Effect
from licet.services.hits import Decided

HIT, DECIDED, NO_HIT, FAILED = "hit", "decided", "no_hit", "failed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A party to screen: its name, its roles in the deal, and what else is known of it.

    `row` is its row in a table (0: it was not read from one), `notes` what was given and could not be used;
    a `problem` says why it cannot be screened at all.
    """

    name: str
    kind: str = "unknown"
    roles: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    row: int = 0
    notes: tuple[str, ...] = ()
    problem: Problem | None = None

    @property
    def query(self) -> Query:
        """What is searched for."""
        return Query(self.name, self.kind, self.countries, self.births, self.identifiers, self.addresses)


@dataclass(frozen=True, slots=True)
class Clue:
    """What could tell the party from the entry: a fact nobody gave, and what the entry has of it."""

    fact: str
    entry_has: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with its row, the effect of that row in the law of the day, and the decision kept on it.

    `note` says why there is no effect where there is none; `doubts` why it is not certain that the row stood on the
    list that day; `clues` what would rule the hit out.
    """

    hit: Hit
    row: RowFacts
    effect: tuple[Effect, ...]
    decided: Decided | None = None
    note: str = ""
    doubts: tuple[str, ...] = ()
    clues: tuple[Clue, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it counts: nobody has decided that it is another party."""
        return self.decided is None or not self.decided.silences


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists a screen rests on: a hash over all of them, how each stands, and whether they are all and fresh.

    `complete`: no where a list that counts is not loaded, unknown where one is stale or not certain for the day.
    """

    snapshot: str
    states: tuple[ListState, ...]
    complete: Truth
    why: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Screened:
    """The answer for one party. Without a hit it reads as clear only where `complete` is yes.

    `more`: there are more hits over the threshold than were asked for.
    """

    query: Asked
    hits: tuple[Found, ...]
    lists: Lists
    complete: Truth
    why: tuple[str, ...] = ()
    more: bool = False

    @property
    def result(self) -> str:
        """hit, decided (only hits known to be other parties), no_hit, failed."""
        if self.query.problem is not None:
            return FAILED
        if any(found.open for found in self.hits):
            return HIT
        return DECIDED if self.hits else NO_HIT

    @property
    def clear(self) -> bool:
        """Whether the party is on none of the lists, as far as they count, and these are all here and fresh."""
        return self.result in (DECIDED, NO_HIT) and self.complete is True and not self.more
