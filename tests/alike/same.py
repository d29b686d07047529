"""Many cases decided together against each decided by itself: every value, every question, every short answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from licet.facts.case import Case
from licet.facts.elements import line
from licet.facts.errors import CaseError
from licet.logic.alike.values import CODE
from licet.logic.ask import Open
from licet.logic.decide import CASE
from licet.services.brief import Brief, brief
from licet.services.check import Checker, Options
from licet.services.orders.alike import Plain
from licet.services.orders.together import Lines, Together


@dataclass(slots=True)
class Compared:
    """What was held against each other, and what differs."""

    cases: int = 0
    together: int = 0
    values: int = 0
    differ: list[str] = field(default_factory=list)


class Same:
    """Decides cases in both ways. `rules` are those whose values are compared too."""

    def __init__(self, checker: Checker, rules: Sequence[str] = ()) -> None:
        self.checker, self.rules = Checker(checker.law, checker.known, {}), rules
        self.together = Together(Checker(checker.law, checker.known, {}), Options())
        self.asked: dict[tuple[str, int], tuple[str, ...]] = {}

    def compare(self, cases: Iterable[tuple[str, Case, date]], found: Compared) -> None:
        """Hold the answers to named cases, each on a day, against each other."""
        given = list(cases)
        self.together.alike.make_room()
        plain = [(number, rows, day) for number, (_, case, day) in enumerate(given) if (rows := self._plain(case, day))]
        decided = self.together.decided(_lines(plain), lambda number: self._on(*given[number][1:]))
        answers = {number: answer for numbers, answer in decided for number in numbers.tolist()}
        found.cases += len(given)
        found.together += len(answers)
        for number, answer in sorted(answers.items(), key=lambda each: given[each[0]][2]):
            name, case, day = given[number]
            alone = self._alone(case, day)
            if alone != answer:
                found.differ.append(f"{name} on {day}: together {answer}, alone {alone}")
        if self.rules and plain:
            found.differ += self._values(given, plain, found)

    def _plain(self, case: Case, day: date) -> Plain | None:
        return self.together.alike.plain(self._on(case, day)) if day >= self.checker.law.encoded_from else None

    @staticmethod
    def _on(case: Case, day: date) -> Case:
        made = deepcopy(case)
        made.on, made.moment = day, None
        return made

    def _alone(self, case: Case, day: date) -> Brief | str:
        try:
            return brief(self.checker, self._on(case, day))
        except CaseError as error:
            return str(error)

    def _values(
        self, given: list[tuple[str, Case, date]], plain: list[tuple[int, Plain, date]], found: Compared
    ) -> Iterator[str]:
        """Every value of the rules, and whether the same number always stands for the same questions."""
        order = sorted(plain, key=lambda each: each[2])
        days = dict.fromkeys(day for _, _, day in order)
        deciders = [self.checker.decider(day, False) for day in days]
        lines = [_lines([each for each in order if each[2] == day]) for day in days]
        signs, _ = self.together.alike.numbers(
            [(decider, some.roots, some.items) for decider, some in zip(deciders, lines, strict=True)]
        )
        for place, (number, _, day) in enumerate(order):
            name, case, _ = given[number]
            decider = self.checker.decider(day, False)
            own = self._on(case, day)
            self.checker.dated(own)
            root = line(own.root, own.items[0] if own.items else None)
            for rule in self.rules:
                value = decider.value(rule, root)
                found.values += 1
                if CODE[value] != signs.values.over(rule)[place]:
                    yield f"{name} on {day}: {rule} is {value} alone"
                if value is None:
                    opened: Open = {}
                    decider.asker.rule(rule, root, CASE, opened)
                    facts = tuple(each.fact for each in opened.values())
                    key = rule, int(signs.asked.over(rule)[place])
                    if self.asked.setdefault(key, facts) != facts:
                        yield f"{name} on {day}: {rule} asks {facts}, and {self.asked[key]} where it should be the same"


def _lines(plain: Sequence[tuple[int, Plain, date]]) -> Lines:
    columns = [(number, rows.root, rows.item, day.toordinal()) for number, rows, day in plain]
    return Lines(*np.array(columns, np.int64).reshape(-1, 4).T)
