"""The processes that decide: each keeps answers of its own, and the law compiled for the days that it always gets."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import NamedTuple
from zlib import crc32

from licet.facts.case import Case, read_case
from licet.facts.errors import CaseError, Problem
from licet.services.brief import Brief
from licet.services.check import Checker, Options, Screen
from licet.services.orders.alike import Plain
from licet.services.orders.mapping import OrderMap
from licet.services.orders.pieces import Pieces, Said
from licet.services.orders.rows import Rows
from licet.services.orders.together import Line, Together

MANY = 20  # jobs for each stretch of law, and for ten more, from which on it pays to find out which are alike
MAX_REASON = 400  # characters of what is told of a line that cannot be decided


class Job(NamedTuple):
    """A distinct case of a part: what its cells say, its day, and a row it stands in."""

    said: Said
    day: date | None
    row: int


@dataclass(frozen=True, slots=True)
class Book:
    """What makes rows of a table cases."""

    orders: OrderMap
    columns: tuple[str, ...]
    name: str


class Answered(NamedTuple):
    """Answers (or what is wrong, as text) each once, for every job the number of its answer, and how many were new."""

    answers: list[Brief | str]
    of: list[int]
    evaluated: int


class Desk:
    """Decides the jobs of one process."""

    def __init__(self, checker: Checker, book: Book, options: Options) -> None:
        self.rows = Rows(book.orders, book.columns, book.name, checker.law.dictionary, joined=False)
        self.together = Together(checker, options)
        self.pieces: Pieces | None = None
        self.dictionary, self.options = checker.law.dictionary, options

    def answered(self, jobs: Sequence[Job]) -> Answered:
        """The answers to these jobs, in their order."""
        before = self.together.evaluated
        found: dict[Brief | str, int] = {}
        of = [-1] * len(jobs)
        if len(jobs) >= MANY * (10 + self._stretches(jobs)):
            if self.together.alike.make_room() or self.pieces is None:
                self.pieces = Pieces(self.rows, self.together.alike)
            for number, answer in self.together.decided(
                self._plain(jobs, self.pieces), lambda number: self._case(jobs[number])
            ):
                of[number] = found.setdefault(answer, len(found))
        # By day, because the law of a stretch is compiled once for all of it.
        left = (number for number in range(len(jobs)) if of[number] < 0)
        for number in sorted(left, key=lambda number: jobs[number].day or date.min):
            of[number] = found.setdefault(self._answer(jobs[number]), len(found))
        return Answered(list(found), of, self.together.evaluated - before)

    def _stretches(self, jobs: Sequence[Job]) -> int:
        """How many stretches of law the days of some jobs lie in."""
        calendar = self.together.decisions.changes.calendar
        days = {self.options.on or job.day for job in jobs}
        return len({calendar.stretch(day) for day in days if day is not None})

    def _plain(self, jobs: Sequence[Job], pieces: Pieces) -> Iterator[Line]:
        """The jobs that can be decided with others."""
        if self.together.checker.screening is not None:
            yield from self._screened(jobs, pieces, self.together.checker.screening)
            return
        rows: dict[Said, tuple[Plain, date | None] | None] = {}
        for number, job in enumerate(jobs):
            if job.said not in rows:
                rows[job.said] = pieces.line(job.said, job.row)
            known = rows[job.said]
            if known is not None:
                day = self.options.on or job.day or known[1]
                if day is not None:
                    yield number, known[0], day

    def _screened(self, jobs: Sequence[Job], pieces: Pieces, screening: Callable[[date], Screen]) -> Iterator[Line]:
        """The same where parties are held against lists: those of a day all at once."""
        days: dict[date, list[int]] = {}
        for number, job in enumerate(jobs):
            day = self.options.on or job.day
            if day is not None and day >= self.together.checker.law.encoded_from:
                days.setdefault(day, []).append(number)
        for day, numbers in sorted(days.items()):
            screen = screening(day)
            screen.ask(party for number in numbers for party in pieces.everybody(jobs[number].said, jobs[number].row))
            for number in numbers:
                known = pieces.line(jobs[number].said, jobs[number].row, screen)
                if known is not None:
                    yield number, known[0], day

    def _case(self, job: Job) -> Case:
        case = read_case(self.rows.case(job.said, job.row), self.dictionary)
        if job.day is not None:
            case.on = job.day
        return case

    def _answer(self, job: Job) -> Brief | str:
        try:
            return self.together.decisions.answer(self._case(job))
        except CaseError as error:
            text = "; ".join(map(told, error.problems))
            return text if len(text) <= MAX_REASON else text[: MAX_REASON - 1] + "…"


def told(problem: Problem) -> str:
    """A problem in one line, without its place."""
    return f"{problem.message} ({problem.hint})" if problem.hint else problem.message


_desk: list[Desk] = []  # of a process that works


def _open(book: Book, options: Options, opening: Callable[[], Checker]) -> None:
    Thread(target=_leave_too, daemon=True).start()
    _desk.append(Desk(opening(), book, options))


def _leave_too() -> None:
    """End with the process that handed out the work: one that is killed tells nobody."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(jobs: Sequence[Job]) -> Answered:
    return _desk[0].answered(jobs)


