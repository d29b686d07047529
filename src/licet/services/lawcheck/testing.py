"""Checks of the tests beside the law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from licet.facts.errors import Place, Problem
from licet.facts.numbers import day_number
from licet.rules.corpus import TEST_SUFFIX, rule_files
from licet.rules.diff import day_of
from licet.rules.model import Rule
from licet.services.lawcheck.work import Work, at
from licet.services.lawnew import TODO
from licet.services.lawrun import Runner
from licet.services.lawtest import LawTest, test_file
from licet.services.mutate import stale_equivalents


def untested_rules(work: Work) -> Iterator[Problem]:
    """Rules without a test."""
    for rule in work.law.rules.values():
        if not test_file(work.root, rule).exists():
            name = test_file(work.root, rule).name
            yield Problem("C_NO_TEST", f"{rule.id} has no test", at(rule), f"write {name} beside it")


def stray_tests(work: Work) -> Iterator[Problem]:
    """Files of tests without a rule beside them."""
    known = {path.name.removesuffix(".yaml") for path in rule_files(work.root)}
    for path in sorted(work.root.rglob(f"*{TEST_SUFFIX}")):
        rule = path.with_name(path.name.removesuffix(TEST_SUFFIX) + ".yaml")
        if path.name.removesuffix(TEST_SUFFIX) not in known or not rule.exists():
            place = Place(path.relative_to(work.root.parent).as_posix())
            yield Problem("C_STRAY_TEST", f"there is no {rule.name} beside it", place, "rename or remove it")


def untested_dates(work: Work) -> Iterator[Problem]:
    """Versions without a test on their first day, or on the day before."""
    for rule in work.law.rules.values():
        tests = work.tests[rule.id]
        for number, version in enumerate(rule.versions, 1):
            first = day_of(version.start)
            missing = [
                words
                for words, day in (("its first day", first), ("the day before", first - timedelta(days=1)))
                if not _tested(rule, tests, day)
            ]
            if isinstance(version.start, datetime) and any(test.on == first and test.hour_known for test in tests):
                continue  # tests by the hour on that day look at both sides of the moment
            if tests and missing:
                message = f"{rule.id}: version {number} ({first}) has no test on {' nor on '.join(missing)}"
                yield Problem("C_UNTESTED_DATE", message, at(rule, version), f"add tests with on: {first}")


def _tested(rule: Rule, tests: list[LawTest], day: date) -> bool:
    """Whether a test looks at this day, by the clock of the rule."""
    if rule.clock == "act":
        return any(test.on == day for test in tests)
    point = (day_number(day),) * 2
    return any(test.case.root.facts.get(f"dates.{rule.clock}") == point for test in tests)


def stale_equivalent(work: Work) -> Iterator[Problem]:
    """Mutants listed as equivalent that a test kills, or that do not exist."""
    runner = Runner(work.law)
    for rule in work.law.rules.values():
        for name in stale_equivalents(runner, rule, work.tests[rule.id]):
            message = f"{rule.id}: {name!r} is listed as equivalent, but is killed or does not exist"
            yield Problem("C_STALE_EQUIVALENT", message, at(rule), "remove it")


def unfinished(work: Work) -> Iterator[Problem]:
    """What a scaffold left to do."""
    for path in sorted(work.root.rglob("*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if TODO in line:
                place = Place(path.relative_to(work.root.parent).as_posix(), number)
                yield Problem("C_TODO", line.strip(), place, "write it, or remove the line")
