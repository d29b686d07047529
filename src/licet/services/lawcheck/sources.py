"""Checks of sources and of the notes on changes."""

from __future__ import annotations

from collections.abc import Iterator

from licet.facts.errors import Problem
from licet.rules import tree
from licet.rules.diff import day_of
from licet.services.lawcheck.work import Work, at, said


def beyond_the_sources(work: Work) -> Iterator[Problem]:
    """Versions that begin after the day up to which their instrument was read, with nothing in them unknown.

    A text published in time may fix what begins later; then the remark only asks for a second look.
    """
    for rule in work.law.rules.values():
        instrument = work.law.instruments.get(rule.instrument)
        for version in rule.versions:
            known = version.when is None or not any(_unknown(node) for node in tree.walk(version.when))
            late = instrument is not None and day_of(version.start) > instrument.checked_to
            if late and known and instrument is not None and not said(rule, "later versions"):
                message = f"{rule.id}: begins on {day_of(version.start)}, read up to {instrument.checked_to}"
                hint = "has the text been published? Else write unknown: with what to look up"
                yield Problem("C_BEYOND_SOURCES", message, at(rule, version), hint)


def _unknown(node: tree.Condition) -> bool:
    return isinstance(node, tree.Always) and node.value is None


def without_a_note(work: Work) -> Iterator[Problem]:
    """Later versions that do not say what they changed: a diff of two days could not say it either."""
    for rule in work.law.rules.values():
        for number, version in enumerate(rule.versions[1:], 2):
            if not version.change:
                yield Problem(
                    "C_NO_NOTE",
                    f"{rule.id}: version {number} does not say what it changed",
                    at(rule, version),
                    "add change:",
                )
