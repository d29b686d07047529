"""Provisions in a list, and their versions over the years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from licet.rules.diff import day_of, last, standing
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.rules.tree import Always
from licet.services.lawpage import Page
from licet.services.lawview import written

CHART_WIDTH = 72
_STEPS = (12, 6, 4, 2, 1)
_MARKS = {"suspended": "s", "not enforced": "n", "scheduled": "?"}
LEGEND = "1-9 the version in force, s suspended, n not enforced, ? not known, . none"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of provisions."""

    id: str
    kind: str
    cite: str
    title: str
    versions: int
    status: str


def listed(law: Law, day: date, kind: str = "", jurisdiction: str = "") -> Iterator[Row]:
    """Provisions of a kind and a jurisdiction (or all), in the order of the files."""
    for rule in law.rules.values():
        if (not kind or rule.kind == kind) and (not jurisdiction or jurisdiction_of(law, rule) == jurisdiction):
            yield Row(rule.id, rule.kind, rule.cite, rule.title, len(rule.versions), standing(law, rule, day).word)


def jurisdiction_of(law: Law, rule: Rule) -> str:
    """The jurisdiction of the rule's instrument; of a rule without one, the first part of its id."""
    return law.instruments[rule.instrument].jurisdiction if rule.instrument else rule.id.partition(".")[0]


def versions_page(rule: Rule) -> Page:
    """All versions of one rule."""
    page = Page(f"{rule.cite}: {rule.title}")
    for number, version in enumerate(rule.versions, 1):
        end = last(rule, version)
        span = f"{written(version.start)} to {written(end)}" if end else f"from {written(version.start)}"
        section = page.section(f"{number}. {span}: {version.status.replace('_', ' ')}")
        section.add(version.change or "no note")
        if isinstance(version.when, Always) and version.when.value is None:
            section.add(f"not known: {version.when.text}")
        for source in version.sources:
            section.add(f"{source.cite} ({source.basis}, read {source.read})")
    return page


def versions(rule: Rule) -> list[dict[str, Any]]:
    """All versions of one rule as plain data, the oldest first."""
    return [
        {
            "number": number,
            "start": written(version.start),
            "until": written(last(rule, version)),
            "status": version.status,
            "change": version.change,
            "unknown": version.when.text if isinstance(version.when, Always) and version.when.value is None else "",
            "sources": [asdict(source) for source in version.sources],
        }
        for number, version in enumerate(rule.versions, 1)
    ]


def begun(law: Law, first: date, second: date, jurisdiction: str = "") -> Iterator[tuple[date, Rule, int]]:
    """The versions that begin on a day of a span, in the order of days and ids: the day, the rule, the number."""
    found = [
        (day_of(version.start), rule.id, number)
        for rule in law.rules.values()
        if not jurisdiction or jurisdiction_of(law, rule) == jurisdiction
        for number, version in enumerate(rule.versions, 1)
        if first <= day_of(version.start) <= second
    ]
    for day, rule_id, number in sorted(found):
        yield day, law.rules[rule_id], number


def chart(law: Law, rules: Iterable[Rule], today: date) -> list[str]:
    """One line a rule: which version stood at the end of each span of time, the years above them."""
    shown = list(rules)
    starts = [day_of(version.start) for rule in shown for version in rule.versions]
    first, final = min(starts).year, max(*starts, today).year + 1
    steps = next((s for s in _STEPS if (final - first) * s <= CHART_WIDTH), 1)
    days = [_end(year, step, steps) for year in range(first, final) for step in range(steps)]
    width = max(len(rule.id) for rule in shown)
    every = -(-5 // steps)  # so that four digits and a space fit
    years = "".join(f"{year:<{steps * every}}" for year in range(first, final, every))
    lines = [f"{'':<{width}}  {years}".rstrip()]
    return lines + [f"{rule.id:<{width}}  {''.join(mark(law, rule, day) for day in days)}" for rule in shown]


def mark(law: Law, rule: Rule, day: date) -> str:
    """One character for a rule on a day."""
    found = standing(law, rule, day)
    if found.held is None:
        return "."
    if found.word.endswith("unknown"):
        return "?"
    return _MARKS.get(found.word, str(found.number) if found.number < 10 else "+")


def _end(year: int, step: int, steps: int) -> date:
    """The last day of a span of 12 / steps months."""
    month = (step + 1) * 12 // steps
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return following - timedelta(days=1)
