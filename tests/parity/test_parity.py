"""Scalar, arrays and naive agree on cases made from the law itself: bounds, entries, requirements, values, questions.

The usual run takes a sample that is the same every time. LICET_TEST_EFFORT=2 or more takes every day on which some
version begins, the day before it, and more cases for each rule.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from tests.examples import CASES
from tests.parity import arrays
from tests.parity.compare import by_scalar, plain_rules
from tests.parity.generate import Maker, boundary_days, closure
from tests.parity.naive import by_naive

from licet.facts.case import Case, read_case
from licet.facts.yamltext import read_yaml
from licet.rules.corpus import read_law_with_problems
from licet.rules.law import Law
from licet.rules.snapshot import Snapshot, snapshot
from licet.services.home import law_root

EFFORT = int(os.environ.get("LICET_TEST_EFFORT", "1"))
EXAMPLES = Path(__file__).parents[2] / "examples"
WHOLE_DAYS = 3
CHUNKS = 8
DAYS_PER_CHUNK = 2


@cache
def law() -> Law:
    """The law of this checkout, as far as it can be read."""
    return read_law_with_problems(law_root())[0]


@cache
def days() -> dict[date, list[str]]:
    """Each first day of a version and the day before it, with the rules that change there."""
    return boundary_days(law())


def spread(found: Sequence[date], count: int) -> list[date]:
    """So many of the days, spread evenly; all of them where effort is made."""
    if EFFORT > 1 or len(found) <= count:
        return list(found)
    return [found[(2 * n + 1) * len(found) // (2 * count)] for n in range(count)]


def whole_days() -> list[date]:
    """Days late enough that most of the law is in force."""
    known = min(i.checked_to for i in law().instruments.values())
    late = [day for day in days() if day <= known]
    return [late[len(late) * n // (WHOLE_DAYS + 1)] for n in range(2, WHOLE_DAYS + 1)] + [late[-1]]


def example_cases() -> list[Case]:
    """The cases of the examples, whatever their day."""
    found = []
    for path in CASES:
        found.append(read_case(read_yaml(path.read_text(encoding="utf-8"), path.name), law().dictionary))
    return found


def disagreements(day: Snapshot, cases: list[Case], rules: list[str], naive: int) -> list[str]:
    """Where the naive interpreter, for every so manieth case, or the arrays differ from the scalar evaluator."""
    scalar = list(by_scalar(day, cases, rules))
    found, number = arrays.disagreements(day, cases, rules, scalar)[1], 0
    for n, case in enumerate(cases):
        lines = scalar[number : number + len(case.lines)]
        number += len(lines)
        if n % naive:
            continue
        for expected, plain in zip(lines, by_naive(day, [case], rules), strict=True):
            wrong = [key for key, value in plain.items() if getattr(expected, key) != value]
            found += [
                f"line {expected.line} by the naive one: {key}: {plain[key]} and {getattr(expected, key)}"
                for key in wrong
            ]
    return found


@pytest.mark.parametrize("nth", range(WHOLE_DAYS))
def test_late_days(nth: int) -> None:
    """A sample of the rules with nearly all law in force, with all they need."""
    day = snapshot(law(), whole_days()[nth])
    rules = plain_rules(day)
    seed = random.Random(nth)
    part = closure(day, seed.sample(rules, min(8 * EFFORT, len(rules))))
    maker, rules = Maker(part, nth), plain_rules(part)
    cases = [case for rule in seed.sample(rules, min(12, len(rules))) for case in maker.cases(rule, EFFORT)]
    cases = seed.sample(cases, min(12, len(cases))) + example_cases()[nth::WHOLE_DAYS]
    found = disagreements(part, cases, rules, 1 + len(cases) * len(rules) // (600 * EFFORT))
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_days_on_which_law_changes(chunk: int) -> None:
    """Each version on its first day and on the day before: the rules that change, with all they need."""
    listed = list(days())
    for day in spread(listed[chunk::CHUNKS], DAYS_PER_CHUNK):
        changing = days()[day]
        for hour_known in {False, any(_by_the_hour(rule) for rule in changing)}:
            part = closure(snapshot(law(), day, hour_known), changing)
            rules = plain_rules(part)
            if not rules:
                continue
            maker = Maker(part, day.toordinal())
            cases = [case for rule in changing for case in maker.cases(rule, 3 * EFFORT)]
            found = disagreements(part, cases, rules, 1 + len(cases) * len(rules) // (400 * EFFORT))
            assert not found, f"{day}\n" + "\n".join(found[:20])


def _by_the_hour(rule: str) -> bool:
    return any(
        isinstance(bound, datetime) for version in law().rules[rule].versions for bound in (version.start, version.end)
    )
