"""The index over the names of the lists: made once for the lists as they are now, and from it that of any other day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from licet.parties.aliases import with_aliases
from licet.parties.aliases_carried import carried_over
from licet.parties.aliases_file import aliases_hash, read_aliases
from licet.parties.entry import Entry
from licet.parties.match.hit import DEFAULT_THRESHOLD, Hit, Query
from licet.parties.match.index import Index
from licet.parties.match.kept import open_index
from licet.parties.store.model import Loaded
from licet.services.screen_lists import Gathered, Store
from licet.services.screen_read import unread


def named(entries: Sequence[Entry]) -> list[Entry]:
    """Entries with the names that other lists and the alias files give them."""
    return carried_over(with_aliases(entries, read_aliases()))


@dataclass(slots=True)
class Names:
    """The indexes in use. `folder` is where they are kept (None: nowhere); `tell` is called before one is built."""

    store: Store
    folder: Path | None
    tell: Callable[[int], None]
    now: dict[str, Loaded] = field(default_factory=dict)
    index: Index | None = None
    own: dict[str, dict[str, int]] = field(default_factory=dict)
    last: dict[str, tuple[tuple[Entry, ...], NDArray[np.int64], list[Entry]]] = field(default_factory=dict)
    silence: dict[Query, bool] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)

    def of(self, gathered: Gathered) -> Finders:
        """The index over the entries of a day: those of today's lists that stood then, and those of older editions."""
        index = self._current()
        only: NDArray[np.bool_] = np.zeros(len(index.entries), np.bool_)
        older: list[Entry] = []
        for name, loaded in gathered.loaded.items():
            places, others = self._places(name, loaded.entries)
            only[places] = True
            older += others
        found = [index if only.all() else index.among(only)]
        if older:
            found.append(self._open(older, gathered.loaded, _digest(older)))
        return Finders(found, self)

    def foresee(self, queries: Iterable[Query]) -> None:
        """Find out for which of these nothing is found in today's lists, whichever of their entries stood on a day."""
        fresh = [query for query in dict.fromkeys(queries) if query not in self.silence]
        if fresh:
            heard = [*map(unread, (query.name for query in fresh))]
            silent = self._current().silent(fresh)
            self.silence.update(
                (query, quiet and problem is None) for query, quiet, problem in zip(fresh, silent, heard, strict=True)
            )

    def _places(self, name: str, entries: tuple[Entry, ...]) -> tuple[NDArray[np.int64], list[Entry]]:
        """Where the entries of a list on a day stand in the index, and those that it has otherwise or not at all."""
        last = self.last.get(name)
        if last is None or last[0] is not entries:
            current, start = self.now[name].entries if name in self.now else (), self.starts.get(name, 0)
            if name not in self.own:
                self.own[name] = {entry.id: place for place, entry in enumerate(current, start)}
            places, older = [], []
            for entry in entries:
                place = self.own[name].get(entry.id)
                if place is not None and (current[place - start] is entry or current[place - start] == entry):
                    places.append(place)
                else:
                    older.append(entry)
            last = self.last[name] = entries, np.array(places, np.int64), older
        return last[1], last[2]

    def _current(self) -> Index:
        if self.index is None:
            loaded = {name: self.store.on(name) for name in self.store.lists()}
            self.now = {name: one for name, one in loaded.items() if one is not None}
            entries: list[Entry] = []
            for name, one in self.now.items():
                self.starts[name] = len(entries)
                entries.extend(one.entries)
            self.index = self._open(entries, self.now)
        return self.index

    def _open(self, entries: Sequence[Entry], loaded: dict[str, Loaded], told: str = "") -> Index:
        made_of = [aliases_hash(), told, *(f"{name} {one.hash}" for name, one in loaded.items())]
        return open_index(entries, made_of, self.folder, named, self.tell)


def _digest(entries: Sequence[Entry]) -> str:
    """A hash of entries of several editions: the one a list rests on does not name what came from later ones."""
    told = json.dumps([(one.kind, [(name.text, name.kind) for name in one.names]) for one in entries])
    return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Finders:
    """Several indexes searched as one, the first of them that of today's lists."""

    parts: Sequence[Index]
    names: Names

    def foresee(self, queries: Iterable[Query]) -> None:
        """Search for many at once, so that it is known of which nothing is found on any day."""
        self.names.foresee(queries)

    def silent(self, query: Query) -> bool:
        """Whether it is known that nothing is found for it."""
        return len(self.parts) == 1 and self.names.silence.get(query, False)

    def search_many(
        self, queries: Sequence[Query], limit: int = 5, threshold: float = DEFAULT_THRESHOLD
    ) -> list[list[Hit]]:
        """The hits of each query over all parts, best first."""
        if len(self.parts) == 1:
            return self.parts[0].search_many(queries, limit, threshold)
        found = [part.search_many(queries, limit, threshold) for part in self.parts]
        return [
            sorted((hit for hits in of_one for hit in hits), key=lambda hit: -hit.score)[:limit]
            for of_one in zip(*found, strict=True)
        ]
