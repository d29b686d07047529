"""Which facts make two cases the same to the law.

What no provision reads is left out, and numbers that are only held against lines count by the lines they lie between.
Cases with the same vector have the same short answer under the same law: every condition on them has the same value,
and the same facts of theirs are open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from typing import Any

from licet.facts.case import Case
from licet.facts.dictionary import level, own_name
from licet.facts.elements import Element, NoneOf
from licet.facts.numbers import Interval
from licet.rules import tree
from licet.rules.law import Law

# What the engine itself looks at.
_KEPT = ("item.declared.", "item.kind", "item.bom", "owner.share", "owner.votes", "party.kind", "evidence.for")
_WHOLE = ("components", "rates")  # an item with these is computed with, so all its facts count


@dataclass(frozen=True, slots=True)
class Use:
    """A number that is computed from a fact: the other facts and the lists in it, and whether it only multiplies."""

    beside: frozenset[str]
    lists: frozenset[str]
    product: bool


class Reads:
    """What the law reads, over all its versions."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.read: set[str] = set()
        self.uses: dict[str, set[Use]] = {}
        self.measures = {own_name(fact) for fact in law.fact_measures()}
        self.exact: set[str] = self.measures | {"owner.share", "owner.votes"}
        for fact in law.dictionary.facts.values():  # facts that exclude each other are a contradiction
            for others in fact.contradicts.values():
                self.read.update(map(own_name, (fact.name, *others)))
        lines: dict[str, set[Fraction]] = {}
        for rule in law.rules.values():
            self.exact.add(f"dates.{rule.clock}")  # held against the days of its versions
            for condition in rule.conditions():
                self._condition(condition, lines)
            for version in rule.versions:
                for case in version.value:
                    inputs = _facts(case.value)
                    if case.guard is not None and not inputs:
                        read = {own_name(fact) for node in tree.walk(case.guard) for fact in tree.facts_of(node)}
                        inputs = frozenset(read if len(read) == 1 else ())  # while it is open, the case is not certain
                    self._exactly(case.value)
                    if "gives" in version.extra:  # a stated measure is held against what it is computed from
                        self._use(own_name(version.extra["gives"]), inputs, case.value)
        for instrument in law.instruments.values():
            for gap in instrument.gaps:
                self._condition(gap.when, lines)
        self.lines = {fact: sorted({*held, Fraction(0)}) for fact, held in lines.items()}

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
                    self._exactly(left, _facts(right), _is_product(right))
                    self._exactly(right)

    def _exactly(self, number: tree.Number, beside: frozenset[str] = frozenset(), pure: bool = True) -> None:
        """A number that is computed, with the facts it is held against."""
        facts = _facts(number)
        self.exact.update(facts)
        self.read.update(facts)
        for fact in facts:
            self._use(fact, (facts | beside) - {fact}, number, pure)

    def _use(self, fact: str, beside: frozenset[str], number: tree.Number, pure: bool = True) -> None:
        lists = frozenset(part.of for part in tree.numbers(number) if isinstance(part, tree.Aggregate))
        self.uses.setdefault(fact, set()).add(Use(beside, lists, pure and _is_product(number)))

    def _alone(self, fact: str, element: Element) -> bool:
        """Whether nothing can be computed from a fact: everywhere it is used beside one that is not stated.

        A product or quotient with what may be anything from nothing on is not bounded, whatever the other number is; so
        only the lines matter that the number itself is held against, and whether it is nothing.
        """
        uses = self.uses.get(fact, ())
        return bool(uses) and all(
            use.product
            and (
                any(not element.lists.get(of) for of in use.lists)
                or any(other not in element.facts and self._from_nothing(other) for other in use.beside)
            )
            for use in uses
        )

    def _from_nothing(self, fact: str) -> bool:
        known = self.law.dictionary.find(fact)
        stated = known is not None and level(fact) == "item" and fact not in self.measures
        return stated and known is not None and (known.type == "yes_no" or not known.low)

    def vector(self, case: Case) -> bytes:
        """The digest of what the law can tell of a case but for its day. Its parties must have been resolved."""
        # The law holds the day itself only against the papers of a case.
        day = case.root.facts.get("case.on") if case.root.lists.get("held") else None
        whole = (day, self._element(case.root), [self._element(item) for item in case.items])
        return blake2b(repr(whole).encode(), digest_size=16).digest()

    def _element(self, element: Element, whole: bool = False) -> tuple[Any, ...]:
        whole = whole or "item.bom" in element.facts or any(element.lists.get(of) for of in _WHOLE)
        facts = [
            (fact, self._value(fact, value, element, whole))
            for fact, value in sorted(element.facts.items())
            if whole or self.counts(fact)
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

    def counts(self, fact: str) -> bool:
        """Whether the law, or the engine itself, looks at a fact."""
        if fact == "case.on":
            return False
        return fact in self.read or level(fact) == "case" or fact.startswith(_KEPT)

    def alike(self, fact: str, value: Any, element: Element) -> Any:
        """What is the same for values of a fact that the law cannot tell apart in an element without parts."""
        return self._value(fact, value, element, whole=False)

    def _value(self, fact: str, value: Any, element: Element, whole: bool) -> Any:
        lines = None if whole or (fact in self.exact and not self._alone(fact, element)) else self.lines.get(fact)
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


def _facts(number: tree.Number) -> frozenset[str]:
    """The facts a number is computed from."""
    return frozenset(own_name(part.name) for part in tree.facts_in(number))


def _is_product(number: tree.Number) -> bool:
    """Whether a number is computed by multiplying and dividing only."""
    return all(part.op in "*/" for part in tree.numbers(number) if isinstance(part, tree.Arith))


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
