"""`licet impact`: an order book decided twice, compared line by line, and each move traced to what changed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from licet.batch.compare import FLIP, REASONS, Compared
from licet.facts.case import Case, read_case
from licet.facts.errors import LicetError
from licet.services.check import Checker
from licet.services.impact.both import Asked, Side, Tell, both_sides
from licet.services.impact.causes import Causes, untraced
from licet.services.impact.kept import NOT_KEPT, Going, KeptParts, open_parts
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
from licet.services.orders.mapping import OrderMap
from licet.services.orders.parts import Wrong
from licet.services.orders.rows import Rows
from licet.services.orders.wanted import Wanted
from licet.services.screen_tables import open_table

MOST = 2_000  # sorts of lines that are traced; the rest takes the causes of a line that moved alike


@dataclass(slots=True)
class Impact:
    """The answer, with the lines behind it. `rejected` are rows of `row, line, reason`, `parts` what it was made of."""

    answer: ImpactAnswer
    compared: Compared
    rejected: list[Wrong]
    parts: KeptParts = NOT_KEPT


def impact(
    orders: OrderMap, wanted: Wanted, asked: Asked, folder: Path, tell: Tell, going: Going | None = None
) -> Impact:
    """Decide the book on both sides. `folder` holds what is made on the way. Raises LicetError.

    With `going`, a run that is cut short goes on where it stopped; close its parts when the answer is handed out.
    Sides with the same opening share their processes, and so every answer that the change cannot touch.
    """
    first = asked.before.opening()
    one = asked.after.opening is asked.before.opening
    second = first if one else asked.after.opening()
    rejected: list[Wrong] = []
    kept = open_parts(
        going, [(side.name, _day(side)) for side in (asked.before, asked.after)], (first, second), wanted.part
    )
    with both_sides(orders, wanted, asked, (first, second), tell, kept) as sides:
        compared = Compared(sides.compared(rejected), folder)
    try:
        tell(1.0, "comparing")
        turned = asked.turned(first, second)
        traced = _Traced(orders, wanted, compared, Causes(
            (first, asked.before.day), (second, asked.after.day), wanted.options, turned,
        ), first)  # fmt: skip
        traced.trace(tell)
        named = [
            SideAnswer(side.name, _day(side), checker.law.hash)
            for side, checker in ((asked.before, first), (asked.after, second))
        ]
        answer = _answer(orders, wanted, (named[0], named[1]), compared, traced, len(rejected))
        return Impact(answer, compared, sorted(rejected), kept)
    except BaseException:
        compared.close()
        raise


def _day(side: Side) -> str:
    return "" if side.day is None else side.day.isoformat()


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


def _answer(
    orders: OrderMap,
    wanted: Wanted,
    sides: tuple[SideAnswer, SideAnswer],
    compared: Compared,
    traced: _Traced,
    rejected: int,
) -> ImpactAnswer:
    moves = compared.moves()
    flips, reasons = (tuple(Move(*row[1:]) for row in moves if row[0] == kind) for kind in (FLIP, REASONS))
    flipped = sum(move.lines for move in flips)
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
        rejected=rejected,
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
