"""The processes that decide: each keeps answers of its own and always gets the same cases, whatever the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from typing import NamedTuple
from zlib import crc32

from licet.facts.case import read_case
from licet.facts.errors import CaseError, Problem
from licet.services.brief import Brief
from licet.services.check import Checker, Options
from licet.services.orders.decide import Decisions
from licet.services.orders.mapping import OrderMap
from licet.services.orders.rows import Rows

Said = tuple[str, ...]
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
        self.decisions = Decisions(checker, options)
        self.dictionary = checker.law.dictionary

    def answered(self, jobs: Sequence[Job]) -> Answered:
        """The answers to these jobs, in their order."""
        before = self.decisions.evaluated
        found: dict[Brief | str, int] = {}
        of = [0] * len(jobs)
        # By day, because the law of a stretch is compiled once for all of it.
        for number in sorted(range(len(jobs)), key=lambda number: jobs[number].day or date.min):
            of[number] = found.setdefault(self._answer(jobs[number]), len(found))
        return Answered(list(found), of, self.decisions.evaluated - before)

    def _answer(self, job: Job) -> Brief | str:
        try:
            case = read_case(self.rows.case(job.said, job.row), self.dictionary)
            if job.day is not None:
                case.on = job.day
            return self.decisions.answer(case)
        except CaseError as error:
            text = "; ".join(
                f"{problem.message}{f' ({problem.hint})' if problem.hint else ''}" for problem in error.problems
            )
            return text if len(text) <= MAX_REASON else text[: MAX_REASON - 1] + "…"


def told(problem: Problem) -> str:
    """A problem in one line, without its place."""
    return f"{problem.message} ({problem.hint})" if problem.hint else problem.message


_desk: list[Desk] = []  # of a process that works


def _open(book: Book, options: Options, opening: Callable[[], Checker]) -> None:
    _desk.append(Desk(opening(), book, options))


def _work(jobs: Sequence[Job]) -> Answered:
    return _desk[0].answered(jobs)


class Pool:
    """Some processes, or none: then the work is done here. `opening` opens the checker of a process."""

    def __init__(
        self, book: Book, options: Options, opening: Callable[[], Checker], workers: int, checker: Checker
    ) -> None:
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
        shares: list[list[int]] = [[] for _ in self.processes]
        for number, job in enumerate(jobs):
            shares[crc32(repr(job.said).encode()) % len(shares)].append(number)
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
