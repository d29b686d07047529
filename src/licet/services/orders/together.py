"""Many cases decided together, each that the law cannot tell from another once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property, partial

from licet.facts.case import Case
from licet.services.brief import Brief
from licet.services.check import Checker, Options
from licet.services.orders.alike import Alike, Plain
from licet.services.orders.decide import Decisions
from licet.services.orders.told import Told

Line = tuple[int, Plain, date]  # a number of the caller's, the rows of a line, its day


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

    def decided(self, lines: Iterable[Line], read: Callable[[int], Case]) -> Iterator[tuple[int, Brief]]:
        """The answers to those lines that can be decided with others; `read` gives the case of a number."""
        stretches: dict[int, tuple[date, dict[Plain, list[int]]]] = {}
        first, calendar = self.checker.law.encoded_from, self.decisions.changes.calendar
        for number, plain, day in lines:
            if day >= first:
                stretches.setdefault(calendar.stretch(day), (day, {}))[1].setdefault(plain, []).append(number)
        days = [(self.decisions.decider(day, stretch), lines) for stretch, (day, lines) in sorted(stretches.items())]
        if not days:
            return
        signs, wrong = self.alike.numbers([(decider, list(lines)) for decider, lines in days])
        numbers, place = signs.numbers.tolist(), 0
        for when, (_, alike) in enumerate(days):
            for members in alike.values():
                sign = numbers[place]
                if not wrong[place] and sign not in self.answers:
                    answer = self.told.answer(signs, when, place, partial(self._case, read, members[0]))
                    self.decisions.evaluated += 1
                    if answer is not None:
                        self.answers[sign] = answer
                if not wrong[place] and sign in self.answers:
                    yield from ((number, self.answers[sign]) for number in members)
                place += 1

    def _case(self, read: Callable[[int], Case], number: int) -> Case:
        case = read(number)
        self.checker.resolve(case, self.checker.dated(case, self.options))
        return case
