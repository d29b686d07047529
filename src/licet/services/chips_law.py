"""What the law draws through a field of chips: its lines, and what each area between them comes to.

Nothing of it is typed here: the entries are those of the snapshot that put performance against a number, the lines are
the numbers they compare with, and each area is what the evaluator says of a chip in its middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise

from licet.facts.elements import line as line_of
from licet.facts.numbers import plain
from licet.logic.decide import Decider, enforced
from licet.rules import tree
from licet.rules.model import Rule
from licet.rules.snapshot import InForce
from licet.services.check import Checker
from licet.services.chips_case import scalar, shipment
from licet.services.chips_model import ChipTable

PERFORMANCE = "item.tpp"
LIST = "us"  # the table asks about sales from the United States
_KIND = "item.datacenter"
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A number of the law on one of the axes, and the provisions that compare with it."""

    fact: str
    at: Fraction
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A field between lines; None is no bound. `code` is the entry that describes a chip made for datacenters there.

    `other` is the same for a chip that is neither designed nor marketed for them.
    """

    across: tuple[Fraction, Fraction | None]
    up: tuple[Fraction, Fraction | None]
    code: str
    other: str


@dataclass(frozen=True, slots=True)
class Field:
    """The law of a day over two axes. `since` is that day, or the later one on which the first such entry begins."""

    since: date
    across: str
    entries: tuple[InForce, ...]
    lines: tuple[Line, ...]
    areas: tuple[Area, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the entries, in the order of the law."""
        return tuple(code(held) for held in self.entries)


def code(held: InForce) -> str:
    """The code of an entry."""
    return str(held.extra.get("code", held.rule.id))


def performance_entries(decider: Decider) -> list[InForce]:
    """The entries of the list, in force, that compare the performance of an item itself with a number."""
    return [
        held
        for held in decider.law.of_kind("entry")
        if held.extra.get("scheme") == LIST
        and held.rule.subject == "item"
        and enforced(held)
        and PERFORMANCE in _compared(held.when)
    ]


def field(checker: Checker, day: date, table: ChipTable) -> Field | None:
    """What the law of a day draws, else what it will draw; None where it never does."""
    since = day
    entries = performance_entries(checker.decider(day, hour_known=False))
    if not entries:
        coming = _begins(checker.law.rules.values(), day)
        if coming is None:
            return None
        since = coming
        entries = performance_entries(checker.decider(since, hour_known=False))
    across = next((fact for held in entries for fact in _compared(held.when) if fact != PERFORMANCE), "")
    if not across:
        return None
    lines = tuple(_lines(entries, (PERFORMANCE, across)))
    made = _Areas(checker.decider(since, hour_known=False), table, entries, across)
    return Field(since, across, tuple(entries), lines, tuple(made.areas(lines)))


def _begins(rules: Iterable[Rule], day: date) -> date | None:
    """The first day after this one on which an entry of a list compares performance with a number."""
    starts = [
        version.start.date() if isinstance(version.start, datetime) else version.start
        for rule in rules
        if rule.kind == "entry" and rule.subject == "item"
        for version in rule.versions
        if version.extra.get("scheme") == LIST and version.when is not None and PERFORMANCE in _compared(version.when)
    ]
    return min((start for start in starts if start > day), default=None)


def _compares(condition: tree.Condition) -> Iterator[tuple[tree.NumberFact, tree.Const, str]]:
    """Comparisons of a fact of the item itself with a number, each with its paragraph."""
    for part in tree.walk(condition):
        if isinstance(part, tree.Compare):
            fact, bound = part.left, part.right
            if isinstance(fact, tree.NumberFact) and isinstance(bound, tree.Const) and fact.name.startswith("item."):
                yield fact, bound, part.cite


def _compared(condition: tree.Condition) -> list[str]:
    """The facts that a condition compares with numbers, in its order."""
    return list(dict.fromkeys(fact.name for fact, _, _ in _compares(condition)))


def _lines(entries: Iterable[InForce], facts: tuple[str, str]) -> Iterator[Line]:
    """Every number of the entries on one of these axes, once, with all provisions that name it."""
    cites: dict[tuple[str, Fraction], list[str]] = {}
    for held in entries:
        for fact, bound, cite in _compares(held.when):
            if fact.name in facts:
                named = cites.setdefault((fact.name, Fraction(bound.value, 10**bound.scale)), [])
                named.append(code(held) + (f", {cite}" if cite else ""))
    for (fact_name, at), named in cites.items():
        yield Line(fact_name, at, tuple(dict.fromkeys(named)))


class _Areas:
    """Asks the evaluator about a chip in the middle of each area."""

    def __init__(self, decider: Decider, table: ChipTable, entries: list[InForce], across: str) -> None:
        self.decider, self.table, self.entries, self.across = decider, table, entries, across

    def areas(self, lines: tuple[Line, ...]) -> Iterator[Area]:
        """All areas between the lines, from the lower left."""
        for up in _spans(line.at for line in lines if line.fact == PERFORMANCE):
            for across in _spans(line.at for line in lines if line.fact == self.across):
                yield Area(across, up, self.code(across, up, "yes"), self.code(across, up, "no"))

    def code(self, across: tuple[Fraction, Fraction | None], up: tuple[Fraction, Fraction | None], kind: str) -> str:
        """The code of the first entry that describes the chip in the middle; empty where none does."""
        stated = {PERFORMANCE: _middle(up), self.across: _middle(across), _KIND: kind}
        facts = [(own(fact), scalar(self.table, text)) for fact, text in stated.items()]
        case = shipment(self.table, facts, None, self.decider.law.law.dictionary)
        item = case.items[0]
        line_of(case.root, item)
        for held in self.entries:
            if self.decider.evaluator.rule(held.rule.id)(item) is True:
                return code(held)
        return ""


def own(fact: str) -> str:
    """The name of a fact of the item as a case writes it under the item."""
    return fact.removeprefix("item.")


def _spans(lines: Iterable[Fraction]) -> Iterator[tuple[Fraction, Fraction | None]]:
    """What lies between lines, from zero up to no bound."""
    edges = [Fraction(0), *sorted(set(lines) - {Fraction(0)})]
    yield from pairwise(edges)
    yield edges[-1], None


def _middle(span: tuple[Fraction, Fraction | None]) -> str:
    """A number within a span, written so that a case can hold it."""
    low, high = span
    middle = (low * 2 or Fraction(1)) if high is None else (low + high) / 2
    return plain(Fraction(round(middle * 10**_DECIMALS), 10**_DECIMALS))
