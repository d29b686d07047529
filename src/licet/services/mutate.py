"""The mutation run: change a rule a little, and see whether its tests notice.

A mutant that no test kills is a hole in the tests, unless the rule lists it under `equivalent:` with
the reason why it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar

from licet.rules import tree
from licet.rules.corpus import Law
from licet.rules.model import MeasureCase, Rule, Version
from licet.services.lawtest import LawTest, failures

T = TypeVar("T")
_FLIPPED = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "=": ">="}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed rule. `name` says what was changed, in which version (counted from 1)."""

    name: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class MutationRun:
    """How many mutants there were, which lived, and which are declared equivalent."""

    total: int
    alive: tuple[str, ...]
    equivalent: tuple[str, ...]
    stale: tuple[str, ...]


def run(law: Law, rule: Rule, tests: list[LawTest]) -> MutationRun:
    """Try every mutant of a rule against its tests."""
    alive, equivalent, total = [], [], 0
    for mutant in mutants(rule):
        total += 1
        changed = replace(law, rules={**law.rules, rule.id: mutant.rule})
        if next(failures(changed, mutant.rule, tests), None) is not None:
            continue
        (equivalent if mutant.name in rule.equivalent else alive).append(mutant.name)
    stale = tuple(name for name in rule.equivalent if name not in equivalent)
    return MutationRun(total, tuple(alive), tuple(equivalent), stale)


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Every small change of a rule."""
    for index, version in enumerate(rule.versions):
        where = f"v{index + 1}"
        for name, changed in _version_mutants(version, rule, index):
            versions = (*rule.versions[:index], changed, *rule.versions[index + 1 :])
            yield Mutant(f"{where} {name}", replace(rule, versions=versions))


def _version_mutants(version: Version, rule: Rule, index: int) -> Iterator[tuple[str, Version]]:
    if version.when is not None:
        for name, condition in _conditions(version.when):
            yield name, replace(version, when=condition)
    for number, case in enumerate(version.value):
        for name, changed in _cases(case):
            yield f"case {number + 1} {name}", replace(version, value=(*version.value[:number], changed, *version.value[number + 1 :]))
    for member in version.members:
        yield f"drop member {member}", replace(version, members=tuple(m for m in version.members if m != member))
    for included in version.includes:
        yield f"drop includes {included}", replace(version, includes=tuple(m for m in version.includes if m != included))
    yield from _dates(version, rule, index)
    for key in ("policy", "effect"):
        if key in version.extra:
            yield f"other {key}", replace(version, extra={**version.extra, key: "hold" if key == "effect" else "approval"})
    for key in ("lifts", "bars", "of"):
        for target in version.extra.get(key, ()):
            rest = [name for name in version.extra[key] if name != target]
            yield f"drop {key} {target}", replace(version, extra={**version.extra, key: rest})


def _dates(version: Version, rule: Rule, index: int) -> Iterator[tuple[str, Version]]:
    """Starts a day later, and a day earlier where no other version stands in the way; likewise the end."""
    yield "from a day later", replace(version, start=version.start + timedelta(days=1))
    before = rule.versions[index - 1] if index else None
    if before is None or before.end is None or before.end < version.start - timedelta(days=1):  # type: ignore[operator]
        yield "from a day earlier", replace(version, start=version.start - timedelta(days=1))
    if version.end is not None:
        yield "until a day earlier", replace(version, end=version.end - timedelta(days=1))
        following = rule.versions[index + 1] if index + 1 < len(rule.versions) else None
        if following is None or following.start > version.end + timedelta(days=1):  # type: ignore[operator]
            yield "until a day later", replace(version, end=version.end + timedelta(days=1))


def _cases(case: MeasureCase) -> Iterator[tuple[str, MeasureCase]]:
    if case.guard is not None:
        for name, guard in _conditions(case.guard):
            yield f"if {name}", replace(case, guard=guard)
    for name, value in _numbers(case.value):
        yield name, replace(case, value=value)


def _conditions(node: tree.Condition, path: str = "") -> Iterator[tuple[str, tree.Condition]]:
    """Each condition with one small change somewhere in it; the path counts parts from 0."""
    here = path or "when"
    match node:
        case tree.All(parts=parts) | tree.Any(parts=parts):
            other = tree.Any if isinstance(node, tree.All) else tree.All
            if len(parts) > 1:
                yield f"{here}: flip {'all to any' if other is tree.Any else 'any to all'}", other(node.cite, node.text, parts=parts)
            for number, part in enumerate(parts):
                if len(parts) > 1:
                    yield f"{here}: drop part {number}", replace(node, parts=_without(parts, number))
                for name, changed in _conditions(part, f"{here}.{number}"):
                    yield name, replace(node, parts=(*parts[:number], changed, *parts[number + 1 :]))
        case tree.Not(part=part):
            yield f"{here}: drop not", part
            for name, changed in _conditions(part, f"{here}.not"):
                yield name, replace(node, part=changed)
        case tree.Declared(part=part):
            for name, changed in _conditions(part, here):
                yield name, replace(node, part=changed)
            yield f"{here}: drop declared code", part
        case tree.Some(where=where) | tree.Every(where=where):
            swapped = tree.Every if isinstance(node, tree.Some) else tree.Some
            yield f"{here}: swap some and every", swapped(node.cite, node.text, of=node.of, where=where)
            for name, changed in _conditions(where, f"{here}.where"):
                yield name, replace(node, where=changed)
        case tree.Compare():
            yield from _comparisons(node, here)
        case tree.Owned():
            yield f"{here}: threshold up", replace(node, threshold=node.threshold + 1)
            yield f"{here}: threshold down", replace(node, threshold=node.threshold - 1)
            yield f"{here}: flip compare", replace(node, more_than=not node.more_than)
            yield f"{here}: flip aggregate", replace(node, aggregate=not node.aggregate)
            yield f"{here}: flip chain", replace(node, chain=not node.chain)
        case tree.OneOf(values=values) | tree.Has(values=values):
            yield f"{here}: negate", tree.Not(part=node)
            if len(values) > 1:
                for value in values:
                    yield f"{here}: drop {value}", replace(node, values=tuple(v for v in values if v != value))
        case tree.Always(value=value):
            for word, changed_value in (("yes", True), ("no", False), ("unknown", None)):
                if changed_value is not value:
                    yield f"{here}: always {word}", replace(node, value=changed_value)
        case _:
            yield f"{here}: negate", tree.Not(part=node)


def _comparisons(node: tree.Compare, here: str) -> Iterator[tuple[str, tree.Condition]]:
    yield f"{here}: {node.op} to {_FLIPPED[node.op]}", replace(node, op=_FLIPPED[node.op])
    yield f"{here}: negate", tree.Not(part=node)
    for side, number in (("left", node.left), ("right", node.right)):
        for name, changed in _numbers(number):
            yield f"{here}: {side} {name}", replace(node, left=changed) if side == "left" else replace(node, right=changed)


def _numbers(node: tree.Number) -> Iterator[tuple[str, tree.Number]]:
    match node:
        case tree.Const(value=value, scale=scale):
            yield "number up", tree.Const(value + 1, scale)
            yield "number down", tree.Const(value - 1, scale)
        case tree.Arith(op=op, left=left, right=right):
            other = {"+": "-", "-": "+", "*": "+", "/": "*"}[op]
            yield f"{op} to {other}", replace(node, op=other)
            for name, changed in _numbers(left):
                yield name, replace(node, left=changed)
            for name, changed in _numbers(right):
                yield name, replace(node, right=changed)
        case tree.Aggregate(op=op, value=value):
            yield f"{op} to another", replace(node, op="min" if op != "min" else "max")
            for name, changed in _numbers(value):
                yield name, replace(node, value=changed)


def _without(items: tuple[T, ...], number: int) -> tuple[T, ...]:
    return items[:number] + items[number + 1 :]
