"""What the store of lists keeps and answers: loads, snapshots of lists, and a list as it stood on a day.

A *load* takes one edition of one publication from the files received. A publication carries one or several
lists; of each the load keeps a *snapshot*. The store has two clocks: when the publisher issued an edition, and
when it was loaded here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from licet.parties.entry import Entry


@dataclass(frozen=True, slots=True)
class Received:
    """One file as received. `sha256` names its content; `url` is empty for a file from disk."""

    name: str
    sha256: str
    size: int
    url: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One list of one load.

    `hash` is the SHA-256 of the entries in their kept form, `names` counts all names of the `entries`; `added`,
    `changed` and `removed` count against the edition before it, None where there was none. `skipped` counts rows the
    reader left out, by reason.
    """

    list: str
    hash: str
    entries: int
    names: int
    added: int | None = None
    changed: int | None = None
    removed: int | None = None
    skipped: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Load:
    """One edition of one publication as loaded.

    `id` is made of the time and the content; `published` is the publisher's own day, None where the files give none;
    `confirmed` are the times at which the publisher served just this edition. `accepted` holds the refusals that a
    person waived for this load.
    """

    id: str
    publication: str
    at: datetime
    published: date | None
    format: str
    files: tuple[Received, ...]
    snapshots: tuple[Snapshot, ...]
    confirmed: tuple[datetime, ...] = ()
    accepted: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day this edition stands for: the publisher's, else the one it was loaded on."""
        return self.published or self.at.astimezone(UTC).date()

    def of(self, list_id: str) -> Snapshot | None:
        """The snapshot of a list."""
        return next((snapshot for snapshot in self.snapshots if snapshot.list == list_id), None)

    def current_to(self, known: datetime | None = None) -> date | None:
        """The last day on which this is known to have been the publisher's latest; None without any dated sign."""
        seen = [at.astimezone(UTC).date() for at in self.confirmed if known is None or at <= known]
        return max((*seen, self.published) if self.published else seen, default=None)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a list as of a day may lack rows. `code`: no_edition, undated_rows."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """A row that left between two editions: the day of the last that has it, and of the first that has not."""

    entry: Entry
    last_seen: date
    first_missing: date


@dataclass(frozen=True, slots=True)
class Loaded:
    """A list as it stood on a day, as far as the store can tell.

    `edition` is the publisher's day of the edition it rests on (None where that has no date, or where no edition was
    issued by that day). Ids of entries with a mark: `dated_later` are of later editions, but their own date says that
    they were listed by then; `undated` may have been listed only after the day asked for; `leaving` were gone from the
    next edition, so may have left by then. Not among the entries are those `coming`: the next edition is the first to
    have them, and they carry no date, so they may have been listed by then. Where `doubts` is not empty the list is
    not certain, and no screen against it may read as clear.
    """

    list: str
    entries: tuple[Entry, ...]
    edition: date | None
    loaded_at: datetime
    hash: str
    publication: str
    dated_later: frozenset[str] = frozenset()
    undated: frozenset[str] = frozenset()
    leaving: dict[str, Leaving] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    coming: tuple[Entry, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether every row that stood on the list that day is known to be here."""
        return not self.doubts

    @property
    def why(self) -> str:
        """Why not, in words; empty where it is certain."""
        return "; ".join(doubt.text for doubt in self.doubts)


@dataclass(frozen=True, slots=True)
class ListState:
    """How a list in use stands on a day: its edition, its age and whether it is stale, in figures and in words.

    `age` counts days since the edition was last known to be the publisher's latest; None where no date is known.
    A stale list never reads as clear.
    """

    list: str
    title: str
    edition: date | None
    loaded_at: datetime
    entries: int
    names: int
    hash: str
    publication: str
    age: int | None
    stale: bool
    words: str
