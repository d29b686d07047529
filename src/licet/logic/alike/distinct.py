"""Which numbers there are among many: by a table as long as their span where that is short, else by sorting."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
SPARSE = 4  # keys that there could be for each place, from which on sorting costs less


def distinct(keys: Places, span: int) -> tuple[Places, Places, Places]:
    """The keys that occur, in order, a place of each, and for every place the number of its key among them.

    Keys are at least 0 and below the span.
    """
    if span > SPARSE * len(keys):
        return np.unique(keys, return_index=True, return_inverse=True)
    place = np.full(span, -1, np.int64)
    place[keys] = np.arange(len(keys))
    found = np.flatnonzero(place >= 0)
    number = np.empty(span, np.int64)
    number[found] = np.arange(len(found))
    return found, place[found], number[keys]


def present(codes: NDArray[np.int32]) -> list[int]:
    """The numbers that occur, in order, from -1 on."""
    there = np.zeros(int(codes.max(initial=-1)) + 2, np.bool_)
    there[codes + 1] = True
    return (np.flatnonzero(there) - 1).tolist()
