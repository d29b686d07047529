"""The law of one day: for each rule the version in force, as one condition."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from licet.facts.elements import Element
from licet.facts.numbers import day_number, minute_number
from licet.rules.kinds import FACT
from licet.rules.law import Law
from licet.rules.model import Bound, MeasureCase, Rule, Version
from licet.rules.tree import All, Always, Compare, Condition, Const, NumberFact
from licet.rules.tree import Any as AnyOf

_MINUTE = NumberFact("case.minute", 0, None)
_ALWAYS = Always(value=True)


@dataclass(frozen=True, slots=True)
class InForce:
    """A rule as it stands on a day. `built` is its condition where that is not simply the one of the version."""

    rule: Rule
    version: Version
    built: Condition | None
    members: frozenset[str] = frozenset()
    match: str = "exact"
    known: bool = True
    without: frozenset[str] = frozenset()

    @property
    def when(self) -> Condition:
        """Its condition. Of most rules nobody asks, and then it is not even decoded (`later`)."""
        return self.built or self.version.when or _ALWAYS

    @property
    def kinds(self) -> tuple[str, ...] | None:
        """The kinds of thing outside of which it is proven no; None where it may be about any."""
        return self.version.kinds if self.built is None else None

    def leaves_out(self, item: Element | None) -> bool:
        """Whether the item is known to be of a kind that this rule is not about."""
        kinds = self.kinds
        if kinds is None or item is None:
            return False
        kind = item.facts.get(FACT)
        return type(kind) is str and kind not in kinds

    @property
    def extra(self) -> dict[str, Any]:
        """The keys of the kind: lifts, policy, effect and the like."""
        return self.version.extra

    @property
    def value(self) -> tuple[MeasureCase, ...]:
        """The cases of a measure."""
        return self.version.value


@dataclass(frozen=True, slots=True)
class Span:
    """A day, and whether the case says the hour."""

    day: date
    hour_known: bool = False

    def touches(self, start: Bound, end: Bound | None) -> bool:
        """Whether a version with these bounds may hold at some moment of the day."""
        slack = timedelta(days=1 if self.hour_known else 0)
        first = start.date() - slack if isinstance(start, datetime) else start
        last = end.date() + slack if isinstance(end, datetime) else end
        return first <= self.day and (last is None or self.day <= last)

    def cuts(self, point: Bound | None) -> bool:
        """Whether the moment has to be compared with the minute of the act."""
        return isinstance(point, datetime) and (self.hour_known or point.date() == self.day)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All rules that exist on a day, by id; `measures` maps a fact to the rule that computes it.

    `memo` keeps what is worked out from the rules and asked for often.
    """

    law: Law
    day: date
    rules: dict[str, InForce] = field(default_factory=dict)
    measures: dict[str, InForce] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def of_kind(self, *kinds: str) -> list[InForce]:
        """The rules of these kinds, in the order of the files."""
        key = f"kinds {' '.join(kinds)}"  # asked for again and again
        if key not in self.memo:
            self.memo[key] = [held for held in self.rules.values() if held.rule.kind in kinds]
        found: list[InForce] = self.memo[key]
        return found

    def entries(self, item: Element) -> list[InForce]:
        """The entries that can be about a thing of the item's kind, in the order of the files."""
        kind = item.facts.get(FACT)
        key = f"entries about {kind}" if type(kind) is str else "kinds entry"
        if key not in self.memo:
            self.memo[key] = [held for held in self.of_kind("entry") if not held.leaves_out(item)]
        found: list[InForce] = self.memo[key]
        return found


def snapshot(law: Law, day: date, hour_known: bool = False) -> Snapshot:
    """The law in force on `day`.

    Versions that begin or end within the day are joined with a test of `case.minute`, so a case
    that gives only the date is unknown where the hour decides. With `hour_known` the day may be one
    of any time zone, and versions of the neighbouring days are joined in the same way.
    """
    rules: dict[str, InForce] = {}
    for rule in law.rules.values():
        held = in_force(rule, Span(day, hour_known), law)
        if held is not None:
            rules[rule.id] = held
    measures = {held.extra["gives"]: held for held in rules.values() if held.rule.kind == "measure"}
    return Snapshot(law, day, rules, measures)


