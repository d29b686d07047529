"""Many cases decided together, each that the law cannot tell from another once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from licet.facts.case import Case
from licet.services.brief import Brief
from licet.services.check import Checker, Options
from licet.services.orders.alike import Alike
from licet.services.orders.decide import Decisions
from licet.services.orders.jobs import Numbers, together
from licet.services.orders.told import Told


class Lines(NamedTuple):
    """Lines by a number of the caller's: the rows of the case as a whole and of its item, and the day."""

    numbers: Numbers
    roots: Numbers
    items: Numbers
    days: Numbers  # as date.toordinal() counts them


class Together:
    """Short answers over one law, for many cases at a time."""

    def __init__(self, checker: Checker, options: Options) -> None:
        self.checker, self.options = checker, options
        self.decisions = Decisions(checker, options)
        self.told = Told()
        self.answers: dict[int, Brief] = {}

    @cached_property
    def alike(self) -> Alike:
        """What finds out which lines are alike; few cases do not need it."""
        return Alike(self.checker, self.options, self.decisions.reads)

    @property
    def evaluated(self) -> int:
        """How many answers had to be worked out."""
        return self.decisions.evaluated

    def decided(self, lines: Lines, read: Callable[[int], Case]) -> Iterator[tuple[Numbers, Brief]]:
        """The numbers of lines that can be decided with others, by their answer; `read` gives the case of a number.

        Lines of a day before the law is encoded are left out.
        """
        if lines.days.min(initial=1) < self.checker.law.encoded_from.toordinal():
            there = lines.days >= self.checker.law.encoded_from.toordinal()
            lines = Lines(*(column[there] for column in lines))
        if not len(lines.numbers):
            return
        calendar = self.decisions.changes.calendar
        days, day_of = np.unique(lines.days, return_inverse=True)
        stretch_of_day = np.array([calendar.stretch(date.fromordinal(day)) for day in days.tolist()], np.int64)
        stretches = stretch_of_day[day_of]
        first, which = together([stretches, lines.roots, lines.items])
        members = np.split(np.argsort(which, kind="stable"), np.cumsum(np.bincount(which))[:-1])
        ends = np.flatnonzero(np.diff(stretches[first], append=-1)) + 1
        laws = []
        for start, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
            at = first[start:end]
            decider = self.decisions.decider(date.fromordinal(int(lines.days[at[0]])), int(stretches[at[0]]))
            laws.append((decider, lines.roots[at], lines.items[at]))
        signs, wrong = self.alike.numbers(laws)
        when = np.searchsorted(ends, np.arange(len(first)), side="right").tolist()
        for place, (sign, bad) in enumerate(zip(signs.numbers.tolist(), wrong.tolist(), strict=True)):
            numbers = lines.numbers[members[place]]
            if not bad and sign not in self.answers:
                answer = self.told.answer(signs, when[place], place, partial(self._case, read, int(numbers[0])))
                self.decisions.evaluated += 1
                if answer is not None:
                    self.answers[sign] = answer
            if not bad and sign in self.answers:
                yield numbers, self.answers[sign]

    def _case(self, read: Callable[[int], Case], number: int) -> Case:
        case = read(number)
        self.checker.resolve(case, self.checker.dated(case, self.options))
        return case
