"""The processes that decide: each keeps answers of its own, and the law compiled for the days that it always gets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple

from licet.facts.case import Case, read_case
from licet.facts.errors import CaseError, Problem
from licet.services.brief import Brief
from licet.services.check import Checker, Options
from licet.services.orders.alike import Alike
from licet.services.orders.decide import Decisions
from licet.services.orders.mapping import OrderMap
from licet.services.orders.pieces import Plain, Said
from licet.services.orders.rows import Rows
from licet.services.orders.told import Told

MANY = 500  # jobs from which on it pays to find out which are alike
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
        self.alike = Alike(checker, options, self.rows, self.decisions.reads.counts)
        self.dictionary, self.options, self.law = checker.law.dictionary, options, checker.law
        self.by_number: dict[int, Brief] = {}
        self.told = Told()

    def answered(self, jobs: Sequence[Job]) -> Answered:
        """The answers to these jobs, in their order."""
        before = self.decisions.evaluated
        found: dict[Brief | str, int] = {}
        of = [-1] * len(jobs)
        if len(jobs) >= MANY:
            for number, answer in self._together(jobs):
                of[number] = found.setdefault(answer, len(found))
        # By day, because the law of a stretch is compiled once for all of it.
        left = (number for number in range(len(jobs)) if of[number] < 0)
        for number in sorted(left, key=lambda number: jobs[number].day or date.min):
            of[number] = found.setdefault(self._answer(jobs[number]), len(found))
        return Answered(list(found), of, self.decisions.evaluated - before)

    def _together(self, jobs: Sequence[Job]) -> Iterator[tuple[int, Brief]]:
        """The answers to those jobs that can be decided with others, stretch of law by stretch of law."""
        self.alike.make_room()
        rows: dict[Said, Plain | None] = {}
        first = self.law.encoded_from
        stretches: dict[int, tuple[date, dict[tuple[int, int], list[int]]]] = {}
        for number, job in enumerate(jobs):
            if job.said not in rows:
                rows[job.said] = self.alike.pieces.line(job.said, job.row)
            plain = rows[job.said]
            day = None if plain is None else self.options.on or job.day or plain.day
            if plain is not None and day is not None and day >= first:
                stretch = self.decisions.changes.calendar.stretch(day)
                lines = stretches.setdefault(stretch, (day, {}))[1]
                lines.setdefault((plain.root, plain.item), []).append(number)
        days = [(self.decisions.decider(day, stretch), lines) for stretch, (day, lines) in sorted(stretches.items())]
        if not days:
            return
        signs, wrong = self.alike.numbers([(decider, list(lines)) for decider, lines in days])
        numbers, place = signs.numbers.tolist(), 0
        for when, (_, lines) in enumerate(days):
            for members in lines.values():
                sign = numbers[place]
                if not wrong[place] and sign not in self.by_number:
                    answer = self.told.answer(signs, when, place, partial(self._case, jobs[members[0]]))
                    self.decisions.evaluated += 1
                    if answer is not None:
                        self.by_number[sign] = answer
                if not wrong[place] and sign in self.by_number:
                    yield from ((number, self.by_number[sign]) for number in members)
                place += 1

    def _case(self, job: Job) -> Case:
        case = read_case(self.rows.case(job.said, job.row), self.dictionary)
        if job.day is not None:
            case.on = job.day
        self.decisions.checker.dated(case, self.options)
        return case

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
        self.bounds: list[date] = []  # between the days of one process and those of the next
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
        if not self.bounds:
            days = sorted(job.day or date.min for job in jobs)
            self.bounds = [days[len(days) * share // len(shares)] for share in range(1, len(shares))]
        for number, job in enumerate(jobs):
            shares[bisect_right(self.bounds, job.day or date.min)].append(number)
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
