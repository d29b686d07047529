"""What the checks look at: the law, its files and its tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from licet.facts.errors import LawError, Place, Problem
from licet.rules.law import Law
from licet.rules.model import Rule, Version
from licet.services.lawtest import LawTest, read_tests


@dataclass(frozen=True, slots=True)
class Work:
    """The law with the tests of each rule; a rule whose tests cannot be read has none."""

    law: Law
    root: Path
    tests: dict[str, list[LawTest]]


Check = Callable[[Work], Iterator[Problem]]


def read_work(law: Law, root: Path) -> tuple[Work, list[Problem]]:
    """The law with its tests, and what is wrong with the files of tests."""
    tests: dict[str, list[LawTest]] = {}
    problems: list[Problem] = []
    for rule in law.rules.values():
        try:
            tests[rule.id] = read_tests(law, root, rule)
        except LawError as error:
            problems.extend(error.problems)
            tests[rule.id] = []
    return Work(law, root, tests), problems


def at(rule: Rule, version: Version | None = None) -> Place:
    """The file of a rule, at the line of a version."""
    return Place(rule.file, version.place.line if version else 0)


def said(rule: Rule, topic: str) -> bool:
    """Whether the rule says under `not_coded` why this topic is left out."""
    return any(topic in entry.cite for entry in rule.not_coded)
