"""The entries of one state of a list with their days as arrays, so that those of any day are picked at once.

The lists of days that differ in nothing share what they hold.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from typing import TYPE_CHECKING

from licet.parties.entry import Entry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KEPT = 16  # different states of a list that are remembered


@dataclass(frozen=True, slots=True)
class Standing:
    """The entries that stand on a day, and the ids of those that do not say since when."""

    entries: tuple[Entry, ...]
    undated: frozenset[str]


@dataclass(slots=True)
class Dated:
    """The entries of a state of a list."""

    entries: tuple[Entry, ...]
    ids: frozenset[str] = field(init=False)
    starts: NDArray[np.int32] = field(init=False)
    ends: NDArray[np.int32] = field(init=False)
    known: OrderedDict[bytes, Standing] = field(init=False, default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self.ids = frozenset(entry.id for entry in self.entries)
        self.starts = _days((entry.start for entry in self.entries), 0)
        self.ends = _days((entry.end for entry in self.entries), date.max.toordinal())

    def standing(self, on: date, ended: set[str]) -> Standing:
        """Those which their own days put on the list on a day, but for some that `ended`."""
        import numpy as np  # noqa: PLC0415 - slow to load, and not every process has lists

        day = on.toordinal()
        there = (self.starts <= day) & (day <= self.ends)
        if ended:
            there &= np.array([entry.id not in ended for entry in self.entries], np.bool_)
        key = np.packbits(there).tobytes()
        found = self.known.get(key)
        if found is None:
            entries = tuple(compress(self.entries, there.tolist()))
            undated = compress(self.entries, (there & (self.starts == 0)).tolist())
            found = self.known[key] = Standing(entries, frozenset(entry.id for entry in undated))
            if len(self.known) > KEPT:
                self.known.popitem(last=False)
        return found


def _days(days: Iterable[date | None], without: int) -> NDArray[np.int32]:
    import numpy as np  # noqa: PLC0415

    return np.array([without if day is None else day.toordinal() for day in days], np.int32)
