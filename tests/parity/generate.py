"""Cases made from the law itself: the values its leaves turn on, combined pairwise, with open and closed lists."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from licet.facts.case import Case
from licet.facts.dictionary import Dictionary, level, own_name
from licet.facts.elements import Element
from licet.facts.truth import Truth
from licet.rules import tree
from licet.rules.law import Law
from licet.rules.snapshot import InForce, Snapshot

MISSING = object()
Choice = dict[str, Any]
STRANGER = "XX"
SHARES = [(250_000, 250_000), (499_999, 499_999), (500_000, 500_000), (400_000, 600_000), (1_000_000, 1_000_000)]


@dataclass
class Vocabulary:
    """For each fact (by its own name) the values that make a difference to some rule, in a fixed order."""

    law: Snapshot
    values: dict[str, dict[Any, None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for held in self.law.rules.values():
            for condition in conditions(held):
                for node in tree.walk(condition):
                    self._leaf(node)
            for case in held.value:
                for number in tree.numbers(case.value):
                    if isinstance(number, tree.NumberFact):
                        self._add(number.name, *[(n * 10**number.scale,) * 2 for n in (0, 1, 700, 5000)])
        self._add("owner.share", *SHARES)

    def of(self, fact: str) -> list[Any]:
        """The values of a fact, with `not stated` last."""
        known = self.law.law.dictionary.find(fact)
        values = list(self.values.get(fact, ()))
        if known is not None and known.type == "yes_no":
            values = [True, False]
        elif known is not None and known.type == "set":
            words = [word for value in values for word in value]
            values = [frozenset(), *values, frozenset([*words[:1], STRANGER])]
        elif known is not None and known.numeric:
            values = values or [((known.low or 0) + 5,) * 2]
        else:
            values = [*values, STRANGER]
        return [*values, MISSING]

    def _add(self, fact: str, *values: Any) -> None:
        kept = self.values.setdefault(own_name(fact), {})
        known = self.law.law.dictionary.find(fact)
        for value in values:
            kept[frozenset([value]) if known is not None and known.type == "set" else value] = None

    def _leaf(self, node: tree.Condition) -> None:
        match node:
            case tree.OneOf(fact=fact, values=values) | tree.Has(fact=fact, values=values):
                self._add(fact, *values)
            case tree.Member(fact=fact, group=group) if group in self.law.rules:
                self._group(fact, self.law.rules[group])
            case tree.Described(group=group) if group in self.law.rules:
                self._group(tree.declared_in(group), self.law.rules[group])
            case tree.Beneath(fact=fact, code=code) | tree.Declared(fact=fact, code=code):
                self._add(fact, code, f"{code}.x", code.rpartition(".")[0] or code[:-1], f"{code}x")
            case tree.Compare(left=tree.NumberFact(name=fact, scale=scale, low=low), right=tree.Const() as line):
                self._around(fact, line, scale, low)

    def _group(self, fact: str, group: InForce) -> None:
        for member in sorted(group.members)[:1] + sorted(group.members)[-1:]:
            self._add(fact, member)
            if group.match == "prefix":
                self._add(fact, member[:2], f"{member}99", member[:-1] + "z")
            elif group.match == "code":
                self._add(fact, f"{member}.x", member.rpartition(".")[0] or member[:-1], f"{member}x")
        for code in sorted(group.without)[:1]:
            self._add(fact, code, f"{code}.x")

    def _around(self, fact: str, line: tree.Const, scale: int, low: int | None) -> None:
        """Under, at and over the line, and ranges that straddle or touch it."""
        at = line.value * 10**scale // 10**line.scale
        under = at - 1 if low is None else max(low, at - 1)
        self._add(fact, (under, under), (at, at), (at + 1, at + 1), (under, at + 1), (at, None), (under, at))


def conditions(held: InForce) -> Iterator[tree.Condition]:
    """The condition of a rule and the guards of a measure."""
    yield held.when
    yield from (case.guard for case in held.value if case.guard is not None)


def own_facts(condition: tree.Condition) -> Iterator[str]:
    """The facts a condition reads anywhere, without those of the rules it refers to."""
    for node in tree.walk(condition):
        yield from map(own_name, tree.facts_of(node))


def focus(law: Snapshot, rule: str, depth: int = 1) -> list[str]:
    """The facts a rule turns on: its own, those of the measures it reads and of the rules it refers to."""
    held = law.rules.get(rule)
    if held is None:
        return []
    found = {fact: None for condition in conditions(held) for fact in own_facts(condition)}
    for fact in list(found):
        measure = law.measures.get(fact)
        for case in measure.value if measure else ():
            found |= {own_name(n.name): None for n in tree.numbers(case.value) if isinstance(n, tree.NumberFact)}
            found |= dict.fromkeys(own_facts(case.guard)) if case.guard is not None else {}
    if depth:
        for other in (other for condition in conditions(held) for other in tree.rules_of(condition)):
            found |= dict.fromkeys(focus(law, other, depth - 1))
    return list(found)


def pairwise(factors: dict[str, list[Any]], seed: random.Random, limit: int) -> list[Choice]:
    """Assignments that cover all pairs of values, greedily, at most `limit` of them."""
    names = list(factors)
    left = {
        (a, i, b, j)
        for n, a in enumerate(names)
        for b in names[n + 1 :]
        for i in range(len(factors[a]))
        for j in range(len(factors[b]))
    }
    made: list[Choice] = []
    while len(made) < limit and (left or not made):
        best: dict[str, int] = {}
        gain = -1
        for _ in range(4):
            tried = {name: seed.randrange(len(factors[name])) for name in names}
            covered = sum((a, tried[a], b, tried[b]) in left for n, a in enumerate(names) for b in names[n + 1 :])
            if covered > gain:
                best, gain = tried, covered
        left -= {(a, best[a], b, best[b]) for n, a in enumerate(names) for b in names[n + 1 :]}
        made.append({name: factors[name][index] for name, index in best.items()})
    return made


class Maker:
    """Makes cases: the chosen facts where they belong, the others at random or missing."""

    def __init__(self, law: Snapshot, seed: int) -> None:
        self.law, self.dictionary = law, law.law.dictionary
        self.words = Vocabulary(law)
        self.random = random.Random(seed)
        self.names = names_by_kind(self.dictionary)

    def cases(self, rule: str, limit: int) -> list[Case]:
        """Cases for one rule: its leaves combined pairwise."""
        factors = {fact: self.words.of(fact) for fact in focus(self.law, rule)[:24]}
        return [self.case(choice) for choice in pairwise(factors, self.random, limit)]

    def case(self, chosen: Choice) -> Case:
        """A case that shows the chosen values."""
        fill = self.random.choice([0.0, 0.3, 0.7, 0.95])
        root = self.element("case", chosen, fill)
        for fact in [name for name in root.facts if name.startswith("complete.")]:
            del root.facts[fact]
        root.facts["case.on"] = (self.law.day.toordinal(),) * 2
        root.closed["items"] = self.closed()
        root.add("parties", [self.party(chosen, fill, 0) for _ in range(self.count(1))], self.closed())
        root.add(
            "held",
            [self.element("evidence", chosen, fill) for _ in range(self.count(0))],
            self.random.choice([True, True, None]),
        )
        return Case("generated", self.law.day, None, root, [self.item(chosen, fill, 0) for _ in range(self.count(1))])

    def element(self, kind: str, chosen: Choice, fill: float) -> Element:
        """An element with the chosen facts of its kind; a second one of a list may differ in one of them."""
        found = Element({})
        for fact in self.names.get(kind, ()):
            value: Any = MISSING
            if fact in chosen and self.random.random() < 0.9:
                value = chosen[fact]
            elif fact not in chosen and self.random.random() < fill * (0.3 if fact in self.law.measures else 1):
                value = self.random.choice(self.words.of(fact))
            if value is not MISSING:
                found.facts[fact] = value
        return found

    def item(self, chosen: Choice, fill: float, depth: int) -> Element:
        """An item with rates and components."""
        found = self.element("item", chosen, fill)
        rates = [self.element("rate", chosen, fill) for _ in range(self.count(1))]
        found.add("rates", rates, True if rates else self.random.choice([None, True]))
        if depth == 0:
            parts = [self.item(chosen, fill, 1) for _ in range(self.count(0))]
            found.add("components", parts, self.closed())
        return found

    def party(self, chosen: Choice, fill: float, depth: int) -> Element:
        """A party with rows of lists and owners."""
        found = self.element("party", chosen, fill)
        found.add("listings", [self.element("listing", chosen, fill) for _ in range(self.count(0))], self.closed())
        owners = [self.party(chosen, fill, depth + 1) for _ in range(self.count(0))] if depth < 3 else []
        for owner in owners:
            if self.random.random() < 0.9:
                owner.facts["owner.share"] = self.random.choice(SHARES)
        found.add("owners", owners, self.closed())
        return found

    def count(self, usual: int) -> int:
        """How many members a list has: usually one or none."""
        return self.random.choice([0, 1, 2, usual, usual, usual])

    def closed(self) -> Truth:
        """Whether a list is complete."""
        return self.random.choice([True, True, False, None])


def names_by_kind(dictionary: Dictionary) -> dict[str, list[str]]:
    """The facts of each kind of element; shares belong to owners alone."""
    found: dict[str, list[str]] = {}
    for fact in dictionary.names():
        if fact != "owner.share":
            found.setdefault(level(fact), []).append(fact)
    return found


def closure(law: Snapshot, rules: Iterable[str]) -> Snapshot:
    """A snapshot with these rules and everything they need, and no others."""
    kept: dict[str, InForce] = {}
    pending = [rule for rule in rules if rule in law.rules]
    givers = {fact: held.rule.id for fact, held in law.measures.items()}
    while pending:
        rule = pending.pop()
        if rule in kept:
            continue
        held = kept[rule] = law.rules[rule]
        needed: list[str] = [*held.extra.get("reach", ())]
        for condition in conditions(held):
            needed += tree.rules_of(condition)
            needed += [node.group for node in tree.walk(condition) if isinstance(node, (tree.Member, tree.Described))]
            needed += [givers[fact] for fact in own_facts(condition) if fact in givers]
        for case in held.value:
            numbers = [own_name(n.name) for n in tree.numbers(case.value) if isinstance(n, tree.NumberFact)]
            needed += [givers[fact] for fact in numbers if fact in givers]
        pending += [other for other in needed if other in law.rules]
    rules_kept = {rule: held for rule, held in law.rules.items() if rule in kept}
    measures = {fact: held for fact, held in law.measures.items() if held.rule.id in kept}
    return Snapshot(law.law, law.day, rules_kept, measures)


def boundary_days(law: Law) -> dict[date, list[str]]:
    """Each first day of a version and the day before it, with the rules that change there."""
    found: dict[date, list[str]] = {}
    for rule in law.rules.values():
        for version in rule.versions:
            start = version.start if type(version.start) is date else version.start.date()  # type: ignore[union-attr]
            for day in (start, date.fromordinal(start.toordinal() - 1)):
                found.setdefault(day, []).append(rule.id)
    return dict(sorted(found.items()))
