"""Cases to decide in both ways: those of the tests beside the law, on their day and around the turns of each rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from licet.facts.case import Case
from licet.rules.law import Law
from licet.services.align_turns import turning_days
from licet.services.home import law_root
from licet.services.lawtest import read_tests


def cases(law: Law, every: int = 1, start: int = 0) -> Iterator[tuple[str, str, Case, date]]:
    """The rule, the name, the case and the day; one of `every` rules, from the one with number `start` on."""
    for rule in [*law.rules.values()][start::every]:
        turns = [day + timedelta(days=more) for day in sorted(turning_days(rule)) for more in (-1, 0)]
        for number, test in enumerate(read_tests(law, law_root(), rule)):
            around = [turns[number % len(turns)]] if turns else []
            for day in dict.fromkeys((test.on, *around)):
                yield rule.id, f"{rule.id}: {test.title}", test.case, day
