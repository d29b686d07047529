"""Which editions a screen on a day rests on, and how the list stood that day.

The latest edition issued by that day is the ground. Entries of later editions that were listed by then, as their own
date says, are added with a mark; an end that a later edition gives is heeded. What left before the next edition may
have left by that day, and stays, with a mark; what came with it without a date may have come by then, and stands apart.
Where no edition was issued by that day, the first one is the ground, and the list is not certain: what had left before
it cannot be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from licet.parties.entry import Entry
from licet.parties.store.catalogue import Catalogue
from licet.parties.store.dated import Dated
from licet.parties.store.delta import Step
from licet.parties.store.model import Doubt, Leaving, Load, Loaded, Snapshot

Rows = Callable[[str, str], Dated]  # list, hash
Steps = Callable[[str, str, str], Step]  # list, hash of the old, hash of the new


@dataclass(frozen=True, slots=True)
class Ground:
    """The edition a list rests on for a day, and the later ones known of the same publication.

    `issued`: whether it was issued by that day.
    """

    list: str
    base: Load
    later: tuple[Load, ...]
    issued: bool

    @property
    def snapshot(self) -> Snapshot:
        """The list in the edition it rests on."""
        return snapshot_of(self.base, self.list)


def snapshot_of(load: Load, list_id: str) -> Snapshot:
    """The list in an edition that carries it."""
    found = load.of(list_id)
    if found is None:
        raise KeyError(list_id)
    return found


def ground(
    editions: Sequence[Load], list_id: str, on: date | None, known: datetime | None, catalogue: Catalogue
) -> Ground | None:
    """The ground for a day among editions that carry the list (oldest first); None where there is none.

    Several publications may carry a list. The one known to be current up to a later day goes first (counting no day
    after `on`; a file of unknown age goes last, however late it was loaded), then the list's own publisher before a
    consolidation, and that before any other file.
    """
    found = [_of_series(series, list_id, on) for series in _by_publication(editions)]
    if not found:
        return None
    ranks = {one.id: rank for rank, one in enumerate(reversed(catalogue.carriers(list_id)), start=1)}
    return max(found, key=lambda one: (*_recent(one, on, known), ranks.get(one.base.publication, 0)))


def _recent(one: Ground, on: date | None, known: datetime | None) -> tuple[bool, int]:
    """Issued by the day before not; then the later one, or, where none was issued by then, the earliest."""
    if not one.issued:
        return False, -one.base.day.toordinal()
    current = one.base.current_to(known)
    return True, min(current, on or current).toordinal() if current else 0


def _of_series(series: list[Load], list_id: str, on: date | None) -> Ground:
    issued = [load for load in series if on is None or load.day <= on]
    if issued:
        return Ground(list_id, issued[-1], tuple(series[len(issued) :]), True)
    return Ground(list_id, series[0], tuple(series[1:]), False)


def _by_publication(editions: Iterable[Load]) -> Iterable[list[Load]]:
    found: dict[str, list[Load]] = {}
    for load in editions:
        found.setdefault(load.publication, []).append(load)
    return found.values()


def stand(ground: Ground, on: date | None, rows: Rows, steps: Steps) -> Loaded:
    """The list as it stood on a day; without a day, the whole edition."""
    base = ground.base
    state = rows(ground.list, ground.snapshot.hash)
    if on is None:
        return _loaded(ground, state.entries)
    later = _later(ground, on, state.ids, steps)
    dated = tuple(later.dated[key] for key in sorted(later.dated))
    there = state.standing(on, later.ended)
    undated = frozenset[str]() if ground.issued else there.undated
    return Loaded(
        list=ground.list,
        entries=(*there.entries, *dated) if dated else there.entries,
        edition=base.published if ground.issued else None,
        loaded_at=base.at,
        hash=ground.snapshot.hash,
        publication=base.publication,
        dated_later=frozenset(entry.id for entry in dated),
        undated=undated,
        leaving={one.entry.id: one for one in later.leaving if ground.issued and _stands(one.entry, on)},
        doubts=() if ground.issued else _doubts(ground, on, len(undated)),
        coming=later.coming if ground.issued else (),
    )


def _loaded(ground: Ground, entries: tuple[Entry, ...]) -> Loaded:
    base = ground.base
    return Loaded(ground.list, entries, base.published, base.at, ground.snapshot.hash, base.publication)


def _stands(entry: Entry, on: date) -> bool:
    """Whether its own dates, where it has them, put the entry on the list that day."""
    return (entry.start is None or entry.start <= on) and (entry.end is None or on <= entry.end)


@dataclass(slots=True)
class _Later:
    """What later editions tell of a day: entries listed by then, ids whose end they give, what the next one changed."""

    dated: dict[str, Entry] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    leaving: tuple[Leaving, ...] = ()
    coming: tuple[Entry, ...] = ()


def _later(ground: Ground, on: date, ids: frozenset[str], steps: Steps) -> _Later:
    found = _Later()
    previous = ground.base
    for load in ground.later:
        step = steps(ground.list, snapshot_of(previous, ground.list).hash, snapshot_of(load, ground.list).hash)
        for entry in step.added:
            if entry.id not in ids and entry.start is not None and _stands(entry, on):
                found.dated.setdefault(entry.id, entry)
        for entry in step.ended:
            if not _stands(entry, on) and (entry.start or date.min) <= ground.base.day:
                found.ended.add(entry.id)
        if previous is ground.base:
            found.leaving = leavings(step, previous, load)
            found.coming = tuple(entry for entry in step.added if entry.start is None and _stands(entry, on))
        previous = load
    return found


def leavings(step: Step, old: Load, new: Load) -> tuple[Leaving, ...]:
    """What left between two editions, with the days in between which it left."""
    return tuple(Leaving(entry, old.day, new.day) for entry in step.removed)


def _doubts(ground: Ground, on: date, undated: int) -> tuple[Doubt, ...]:
    first = ground.base.day
    text = f"no edition issued by {on} is loaded: what had left the list before {first} is not seen"
    gone = Doubt("no_edition", text)
    if not undated:
        return (gone,)
    text = f"entries of {first} without a date: {undated}; they may have been listed after {on}"
    return gone, Doubt("undated_rows", text)
