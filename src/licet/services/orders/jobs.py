"""The distinct cases of some lines, column by column: lines that agree in what they say and in their day are one job.

What a line says comes in pieces: what it says of the case as a whole, of its item, and of each of its parties. Each
distinct piece is kept once, and a job names its pieces by number; so a million lines that combine a few thousand items
with a few thousand buyers are handed to another process as numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

Said = tuple[str, ...]  # the cells of a piece
Numbers = NDArray[np.int64]
CASE, ITEM, PARTIES = 0, 1, 2  # the pieces; from PARTIES on, one for each party of a line


@dataclass(frozen=True, slots=True)
class Jobs:
    """Some jobs.

    `texts` are the distinct cells of each piece, and `of` (pieces by jobs) which of them a job has; `days` are the
    distinct days and `day_of` which of them it has; `rows` a row of the table that it stands in.
    """

    texts: tuple[Sequence[Said], ...]
    of: Numbers
    days: Sequence[date | None]
    day_of: Numbers
    rows: Numbers

    def __len__(self) -> int:
        return len(self.rows)

    def said(self, number: int) -> tuple[Said, ...]:
        """What a job says, piece by piece."""
        return tuple(texts[of[number]] for texts, of in zip(self.texts, self.of, strict=True))

    def day(self, number: int) -> date | None:
        """The day of a job; None where only its case may say one."""
        return self.days[int(self.day_of[number])]

    def some(self, numbers: Numbers) -> Jobs:
        """Only these jobs, and what they say."""
        if len(numbers) == len(self):
            return self
        texts, of = [], np.empty((len(self.texts), len(numbers)), np.int64)
        for piece, all_texts in enumerate(self.texts):
            used, of[piece] = np.unique(self.of[piece, numbers], return_inverse=True)
            texts.append([all_texts[place] for place in used.tolist()])
        used, day_of = np.unique(self.day_of[numbers], return_inverse=True)
        return Jobs(
            tuple(texts), of, [self.days[place] for place in used.tolist()], day_of.astype(np.int64), self.rows[numbers]
        )

    def also_on(self, day: date) -> Jobs:
        """The same jobs, and after them all of them once more on this day."""
        twice = replace(
            self,
            of=np.concatenate([self.of, self.of], axis=1),
            days=[*self.days, day],
            rows=np.concatenate([self.rows, self.rows]),
        )
        return replace(twice, day_of=np.concatenate([self.day_of, np.full(len(self), len(self.days), np.int64)]))


class Gathered:
    """Gathers jobs line by line. `places` are those of the cells of each piece in a line."""

    def __init__(self, places: Sequence[Sequence[int]]) -> None:
        self.picks = [_pick(each) for each in places]
        self.texts: list[dict[Said, int]] = [{} for _ in places]
        self.days: dict[date | None, int] = {}
        self.known: dict[tuple[int, ...], int] = {}
        self.rows: list[int] = []

    def add(self, cells: Sequence[str], day: date | None, row: int) -> int:
        """The number of the job of a line."""
        key = [self.days.setdefault(day, len(self.days))]
        for pick, texts in zip(self.picks, self.texts, strict=True):
            key.append(texts.setdefault(pick(cells), len(texts)))
        number = self.known.setdefault(tuple(key), len(self.known))
        if number == len(self.rows):
            self.rows.append(row)
        return number

    def jobs(self) -> Jobs:
        """All of them."""
        width = len(self.picks) + 1
        keys = np.fromiter((each for key in self.known for each in key), np.int64, width * len(self.known))
        columns = keys.reshape(-1, width).T
        return Jobs(
            tuple([*texts] for texts in self.texts),
            columns[1:],
            [*self.days],
            columns[0],
            np.array(self.rows, np.int64),
        )


def _pick(places: Sequence[int]) -> Callable[[Sequence[str]], Said]:
    """What takes the cells at some places out of a line."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: tuple([cells[place] for place in places])


def together(columns: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """Rows of numbers told apart: a place of each distinct row, and for every row which of them it is."""
    first, which = np.unique(columns[0], return_index=True, return_inverse=True)[1:]
    for column in columns[1:]:
        _, numbers = np.unique(column, return_inverse=True)
        both = which * (int(numbers.max(initial=0)) + 1) + numbers
        first, which = np.unique(both, return_index=True, return_inverse=True)[1:]
    return first.astype(np.int64), which.astype(np.int64)
