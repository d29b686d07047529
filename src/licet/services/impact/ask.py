"""`licet impact`: an order book decided twice, compared line by line, and each move traced to what changed."""

from __future__ import annotations

import csv
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from licet.batch.compare import FLIP, REASONS, Compared
from licet.facts.case import Case, read_case
from licet.facts.errors import CaseError, LicetError
from licet.services.check import Checker
from licet.services.impact.causes import Causes, untraced
from licet.services.impact.model import (
    FLIPS,
    NOTHING,
    SCHEMA,
    Cause,
    ChangeAnswer,
    ImpactAnswer,
    Move,
    SideAnswer,
)
from licet.services.impact.turned import Turned
from licet.services.orders.mapping import OrderMap
from licet.services.orders.rows import Rows
from licet.services.orders.run import Finished, Progress, Wanted, open_pool, run
from licet.services.orders.work import Book
from licet.services.screen_tables import open_table

MOST = 2_000  # sorts of lines that are traced; the rest takes the causes of a line that moved alike
Tell = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Side:
    """A law, or a day: what it is called, the day on which every line is asked (None: its own), what opens the law."""

    name: str
    day: date | None
    opening: Callable[[], Checker]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared, and which provisions turned between the sides."""

    before: Side
    after: Side
    turned: Callable[[Checker, Checker], dict[str, Turned]]


@dataclass(slots=True)
class Impact:
    """The answer, with the lines behind it. `rejected` yields rows of `row, line, reason`."""

    answer: ImpactAnswer
    compared: Compared
    rejected: Callable[[], Iterator[tuple[int, str, str]]]


def impact(orders: OrderMap, wanted: Wanted, asked: Asked, folder: Path, tell: Tell) -> Impact:
    """Decide the book on both sides. `folder` holds what is made on the way. Raises LicetError.

    Sides with the same opening share their processes, and so every answer that the change cannot touch.
    """
    first = asked.before.opening()
    one = asked.after.opening is asked.before.opening
    second = first if one else asked.after.opening()
    finished = _both(orders, wanted, asked, (first, second), folder, tell)
    tell(1.0, "comparing")
    compared = Compared(finished[0].parts, finished[1].parts, folder)
    try:
        turned = asked.turned(first, second)
        traced = _Traced(orders, wanted, compared, Causes(
            (first, asked.before.day), (second, asked.after.day), wanted.options, turned,
        ), first)  # fmt: skip
        traced.trace(tell)
        rejected = _Rejected(tuple(each.rejected for each in finished))
        sides = [
            SideAnswer(side.name, "" if side.day is None else side.day.isoformat(), checker.law.hash)
            for side, checker in ((asked.before, first), (asked.after, second))
        ]
        return Impact(
            _answer(orders, wanted, (sides[0], sides[1]), compared, traced, rejected), compared, rejected.rows
        )
    except BaseException:
        compared.close()
        raise


def _both(
    orders: OrderMap, wanted: Wanted, asked: Asked, checkers: tuple[Checker, Checker], folder: Path, tell: Tell
) -> tuple[Finished, Finished]:
    """The book decided on each side, into parts of its own."""
    found: list[Finished] = []
    pool = None
    try:
        for number, (side, checker) in enumerate(zip((asked.before, asked.after), checkers, strict=True)):
            mine = replace(wanted, out=folder / f"side{number}.parquet", day=side.day, opening=side.opening)
            if pool is None or checkers[0] is not checkers[1]:
                if pool is not None:
                    pool.close()
                table = open_table(wanted.table, wanted.encoding, wanted.sheet)
                names = Rows(orders, table.columns, table.name, checker.law.dictionary).names
                pool = open_pool(checker, Book(orders, names, table.name), mine)

            def told(progress: Progress, number: int = number, name: str = side.name) -> None:
                text = f"{name}: {progress.lines:,} lines, {progress.evaluated:,} different cases"
                tell((number + progress.done) / 2, text)

            found.append(run(checker, orders, mine, told, pool))
    finally:
        if pool is not None:
            pool.close()
    return found[0], found[1]


class _Traced:
    """The causes of every sort of line that moved."""

    def __init__(self, orders: OrderMap, wanted: Wanted, compared: Compared, causes: Causes, checker: Checker) -> None:
        self.orders, self.wanted, self.compared, self.causes = orders, wanted, compared, causes
        self.checker = checker
        self.changes: list[tuple[Cause, ...]] = []
        self.examined = self.assumed = 0

    def trace(self, tell: Tell) -> None:
        """Name the changes, and tell the comparison which of them moved which lines."""
        examples = self.compared.examples()
        asked = {row: (same, was, now) for same, _, row, _, was, now in examples[:MOST]}
        found: dict[int, tuple[Cause, ...]] = {}
        for case, row in self._cases(asked, max(asked, default=0)):
            same, was, now = asked[row]
            try:
                found[same] = self.causes.of(case, was, now)
            except LicetError:  # decided before, so only a table that changed meanwhile comes here
                found[same] = (untraced(was, now),)
            tell(1.0, f"tracing {len(found):,} of {len(asked):,}")
        self.examined = len(found)
        alike = {wider: found[same] for same, wider, *_ in reversed(examples) if same in found}
        for same, wider, _, _, was, now in examples:
            if same not in found:
                self.assumed += 1
                found[same] = alike.get(wider) or (untraced(was, now),)
        self._number(found)

    def _cases(self, wanted: Container[int], last: int) -> Iterator[tuple[Callable[[], Case], int]]:
        """The lines of the table that are asked for, as what reads their case afresh."""
        table = open_table(self.wanted.table, self.wanted.encoding, self.wanted.sheet)
        rows = Rows(self.orders, table.columns, table.name, self.checker.law.dictionary)
        for line in table.lines:
            if line.number > last:
                return
            if line.number in wanted:
                cells = rows.widened(line.cells)
                said, day = rows.said(cells), self._day(rows, cells)

                def read(said: tuple[str, ...] = said, number: int = line.number, day: date | None = day) -> Case:
                    case = read_case(rows.case(said, number), self.checker.law.dictionary)
                    case.on = day or case.on
                    return case

                yield read, line.number

    def _day(self, rows: Rows, cells: tuple[str, ...]) -> date | None:
        """The day of a line itself, where it is asked for."""
        return rows.day(cells) if None in (self.causes.before[1], self.causes.after[1]) else None

    def _number(self, found: dict[int, tuple[Cause, ...]]) -> None:
        """Causes that move the same sorts are one change."""
        moved: dict[Cause, list[int]] = {}
        for same, causes in found.items():
            for cause in causes:
                moved.setdefault(cause, []).append(same)
        together: dict[tuple[int, ...], list[Cause]] = {}
        for cause, sorts in moved.items():
            together.setdefault(tuple(sorts), []).append(cause)
        for number, (same_sorts, same_moved) in enumerate(together.items(), 1):
            self.changes.append(tuple(same_moved))
            self.compared.name((same, number) for same in same_sorts)


@dataclass(frozen=True, slots=True)
class _Rejected:
    """The lines that could not be decided on a side."""

    files: tuple[Path | None, ...]

    def rows(self) -> Iterator[tuple[int, str, str]]:
        """Each line once: its row, what it is called, and what is wrong with it."""
        seen: set[int] = set()
        for file in self.files:
            if file is not None:
                with file.open(encoding="utf-8", newline="") as opened:
                    reader = csv.reader(opened)
                    next(reader, None)
                    for row, name, reason in reader:
                        if int(row) not in seen:
                            seen.add(int(row))
                            yield int(row), name, reason


def _answer(
    orders: OrderMap,
    wanted: Wanted,
    sides: tuple[SideAnswer, SideAnswer],
    compared: Compared,
    traced: _Traced,
    rejected: _Rejected,
) -> ImpactAnswer:
    moves = compared.moves()
    flips, reasons = (tuple(Move(*row[1:]) for row in moves if row[0] == kind) for kind in (FLIP, REASONS))
    flipped = sum(move.lines for move in flips)
    count = sum(1 for _ in rejected.rows())
    if not compared.lines and not count:
        raise CaseError.one("E_TABLE", "no line could be compared")
    return ImpactAnswer(
        schema=SCHEMA,
        table=wanted.table.name,
        before=sides[0],
        after=sides[1],
        currency=orders.currency,
        lines=compared.lines,
        value=compared.value,
        flipped=flipped,
        flips=flips,
        reasons=reasons,
        open=sum(row[3] for row in moves if row[0] not in (FLIP, REASONS)),
        rejected=count,
        examined=traced.examined,
        assumed=traced.assumed,
        changes=tuple(_changes(compared, traced)),
        exit_code=FLIPS if flipped else NOTHING,
    )


def _changes(compared: Compared, traced: _Traced) -> list[ChangeAnswer]:
    """The changes, those that flip most lines first; their numbers are those of the table."""
    counted: dict[tuple[int, str], tuple[int, int, float | None]] = {
        (number, kind): (lines, items, value) for number, kind, lines, items, value in compared.by_change()
    }
    moves: dict[int, list[Move]] = {}
    for number, *move in compared.by_change_and_move():
        moves.setdefault(number, []).append(Move(*move))
    found = []
    for number, causes in enumerate(traced.changes, 1):
        lines, items, value = counted.get((number, FLIP), (0, 0, None))
        others = counted.get((number, REASONS), (0, 0, None))[0]
        found.append(ChangeAnswer(number, causes, lines, items, value, others, tuple(moves.get(number, ()))))
    return sorted(found, key=_first)


def _first(change: ChangeAnswer) -> tuple[int, int, str, int]:
    """Those that flip most lines come first, then the earlier."""
    day = min((cause.day for cause in change.causes if cause.day), default="")
    return -change.lines, -change.others, day, change.number
