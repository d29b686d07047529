"""Screening: who a party may be on the lists of a day, and what that means in the law of that day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from licet.logic.decide import Decider
from licet.parties.entry import Entry
from licet.parties.known import KnownParties
from licet.parties.match.hit import DEFAULT_THRESHOLD, Hit, Query
from licet.parties.rows import RowFacts, row_facts
from licet.parties.store.model import Loaded
from licet.rules.law import Law
from licet.rules.snapshot import snapshot
from licet.services.effects import Effect, Effects
from licet.services.effects_readers import KnownReads
from licet.services.hits import Hits
from licet.services.screen_clues import clues
from licet.services.screen_lists import Gathered, Moment, Store, gather
from licet.services.screen_model import FAILED, HIT, Asked, Found, Lists, Screened
from licet.services.screen_read import unread

DEFAULT_LIMIT = 5
CHUNK = 4_096  # parties screened at a time: enough to be shared out over the cores
EXIT_CLEAR, EXIT_HIT, EXIT_NOT_CLEAR = 0, 20, 21


class Finder(Protocol):
    """What finds entries by name (`licet.services.screen_names.Finders`)."""

    def search_many(self, queries: Sequence[Query], limit: int = ..., threshold: float = ...) -> list[list[Hit]]:
        """The hits of each query, best first."""

    def foresee(self, queries: Iterable[Query]) -> None:
        """Search for many at once, so that it is known of which nothing is found on any day."""

    def silent(self, query: Query) -> bool:
        """Whether it is known that nothing is found for it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to screen: for which day, as known by when, against which lists (none named: all), and how far hits go.

    Without `effects` a hit does not say what its row means in law, which takes a while for rows of a new kind.
    """

    on: date
    known: datetime | None = None
    lists: tuple[str, ...] = ()
    threshold: float = DEFAULT_THRESHOLD
    limit: int = DEFAULT_LIMIT
    now: datetime | None = None
    effects: bool = True

    @property
    def moment(self) -> Moment:
        """The clocks of the screen."""
        return Moment(self.on, self.known, (self.now or datetime.now(UTC)).date())


@dataclass(slots=True)
class Screener:
    """Screens parties against the lists of one day under the law of that day."""

    finder: Finder
    gathered: Gathered
    effects: Effects | None
    parties: KnownParties
    hits: Hits
    settings: Settings

    @property
    def lists(self) -> Lists:
        """The lists in use, and how they stand."""
        return self.gathered.lists

    def screen(self, asked: Sequence[Asked]) -> list[Screened]:
        """The answer for each party, in their order; one that cannot be screened leaves the others alone."""
        sound = [one for one in asked if one.problem is None]
        queries = [one.query for one in sound]
        # Hits that are decided must not take the places of others, and one more tells whether there are more.
        most = self.settings.limit + max(map(self.hits.count, queries), default=0) + 1
        found = iter(self.finder.search_many(queries, most, self.settings.threshold) if queries else ())
        return [self._screened(one, next(found) if one.problem is None else []) for one in asked]

    def each(self, asked: Iterable[Asked]) -> Iterator[Screened]:
        """The same for as many as there are, with no more than a chunk of them in memory."""
        chunk: list[Asked] = []
        for one in asked:
            chunk.append(one)
            if len(chunk) >= CHUNK:
                yield from self.screen(chunk)
                chunk = []
        yield from self.screen(chunk)

    def foresee(self, asked: Iterable[Asked]) -> None:
        """Search for many at once, so that it is known of which nothing is found on any day."""
        if self.settings.threshold >= DEFAULT_THRESHOLD:
            self.finder.foresee(one.query for one in asked if one.problem is None)

    def silent(self, asked: Asked) -> bool:
        """Whether it is known that nothing is found for a party."""
        known = asked.problem is None and self.settings.threshold >= DEFAULT_THRESHOLD
        return known and self.finder.silent(asked.query)

    def _screened(self, asked: Asked, hits: Sequence[Hit]) -> Screened:
        problem = asked.problem or (None if hits else unread(asked.name))
        if problem is not None:
            return Screened(replace(asked, problem=problem), (), self.lists, False, ("the party was not screened",))
        query = asked.query
        most = self.settings.limit + self.hits.count(query)
        found = tuple(self._found(asked, query, hit) for hit in hits[:most])
        return Screened(asked, found, self.lists, self.lists.complete, self.lists.why, len(hits) > most)

    def _found(self, asked: Asked, query: Query, hit: Hit) -> Found:
        row = row_facts(hit.entry)
        effect = self._effect(asked, hit.entry, row) if self.settings.effects else ()
        return Found(
            hit=hit,
            row=row,
            effect=effect,
            decided=self.hits.of(query, hit.entry, self.settings.known),
            note="" if effect else self._no_effect(hit.entry.list),
            doubts=tuple(_doubts(self.gathered.loaded.get(hit.entry.list), hit.entry.id)),
            clues=clues(asked, hit.entry),
        )

    def _effect(self, asked: Asked, entry: Entry, row: RowFacts) -> tuple[Effect, ...]:
        if self.effects is None:
            return ()
        known = next(filter(None, (self.parties.find(name.text) for name in entry.names)), None)
        facts = {} if known is None else {"party.entity": known.entity}
        return self.effects.of(row, asked.roles, facts)

    def _no_effect(self, name: str) -> str:
        if self.effects is None:
            return f"no law is encoded for {self.settings.on}"
        if self.effects.reads(name):
            return "rules of the law encoded here read this list, but none says anything because of this row"
        return "no rule of the law encoded here reads this list"


def _doubts(loaded: Loaded | None, entry: str) -> Iterator[str]:
    """Why it is not certain that a row stood on the list that day."""
    if loaded is None:
        return
    if entry in loaded.undated:
        yield "the row carries no date: it may have been listed later than the day asked for"
    if entry in loaded.dated_later:
        yield "the row is of a later edition, which dates it to before the day asked for"
    leaving = loaded.leaving.get(entry)
    if leaving is not None:
        yield f"it left the list between {leaving.last_seen} and {leaving.first_missing}, so it may have left by then"


def effects_of(law: Law, on: date, known: KnownReads | None = None) -> Effects | None:
    """The effects of rows in the law of a day; None before the law is encoded."""
    return Effects(Decider(snapshot(law, on)), known) if on >= law.encoded_from else None


def screener(
    store: Store,
    law: Law,
    parties: KnownParties,
    home: Path | None,
    settings: Settings,
    index: Callable[[Gathered], Finder],
    effects_on: Callable[[Law, date], Effects | None] = effects_of,
) -> Screener:
    """A screener over the lists in a store. `index` makes (or finds) the index of their names. Raises LicetError."""
    effects = effects_on(law, settings.on)
    reads = effects.lists if effects is not None else frozenset[str]()
    gathered = gather(store, settings.moment, reads, settings.lists)
    return Screener(index(gathered), gathered, effects, parties, Hits.open(home), settings)


# --- the outcome -------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """Counts what a screen came to: every party is clear, hit, without a hit but not clear, or failed."""

    clear: int = 0
    hits: int = 0
    unclear: int = 0
    failed: int = 0

    def add(self, screened: Screened) -> Screened:
        """Count an answer and hand it on."""
        if screened.result == FAILED:
            self.failed += 1
        elif screened.result == HIT:
            self.hits += 1
        elif screened.clear:
            self.clear += 1
        else:
            self.unclear += 1
        return screened

    @property
    def parties(self) -> int:
        """How many there were."""
        return self.clear + self.hits + self.unclear + self.failed

    @property
    def exit_code(self) -> int:
        """20 where there is a hit; 21 where there is none but a party does not read as clear; else 0."""
        return EXIT_HIT if self.hits else EXIT_NOT_CLEAR if self.unclear or self.failed else EXIT_CLEAR

    @property
    def result(self) -> str:
        """hit, not_clear or clear: the same in a word."""
        return {EXIT_HIT: "hit", EXIT_NOT_CLEAR: "not_clear", EXIT_CLEAR: "clear"}[self.exit_code]
