"""All checks, sorted into errors (the answer may be wrong) and remarks (worth a look)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from licet.facts.errors import Problem
from licet.rules.corpus import read_law_with_problems
from licet.services.lawcheck.dictionary import facts_never_read, facts_without_chinese
from licet.services.lawcheck.paragraphs import skipped_paragraphs
from licet.services.lawcheck.sources import beyond_the_sources, without_a_note
from licet.services.lawcheck.testing import stale_equivalent, stray_tests, unfinished, untested_dates, untested_rules
from licet.services.lawcheck.use import (
    idle_entries,
    idle_groups,
    idle_measures,
    reliefs_that_lift_nothing,
    requirements_without_policy,
)
from licet.services.lawcheck.work import Check, read_work
from licet.services.lawwork import CANNOT_RUN

_ERRORS: tuple[Check, ...] = (
    unfinished,
    untested_rules,
    stray_tests,
    untested_dates,
    stale_equivalent,
    reliefs_that_lift_nothing,
    idle_entries,
    facts_without_chinese,
)
_REMARKS: tuple[Check, ...] = (
    requirements_without_policy,
    skipped_paragraphs,
    idle_groups,
    idle_measures,
    facts_never_read,
    without_a_note,
    beyond_the_sources,
)


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks found."""

    rules: int
    instruments: int
    errors: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def check(root: Path) -> Report:
    """Every check over the law in a folder; where it cannot be run at all, only what the loader says."""
    law, problems = read_law_with_problems(root)
    if any(problem.code in CANNOT_RUN for problem in problems):
        return Report(len(law.rules), len(law.instruments), tuple(problems), ())
    work, unread = read_work(law, root)
    errors = [problem for found in _ERRORS for problem in found(work)]
    remarks = [problem for found in _REMARKS for problem in found(work)]
    return Report(len(law.rules), len(law.instruments), (*problems, *unread, *errors), tuple(remarks))
