"""Conditions of the law in words a lawyer can read: one clause a line, with its paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from licet.logic import words
from licet.rules import tree
from licet.rules.law import Law
from licet.rules.model import MeasureCase

_VERBS = {">=": "is at least", ">": "is more than", "<=": "is at most", "<": "is below", "=": "is"}
_DATED = {">=": "is on or after", ">": "is after", "<=": "is on or before", "<": "is before", "=": "is"}
_NOT = {">=": "is below", ">": "is at most", "<=": "is more than", "<": "is at least", "=": "is not"}
_NOT_DATED = {">=": "is before", ">": "is on or before", "<=": "is after", "<": "is on or after", "=": "is not"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A line of a condition: how deep it stands, what it says, the paragraph it cites."""

    depth: int
    text: str
    cite: str = ""

    def __str__(self) -> str:
        return f"{self.text}  [{self.cite}]" if self.cite else self.text


def clauses(node: tree.Condition, law: Law, depth: int = 0) -> Iterator[Clause]:
    """A condition line by line, parts beneath what joins them."""
    match node:
        case tree.Not(part=part):
            yield from _negated(node, part, law, depth)
        case tree.Always(value=None, text=text):
            yield Clause(depth, f"not known: {text}", node.cite)
        case tree.Always(value=value):
            yield Clause(depth, "always" if value else "never", node.cite)
        case tree.All(parts=(when, tree.Not(text="unless") as unless)):
            yield from clauses(when, law, depth)
            yield from clauses(unless, law, depth)
        case tree.All() | tree.Any() | tree.Some() | tree.Every() | tree.Declared():
            yield Clause(depth, _heading(node), node.cite)
            for part in tree.children(node):
                yield from _beneath(part, node.cite, law, depth + 1)
        case _:
            yield Clause(depth, leaf(node, law), node.cite)


def _beneath(part: tree.Condition, cite: str, law: Law, depth: int) -> Iterator[Clause]:
    """A part, without the paragraph where it is that of the branch above it."""
    for clause in clauses(part, law, depth):
        yield clause if clause.cite != cite else Clause(clause.depth, clause.text)


def _negated(node: tree.Not, part: tree.Condition, law: Law, depth: int) -> Iterator[Clause]:
    cite = node.cite or part.cite
    if node.text == "unless":
        yield Clause(depth, "unless", cite)
        yield from _beneath(part, cite, law, depth + 1)
    elif tree.children(part) or isinstance(part, tree.Always):
        yield Clause(depth, "not:", node.cite)
        yield from clauses(part, law, depth + 1)
    else:
        yield Clause(depth, leaf(part, law, negated=True), cite)


def _heading(node: tree.Condition) -> str:
    match node:
        case tree.All():
            return "all of:"
        case tree.Any():
            return "any of:"
        case tree.Some(of=of):
            return f"for at least one of the {of}:"
        case tree.Every(of=of):
            return f"for every one of the {of}:"
    assert isinstance(node, tree.Declared)
    return f"by its parameters (or, where they are not known, because it is declared as {node.code}):"


def leaf(node: tree.Condition, law: Law, negated: bool = False) -> str:  # noqa: PLR0911 - one for each kind of leaf
    """A condition without parts."""
    no = "not " if negated else ""
    match node:
        case tree.Compare():
            return _compared(node, law, negated)
        case tree.Holds(fact=fact):
            return f"{no}{fact}"
        case tree.OneOf(fact=fact, values=values):
            return f"{fact} is {no}{' or '.join(values)}"
        case tree.Has(fact=fact, values=values):
            return f"{fact} has {no}{' or '.join(values)}"
        case tree.Same(fact=fact, other=other):
            return f"{fact} is {no}the same as {other}"
        case tree.Beneath(fact=fact, code=code):
            return f"{fact} is {no}{code} or beneath it"
        case tree.Member(fact=fact, group=group):
            return f"{fact} is {no}in {named(group, law)}"
        case tree.Described(group=group):
            return f"the item is {no}described by an entry of {named(group, law)}"
        case tree.Refer(rule=rule):
            return f"{'does not apply' if negated else 'applies'}: {named(rule, law)}"
        case tree.Owned():
            return f"{no}{_owned(node, law)}"
    return f"{no}{node.text}"


def named(rule: str, law: Law) -> str:
    """A rule by its title, with its id."""
    known = law.rules.get(rule)
    return f"{known.title} ({rule})" if known else f"{rule} (not in this law)"


def _compared(node: tree.Compare, law: Law, negated: bool) -> str:
    sides = [law.dictionary.find(s.name) for s in (node.left, node.right) if isinstance(s, tree.NumberFact)]
    dated = any(fact is not None and fact.type == "date" for fact in sides)
    unit = next((fact.unit for fact in sides if fact is not None), "")
    verbs = (_NOT_DATED if dated else _NOT) if negated else (_DATED if dated else _VERBS)
    right = words.number(node.right, dated)
    if isinstance(node.right, tree.Const) and not dated:
        right = f"{_thousands(right)} {unit}".rstrip()
    return f"{words.number(node.left, dated)} {verbs[node.op]} {right}"


def _thousands(text: str) -> str:
    whole, dot, decimals = text.partition(".")
    return f"{int(whole):,}{dot}{decimals}" if whole.lstrip("-").isdigit() else text


def _owned(node: tree.Owned, law: Law) -> str:
    together = "together" if node.aggregate else "by a single one"
    if node.own:
        together += " with what it holds itself"
    if node.fact != "owner.share":
        together = f"(counted by {node.fact}) {together}"
    through = ", also through entities caught in the same way" if node.chain else ""
    return f"{node.text} {together}{through}, by owners that count: {named(node.counts, law)}"


def measure_clauses(cases: tuple[MeasureCase, ...], gives: str, law: Law) -> Iterator[Clause]:
    """How a measure is computed, case by case."""
    for case in cases:
        if case.guard is not None:
            yield Clause(0, "where")
            yield from clauses(case.guard, law, 1)
        elif len(cases) > 1:
            yield Clause(0, "in all other cases")
        yield Clause(1 if len(cases) > 1 else 0, f"{gives} = {_measured(case.value)}")


def _measured(value: tree.Number) -> str:
    if isinstance(value, tree.Aggregate):
        return f"{value.op} over the {value.of} of {words.number(value.value)}"
    return words.number(value)
