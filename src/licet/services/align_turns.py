"""On which days the answer about an item may turn: those on which a rule changed that the last answer rested on.

Whole law changes on hundreds of days, and of each change most items never hear. What was evaluated is kept in the memos
of the case's elements, so a day is asked about only where one of these rules, or a group they name, turned then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from licet.facts.elements import Element
from licet.rules import tree
from licet.rules.law import Law
from licet.rules.model import Bound, Rule
from licet.rules.snapshot import Snapshot, Span, in_force

_DAY = timedelta(days=1)
_NEW = ("reach", "entry", "requirement", "prohibition", "relief", "bar")  # what counts as soon as it exists


class Turns:
    """The days on which provisions of some jurisdictions, or of what all of them share, begin or end."""

    def __init__(self, law: Law, jurisdictions: Iterable[str]) -> None:
        self.law = law
        wanted = {*jurisdictions, "shared"}
        self.rules: dict[date, list[Rule]] = {}
        for rule in law.rules.values():
            if rule.id.partition(".")[0] in wanted:
                for day in turning_days(rule):
                    self.rules.setdefault(day, []).append(rule)

    def matter(self, after: date, up_to: date, touched: frozenset[str], item: Element) -> bool:
        """Whether what turned after one day, up to another, may change an answer that rested on these rules."""
        turned = (rule for day, rules in self.rules.items() if after < day <= up_to for rule in rules)
        return any(self._matters(rule, after, up_to, touched, item) for rule in turned)

    def _matters(self, rule: Rule, after: date, up_to: date, touched: frozenset[str], item: Element) -> bool:
        if rule.kind in ("measure", "ownership"):
            return True
        was, becomes = (in_force(rule, Span(day), self.law) for day in (after, up_to))
        if all(held is None or held.leaves_out(item) for held in (was, becomes)):
            return False
        return rule.id in touched or (was is None and rule.kind in _NEW)


def touched(elements: Iterable[Element], law: Snapshot) -> frozenset[str]:
    """The rules evaluated for these elements and all beneath them, and the groups these name."""
    found: set[str] = set()
    for element in _all(elements):
        found.update(name for name in element.memo if name in law.rules)
    groups = set[str]().union(*(_groups(name, law) for name in found))
    pending = list(groups)
    while pending:
        for version in law.law.rules[pending.pop()].versions:
            pending.extend(name for name in version.includes if name not in groups)
            groups.update(version.includes)
    return frozenset(found | groups)


def _groups(rule: str, law: Snapshot) -> frozenset[str]:
    """The groups that a rule names, looked for once."""
    key = f"groups of {rule}"
    if key not in law.memo:
        law.memo[key] = frozenset(tree.groups_of(law.rules[rule].when))
    found: frozenset[str] = law.memo[key]
    return found


def _all(elements: Iterable[Element]) -> Iterator[Element]:
    for element in elements:
        yield element
        yield from _all(element.others.values())
        for members in element.lists.values():
            yield from _all(members)


def turning_days(rule: Rule) -> set[date]:
    """The days on which a provision begins, ends or is worded anew."""
    found: set[date] = set()
    for version in rule.versions:
        found |= _starts(version.start)
        if version.end is not None:
            found |= _starts(version.end) if isinstance(version.end, datetime) else {version.end + _DAY}
    return found


def _starts(point: Bound) -> set[date]:
    """The day of a turn; of one within a day also the next, on which it is certain."""
    return {point.date(), point.date() + _DAY} if isinstance(point, datetime) else {point}
