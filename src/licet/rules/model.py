"""Rules as read from the law: heads, versions, instruments, tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from licet.facts.errors import Place
from licet.rules.tree import Condition, Number, facts_in, facts_of, groups_of, rules_of, walk

KINDS = (
    "measure",
    "group",
    "reach",
    "entry",
    "requirement",
    "prohibition",
    "relief",
    "bar",
    "policy",
    "duty",
    "ownership",
    "flag",
    "exposure",
)
SUBJECTS = ("item", "party", "listing", "route", "case")
CLOCKS = ("act", "contract", "order", "award", "import", "licence_issue", "departure")
STATUSES = ("in_force", "suspended", "not_enforced", "scheduled")
POLICIES = ("approval", "presumption_of_approval", "case_by_case", "presumption_of_denial", "policy_of_denial")
EFFECTS = ("licence_required", "hold", "prohibited", "may_not_buy", "may_not_contract", "may_not_invest")

Bound = date | datetime


@dataclass(frozen=True, slots=True)
class Source:
    """Where a version was read: official or secondary text, and on which day."""

    cite: str
    read: str
    basis: str


@dataclass(frozen=True, slots=True)
class MeasureCase:
    """One case of a measure: its value where `guard` holds (None: in all other cases)."""

    guard: Condition | None
    value: Number


@dataclass(frozen=True, slots=True)
class Version:
    """What a provision said from one day on.

    `when` is None for groups and measures. A group of codes has its `members` `without` some that lie beneath them.
    `start` and `end` are a date (inclusive) or a moment with zone (`end` exclusive). `extra` holds the keys of the
    kind, such as lifts or policy. `kinds` are the kinds of thing it can be about, where its condition says (see
    `licet.rules.kinds`).
    """

    start: Bound
    end: Bound | None
    sources: tuple[Source, ...]
    status: str
    change: str
    when: Condition | None
    members: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    value: tuple[MeasureCase, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    place: Place = Place()
    kinds: tuple[str, ...] | None = None

    def conditions(self) -> Iterator[Condition]:
        """Its condition and the guards of a measure."""
        if self.when is not None:
            yield self.when
        yield from (case.guard for case in self.value if case.guard is not None)

    def reads(self) -> Iterator[str]:
        """Every fact it reads itself, guards and values of measures included."""
        for condition in self.conditions():
            for part in walk(condition):
                yield from facts_of(part)
        for case in self.value:
            yield from (number.name for number in facts_in(case.value))

    def refers(self) -> Iterator[str]:
        """Ids of the rules and groups it refers to."""
        for condition in self.conditions():
            yield from rules_of(condition)
            yield from groups_of(condition)
        yield from self.includes


@dataclass(frozen=True, slots=True)
class NotCoded:
    """A paragraph that is left out, and why."""

    cite: str
    why: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One provision with all its versions, oldest first."""

    id: str
    kind: str
    subject: str
    cite: str
    title: str
    instrument: str
    clock: str
    versions: tuple[Version, ...]
    not_coded: tuple[NotCoded, ...] = ()
    equivalent: dict[str, str] = field(default_factory=dict)
    file: str = ""

    def conditions(self) -> Iterator[Condition]:
        """The conditions of all its versions."""
        for version in self.versions:
            yield from version.conditions()


@dataclass(frozen=True, slots=True)
class Gap:
    """What an instrument says and Licet does not encode; `when` tells for which cases that matters."""

    id: str
    when: Condition
    missing: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A body of law with one reach: a regulation, an act.

    `territory` names the countries (or groups) whose export law it is, for telling which are not encoded.
    """

    id: str
    jurisdiction: str
    title: str
    cite: str
    authority: str
    channel: str
    encoded_from: date
    checked_to: date
    territory: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    not_coded: tuple[NotCoded, ...] = ()
    file: str = ""
