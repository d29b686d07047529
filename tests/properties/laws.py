"""Little laws made in memory: one instrument that always reaches, and the rules a test needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from licet.facts.case import Case
from licet.facts.elements import Element, line
from licet.facts.truth import Truth
from licet.logic.decide import Bounds, Decider
from licet.rules.law import Law
from licet.rules.model import Bound, Instrument, Rule, Source, Version
from licet.rules.snapshot import snapshot
from licet.rules.tree import Always, Condition
from tests.properties.cases import checker

DAY = date(2024, 1, 31)
FIRST = date(2020, 1, 1)
SOURCE = (Source("a text", "2026-11-23", "official"),)
INSTRUMENT = Instrument("xx.law", "xx", "A law", "Act 1", "An office", "export", FIRST, date(2030, 1, 1))


def version(when: Condition, start: Bound = FIRST, end: Bound | None = None, **extra: Any) -> Version:
    """A version of a rule."""
    return Version(start, end, SOURCE, "in_force", "", when, extra=extra)


def rule(name: str, kind: str, *versions: Version, subject: str = "case") -> Rule:
    """A rule of the instrument."""
    return Rule(f"xx.{name}", kind, subject, "s. 1", name, INSTRUMENT.id, "act", versions)


def constant(name: str, kind: str, value: Truth, **extra: Any) -> Rule:
    """A rule that is yes, no or unknown whatever the case says."""
    return rule(name, kind, version(Always(value=value), **extra))


def law(*rules: Rule) -> Law:
    """The law of these rules, over the dictionary of the real one."""
    everywhere = constant("reach", "reach", True)
    return Law("0", checker().law.dictionary, {INSTRUMENT.id: INSTRUMENT}, {r.id: r for r in (everywhere, *rules)})


def case_of(*parties: Element, **facts: Any) -> Case:
    """A case with these facts and parties, all of them told."""
    root = Element({"act": "export"} | facts, "case")
    root.closed = {"items": True, "held": True}
    root.add("held", [], True)
    root.add("parties", list(parties), True)
    return Case("a case", DAY, None, root)


def bounds(rules: list[Rule], case: Case | None = None) -> Bounds:
    """What a case comes to under these rules."""
    judge = Decider(snapshot(law(*rules), DAY))
    given = case or case_of()
    return judge.decide(line(given.root, None), None).overall()
