"""What a reader gathers: entries by list, and what it left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from licet.parties.entry import Edition, Entry
from licet.parties.readers.safe import Source

Editions = dict[str, Edition]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user said about a file: the list it is, and whether lists not known here may be left out."""

    list_id: str = ""
    skip_unknown: bool = False

    def list_or(self, own: str) -> str:
        """The list the user named, else the format's own."""
        return self.list_id or own


@dataclass(slots=True)
class Harvest:
    """Collects the entries of a file; rows without a name or of another kind are counted by list and reason."""

    format: str
    source: Source
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    skipped: dict[str, Counter[str]] = field(default_factory=dict)
    _seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """One more entry. Two rows with the same id stay apart: the second ends in `-2`."""
        if not entry.names:
            self.skip(entry.list, "no name")
            return
        key = (entry.list, entry.id)
        times = self._seen[key] = self._seen.get(key, 0) + 1
        if times > 1:
            entry = replace(entry, id=f"{entry.id}-{times}")
        self.entries.setdefault(entry.list, []).append(entry)

    def skip(self, list_id: str, reason: str, count: int = 1) -> None:
        """Rows left out."""
        self.skipped.setdefault(list_id, Counter())[reason] += count

    def declare(self, list_id: str) -> None:
        """A list the file is about, even if nobody stands on it."""
        self.entries.setdefault(list_id, [])

    def editions(self, published: date | None = None) -> Editions:
        """An edition for each list; an error where the file holds no party at all."""
        if not self.entries:
            raise self.source.wrong("P_EMPTY", "holds no party", "fetch it again from its publisher")
        return {
            list_id: Edition(self.format, tuple(entries), published, dict(self.skipped.get(list_id, {})))
            for list_id, entries in self.entries.items()
        }