class Shares:
    """Whose work a job is: of the process that has its days, or, where days are few, always of the same one."""

    def __init__(self, jobs: Sequence[Job], count: int) -> None:
        days = sorted(job.day or date.min for job in jobs)
        self.count = count
        self.bounds = [days[len(days) * part // count] for part in range(1, count)] if days else []
        self.by_day = len({*self.bounds, *days[:1], *days[-1:]}) > count

    def of(self, job: Job) -> int:
        """The number of the process."""
        if self.by_day:
            return bisect_right(self.bounds, job.day or date.min)
        return crc32(repr(job.said).encode()) % self.count


class Pool:
    """Some processes, or none: then the work is done here. `opening` opens the checker of a process."""

    def __init__(
        self, book: Book, options: Options, opening: Callable[[], Checker], workers: int, checker: Checker
    ) -> None:
        self.shares: Shares | None = None
        self.desk = Desk(checker, book, options) if workers <= 1 else None
        context = get_context("spawn")  # a copy of a process in which DuckDB has run is not safe
        self.processes = [
            ProcessPoolExecutor(1, context, _open, (book, options, opening))
            for _ in range(workers if workers > 1 else 0)
        ]

    def give(self, jobs: Sequence[Job]) -> Waiting:
        """Hand out the jobs of a part."""
        if self.desk is not None:
            return Waiting([(list(range(len(jobs))), _done(self.desk.answered(jobs)))])
        self.shares = self.shares or Shares(jobs, len(self.processes))
        shares: list[list[int]] = [[] for _ in self.processes]
        for number, job in enumerate(jobs):
            shares[self.shares.of(job)].append(number)
        return Waiting(
            [
                (share, process.submit(_work, [jobs[number] for number in share]))
                for share, process in zip(shares, self.processes, strict=True)
                if share
            ]
        )

    def close(self) -> None:
        """End the processes."""
        for process in self.processes:
            process.shutdown(wait=False, cancel_futures=True)


@dataclass(slots=True)
class Waiting:
    """The jobs of a part that are being done."""

    shares: list[tuple[list[int], Future[Answered]]]

    def answers(self, count: int) -> tuple[list[Brief | str], int]:
        """The answer to each job, and how many had to be worked out."""
        found: list[Brief | str] = [""] * count
        evaluated = 0
        for share, future in self.shares:
            answered = future.result()
            evaluated += answered.evaluated
            for number, of in zip(share, answered.of, strict=True):
                found[number] = answered.answers[of]
        return found, evaluated


def _done(answered: Answered) -> Future[Answered]:
    future: Future[Answered] = Future()
    future.set_result(answered)
    return future


def workers_for(asked: int, size: int, cores: int) -> int:
    """How many processes: as asked, else one for each core, and one alone for a small table (of `size` bytes)."""
    return asked or (1 if size < SMALL else cores)


SMALL = 2 << 20
