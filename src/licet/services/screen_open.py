"""Screeners over the lists and the law in use."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from licet.facts.errors import CaseError
from licet.parties.store.store import ListStore
from licet.rules.law import Law
from licet.services.align_turns import turning_days
from licet.services.case_screen import CaseScreen
from licet.services.effects import Effects
from licet.services.effects_readers import KnownReads
from licet.services.home import home
from licet.services.kept import Compiled
from licet.services.screen import Screener, Settings, effects_of, screener
from licet.services.screen_known import StoreAndKnown
from licet.services.screen_model import Asked

if TYPE_CHECKING:
    from licet.services.screen_names import Names


def open_store() -> ListStore:
    """The lists in use, without what reads and fetches new ones (see `licet.services.lists`), which is slow to load."""
    own = home()
    if own is None:
        raise CaseError.one("E_NO_HOME", "there is no folder to keep lists in", hint="set LICET_HOME to one")
    return ListStore(own / "lists")


MOST_DAYS = 1_200  # screens of days that are kept
MOST_HITS = 40  # of a party in a case: a group has many firms of nearly one name


def _silent(count: int) -> None:
    """Tell nobody."""


def open_screener(compiled: Compiled, settings: Settings, tell: Callable[[int], None] = _silent) -> Screener:
    """A screener over the lists in Licet's own folder. Raises LicetError.

    `tell` is called with the number of entries before an index of names is built, which takes a while.
    """
    return Screeners(compiled, open_store(), home(), tell=tell).open(settings)


@dataclass
class Screeners:
    """Screeners for one or many days over one store, with one index of names for all of them."""

    compiled: Compiled
    store: ListStore
    own: Path | None
    known: datetime | None = None
    tell: Callable[[int], None] = _silent
    days: dict[date, CaseScreen] = field(default_factory=dict)
    effects: dict[int, Effects | None] = field(default_factory=dict)
    reads: KnownReads = field(default_factory=dict)
    asked: dict[tuple[object, ...], tuple[Asked, ...]] = field(default_factory=dict)

    @cached_property
    def lists(self) -> StoreAndKnown:
        """The lists that are loaded, and the parties of the law's own file where others are not."""
        return StoreAndKnown(self.store, self.compiled.parties)

    @cached_property
    def names(self) -> Names:
        """The names of the lists as they are now."""
        from licet.services.screen_names import Names  # noqa: PLC0415 - slow to load, and not every process has lists

        return Names(self.lists, None if self.own is None else self.own / "index", self.tell)

    def open(self, settings: Settings) -> Screener:
        """A screener with these settings."""
        compiled = self.compiled
        effects = effects_of if settings.effects else self._effects
        return screener(self.lists, compiled.law, compiled.parties, self.own, settings, self.names.of, effects)

    def on(self, day: date) -> CaseScreen:
        """The screen of the parties of cases of a day."""
        if day not in self.days:
            while len(self.days) >= MOST_DAYS:
                self.days.pop(next(iter(self.days)))
            settings = Settings(day, self.known, limit=MOST_HITS, effects=False)
            self.days[day] = CaseScreen(self.open(settings), read=self.asked)
        return self.days[day]

    @cached_property
    def turns(self) -> list[date]:
        """The days on which law turns."""
        return sorted({day for rule in self.compiled.law.rules.values() for day in turning_days(rule)})

    def _effects(self, law: Law, day: date) -> Effects | None:
        """What tells which lists the law of a day reads: the same for all days between two turns."""
        stretch = bisect_right(self.turns, day)
        if stretch not in self.effects:
            self.effects[stretch] = effects_of(law, day, self.reads)
        return self.effects[stretch]
