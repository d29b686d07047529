"""The parties of the law's own file as lists, where the published ones are not loaded.

They are few, so such a list is never certain: what is not found on it may stand on the real one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property

from licet.parties.entry import Entry, Name
from licet.parties.known import KnownParties, Party, Row
from licet.parties.store.catalogue import Catalogue
from licet.parties.store.dated import Dated
from licet.parties.store.model import Doubt, ListState, Loaded
from licet.parties.store.store import ListStore

PUBLICATION = "law"
_FEW = "only the parties of the law's own file are known, not the whole list"


@dataclass
class StoreAndKnown:
    """The store of lists, and the known parties for lists that it has not."""

    store: ListStore
    known: KnownParties

    @property
    def catalogue(self) -> Catalogue:
        """The publications that are known."""
        return self.store.catalogue

    def lists(self, known: datetime | None = None) -> tuple[str, ...]:
        """The lists in hand."""
        return tuple(sorted({*self.store.lists(known), *self.known.lists}))

    def on(self, list_id: str, on: date | None = None, known: datetime | None = None) -> Loaded | None:
        """A list as it stood on a day."""
        if list_id in self.store.lists(known) or list_id not in self.known.lists:
            return self.store.on(list_id, on, known)
        state = self.states[list_id]
        entries = state.entries if on is None else state.standing(on, set()).entries
        day = date.fromisoformat(self.known.lists[list_id])
        loaded_at = datetime.combine(day, time(), UTC)
        doubts = (Doubt("few_parties", _FEW),)
        return Loaded(list_id, entries, day, loaded_at, self.known.hash, PUBLICATION, doubts=doubts)

    def state(self, on: date | None, known: datetime | None, today: date) -> list[ListState]:
        """How each list stands."""
        states = self.store.state(on, known, today)
        there = {state.list for state in states}
        own = [self._state(name, on, today) for name in self.known.lists if name not in there]
        return sorted([*states, *own], key=lambda state: state.list)

    def snapshot_id(self, on: date | None = None, known: datetime | None = None) -> str:
        """A hash over all of them."""
        return hashlib.sha256(f"{self.store.snapshot_id(on, known)} {self.known.hash}".encode()).hexdigest()

    def _state(self, name: str, on: date | None, today: date) -> ListState:
        loaded = self.on(name)
        assert loaded is not None
        assert loaded.edition is not None
        count = sum(len(entry.names) for entry in loaded.entries)
        return ListState(
            list=name,
            title=self.known.titles.get(name, name),
            edition=loaded.edition,
            loaded_at=loaded.loaded_at,
            entries=len(loaded.entries),
            names=count,
            hash=loaded.hash,
            publication=PUBLICATION,
            age=max(0, ((on or today) - loaded.edition).days),
            stale=False,  # it is not certain, which says more
            words=f"{name}: {_FEW}, read up to {loaded.edition}",
        )

    @cached_property
    def states(self) -> dict[str, Dated]:
        """The rows of the known parties by list."""
        found: dict[str, list[Entry]] = {name: [] for name in self.known.lists}
        for party in self.known.parties.values():
            for row in party.rows:
                if row.list in found:
                    found[row.list].append(_entry(party, row))
        return {name: Dated(tuple(sorted(rows, key=lambda entry: entry.id))) for name, rows in found.items()}


def _entry(party: Party, row: Row) -> Entry:
    """A row of a known party as an entry."""
    names = tuple(Name(text, "primary" if place == 0 else "alias") for place, text in enumerate(party.names))
    return Entry(
        list=row.list,
        id=f"{party.entity}-{row.start}",
        names=names,
        kind="firm",
        countries=(party.country,),
        footnotes=row.footnotes,
        scope=row.scope_text,
        policy=row.policy_text,
        start=row.start,
        end=row.end,
        cite=row.cite,
    )
