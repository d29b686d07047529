"""Which lists a screen rests on, how fresh they are, and which are missing.

A stale or missing list never reads as clear.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from licet.facts.errors import CaseError, nearest
from licet.facts.truth import Truth
from licet.parties.entry import Entry
from licet.parties.store.catalogue import Catalogue
from licet.parties.store.model import ListState, Loaded
from licet.services.screen_known import PUBLICATION
from licet.services.screen_model import Lists

NAMED = 6  # lists that a reason names; more are counted
BY_OPTION = " (--list says which lists count)"  # the end of a reason, of use at a command line alone


class Store(Protocol):
    """What a screen asks of the store of lists (`licet.parties.store.store.ListStore`)."""

    @property
    def catalogue(self) -> Catalogue:
        """The publications that are known."""

    def lists(self, known: datetime | None = None) -> tuple[str, ...]:
        """The lists loaded by a moment."""

    def on(self, list_id: str, on: date | None = None, known: datetime | None = None) -> Loaded | None:
        """A list as it stood on a day."""

    def state(self, on: date | None, known: datetime | None, today: date) -> list[ListState]:
        """How each list stands."""

    def snapshot_id(self, on: date | None = None, known: datetime | None = None) -> str:
        """A hash over all of them."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The day of the act, what was known by when (None: all that is), and the day on which the screen is made."""

    on: date
    known: datetime | None
    today: date


@dataclass(frozen=True, slots=True)
class Gathered:
    """The lists in hand, and how they stand."""

    loaded: dict[str, Loaded]
    lists: Lists

    @property
    def entries(self) -> list[Entry]:
        """All entries, list by list."""
        return [entry for loaded in self.loaded.values() for entry in loaded.entries]


def gather(store: Store, moment: Moment, law_reads: Iterable[str], wanted: Sequence[str] = ()) -> Gathered:
    """The lists as they stood. `wanted` narrows them to some, by name or beginning (`us`). Raises CaseError.

    Those that count are the wanted ones, else all that are known to be published and all that the law reads.
    """
    there = store.lists(moment.known)
    counted = {*there, *_published(store.catalogue), *law_reads}
    chosen = _chosen(counted, wanted) if wanted else counted
    loaded = {name: store.on(name, moment.on, moment.known) for name in sorted(chosen.intersection(there))}
    found = {name: one for name, one in loaded.items() if one is not None}
    states = tuple(state for state in store.state(moment.on, moment.known, moment.today) if state.list in found)
    complete, why = _complete(found, states, sorted(chosen - found.keys()), moment)
    snapshot = _snapshot_of(found) if wanted else store.snapshot_id(moment.on, moment.known)
    return Gathered(found, Lists(snapshot, states, complete, why, moment.on))


def _snapshot_of(loaded: dict[str, Loaded]) -> str:
    """A hash over some of the lists."""
    states = "".join(f"{name} {one.edition} {one.hash}\n" for name, one in loaded.items())
    return hashlib.sha256(states.encode()).hexdigest()


def _published(catalogue: Catalogue) -> set[str]:
    return {carried.id for one in catalogue.publications.values() for carried in one.lists}


def _chosen(counted: set[str], wanted: Sequence[str]) -> set[str]:
    chosen: set[str] = set()
    for word in wanted:
        found = {name for name in counted if name == word or name.startswith(f"{word}.")}
        if not found:
            hint = nearest(word, counted) or f"known are {', '.join(sorted(counted))}"
            raise CaseError.one("E_LIST", f"--list: there is no list {word!r}", hint=hint)
        chosen |= found
    return chosen


def _complete(
    loaded: dict[str, Loaded], states: Sequence[ListState], missing: Sequence[str], moment: Moment
) -> tuple[Truth, tuple[str, ...]]:
    """Whether the lists are all here, fresh and certain, and if not why."""
    doubts: dict[str, list[str]] = {}
    for name, one in loaded.items():
        if not one.certain:
            doubts.setdefault(one.why, []).append(name)
    why = [state.words for state in states if state.stale]
    why += [f"{', '.join(names)} on {moment.on}: {doubt}" for doubt, names in doubts.items()]
    if all(one.publication == PUBLICATION for one in loaded.values()):
        why.insert(0, "no list is loaded: licet lists sync fetches them, licet lists add FILE takes one from disk")
    elif missing:
        more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
        why.insert(0, f"not loaded: {', '.join(missing[:NAMED])}{more}{BY_OPTION}")
    return (False if missing or not loaded else None if why else True), tuple(why)
