"""The index over the names of the lists: made once for the lists as they are now, and from it that of any other day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import is_
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
    starts: dict[str, int] = field(default_factory=dict)

    def of(self, gathered: Gathered) -> Finders:
        """The index over the entries of a day: those of today's lists that stood then, and those of older editions."""
        index = self._current()
        only: NDArray[np.bool_] = np.zeros(len(index.entries), np.bool_)
        older: list[Entry] = []
        for name, loaded in gathered.loaded.items():
            current, start = self.now[name].entries if name in self.now else (), self.starts.get(name, 0)
            if len(current) == len(loaded.entries) and all(map(is_, current, loaded.entries)):
                only[start : start + len(current)] = True
                continue
            own = {entry.id: (place, entry) for place, entry in enumerate(current, start)}
            for entry in loaded.entries:
                place, now = own.get(entry.id, (0, None))
                if now is entry or now == entry:
                    only[place] = True
                else:
                    older.append(entry)
        found = [index if only.all() else index.among(only)]
        if older:
            found.append(self._open(older, gathered.loaded, _digest(older)))
        return Finders(found)

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
    """Several indexes searched as one."""

    parts: Sequence[Index]

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
