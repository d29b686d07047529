"""How far the numbers of an item are from the lines that decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from licet.facts.dictionary import own_name
from licet.facts.elements import Element
from licet.facts.numbers import plain
from licet.logic import words
from licet.logic.decision import Margin
from licet.logic.evaluate import Evaluator, Node
from licet.logic.measured import Reading, reading
from licet.rules import tree
from licet.rules.check import Scope
from licet.rules.kinds import FACT
from licet.rules.snapshot import InForce


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line that an entry draws: number against literal, and what must not be ruled out for it to be of interest."""

    number: tree.NumberFact
    op: str
    line: Fraction
    scope: Scope
    guards: tuple[Node, ...]
    rule: str
    cite: str


class Margins:
    """The lines that the entries of one day draw, found once for all items."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.lines: dict[str, tuple[Drawn, ...]] = {}
        self.readings: dict[tree.NumberFact, Reading] = {}
        self.about: dict[object, dict[tree.NumberFact, list[tuple[int, Drawn]]]] = {}

    def all(self, item: Element) -> list[Margin]:
        """Each known number of the item beside the thresholds of the entries that could concern it."""
        kind = item.facts.get(FACT)
        if kind not in self.about:
            self.about[kind] = self._by_number(self.evaluator.law.entries(item))
        return self._near(self.about[kind], item)

    def of(self, entries: Iterable[InForce], item: Element) -> list[Margin]:
        """The same for the thresholds of some entries."""
        return self._near(self._by_number(held for held in entries if not held.leaves_out(item)), item)

    def _near(self, numbers: dict[tree.NumberFact, list[tuple[int, Drawn]]], item: Element) -> list[Margin]:
        found: list[tuple[int, Margin]] = []
        for number, lines in numbers.items():
            name = own_name(number.name)
            if number.name.startswith("item.") and name not in item.facts and name not in self.evaluator.law.measures:
                continue
            if number not in self.readings:
                self.readings[number] = reading(self.evaluator, number, lines[0][1].scope)
            low, high = self.readings[number](item)
            if low is None or high is None:
                continue
            seen: set[Fraction] = set()
            for order, drawn in lines:
                if drawn.line not in seen and not any(guard.value(item) is False for guard in drawn.guards):
                    seen.add(drawn.line)  # the lists of many laws draw the same line
                    found.append((order, _margin(drawn, item, (low, high))))
        return [margin for _, margin in sorted(found, key=lambda each: each[0])]

    def _by_number(self, entries: Iterable[InForce]) -> dict[tree.NumberFact, list[tuple[int, Drawn]]]:
        numbers: dict[tree.NumberFact, list[tuple[int, Drawn]]] = {}
        drawn = (line for held in entries for line in self._drawn(held))
        for order, line in enumerate(drawn):
            numbers.setdefault(line.number, []).append((order, line))
        return numbers

    def _drawn(self, held: InForce) -> tuple[Drawn, ...]:
        rule = held.rule
        if rule.id not in self.lines:
            node = self.evaluator.node(rule.id) if rule.subject == "item" else None
            self.lines[rule.id] = () if node is None else tuple(_lines(rule.id, node, tuple(_guards(node))))
        return self.lines[rule.id]


def _lines(rule: str, node: Node, guards: tuple[Node, ...]) -> Iterator[Drawn]:
    """Comparisons of an entry with what rules them out, which is some other kind of fact beside them."""
    source = node.source
    if isinstance(source, (tree.Some, tree.Every, tree.Refer)):
        return
    if isinstance(source, tree.Compare):
        left, right = source.left, source.right
        if isinstance(left, tree.NumberFact) and isinstance(right, tree.Const):
            line = Fraction(right.value, 10**right.scale)
            yield Drawn(left, source.op, line, node.scope, guards, rule, source.cite)
        return
    if isinstance(source, tree.All):
        guards = tuple(dict.fromkeys((*guards, *_guards(node))))
    for part in node.parts:
        yield from _lines(rule, part, guards)


def _guards(node: Node) -> Iterator[Node]:
    """What, other than a number, rules the condition out where it is no, such as the kind of thing."""
    match node.source:
        case tree.All() | tree.Declared():
            for part in node.parts:
                yield from _guards(part)
        case tree.Compare() | tree.Any() | tree.Not() | tree.Classified() | tree.Some() | tree.Every():
            return
        case _:
            yield node


def _margin(drawn: Drawn, item: Element, value: tuple[Fraction, Fraction]) -> Margin:
    return Margin(
        fact=drawn.number.name,
        item=item.label,
        value=words.interval(value),
        op=drawn.op,
        line=plain(drawn.line),
        distance=_distance(*value, drawn.line),
        rule=drawn.rule,
        cite=drawn.cite,
    )


def _distance(low: Fraction, high: Fraction, line: Fraction) -> str:
    """Percent of the line between the value and the line."""
    if low <= line <= high and low != high:
        return "across the line"
    if low == line == high:
        return "at the line"
    gap = low - line if low > line else line - high
    share = f"{float(gap / line * 100):.1f} %" if line else plain(gap)
    return f"{share} {'above' if low > line else 'below'}"
