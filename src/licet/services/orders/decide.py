"""Deciding many cases: each distinct one once, and again only where what its answer rests on changed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date

from licet.facts.case import Case
from licet.facts.elements import Element
from licet.facts.errors import CaseError, Problem
from licet.logic.decide import Decider
from licet.rules.snapshot import snapshot
from licet.services.brief import Brief, briefed
from licet.services.check import Checker, Options, Report, Resolved
from licet.services.orders.changes import Changes, Rests
from licet.services.orders.vectors import Reads, words_of

MAX_VECTORS = 400_000  # answers kept; the oldest are forgotten, and worked out again if they come back
MAX_DECIDERS = 160  # stretches of law compiled at a time, about 4 MB each


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with the law it was worked out under."""

    stretch: int
    rests: Rests
    answer: Brief


class Decisions:
    """Short answers over one law, kept by vector."""

    def __init__(self, checker: Checker, options: Options) -> None:
        self.checker, self.options = checker, options
        self.reads = Reads(checker.law)
        self.changes = Changes(checker.law, options.law_age)
        self.kept: OrderedDict[bytes, list[Kept]] = OrderedDict()
        self.deciders: OrderedDict[int, Decider] = OrderedDict()
        self.evaluated = 0

    def answer(self, case: Case) -> Brief:
        """The short answer to a case. Raises CaseError."""
        day = self.checker.dated(case, self.options)
        if "case.minute" in case.root.facts:
            raise CaseError.one("E_DATE", "a line of an order book has a day, not an hour", hint="use licet check")
        resolved = self.checker.resolve(case, day)
        stretch = self.changes.calendar.stretch(day)
        if any("item.bom" in item.facts for item in case.items):  # what is in the file is not in the case
            return self._decided(case, day, stretch, resolved)[0]
        vector = self.reads.vector(case)
        known = self.kept.get(vector, [])
        words = words_of(case) if known else frozenset[str]()
        for kept in reversed(known):
            if not self.changes.matter(kept.rests, kept.stretch, stretch, words):
                self.kept.move_to_end(vector)
                return kept.answer
        answer, rests = self._decided(case, day, stretch, resolved)
        self.kept[vector] = [*known, Kept(stretch, rests, answer)]
        self.kept.move_to_end(vector)
        while len(self.kept) > MAX_VECTORS:
            self.kept.popitem(last=False)
        return answer

    def _decided(self, case: Case, day: date, stretch: int, resolved: Resolved) -> tuple[Brief, Rests]:
        """An answer worked out, and what it rests on. What is wrong with a case names it, so that is never kept."""
        decider = self.decider(day, stretch)
        watch = _Watch(self.changes, decider, case)
        self.evaluated += 1
        try:
            self.checker.fit(case, decider)
            report = Report(self.checker, case, decider, self.options, resolved)
            answer = briefed(report, watch.look)
        except CaseError as error:
            raise CaseError([_of_day(problem, decider.law.day, day) for problem in error.problems]) from None
        return answer, watch.rests(report)

    def decider(self, day: date, stretch: int) -> Decider:
        """The decider of a stretch of law, made for the first of its days that was asked for."""
        if stretch not in self.deciders:
            before = next(reversed(self.deciders.values()), None)
            self.deciders[stretch] = self.checker.following(before, snapshot(self.checker.law, day))
            while len(self.deciders) > MAX_DECIDERS:
                self.deciders.popitem(last=False)
        self.deciders.move_to_end(stretch)
        return self.deciders[stretch]


class _Watch:
    """Sees which provisions are evaluated for a case."""

    def __init__(self, changes: Changes, decider: Decider, case: Case) -> None:
        self.changes, self.decider, self.case = changes, decider, case
        self.names: set[str] = set()

    def look(self) -> None:
        """Note what the elements of the case hold values of."""
        pending: list[Element] = [self.case.root, *self.case.items]
        while pending:
            element = pending.pop()
            self.names.update(element.memo)
            pending.extend(element.others.values())
            for members in element.lists.values():
                pending.extend(members)

    def rests(self, report: Report) -> Rests:
        """What the answer rests on."""
        return self.changes.rests(self.names, self.case, report.found)


def _of_day(problem: Problem, first: date, day: date) -> Problem:
    """A problem with the day of the case instead of the one that its stretch of law was compiled for."""
    return replace(problem, message=problem.message.replace(f" on {first}", f" on {day}"))
