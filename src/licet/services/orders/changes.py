"""Whether what changed in the law between two days can matter to an answer: kept as bits, a provision each.

An answer rests on the provisions that were evaluated for it. It stands on another day if none of these changed between,
and no new one came into force that could reach the case.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from licet.facts.case import Case
from licet.facts.elements import Element
from licet.logic.decide import Line
from licet.logic.declared import PREFIX
from licet.rules import tree
from licet.rules.codes import beneath
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.rules.snapshot import Span, in_force
from licet.services.align_turns import turning_days

_DAY = timedelta(days=1)
_ASKED_ALWAYS = ("reach", "group", "measure")  # of these also where their instrument has no say
_ALWAYS = ("measure", "ownership")  # of these it is not kept who asked


@dataclass(frozen=True, slots=True)
class Rests:
    """What an answer rests on: provisions, those that would count if they came into force, and the kind of thing."""

    rules: int
    could: int
    kind: str | None


class Changes:
    """The provisions of the law by the days on which they turn."""

    def __init__(self, law: Law, law_age: timedelta = timedelta(0)) -> None:
        self.law = law
        self.bits = {rule: 1 << number for number, rule in enumerate(law.rules)}
        turned: dict[date, int] = {}
        for rule in law.rules.values():
            for day in turning_days(rule):
                turned[day] = turned.get(day, 0) | self.bits[rule.id]
        # Where an instrument begins to be encoded, and up to where it was read, count like provisions of it.
        self.read, self.begun = dict[str, int](), 0
        for number, i in enumerate(law.instruments.values()):
            self.read[i.id], begun = (1 << (len(law.rules) + 2 * number + more) for more in (0, 1))
            self.begun |= begun
            for day, bit in ((i.encoded_from, begun), (i.checked_to + law_age + _DAY, self.read[i.id])):
                turned[day] = turned.get(day, 0) | bit
        self.days = sorted(turned)
        self.turned = [turned[day] for day in self.days]
        self.there = [self._there(day) for day in [date.min, *self.days]]
        self.always = self.begun | self._of(rule for rule in law.rules.values() if rule.kind in _ALWAYS)
        self.exact = {self.bits[r.id]: r for r in law.rules.values() if r.kind == "group" and not _by_code(r)}
        self.lists = sum(self.exact)
        self.mine = {name: self._of(r for r in law.rules.values() if r.instrument == name) for name in law.instruments}
        self.apart = self._of(rule for rule in law.rules.values() if _own_reach(rule))
        self.asked_always = self._of(rule for rule in law.rules.values() if rule.kind in _ASKED_ALWAYS)
        self.kinds: dict[str | None, int] = {}
        self.groups: dict[str, int] = {}
        territories = (name for i in law.instruments.values() for name in i.territory)
        gaps = (name for i in law.instruments.values() for gap in i.gaps for name in _named(gap.when))
        self.everywhere = self._group_bits([*territories, *gaps])  # looked at for every case
        self.between: dict[tuple[int, int], int] = {}
        self.moved: dict[tuple[int, int, int], frozenset[str]] = {}

    def stretch(self, day: date) -> int:
        """Days with the same number have the same law."""
        return bisect_right(self.days, day)

    def rests(self, names: Iterable[str], case: Case, found: Iterable[Line]) -> Rests:
        """What the answer for these lines rests on, by the names of what was evaluated."""
        rules, could = self.everywhere, self.apart
        for name in names:
            rules |= self.bits.get(name, 0)
            if name in self.bits:
                rules |= self._groups(name)
        kinds = {item.facts.get("item.kind") for item in case.items}
        for item in case.items:
            for element in (item, *item.lists.get("components", ())):
                rules |= self._declared(element)
                kinds.add(element.facts.get("item.kind"))
        reached = {name for line in found for name, value in line.reach.items() if value is not False}
        for name in reached:
            could |= self.mine[name]
        for name in reached or self.read:
            rules |= self.read[name]
        asked = rules & ~self.asked_always
        for mine in self.mine.values():
            if asked & mine:
                could |= mine
        kind = kinds.pop() if len(kinds) == 1 else None
        return Rests(rules, could, kind if isinstance(kind, str) else None)

    def matter(self, rests: Rests, first: int, other: int, words: frozenset[str]) -> bool:
        """Whether an answer of one stretch may be another in a second one, for a case in which these words occur."""
        if first == other:
            return False
        changed = self._between(*sorted((first, other))) & (rests.rules | self.always)
        new = self.there[other] & ~self.there[first] & rests.could
        found = (changed | new) & self._about(rests.kind)
        if found & ~self.lists:
            return True
        while found:
            bit = found & -found
            if not words.isdisjoint(self._moved(bit, first, other)):
                return True
            found ^= bit
        return False

    def _moved(self, bit: int, first: int, other: int) -> frozenset[str]:
        """The members that a group has in one of two stretches only; all there are where it is not known in one."""
        key = (bit, first, other)
        if key not in self.moved:
            was, becomes = (self._members(self.exact[bit], stretch) for stretch in (first, other))
            self.moved[key] = was ^ becomes
        return self.moved[key]

    def _members(self, rule: Rule, stretch: int) -> frozenset[str]:
        day = self.days[stretch - 1] if stretch else date.min
        held = in_force(rule, Span(day), self.law)
        return frozenset() if held is None else held.members

    def _there(self, day: date) -> int:
        """The provisions that are in force on a day, or within it."""
        return self._of(rule for rule in self.law.rules.values() if in_force(rule, Span(day), self.law) is not None)

    def _between(self, first: int, last: int) -> int:
        key = (first, last)
        if key not in self.between:
            found = 0
            for turned in self.turned[first:last]:
                found |= turned
            self.between[key] = found
        return self.between[key]

    def _about(self, kind: str | None) -> int:
        """The provisions that can be about a kind of thing."""
        if kind not in self.kinds:
            about = self._of(rule for rule in self.law.rules.values() if _can_be_about(rule, kind))
            self.kinds[kind] = about | self.begun | sum(self.read.values())
        return self.kinds[kind]

    def _declared(self, element: Element) -> int:
        """The provisions that codes declared are held against, whose values are not kept."""
        found = 0
        for fact, codes in element.facts.items():
            if fact.startswith(PREFIX):
                scheme = fact.removeprefix(PREFIX)
                key = f"{scheme} {' '.join(sorted(codes))}"
                if key not in self.groups:
                    self.groups[key] = self._of(self._coded(scheme, codes))
                found |= self.groups[key]
        return found

    def _coded(self, scheme: str, codes: Iterable[str]) -> Iterator[Rule]:
        for rule in self.law.rules.values():
            own = {str(version.extra["code"]) for version in rule.versions if "code" in version.extra}
            near = any(beneath(code, known) or beneath(known, code) for code in codes for known in own)
            if (rule.kind == "group" and rule.id.startswith(f"{scheme}.")) or (rule.kind == "entry" and near):
                yield rule

    def _groups(self, name: str) -> int:
        """The groups that a provision names, in any version."""
        if name not in self.groups:
            versions = self.law.rules[name].versions
            named = (group for version in versions if version.when is not None for group in _named(version.when))
            self.groups[name] = self._group_bits(named)
        return self.groups[name]

    def _group_bits(self, names: Iterable[str]) -> int:
        found, pending = 0, list(names)
        while pending:
            name = pending.pop()
            if name in self.bits and not found & self.bits[name]:
                found |= self.bits[name]
                pending.extend(inner for version in self.law.rules[name].versions for inner in version.includes)
        return found

    def _of(self, rules: Iterable[Rule]) -> int:
        found = 0
        for rule in rules:
            found |= self.bits[rule.id]
        return found


def _by_code(rule: Rule) -> bool:
    """Whether members are more than equal words, or are not all known."""
    return any(v.extra.get("match", "exact") != "exact" or v.without or v.when for v in rule.versions)


def _own_reach(rule: Rule) -> bool:
    """Whether it reaches by rules of its own, so that its instrument's reach tells nothing."""
    return any("reach" in version.extra for version in rule.versions)


def _can_be_about(rule: Rule, kind: str | None) -> bool:
    return kind is None or any(version.kinds is None or kind in version.kinds for version in rule.versions)


def _named(when: tree.Condition) -> Iterator[str]:
    return (part.group for part in tree.walk(when) if isinstance(part, (tree.Member, tree.Described)))
