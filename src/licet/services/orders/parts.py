"""An order book read part by part: the distinct cases of some lines, and what stands beside them in the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from licet.batch.tables import Line, Table
from licet.batch.tables_write import Cell
from licet.facts.errors import CaseError, LicetError, Place
from licet.services.orders.jobs import Gathered, Jobs, Numbers
from licet.services.orders.rows import Rows
from licet.services.orders.work import told

TOLD = 10_000  # lines after which is told how far a run is
T = TypeVar("T")
HEADS = ("row", "line", "on", "item", "value")
Wrong = tuple[int, str, str]  # the row, what the line is called, what is wrong with it


@dataclass(slots=True)
class Progress:
    """How far a run is: the share of the table that was read, lines decided, cases worked out, lines rejected."""

    done: float = 0.0
    lines: int = 0
    evaluated: int = 0
    rejected: int = 0
    resumed: int = 0


class Sifted(NamedTuple, Generic[T]):
    """Lines that have an answer: `heads` by column, the distinct answers, and for each line which of them it has."""

    heads: dict[str, list[Cell]]
    of: Numbers
    answers: list[T]


class Part:
    """The lines of a part: what is wrong with some, and for the others (`heads`, by column) the number of their job."""

    def __init__(self, rows: Rows, lines: Iterable[Line], fixed: date | None = None) -> None:
        self.heads: dict[str, list[Cell]] = {name: [] for name in HEADS}
        self.wrong: list[Wrong] = []
        put = [column.append for column in self.heads.values()]
        of: list[int] = []
        gathered = Gathered(rows.places_of_pieces())
        for line in lines:
            name = ""
            try:
                if line.problem:
                    raise CaseError.one("E_TABLE", line.problem)
                name = rows.line(line.cells, line.number)
                cells = rows.widened(line.cells)
                day, value = fixed or rows.day(cells), rows.value(cells)
            except LicetError as error:
                self.wrong.append((line.number, name, "; ".join(map(told, error.problems))))
                continue
            of.append(gathered.add(cells, day, line.number))
            head = (line.number, name, "" if day is None else day.isoformat(), rows.item(cells), value)
            for append, cell in zip(put, head, strict=True):
                append(cell)
        self.of: Numbers = np.array(of, np.int64)
        self.jobs: Jobs = gathered.jobs()

    def sifted(self, answers: Sequence[T | str], of: Numbers) -> Sifted[T]:
        """Lines that have an answer, given which of the `answers` each job has; a text tells what is wrong instead.

        The others are set apart, with what is wrong.
        """
        mine = of[self.of]
        right = np.array([not isinstance(answer, str) for answer in answers], np.bool_)[mine]
        for place in np.flatnonzero(~right).tolist():
            row, name = int(str(self.heads["row"][place])), str(self.heads["line"][place])
            self.wrong.append((row, name, str(answers[mine[place]])))
        kept = np.flatnonzero(right)
        used, places = np.unique(mine[kept], return_inverse=True)
        heads = {name: [column[place] for place in kept.tolist()] for name, column in self.heads.items()}
        there = [answer for number in used.tolist() if not isinstance(answer := answers[number], str)]
        return Sifted(heads, places.astype(np.int64), there)


def parts(table: Table, size: int, progress: Progress, tell: Callable[[Progress], None]) -> Iterator[Iterator[Line]]:
    """The lines of each part; empty ones are left out. Raises CaseError where there is no line at all."""

    def seen() -> Iterator[Line]:
        for line in table.lines:
            if line.problem or any(map(str.strip, line.cells)):
                if progress.lines % TOLD == 0:
                    progress.done = table.done()
                    tell(progress)
                progress.lines += 1
                yield line

    lines = seen()
    while (first := next(lines, None)) is not None:
        yield chain((first,), islice(lines, size - 1))
    if not progress.lines:
        raise CaseError.one("E_TABLE", "the table holds no line", Place(table.name))
    progress.done = 1.0
