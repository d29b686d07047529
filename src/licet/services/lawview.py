"""A provision as it stands on a day, a list of provisions, and their versions over time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from licet.facts.dictionary import own_name
from licet.facts.errors import LawError, nearest
from licet.rules import tree
from licet.rules.check import matches
from licet.rules.diff import Standing, last, standing
from licet.rules.law import Law
from licet.rules.model import Bound, Rule, Version
from licet.services.lawpage import Page
from licet.services.lawwords import Clause, clauses, measure_clauses, named

_NAMING = {"lifts": "lifted by", "of": "reviewed under", "reach": "reached by"}
_LISTS = ("lifts", "bars", "of", "reach")


@dataclass(frozen=True, slots=True)
class Read:
    """A fact the provision reads: its unit and the question that asks for it."""

    fact: str
    unit: str
    ask: str


@dataclass(frozen=True, slots=True)
class Provision:
    """Everything the law file says of a provision on a day, and what other files say of it."""

    id: str
    kind: str
    subject: str
    cite: str
    title: str
    instrument: str
    file: str
    on: str
    status: str
    version: int
    versions: int
    start: str
    until: str
    change: str
    sources: tuple[dict[str, str], ...]
    says: dict[str, Any]
    conditions: tuple[Clause, ...]
    members: tuple[str, ...]
    facts: tuple[Read, ...]
    named_by: dict[str, tuple[str, ...]]
    not_coded: tuple[dict[str, str], ...]
    tests: int
    applies_by: str = field(default="act")


def find(law: Law, rule: str) -> Rule:
    """A rule by its id. Raises LawError with the nearest ids."""
    if rule not in law.rules:
        raise LawError.one(
            "L_NO_RULE", f"there is no rule {rule}", hint=nearest(rule, law.rules) or "see licet law list"
        )
    return law.rules[rule]


def provision(law: Law, rule: Rule, day: date, tests: int) -> Provision:
    """A rule as it stands on a day; of one that does not stand that day, only its head."""
    found = standing(law, rule, day)
    version = found.held.version if found.held else None
    return Provision(
        id=rule.id,
        kind=rule.kind,
        subject=rule.subject,
        cite=rule.cite,
        title=rule.title,
        instrument=law.instruments[rule.instrument].title if rule.instrument else "",
        file=rule.file,
        on=day.isoformat(),
        status=found.word,
        version=found.number,
        versions=len(rule.versions),
        start=written(version.start) if version else "",
        until=written(last(rule, version)) if version else "",
        change=version.change if version else "",
        sources=tuple(asdict(source) for source in version.sources) if version else (),
        says=dict(version.extra) if version else {},
        conditions=tuple(condition(law, found)),
        members=tuple(sorted(found.held.members)) if found.held else (),
        facts=tuple(_facts(law, version)) if version else (),
        named_by=named_by(law, rule),
        not_coded=tuple(asdict(left_out) for left_out in rule.not_coded),
        tests=tests,
        applies_by=rule.clock,
    )


def condition(law: Law, found: Standing) -> Iterator[Clause]:
    """The condition of a standing rule in words; nothing for a group and for a rule that does not stand."""
    if found.held is None:
        return
    version = found.held.version
    if version.value:
        yield from measure_clauses(version.value, version.extra["gives"], law)
    if version.when is not None:
        yield from clauses(version.when, law)


def written(point: Bound | None) -> str:
    """A date or a moment as it is written in a law file."""
    if point is None:
        return ""
    return point.isoformat("T", "minutes") if isinstance(point, datetime) else point.isoformat()


def _facts(law: Law, version: Version) -> Iterator[Read]:
    names = dict.fromkeys(own_name(name) for name in version.reads())
    for name in names:
        fact = law.dictionary.find(name)
        if fact is not None:
            yield Read(name, fact.unit, fact.ask_en)


def named_by(law: Law, rule: Rule) -> dict[str, tuple[str, ...]]:
    """Which rules, in any of their versions, name this one, and how."""
    found: dict[str, dict[str, None]] = {}
    for other in law.rules.values():
        for version in other.versions:
            if rule.id in version.refers():
                found.setdefault("referred to by", {})[other.id] = None
            for key, words in _NAMING.items():
                if rule.id in version.extra.get(key, ()):
                    found.setdefault(words, {})[other.id] = None
            if any(matches(pattern, rule.id) for pattern in version.extra.get("bars", ())):
                found.setdefault("barred by", {})[other.id] = None
    for instrument in law.instruments.values():
        if any(rule.id in tree.rules_of(gap.when) for gap in instrument.gaps):
            found.setdefault("gaps of", {})[instrument.id] = None
    return {words: tuple(ids) for words, ids in found.items()}


def provision_page(law: Law, shown: Provision) -> Page:
    """A provision as a page."""
    page = Page(f"{shown.cite}: {shown.title}")
    head = page.section(f"On {shown.on}: {shown.status}")
    head.add(f"{shown.kind} {shown.id} ({shown.instrument or 'no instrument'}), about the {shown.subject}")
    if shown.version:
        span = f"from {shown.start}" + (f" until {shown.until}" if shown.until else "")
        head.add(f"version {shown.version} of {shown.versions}, {span}")
    if shown.applies_by != "act":
        head.add(f"the version is chosen by the date of the {shown.applies_by}")
    if shown.change:
        head.add(f"change: {shown.change}")
    says = page.section("What it says")
    for key, value in shown.says.items():
        if key in _LISTS:
            says.add(f"{key}:")
            for target in value:
                says.add(named(target, law) if target in law.rules else target, 1)
        else:
            says.add(f"{key}: {value}")
    page.section("Conditions", [(clause.depth, str(clause)) for clause in shown.conditions])
    page.section(f"Members ({len(shown.members)})", [(0, ", ".join(shown.members))] if shown.members else [])
    asked = [(0, f"{read.fact}{f' ({read.unit})' if read.unit else ''}: {read.ask}") for read in shown.facts]
    page.section("Facts it reads", asked)
    page.section("Named by other rules", [(0, f"{words}: {', '.join(ids)}") for words, ids in shown.named_by.items()])
    page.section("Not coded", [(0, f"{left['cite']}: {left['why']}") for left in shown.not_coded])
    page.section("Sources", [(0, f"{s['cite']} ({s['basis']}, read {s['read']})") for s in shown.sources])
    page.section("File", [(0, f"{shown.file}, {shown.tests} test{'s' if shown.tests != 1 else ''}")])
    return page


def as_json(shown: Provision) -> dict[str, Any]:
    """A provision as plain data."""
    return {"schema": "licet.provision/1", **asdict(shown)}
