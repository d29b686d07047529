"""Whether what changed in the law between two days can matter to an answer.

An answer rests on the provisions that were evaluated for it. It stands on another day if none of these changed between,
and no new one came into force that could reach the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from licet.facts.case import Case
from licet.facts.dictionary import own_name
from licet.facts.elements import Element
from licet.logic.decide import Line
from licet.logic.declared import PREFIX
from licet.rules import tree
from licet.rules.codes import beneath
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.rules.snapshot import InForce, Span, in_force
from licet.services.orders.calendar import Calendar

_ASKED_ALWAYS = ("reach", "group", "measure")  # of these also where their instrument has no say
_ALWAYS = ("measure", "ownership")  # of these it is not kept who asked


@dataclass(frozen=True, slots=True)
class Rests:
    """What an answer rests on: provisions, those that would count if they came into force, and the kind of thing.

    Those of `sure` count whatever kind they are about.
    """

    rules: int
    could: int
    sure: int
    kind: str | None


class Changes:
    """What of the law an answer can rest on, and whether that is another in another stretch of unchanged law."""

    def __init__(self, law: Law, law_age: timedelta = timedelta(0)) -> None:
        self.law, self.calendar = law, Calendar(law, law_age)
        self.bits, of, rules = self.calendar.bits, self.calendar.of, law.rules.values()
        oldest = min((i.checked_to for i in law.instruments.values()), default=date.min)
        self.oldest = sum(self.calendar.read[i.id] for i in law.instruments.values() if i.checked_to == oldest)
        self.always = self.calendar.begun | of(rule for rule in rules if rule.kind in _ALWAYS)
        described = {group for when in law.conditions() for group in _described(when)}
        groups = (rule for rule in rules if rule.kind == "group" and rule.id not in described)
        self.exact = {self.bits[group.id]: group for group in groups if not _by_code(group)}
        self.lists = sum(self.exact)
        self.mine = {name: of(rule for rule in rules if rule.instrument == name) for name in law.instruments}
        # What reaches by rules of its own, and rules of reach themselves, count also where their instrument has no say.
        self.apart = of(rule for rule in rules if rule.kind == "reach" or _own_reach(rule))
        self.asked_always = of(rule for rule in rules if rule.kind in _ASKED_ALWAYS)
        self.kinds: dict[str | None, int] = {}
        self.groups: dict[str, int] = {}
        self.referred: dict[str, int] = {}
        self.inputs, self.compared = _measured(law), dict[str, int]()
        territories = (name for i in law.instruments.values() for name in i.territory)
        gaps = [gap.when for i in law.instruments.values() for gap in i.gaps]
        # Looked at for every case.
        self.everywhere = self._group_bits([*territories, *(name for when in gaps for name in tree.groups_of(when))])
        for when in gaps:
            self.apart |= self._refers(when)
        self.moved: dict[tuple[int, int, int], frozenset[str] | None] = {}

    def rests(self, names: Iterable[str], case: Case, found: Iterable[Line]) -> Rests:
        """What the answer for these lines rests on, by the names of what was evaluated."""
        rules, could = self.everywhere, self.apart
        for name in names:
            if name in self.bits:
                rules |= self.bits[name] | self._groups(name)
                could |= self._referred(name)
        kinds = {item.facts.get("item.kind") for item in case.items}
        sure = 0
        for item in case.items:
            for element in (item, *item.lists.get("components", ())):
                sure |= self._declared(element) | self._stated(element)
                kinds.add(element.facts.get("item.kind"))
        reached = {name for line in found for name, value in line.reach.items() if value is not False}
        rules |= self.oldest  # asked for where no instrument that is reached asks for anything
        for name in reached:
            could |= self.mine[name]
            rules |= self.calendar.read[name] | self.calendar.asks[name]
        asked = rules & ~self.asked_always
        for mine in self.mine.values():
            if asked & mine:
                could |= mine
        kind = kinds.pop() if len(kinds) == 1 else None
        # Whether a thing is of another kind than those the law knows is settled by its codes.
        return Rests(rules | sure, could, sure, kind if isinstance(kind, str) and kind != "other" else None)

    def matter(self, rests: Rests, first: int, other: int, words: frozenset[str]) -> bool:
        """Whether an answer of one stretch may be another in a second one, for a case in which these words occur."""
        if first == other:
            return False
        changed = self.calendar.between(first, other) & (rests.rules | self.always)
        found = (changed | (self.calendar.new(first, other) & rests.could)) & (self._about(rests.kind) | rests.sure)
        if found & ~self.lists:
            return True
        while found:
            bit = found & -found
            moved = self._moved(bit, first, other)
            if moved is None or not words.isdisjoint(moved):
                return True
            found ^= bit
        return False

    def _moved(self, bit: int, first: int, other: int) -> frozenset[str] | None:
        """The members that a group has in one of two stretches only; None where it is one in one of them only.

        A fact that is open is open to a group that there is, and outside one that there is not.
        """
        key = (bit, first, other)
        if key not in self.moved:
            was, becomes = (self._members(self.exact[bit], stretch) for stretch in (first, other))
            self.moved[key] = frozenset() if was is becomes is None else _unlike(was, becomes)
        return self.moved[key]

    def _members(self, rule: Rule, stretch: int) -> InForce | None:
        return in_force(rule, Span(self.calendar.first(stretch)), self.law)

    def _about(self, kind: str | None) -> int:
        """The provisions that can be about a kind of thing."""
        if kind not in self.kinds:
            about = self.calendar.of(rule for rule in self.law.rules.values() if _can_be_about(rule, kind))
            self.kinds[kind] = about | self.calendar.besides
        return self.kinds[kind]

    def _declared(self, element: Element) -> int:
        """The provisions that codes declared are held against, whose values are not kept."""
        found = 0
        for fact, codes in element.facts.items():
            if fact.startswith(PREFIX):
                scheme = fact.removeprefix(PREFIX)
                key = f"{scheme} {' '.join(sorted(codes))}"
                if key not in self.groups:
                    self.groups[key] = self.calendar.of(self._coded(scheme, codes))
                found |= self.groups[key]
        return found

    def _coded(self, scheme: str, codes: Iterable[str]) -> Iterator[Rule]:
        for rule in self.law.rules.values():
            own = {str(version.extra["code"]) for version in rule.versions if "code" in version.extra}
            near = any(beneath(code, known) or beneath(known, code) for code in codes for known in own)
            if (rule.kind == "group" and rule.id.startswith(f"{scheme}.")) or (rule.kind == "entry" and near):
                yield rule

    def _stated(self, element: Element) -> int:
        """The provisions whose lines a measure is held against that is stated beside what it is computed from."""
        found = 0
        for fact, inputs in self.inputs.items():
            if fact in element.facts and (not inputs.isdisjoint(element.facts) or any(element.lists.values())):
                if fact not in self.compared:
                    rules = self.law.rules.values()
                    self.compared[fact] = self.calendar.of(rule for rule in rules if any(_compares(rule, fact)))
                found |= self.compared[fact]
        return found

    def _referred(self, name: str) -> int:
        """What a provision refers to, in any version: also what there was not when it was evaluated."""
        if name not in self.referred:
            self.referred[name] = 0
            for condition in self.law.rules[name].conditions():
                self.referred[name] |= self._refers(condition)
        return self.referred[name]

    def _refers(self, when: tree.Condition) -> int:
        found = 0
        for part in tree.walk(when):
            if isinstance(part, tree.Refer):
                found |= self.bits.get(part.rule, 0)
            elif isinstance(part, tree.Described):
                scheme = f"{part.group.partition('.')[0]}."
                if scheme not in self.groups:
                    rules = self.law.rules.values()
                    self.groups[scheme] = self.calendar.of(
                        r for r in rules if r.kind == "entry" and r.id.startswith(scheme)
                    )
                found |= self.groups[scheme]
            elif isinstance(part, tree.Owned):
                found |= self.bits.get(part.counts, 0)
        return found

    def _groups(self, name: str) -> int:
        """The groups that a provision names, in any version."""
        if name not in self.groups:
            named = (group for when in self.law.rules[name].conditions() for group in tree.groups_of(when))
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


def _measured(law: Law) -> dict[str, frozenset[str]]:
    """For every measure the facts that it is computed from, in any version."""
    found: dict[str, set[str]] = {}
    for rule in law.rules.values():
        for version in rule.versions if rule.kind == "measure" else ():
            inputs = found.setdefault(own_name(version.extra["gives"]), set())
            inputs.update(map(own_name, version.reads()))
    return {fact: frozenset(inputs) for fact, inputs in found.items()}


def _compares(rule: Rule, fact: str) -> Iterator[bool]:
    for when in rule.conditions():
        for part in tree.walk(when):
            if isinstance(part, tree.Compare):
                yield fact in map(own_name, tree.facts_of(part))


def _described(when: tree.Condition) -> Iterator[str]:
    return (part.group for part in tree.walk(when) if isinstance(part, tree.Described))


def _unlike(was: InForce | None, becomes: InForce | None) -> frozenset[str] | None:
    if was is None or becomes is None:
        return None
    same = (was.known, was.match, was.without) == (becomes.known, becomes.match, becomes.without)
    return was.members ^ becomes.members if same else None


def _by_code(rule: Rule) -> bool:
    """Whether members are more than equal words, or are not all known."""
    return any(v.extra.get("match", "exact") != "exact" or v.without or v.when for v in rule.versions)


def _own_reach(rule: Rule) -> bool:
    """Whether it reaches by rules of its own, so that its instrument's reach tells nothing."""
    return any("reach" in version.extra for version in rule.versions)


def _can_be_about(rule: Rule, kind: str | None) -> bool:
    return kind is None or any(version.kinds is None or kind in version.kinds for version in rule.versions)
