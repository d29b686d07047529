"""The provisions that stand otherwise on the one side than on the other, with what their new versions say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from licet.rules.diff import Change, changes, day_of, last
from licet.rules.law import Law
from licet.rules.model import Rule, Version
from licet.rules.proposal import Proposed
from licet.services.impact.model import Cause

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turned:
    """A provision that turned. `moved` are the members that a group gained or lost, None where that is not told."""

    rule: Rule
    cause: Cause
    moved: frozenset[str] | None


def between_days(law: Law, first: date, second: date) -> dict[str, Turned]:
    """What turned after one day, up to another."""
    return {change.rule.id: _turned(change) for change in changes(law, first, second)}


def _turned(change: Change) -> Turned:
    first = change.notes[0] if change.notes else None
    texts = dict.fromkeys(note.change for note in change.notes if note.change)
    day = day_of(first.start).isoformat() if first is not None else _day_after(change)
    source = first.sources[0].cite if first is not None and first.sources else ""
    return _made(change.rule, change.what, day, "; ".join(texts), source, frozenset(change.added + change.removed))


def _day_after(change: Change) -> str:
    """The first day without a version that ended."""
    ended = None if change.before.held is None else last(change.rule, change.before.held.version)
    if ended is None:
        return ""
    return ended.date().isoformat() if isinstance(ended, datetime) else (ended + _DAY).isoformat()


def by_proposal(law: Law, proposed: Proposed, file: str) -> dict[str, Turned]:
    """What a proposal turns."""
    return {name: _proposed(law.rules.get(name), proposed.law.rules[name], proposed, file) for name in proposed.rules}


def _proposed(old: Rule | None, new: Rule, proposed: Proposed, file: str) -> Turned:
    fresh = [version for version in new.versions if version.place.file == file] or _unlike(old, new)
    if fresh:
        version = fresh[0]
        what = "proposed" if old is None else "proposed change"
        source = version.sources[0].cite if version.sources else ""
        day = day_of(version.start).isoformat()
        return _made(new, what, day, version.change or proposed.title, source, None)
    end = new.versions[-1].end
    day = "" if end is None else (day_of(end) + _DAY).isoformat()
    return _made(new, "proposed end", day, proposed.title, proposed.title, None)


def _unlike(old: Rule | None, new: Rule) -> list[Version]:
    """Versions that begin on a day on which none did."""
    known = {version.start for version in old.versions} if old is not None else set()
    return [version for version in new.versions if version.start not in known]


def _made(rule: Rule, what: str, day: str, text: str, source: str, moved: frozenset[str] | None) -> Turned:
    group = moved if rule.kind == "group" else None
    return Turned(rule, Cause("provision", rule.id, rule.cite, rule.title, what, day, text, source), group)
