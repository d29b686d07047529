"""How far the numbers of an item are from the lines that decide."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from licet.facts.elements import Element
from licet.facts.numbers import plain
from licet.logic import words
from licet.logic.decision import Margin
from licet.logic.evaluate import Evaluator, Node
from licet.logic.measured import exact
from licet.rules import tree
from licet.rules.snapshot import InForce


def margins(evaluator: Evaluator, entries: list[InForce], item: Element) -> list[Margin]:
    """Each known number of the item beside the thresholds of the entries that could concern it."""
    found: dict[tuple[str, str], Margin] = {}
    seen: set[tuple[tree.Number, tree.Number]] = set()
    for held in entries:
        if held.rule.subject != "item" or held.leaves_out(item):
            continue
        node = evaluator.node(held.rule.id)
        if node is None or _ruled_out(node, item):
            continue
        for compared in _comparisons(node, item):
            assert isinstance(compared.source, tree.Compare)
            sides = compared.source.left, compared.source.right
            if sides in seen:  # the lists of many laws draw the same line
                continue
            seen.add(sides)
            margin = _margin(evaluator, held, compared, item)
            if margin is not None:
                found.setdefault((margin.fact, margin.line), margin)
    return list(found.values())


def _comparisons(node: Node, item: Element) -> Iterator[Node]:
    """Comparisons of an entry, leaving out branches that another kind of fact rules out."""
    source = node.source
    if isinstance(source, (tree.Some, tree.Every, tree.Refer)):
        return
    if isinstance(source, tree.Compare):
        yield node
        return
    if isinstance(source, tree.All) and any(_ruled_out(part, item) for part in node.parts):
        return
    for part in node.parts:
        yield from _comparisons(part, item)


def _ruled_out(node: Node, item: Element) -> bool:
    """Whether something other than a number rules the condition out, such as the kind of thing."""
    match node.source:
        case tree.Compare():
            return False
        case tree.All() | tree.Declared():
            return any(_ruled_out(part, item) for part in node.parts)
        case tree.Any() | tree.Not() | tree.Classified() | tree.Some() | tree.Every():
            return False
    return node.value(item) is False


def _margin(evaluator: Evaluator, held: InForce, node: Node, item: Element) -> Margin | None:
    compare = node.source
    assert isinstance(compare, tree.Compare)
    if not isinstance(compare.left, tree.NumberFact) or not isinstance(compare.right, tree.Const):
        return None
    low, high = exact(evaluator, compare.left, node.scope, item)
    if low is None or high is None:
        return None
    line = Fraction(compare.right.value, 10**compare.right.scale)
    return Margin(
        fact=compare.left.name,
        item=item.label,
        value=words.interval((low, high)),
        op=compare.op,
        line=plain(line),
        distance=_distance(low, high, line),
        rule=held.rule.id,
        cite=compare.cite,
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
