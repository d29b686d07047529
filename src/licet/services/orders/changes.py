"""Whether what changed in the law between two days can matter to an answer: kept as bits, a provision each.

An answer rests on the provisions that were evaluated for it. It stands on another day if none of these changed between,
and no new one came into force that could reach the case.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple, TypeGuard

from licet.facts.case import Case
from licet.facts.dictionary import own_name
from licet.facts.elements import Element
from licet.logic.decide import Line, enforced
from licet.logic.declared import PREFIX
from licet.rules import tree
from licet.rules.codes import beneath
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.rules.snapshot import InForce, Span, in_force
from licet.services.align_turns import turning_days

_DAY = timedelta(days=1)
_ASKED_ALWAYS = ("reach", "group", "measure")  # of these also where their instrument has no say
_ALWAYS = ("measure", "ownership")  # of these it is not kept who asked
_NEEDS = ("requirement", "prohibition")


@dataclass(frozen=True, slots=True)
class Rests:
    """What an answer rests on: provisions, those that would count if they came into force, and the kind of thing.

    Those of `sure` count whatever kind they are about.
    """

    rules: int
    could: int
    sure: int
    kind: str | None


class Hook(NamedTuple):
    """How a provision hangs together with others: whether it counts, the kinds of thing it is about, its own keys."""

    enforced: bool
    kinds: tuple[str, ...] | None
    extra: str


class Changes:
    """The provisions of the law by the days on which they turn."""

    def __init__(self, law: Law, law_age: timedelta = timedelta(0)) -> None:
        self.law = law
        self.bits = {rule: 1 << number for number, rule in enumerate(law.rules)}
        turned: dict[date, int] = {}
        for rule in law.rules.values():
            for day in turning_days(rule):
                turned[day] = turned.get(day, 0) | self.bits[rule.id]
        # Where an instrument begins to be encoded, up to where it was read, and whether it asks for anything at all
        # count like provisions of it; so does the day itself, where the law names one.
        self.read, self.asks, self.begun = dict[str, int](), dict[str, int](), 0
        for number, i in enumerate(law.instruments.values()):
            places = (1 << (len(law.rules) + 3 * number + more) for more in range(3))
            self.read[i.id], self.asks[i.id], begun = places
            self.begun |= begun
            for day, bit in ((i.encoded_from, begun), (i.checked_to + law_age + _DAY, self.read[i.id])):
                turned[day] = turned.get(day, 0) | bit
        named = 1 << (len(law.rules) + 3 * len(law.instruments))
        self.begun |= named
        for day in _named_days(law):
            for turn in (day, day + _DAY):
                turned[turn] = turned.get(turn, 0) | named
        oldest = min((i.checked_to for i in law.instruments.values()), default=date.min)
        self.oldest = sum(self.read[i.id] for i in law.instruments.values() if i.checked_to == oldest)
        self.hooks: dict[str, list[tuple[date, Hook | None]]] = {}
        self._hang(turned)
        self.days = sorted(turned)
        self.turned = [turned[day] for day in self.days]
        self.always = self.begun | self._of(rule for rule in law.rules.values() if rule.kind in _ALWAYS)
        described = {part.group for when in _conditions(law) for part in tree.walk(when) if _is_described(part)}
        self.exact = {
            self.bits[r.id]: r
            for r in law.rules.values()
            if r.kind == "group" and r.id not in described and not _by_code(r)
        }
        self.lists = sum(self.exact)
        self.mine = {name: self._of(r for r in law.rules.values() if r.instrument == name) for name in law.instruments}
        # What reaches by rules of its own, and rules of reach themselves, count also where their instrument has no say.
        self.apart = self._of(rule for rule in law.rules.values() if rule.kind == "reach" or _own_reach(rule))
        self.asked_always = self._of(rule for rule in law.rules.values() if rule.kind in _ASKED_ALWAYS)
        self.kinds: dict[str | None, int] = {}
        self.groups: dict[str, int] = {}
        self.referred: dict[str, int] = {}
        self.inputs, self.compared = _measured(law), dict[str, int]()
        territories = (name for i in law.instruments.values() for name in i.territory)
        gaps = [gap.when for i in law.instruments.values() for gap in i.gaps]
        # Looked at for every case.
        self.everywhere = self._group_bits([*territories, *(name for when in gaps for name in _named(when))])
        for when in gaps:
            self.apart |= self._refers(when)
        self.between: dict[tuple[int, int], int] = {}
        self.new: dict[tuple[int, int], int] = {}
        self.moved: dict[tuple[int, int, int], frozenset[str] | None] = {}

    def _hang(self, turned: dict[date, int]) -> None:
        """From when on every provision hangs together with others in which way.

        Days on which an instrument begins or ceases to ask for anything are added to what turned.
        """
        asks: dict[str, list[tuple[date, int]]] = {}
        for rule in self.law.rules.values():
            own = self.hooks[rule.id] = []
            for day in (date.min, *sorted(turning_days(rule))):
                held = in_force(rule, Span(day), self.law)
                hook = None if held is None else Hook(enforced(held), held.kinds, repr(held.extra))
                if rule.kind in _NEEDS:
                    less = bool(own and own[-1][1] is not None and own[-1][1].enforced)
                    asks.setdefault(rule.instrument, []).append((day, (hook is not None and hook.enforced) - less))
                own.append((day, hook))
        for instrument, steps in asks.items():
            count = 0
            for day, same_day in groupby(sorted(steps), key=lambda step: step[0]):
                before, count = count, count + sum(step for _, step in same_day)
                if day > date.min and bool(before) != bool(count):
                    turned[day] |= self.asks[instrument]

    def _hook(self, rule: str, stretch: int) -> Hook | None:
        own = self.hooks[rule]
        return own[bisect_right(own, self._first(stretch), key=lambda step: step[0]) - 1][1]

    def _first(self, stretch: int) -> date:
        """The first day of a stretch."""
        return self.days[stretch - 1] if stretch else date.min

    def stretch(self, day: date) -> int:
        """Days with the same number have the same law."""
        return bisect_right(self.days, day)

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
            rules |= self.read[name] | self.asks[name]
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
        changed = self._between(*sorted((first, other))) & (rests.rules | self.always)
        found = (changed | (self._new(first, other) & rests.could)) & (self._about(rests.kind) | rests.sure)
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
        return in_force(rule, Span(self._first(stretch)), self.law)

    def _new(self, first: int, other: int) -> int:
        """The provisions of another stretch that were not there in the first, or hung together otherwise."""
        key = (first, other)
        if key not in self.new:
            changed = self._between(*sorted(key))
            rules = (rule for rule in self.law.rules.values() if changed & self.bits[rule.id])
            self.new[key] = self._of(r for r in rules if self._hook(r.id, other) not in (None, self._hook(r.id, first)))
        return self.new[key]

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
            self.kinds[kind] = about | self.begun | sum(self.read.values()) | sum(self.asks.values())
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

    def _stated(self, element: Element) -> int:
        """The provisions whose lines a measure is held against that is stated beside what it is computed from."""
        found = 0
        for fact, inputs in self.inputs.items():
            if fact in element.facts and (not inputs.isdisjoint(element.facts) or any(element.lists.values())):
                if fact not in self.compared:
                    rules = self.law.rules.values()
                    self.compared[fact] = self._of(rule for rule in rules if any(_compares(rule, fact)))
                found |= self.compared[fact]
        return found

    def _referred(self, name: str) -> int:
        """What a provision refers to, in any version: also what there was not when it was evaluated."""
        if name not in self.referred:
            self.referred[name] = 0
            for condition in conditions(self.law.rules[name]):
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
                    self.groups[scheme] = self._of(r for r in rules if r.kind == "entry" and r.id.startswith(scheme))
                found |= self.groups[scheme]
            elif isinstance(part, tree.Owned):
                found |= self.bits.get(part.counts, 0)
        return found

    def _groups(self, name: str) -> int:
        """The groups that a provision names, in any version."""
        if name not in self.groups:
            named = (group for when in conditions(self.law.rules[name]) for group in _named(when))
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


def conditions(rule: Rule) -> Iterator[tree.Condition]:
    """The conditions of a provision, in all its versions."""
    for version in rule.versions:
        if version.when is not None:
            yield version.when
        yield from (case.guard for case in version.value if case.guard is not None)


def _conditions(law: Law) -> Iterator[tree.Condition]:
    for rule in law.rules.values():
        yield from conditions(rule)
    yield from (gap.when for instrument in law.instruments.values() for gap in instrument.gaps)


def _named_days(law: Law) -> Iterator[date]:
    """The days that the day of a case is held against by the conditions themselves."""
    for when in _conditions(law):
        for part in tree.walk(when):
            match part:
                case tree.Compare(left=tree.NumberFact(name="case.on"), right=tree.Const(value=value)):
                    yield date.fromordinal(value)
                case tree.Compare(left=tree.Const(value=value), right=tree.NumberFact(name="case.on")):
                    yield date.fromordinal(value)


def _measured(law: Law) -> dict[str, frozenset[str]]:
    """For every measure the facts that it is computed from, in any version."""
    found: dict[str, set[str]] = {}
    for rule in law.rules.values():
        for version in rule.versions if rule.kind == "measure" else ():
            inputs = found.setdefault(own_name(version.extra["gives"]), set())
            for case in version.value:
                inputs.update(own_name(n.name) for n in tree.numbers(case.value) if isinstance(n, tree.NumberFact))
                if case.guard is not None:
                    inputs.update(own_name(fact) for part in tree.walk(case.guard) for fact in tree.facts_of(part))
    return {fact: frozenset(inputs) for fact, inputs in found.items()}


def _compares(rule: Rule, fact: str) -> Iterator[bool]:
    for when in conditions(rule):
        for part in tree.walk(when):
            if isinstance(part, tree.Compare):
                yield fact in map(own_name, tree.facts_of(part))


def _is_described(part: tree.Condition) -> TypeGuard[tree.Described]:
    return isinstance(part, tree.Described)


def _unlike(was: InForce | None, becomes: InForce | None) -> frozenset[str] | None:
    if (
        was is None
        or becomes is None
        or (was.known, was.match, was.without)
        != (
            becomes.known,
            becomes.match,
            becomes.without,
        )
    ):
        return None
    return was.members ^ becomes.members


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
