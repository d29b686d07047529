"""Which facts make two cases the same to the law.

What no provision reads is left out, and numbers that are only held against lines count by the lines they lie between.
Cases with the same vector have the same short answer under the same law: every condition on them has the same value,
and the same facts of theirs are open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction
from hashlib import blake2b
from typing import Any

from licet.facts.case import Case
from licet.facts.dictionary import level, own_name
from licet.facts.elements import Element, NoneOf
from licet.facts.numbers import Interval
from licet.rules import tree
from licet.rules.law import Law
from licet.services.orders.changes import conditions

# What the engine itself looks at.
_KEPT = ("item.declared.", "item.kind", "item.bom", "owner.share", "owner.votes", "party.kind", "evidence.for")
_WHOLE = ("components", "rates")  # an item with these is computed with, so all its facts count


class Reads:
    """What the law reads, over all its versions."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.read: set[str] = set()
        self.exact: set[str] = {own_name(fact) for fact in law.fact_measures()} | {"owner.share", "owner.votes"}
        for fact in law.dictionary.facts.values():  # facts that exclude each other are a contradiction
            for others in fact.contradicts.values():
                self.read.update(map(own_name, (fact.name, *others)))
        lines: dict[str, set[Fraction]] = {}
        for rule in law.rules.values():
            self.exact.add(f"dates.{rule.clock}")  # held against the days of its versions
            for condition in conditions(rule):
                self._condition(condition, lines)
            for version in rule.versions:
                for case in version.value:
                    self._exactly(case.value)
        for instrument in law.instruments.values():
            for gap in instrument.gaps:
                self._condition(gap.when, lines)
        self.lines = {fact: sorted(held) for fact, held in lines.items() if fact not in self.exact}

    def _condition(self, condition: tree.Condition, lines: dict[str, set[Fraction]]) -> None:
        for node in tree.walk(condition):
            self.read.update(own_name(fact) for fact in tree.facts_of(node))
            if isinstance(node, tree.Owned):
                self.exact.add(own_name(node.fact))
            if not isinstance(node, tree.Compare):
                continue
            match node.left, node.right:
                case (tree.NumberFact(name=name, scale=scale), tree.Const(value=value, scale=decimals)):
                    lines.setdefault(own_name(name), set()).add(Fraction(value * 10**scale, 10**decimals))
                case (left, right):
                    self._exactly(left)
                    self._exactly(right)

    def _exactly(self, number: tree.Number) -> None:
        facts = [own_name(part.name) for part in tree.numbers(number) if isinstance(part, tree.NumberFact)]
        self.exact.update(facts)
        self.read.update(facts)

    def vector(self, case: Case) -> bytes:
        """The digest of what the law can tell of a case but for its day. Its parties must have been resolved."""
        # The law holds the day itself only against the papers of a case.
        day = case.root.facts.get("case.on") if case.root.lists.get("held") else None
        whole = (day, self._element(case.root), [self._element(item) for item in case.items])
        return blake2b(repr(whole).encode(), digest_size=16).digest()

    def _element(self, element: Element, whole: bool = False) -> tuple[Any, ...]:
        whole = whole or "item.bom" in element.facts or any(element.lists.get(of) for of in _WHOLE)
        facts = [
            (fact, self._value(fact, value, whole))
            for fact, value in sorted(element.facts.items())
            if whole or self._counts(fact)
        ]
        lists = [
            (of, element.closed.get(of), [self._element(member, whole) for member in members])
            for of, members in sorted(element.lists.items())
        ]
        told = [
            (of, sorted((fact, _plain(value)) for fact, value in facts.items()))
            for of, facts in sorted(element.told.items())
        ]
        rest = sorted((of, closed) for of, closed in element.closed.items() if of not in element.lists)
        return facts, lists, told, rest

    def _counts(self, fact: str) -> bool:
        if fact == "case.on":
            return False
        return fact in self.read or level(fact) == "case" or fact.startswith(_KEPT)

    def _value(self, fact: str, value: Any, whole: bool) -> Any:
        lines = None if whole else self.lines.get(fact)
        return _plain(value) if lines is None else _between(value, lines)


def words_of(case: Case) -> frozenset[str]:
    """Every word that stands in the facts of a case."""
    found: set[str] = set()
    pending = [case.root, *case.items]
    while pending:
        element = pending.pop()
        for facts in (element.facts, *element.told.values()):
            for value in facts.values():
                if isinstance(value, str):
                    found.add(value)
                elif isinstance(value, (frozenset, NoneOf)):
                    found.update(value if isinstance(value, frozenset) else value.texts)
        for members in element.lists.values():
            pending.extend(members)
    return frozenset(found)


def _plain(value: Any) -> Any:
    """A value that is written in one way only."""
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    return ("none of", *sorted(value.texts)) if isinstance(value, NoneOf) else value


def _between(value: Interval, lines: list[Fraction]) -> tuple[object, ...]:
    """Where both ends lie among the lines, and whether they are one point."""
    low, high = value
    return _spot(low, lines), _spot(high, lines), low == high


def _spot(end: int | None, lines: list[Fraction]) -> tuple[int, int] | None:
    return None if end is None else (bisect_left(lines, end), bisect_right(lines, end))
