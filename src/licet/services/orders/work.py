"""The processes that decide: each keeps answers of its own, and the law compiled for the days that it always gets."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import NamedTuple
from zlib import crc32

import numpy as np

from licet.facts.case import Case, read_case
from licet.facts.errors import CaseError, Problem
from licet.services.brief import Brief
from licet.services.check import Checker, Options
from licet.services.orders.jobs import Jobs, Numbers
from licet.services.orders.mapping import OrderMap
from licet.services.orders.pieces import BY_ITSELF, Pieces, Read
from licet.services.orders.rows import Rows
from licet.services.orders.together import Lines, Together

MANY = 20  # jobs for each stretch of law, and for ten more, from which on it pays to find out which are alike
MAX_REASON = 400  # characters of what is told of a line that cannot be decided


@dataclass(frozen=True, slots=True)
class Book:
    """What makes rows of a table cases."""

    orders: OrderMap
    columns: tuple[str, ...]
    name: str


class Answered(NamedTuple):
    """Answers (or what is wrong, as text) each once, for every job the number of its answer, and how many were new."""

    answers: list[Brief | str]
    of: Numbers
    evaluated: int


class Desk:
    """Decides the jobs of one process."""

    def __init__(self, checker: Checker, book: Book, options: Options) -> None:
        self.rows = Rows(book.orders, book.columns, book.name, checker.law.dictionary, joined=())
        self.together = Together(checker, options)
        self.pieces: Pieces | None = None
        self.dictionary, self.options = checker.law.dictionary, options

    def answered(self, jobs: Jobs) -> Answered:
        """The answers to these jobs, in their order."""
        before = self.together.evaluated
        found: dict[Brief | str, int] = {}
        of: Numbers = np.full(len(jobs), -1, np.int64)
        if len(jobs) >= MANY * (10 + self._stretches(jobs)):
            for numbers, answer in self.together.decided(self._plain(jobs), partial(self._case, jobs)):
                of[numbers] = found.setdefault(answer, len(found))
        # By day, because the law of a stretch is compiled once for all of it.
        left = np.flatnonzero(of < 0).tolist()
        for number in sorted(left, key=lambda number: jobs.day(number) or date.min):
            of[number] = found.setdefault(self._answer(jobs, number), len(found))
        return Answered(list(found), of, self.together.evaluated - before)

    def _stretches(self, jobs: Jobs) -> int:
        """How many stretches of law the days of some jobs lie in."""
        calendar = self.together.decisions.changes.calendar
        days = {self.options.on or day for day in jobs.days}
        return len({calendar.stretch(day) for day in days if day is not None})

    def _plain(self, jobs: Jobs) -> Lines:
        """The jobs that can be decided with others."""
        if self.together.alike.make_room() or self.pieces is None:
            self.pieces = Pieces(self.rows, self.together.alike)
        read = self.pieces.read(jobs)
        days, roots = read.days(self.options.on), np.full(len(jobs), BY_ITSELF, np.int64)
        plain = np.flatnonzero(read.plain & (days >= self.together.checker.law.encoded_from.toordinal()))
        if self.together.checker.screening is None:
            roots[plain] = read.roots(plain)
        else:
            self._screened(read, days, plain, roots)
        found = np.flatnonzero(roots != BY_ITSELF)
        return Lines(found, roots[found], read.items[found], days[found])

    def _screened(self, read: Read, days: Numbers, plain: Numbers, roots: Numbers) -> None:
        """The same where parties are held against lists: at once for all days where nothing is found, else by day."""
        screening = self.together.checker.screening
        assert screening is not None
        asked = False
        plain = plain[np.argsort(days[plain], kind="stable")]
        starts = np.flatnonzero(np.diff(days[plain], prepend=-1))
        for numbers in np.split(plain, starts[1:]) if len(plain) else ():
            screen = screening(date.fromordinal(int(days[numbers[0]])))
            if not asked:
                screen.foresee(read.everybody(plain))
                asked = True
            screen.ask(read.everybody(numbers))
            roots[numbers] = read.roots(numbers, screen)

    def _case(self, jobs: Jobs, number: int) -> Case:
        said = self.rows.whole(enumerate(jobs.said(number)))
        case = read_case(self.rows.case(said, int(jobs.rows[number])), self.dictionary)
        case.on = jobs.day(number) or case.on
        return case

    def _answer(self, jobs: Jobs, number: int) -> Brief | str:
        try:
            return self.together.decisions.answer(self._case(jobs, number))
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
    collect_less()


def collect_less() -> None:
    """Let a process that is there for nothing else look for garbage more seldom, and never among the law it holds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def _leave_too() -> None:
    """End with the process that handed out the work: one that is killed tells nobody."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(jobs: Jobs) -> Answered:
    return _desk[0].answered(jobs)


class Shares:
    """Whose work jobs are: of the process that has their days, or, where days are few, always of the same one."""

    def __init__(self, jobs: Jobs, count: int) -> None:
        days = np.sort(_ordinals(jobs))
        self.count = count
        self.bounds = days[[len(days) * part // count for part in range(1, count)]] if len(days) else days
        self.by_day = len({*self.bounds.tolist(), *days[:1].tolist(), *days[-1:].tolist()}) > count

    def of(self, jobs: Jobs) -> Numbers:
        """The number of the process for each job."""
        if self.by_day:
            return np.searchsorted(self.bounds, _ordinals(jobs), side="right").astype(np.int64)
        found: Numbers = np.zeros(len(jobs), np.int64)
        for piece, (texts, of) in enumerate(zip(jobs.texts, jobs.of, strict=True)):
            found += np.array([crc32(repr((piece, text)).encode()) for text in texts], np.int64)[of]
        return found % self.count


def _ordinals(jobs: Jobs) -> Numbers:
    own = np.array([0 if day is None else day.toordinal() for day in jobs.days], np.int64)
    return own[jobs.day_of]


class Pool:
    """Some processes, or none: then the work is done here. `opening` opens the checker of a process."""

    def __init__(
        self, book: Book, options: Options, opening: Callable[[], Checker], processes: int, checker: Checker
    ) -> None:
        self.shares: Shares | None = None
        self.desk = None if processes else Desk(checker, book, options)
        context = get_context("spawn")  # a copy of a process in which DuckDB has run is not safe
        self.processes = [ProcessPoolExecutor(1, context, _open, (book, options, opening)) for _ in range(processes)]

    def give(self, jobs: Jobs) -> Waiting:
        """Hand out the jobs of a part."""
        if self.desk is not None:
            return Waiting([(np.arange(len(jobs)), _done(self.desk.answered(jobs)))])
        self.shares = self.shares or Shares(jobs, len(self.processes))
        whose = self.shares.of(jobs)
        given = []
        for number, process in enumerate(self.processes):
            own = np.flatnonzero(whose == number)
            if len(own):
                given.append((own, process.submit(_work, jobs.some(own))))
        return Waiting(given)

    def close(self) -> None:
        """End the processes."""
        for process in self.processes:
            process.shutdown(wait=False, cancel_futures=True)


@contextmanager
def open_pool(
    book: Book, options: Options, opening: Callable[[], Checker], processes: int, checker: Checker
) -> Iterator[Pool]:
    """Processes for a run, which end with it. Raises CaseError where one ends before."""
    pool = Pool(book, options, opening, processes, checker)
    try:
        yield pool
    except BrokenProcessPool:
        hint = "give the same command again: it goes on where it stopped; --jobs 1 needs the least memory"
        raise CaseError.one("E_STOPPED", "a process that decides has ended", hint=hint) from None
    finally:
        pool.close()


@dataclass(slots=True)
class Waiting:
    """The jobs of a part that are being done."""

    shares: list[tuple[Numbers, Future[Answered]]]

    def answered(self) -> Answered:
        """The answers to all of them."""
        found: dict[Brief | str, int] = {}
        of: Numbers = np.zeros(sum(len(share) for share, _ in self.shares), np.int64)
        evaluated = 0
        for share, future in self.shares:
            answered = future.result()
            evaluated += answered.evaluated
            places = [found.setdefault(answer, len(found)) for answer in answered.answers]
            of[share] = np.array(places, np.int64)[answered.of]
        return Answered(list(found), of, evaluated)


def _done(answered: Answered) -> Future[Answered]:
    future: Future[Answered] = Future()
    future.set_result(answered)
    return future
