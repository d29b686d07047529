"""How a list in use stands on a day: its age, whether it is stale, and that in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from licet.parties.store.asof import Ground
from licet.parties.store.catalogue import Catalogue
from licet.parties.store.model import ListState, Load

_RHYTHMS = {1: "daily", 7: "weekly", 30: "monthly", 365: "yearly"}


@dataclass(frozen=True, slots=True)
class _Rhythm:
    every: int | None
    stale_after: int


def state_of(ground: Ground, on: date | None, known: datetime | None, today: date, catalogue: Catalogue) -> ListState:
    """The state of a list for a screen on a day.

    Age counts from the last day on which the edition is known to have been the publisher's latest. A list is stale
    when that is longer ago than its publisher's rhythm bears, when no edition had been issued by the day asked for,
    or when its publisher has a rhythm and the edition has no date.
    """
    day = on or today
    base, rhythm = ground.base, _rhythm(ground.list, catalogue)
    current = base.current_to(known)
    age = max(0, (day - current).days) if current is not None and ground.issued else None
    stale = not ground.issued or (rhythm is not None and (age is None or age > rhythm.stale_after))
    return ListState(
        list=ground.list,
        title=catalogue.title(ground.list),
        edition=base.published if ground.issued else None,
        loaded_at=base.at,
        entries=ground.snapshot.entries,
        names=ground.snapshot.names,
        hash=ground.snapshot.hash,
        publication=base.publication,
        age=age,
        stale=stale,
        words=f"{ground.list}: {_words(ground, on, current, age)}{_issued(rhythm) if stale and ground.issued else ''}",
    )


def _rhythm(list_id: str, catalogue: Catalogue) -> _Rhythm | None:
    """The rhythm of the list's own publisher; its edition ages alike in whatever file it came."""
    carriers = catalogue.carriers(list_id)
    return _Rhythm(carriers[0].every, carriers[0].stale_after) if carriers else None


def _words(ground: Ground, on: date | None, current: date | None, age: int | None) -> str:
    base = ground.base
    if not ground.issued:
        return f"no edition issued by {on} is loaded, the first is of {base.day}"
    if age is None or current is None:
        return f"loaded {base.day}, the publisher's date is not known"
    return _edition(base, current) + _ago(age, on)


def _edition(load: Load, current: date) -> str:
    if load.published is None:
        return f"served by the publisher on {current}"
    still = f", still the latest on {current}" if current > load.published else ""
    return f"edition of {load.published}{still}"


def _ago(age: int, on: date | None) -> str:
    days = f"{age} day" if age == 1 else f"{age} days"
    if on is None:
        return f", {days} old"
    return f", {days} before {on}" if age else ""


def _issued(rhythm: _Rhythm | None) -> str:
    if rhythm is None:
        return ""
    if rhythm.every is None:
        return f", the publisher issues it as it changes, so it is stale after {rhythm.stale_after} days"
    return f", the publisher issues it {_RHYTHMS.get(rhythm.every, f'every {rhythm.every} days')}"
