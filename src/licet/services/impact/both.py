"""An order book decided on two sides at once: each line is read once, and asked twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date

from licet.batch.compare import Answer, Lines, Moved, moved
from licet.batch.tables import Table
from licet.services.brief import Brief
from licet.services.check import Checker
from licet.services.impact.kept import NOT_KEPT, KeptParts
from licet.services.impact.turned import Turned
from licet.services.orders.jobs import together
from licet.services.orders.mapping import OrderMap
from licet.services.orders.parts import Part, Progress, Wrong, parts
from licet.services.orders.rows import Rows
from licet.services.orders.wanted import Wanted
from licet.services.orders.work import Answered, Book, Pool, Waiting, open_pool
from licet.services.screen_tables import open_table

Tell = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Side:
    """A law, or a day: what it is called, the day on which every line is asked (None: its own), what opens the law."""

    name: str
    day: date | None
    opening: Callable[[], Checker]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared, and which provisions turned between the sides. Both have a day, or neither has."""

    before: Side
    after: Side
    turned: Callable[[Checker, Checker], dict[str, Turned]]


@dataclass(slots=True)
class Sides:
    """A table, and what decides its lines on each side: the same processes, where only the day is another one."""

    table: Table
    rows: Rows
    pools: list[Pool]
    asked: Asked
    size: int
    tell: Tell
    kept: KeptParts

    def compared(self, rejected: list[Wrong]) -> Iterator[Moved]:
        """The lines that moved, part by part; those that cannot be decided on a side are `rejected`.

        A part that was finished before is not decided again.
        """
        progress = Progress()

        def told(progress: Progress) -> None:
            again = f", {progress.resumed:,} done before" if progress.resumed else ""
            self.tell(progress.done, f"{progress.lines:,} lines, {progress.evaluated:,} different cases{again}")

        given: tuple[int, Part, list[Waiting]] | None = None
        for number, lines in enumerate(parts(self.table, self.size, progress, told), 1):
            before, following = self.kept.read(number), None
            if before is not None:
                progress.resumed += sum(1 for _ in lines)
            else:
                part = Part(self.rows, lines, self.asked.before.day)
                following = number, part, self._give(part)
            if given is not None:
                yield self._finished(*given, progress, rejected)
            if before is not None:
                rejected += before.wrong
                yield before.moved
            given = following
            told(progress)
        if given is not None:
            yield self._finished(*given, progress, rejected)

    def _give(self, part: Part) -> list[Waiting]:
        day = self.asked.after.day
        if len(self.pools) == 1 and day is not None:
            return [self.pools[0].give(part.jobs.also_on(day))]
        return [pool.give(part.jobs) for pool in self.pools]

    def _finished(
        self, number: int, part: Part, given: list[Waiting], progress: Progress, rejected: list[Wrong]
    ) -> Moved:
        answered = [waiting.answered() for waiting in given]
        progress.evaluated += sum(each.evaluated for each in answered)
        before, after = answered if len(answered) > 1 else _halves(answered[0], len(part.jobs))
        first, which = together([before.of, after.of])
        pairs = [_pair(before.answers[before.of[at]], after.answers[after.of[at]]) for at in first.tolist()]
        sifted = part.sifted(pairs, which)
        rejected += part.wrong
        days, later = [str(day) for day in sifted.heads["on"]], self.asked.after.day
        on = days, days if later is None else [later.isoformat()] * len(days)
        found = moved(Lines(sifted.heads, on, sifted.of, sifted.answers))
        self.kept.write(number, found, part.wrong)
        return found


def _pair(before: Brief | str, after: Brief | str) -> tuple[Answer, Answer] | str:
    """Both answers to a line, or what is wrong with it on a side."""
    if isinstance(before, str):
        return before
    return after if isinstance(after, str) else (before, after)


def _halves(answered: Answered, size: int) -> tuple[Answered, Answered]:
    return answered._replace(of=answered.of[:size]), answered._replace(of=answered.of[size:])


@contextmanager
def both_sides(
    orders: OrderMap,
    wanted: Wanted,
    asked: Asked,
    checkers: tuple[Checker, Checker],
    tell: Tell,
    kept: KeptParts = NOT_KEPT,
) -> Iterator[Sides]:
    """The table and the processes for both sides, with the parts that are finished. Raises LicetError."""
    table = open_table(wanted.table, wanted.encoding, wanted.sheet)
    rows = Rows(orders, table.columns, table.name, checkers[0].law.dictionary)
    book = Book(orders, rows.names, table.name)
    sides = [(asked.before, checkers[0]), (asked.after, checkers[1])]
    if checkers[0] is checkers[1]:
        del sides[1]
    processes = wanted.processes if len(sides) == 1 else (wanted.processes + 1) // 2
    with ExitStack() as stack:
        pools = [
            stack.enter_context(open_pool(book, wanted.options, side.opening, processes, checker))
            for side, checker in sides
        ]
        yield Sides(table, rows, pools, asked, wanted.part, tell, kept)