def in_force(rule: Rule, span: Span, law: Law) -> InForce | None:
    """The rule as it stands on a day; None where it does not exist yet or no more."""
    if rule.clock != "act":
        return _by_other_clock(rule)
    versions = [version for version in rule.versions if span.touches(version.start, _end(rule, version))]
    if not versions:
        return None
    version = versions[-1]
    if rule.kind == "group":
        members, without, known = _members(rule, version, span, law, ())
        match = version.extra.get("match", "exact")
        return InForce(rule, version, _ALWAYS, members, match, known, without)
    if rule.kind == "measure":
        return InForce(rule, version, _ALWAYS)
    if not any(span.cuts(v.start) or span.cuts(_end(rule, v)) for v in versions):
        return InForce(rule, version, None)
    parts = tuple(All(parts=(*_within(v.start, _end(rule, v), span), v.when or Always(value=True))) for v in versions)
    return InForce(rule, version, AnyOf(text="at the hour", parts=parts))


def _by_other_clock(rule: Rule) -> InForce:
    """A rule whose version is chosen by another date of the case: every version with a test of that date."""
    clock = NumberFact(f"dates.{rule.clock}", 0, None)
    parts = []
    for version in rule.versions:
        end = _end(rule, version)
        text = f"{rule.clock} on or after {version.start}"
        tests: list[Condition] = [
            Compare(text=text, op=">=", left=clock, right=Const(day_number(_day(version.start)), 0))
        ]
        if end is not None:
            tests.append(
                Compare(text=f"{rule.clock} up to {end}", op="<=", left=clock, right=Const(day_number(_day(end)), 0))
            )
        parts.append(All(parts=(*tests, version.when or Always(value=True))))
    return InForce(rule, rule.versions[-1], AnyOf(text=f"by the date of the {rule.clock}", parts=tuple(parts)))


def _end(rule: Rule, version: Version) -> Bound | None:
    """The last day of a version, or the moment at which it ends."""
    if version.end is not None or version is rule.versions[-1]:
        return version.end
    start = next(after.start for before, after in pairwise(rule.versions) if before is version)
    return start if isinstance(start, datetime) else start - timedelta(days=1)


def _within(start: Bound, end: Bound | None, span: Span) -> tuple[Condition, ...]:
    """Tests of the minute of the act against bounds that are moments; dates were tested already."""
    tests: list[Condition] = []
    if isinstance(start, datetime) and span.cuts(start):
        tests.append(
            Compare(text=f"from {start.isoformat()}", op=">=", left=_MINUTE, right=Const(minute_number(start), 0))
        )
    if isinstance(end, datetime) and span.cuts(end):
        tests.append(
            Compare(text=f"before {end.isoformat()}", op="<", left=_MINUTE, right=Const(minute_number(end), 0))
        )
    return tuple(tests)


def _day(point: Bound) -> date:
    return point.date() if isinstance(point, datetime) else point


def _members(
    rule: Rule, version: Version, span: Span, law: Law, seen: tuple[str, ...]
) -> tuple[frozenset[str], frozenset[str], bool]:
    """Members of a group with those of the groups it includes, what is taken out of them, and whether all are known."""
    members, without = set(version.members), set(version.without)
    known = version.when is None
    for other in version.includes:
        if other in seen or other not in law.rules:
            continue
        group = law.rules[other]
        inner = [v for v in group.versions if span.touches(v.start, _end(group, v))]
        if inner:
            more, less, sure = _members(group, inner[-1], span, law, (*seen, rule.id))
            members |= more
            without |= less
            known = known and sure
    return frozenset(members), frozenset(without), known
