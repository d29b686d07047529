"""A rule over time: how it stands on a day, and what changed between two days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from licet.rules.law import Law
from licet.rules.model import Bound, Rule, Version
from licet.rules.snapshot import InForce, Span, in_force
from licet.rules.tree import Always

_PAUSED = ("suspended", "not_enforced")


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule on a day. `word` is its status in words; `held` is None where it does not stand that day.

    A rule that goes by another date of the case (`applies_by`) is shown as if that date were the day.
    """

    rule: Rule
    day: date
    word: str
    held: InForce | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a rule between two days; `notes` are the versions that began after the first one."""

    rule: Rule
    what: str
    before: Standing
    after: Standing
    notes: tuple[Version, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def standing(law: Law, rule: Rule, day: date) -> Standing:
    """How a rule stands on a day."""
    held = in_force(replace(rule, clock="act"), Span(day), law)
    if held is None:
        return Standing(rule, day, _absence(rule, day))
    version = held.version
    unknown = isinstance(version.when, Always) and version.when.value is None
    word = version.status.replace("_", " ")
    return Standing(rule, day, f"{word}, unknown" if unknown else word, held, rule.versions.index(version) + 1)


def last(rule: Rule, version: Version) -> Bound | None:
    """The last day of a version, or the moment at which it ends; None where it has no end."""
    following = rule.versions[rule.versions.index(version) + 1 :]
    if version.end is not None or not following:
        return version.end
    start = following[0].start
    return start if isinstance(start, datetime) else start - timedelta(days=1)


def day_of(point: Bound) -> date:
    """The day of a date or of a moment, as its own zone counts."""
    return point.date() if isinstance(point, datetime) else point


def changes(law: Law, first: date, second: date) -> Iterator[Change]:
    """Every rule that stands otherwise on the second day than on the first, in the order of the files."""
    for rule in law.rules.values():
        change = _change(law, rule, first, second)
        if change is not None:
            yield change


def _absence(rule: Rule, day: date) -> str:
    """Why a rule does not stand on a day."""
    starts = [version.start for version in rule.versions if day_of(version.start) > day]
    if starts and starts[0] is rule.versions[0].start:
        return f"begins {day_of(starts[0])}"
    if starts:
        return f"gap until {day_of(starts[0])}"
    end = rule.versions[-1].end
    return f"ended {day_of(end)}" if end is not None else "absent"


def _change(law: Law, rule: Rule, first: date, second: date) -> Change | None:
    before, after = standing(law, rule, first), standing(law, rule, second)
    notes = tuple(version for version in rule.versions if first < day_of(version.start) <= second)
    added, removed = _members(before, after)
    same = (before.held and before.held.version) is (after.held and after.held.version)
    if same and not (notes or added or removed):
        return None
    return Change(rule, _what(before, after), before, after, notes, added, removed)


def _what(before: Standing, after: Standing) -> str:
    """One word for what happened."""
    if before.held is None and after.held is None:
        return "came and went"
    if before.held is None or after.held is None:
        return "new" if before.held is None else "ended"
    was, now = before.held.version.status, after.held.version.status
    if was not in _PAUSED and now in _PAUSED:
        return now.replace("_", " ")
    return "in force again" if was in _PAUSED and now not in _PAUSED else "changed"


def _members(before: Standing, after: Standing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Members a group gained and lost, those of included groups too."""
    was = before.held.members if before.held else frozenset()
    now = after.held.members if after.held else frozenset()
    return tuple(sorted(now - was)), tuple(sorted(was - now))
