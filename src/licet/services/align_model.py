"""What `licet align` reads and answers."""

from __future__ import annotations

from dataclasses import dataclass

from licet.facts.yamltext import Mapping
from licet.rules.model import Source

YES, NO, UNKNOWN, UNREAD = "yes", "no", "unknown", "unread"


@dataclass(frozen=True, slots=True)
class Place:
    """A country whose own law is asked, and the name of its row."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """An item that stands for a technology: its facts as in a case file."""

    id: str
    name: str
    facts: Mapping


@dataclass(frozen=True, slots=True)
class RegimeStand:
    """What a regime did about a technology: the day it adopted a control, or that by a day it had none."""

    regime: str
    adopted: str
    by: str
    why: str
    source: Source


@dataclass(frozen=True, slots=True)
class Technology:
    """A technology with its reference items. `makers` are the places that can supply it, where a source says so."""

    id: str
    title: str
    items: tuple[ReferenceItem, ...]
    regimes: tuple[RegimeStand, ...]
    makers: tuple[str, ...]
    makers_source: Source | None
    case: Mapping | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one day to another the same answer. `partly` tells that a no holds only as far as the law is encoded.

    `value` is yes (an authorisation is needed, or it is forbidden), no, unknown, or unread (before or after what was
    read of the law). `by` are the provisions that ask, `entries` the list entries that describe the item,
    `thresholds` the lines of those entries that the item meets, `policy` how an application is reviewed.
    """

    first: str
    last: str
    value: str
    partly: bool
    by: tuple[str, ...]
    entries: tuple[str, ...]
    thresholds: tuple[str, ...]
    policy: str


@dataclass(frozen=True, slots=True)
class Control:
    """A time in which a place controls an item; what lies open in between does not end it.

    With `at_latest` it may have begun before `first`, because what was the law before is not known.
    """

    first: str
    last: str
    at_latest: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One place: the stretches of its law, oldest first, and the controls they make."""

    place: str
    name: str
    jurisdictions: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    controls: tuple[Control, ...]

    def on(self, day: str) -> Stretch | None:
        """The stretch of a day, as an ISO date."""
        return next((stretch for stretch in self.stretches if stretch.first <= day <= stretch.last), None)

    def control(self, day: str) -> Control | None:
        """The control in force on a day, else the next one to come."""
        return next((control for control in self.controls if day <= control.last), None)


@dataclass(frozen=True, slots=True)
class Joining:
    """If this place controlled the item too, it could still be had from those that remain."""

    place: str
    remaining: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """One reference item over all places.

    `first` and `last` are the days on which the first and the last of the places that ever controlled it began to,
    `lag` the days between them; `unsure` are places left out of this, because they may have begun before.
    `sources` are the places from which it could go without an authorisation on the day asked about, `open` those of
    which that is not known.
    """

    id: str
    name: str
    rows: tuple[Row, ...]
    first: str
    last: str
    lag: int | None
    unsure: tuple[str, ...]
    sources: tuple[str, ...]
    open: tuple[str, ...]
    joining: tuple[Joining, ...]


@dataclass(frozen=True, slots=True)
class AlignAnswer:
    """The whole answer; days are ISO dates."""

    technology: str
    title: str
    to: str
    start: str
    end: str
    on: str
    law: str
    makers: tuple[str, ...]
    makers_source: str
    items: tuple[ItemAnswer, ...]
    regimes: tuple[RegimeStand, ...]
