"""Small changes of a rule: what the mutation run tries.

The names of mutants are part of the form of the law: `equivalent:` entries in law files quote them.
A mutant changes what is written; a default that no file states (`status: in_force`) is not changed, nor is
`general:`, which says how other rules use a reach and not what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from licet.rules import tree
from licet.rules.kinds import kinds
from licet.rules.model import Bound, MeasureCase, Rule, Version

T = TypeVar("T")
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_FLIPPED = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "=": ">="}
_OTHER_OPERATOR = {"+": "-", "-": "+", "*": "+", "/": "*"}
# For each key of a kind: what to put in its place, and what where it is that already.
_OTHER = {
    "policy": ("approval", "case_by_case"),
    "effect": ("hold", "licence_required"),
    "match": ("prefix", "exact"),
    "timing": ("after", "before"),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed rule. `name` says what was changed, in which version (counted from 1)."""

    name: str
    rule: Rule


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Every small change of a rule."""
    for index, version in enumerate(rule.versions):
        for name, changed in _version_mutants(version, rule, index):
            versions = (*rule.versions[:index], changed, *rule.versions[index + 1 :])
            yield Mutant(f"v{index + 1} {name}", replace(rule, versions=versions))


def _version_mutants(version: Version, rule: Rule, index: int) -> Iterator[tuple[str, Version]]:
    if version.when is not None:
        for name, condition in _conditions(version.when):
            yield name, replace(version, when=condition, kinds=kinds(condition))
        if rule.kind == "group":
            yield "drop unknown", replace(version, when=None, kinds=None)
    for number, case in enumerate(version.value):
        for name, changed in _cases(case):
            yield f"case {number + 1} {name}", replace(version, value=_with(version.value, number, changed))
    for member in version.members:
        yield f"drop member {member}", replace(version, members=tuple(m for m in version.members if m != member))
    for included in version.includes:
        yield (
            f"drop includes {included}",
            replace(version, includes=tuple(m for m in version.includes if m != included)),
        )
    for member in version.without:
        yield f"drop except {member}", replace(version, without=tuple(m for m in version.without if m != member))
    yield from _dates(version, rule, index)
    if version.status != "in_force":
        yield "other status", replace(version, status="in_force")
    for name, extra in _extras(version.extra):
        yield name, replace(version, extra=extra)


def _extras(extra: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The keys of the kind: another word, or a list without one of its members."""
    for key, (other, second) in _OTHER.items():
        if key in extra:
            yield f"other {key}", {**extra, key: other if extra[key] != other else second}
    for key in ("lifts", "bars", "of", "reach", "against"):
        for target in extra.get(key, ()):
            yield f"drop {key} {target}", {**extra, key: [name for name in extra[key] if name != target]}


def _dates(version: Version, rule: Rule, index: int) -> Iterator[tuple[str, Version]]:
    """Starts a day later, and a day earlier where no other version stands in the way; likewise the end."""
    before = rule.versions[index - 1] if index else None
    following = rule.versions[index + 1] if index + 1 < len(rule.versions) else None
    yield "from a day later", replace(version, start=version.start + _DAY)
    if before is None or before.end is None or _date(before.end) < _date(version.start) - _DAY:
        yield "from a day earlier", replace(version, start=version.start - _DAY)
    if isinstance(version.start, datetime):
        yield "from a minute later", replace(version, start=version.start + _MINUTE)
        yield "from a minute earlier", replace(version, start=version.start - _MINUTE)
    if version.end is None:
        return
    yield "until a day earlier", replace(version, end=version.end - _DAY)
    if following is None or _date(following.start) > _date(version.end) + _DAY:
        yield "until a day later", replace(version, end=version.end + _DAY)
    if isinstance(version.end, datetime):
        yield "until a minute later", replace(version, end=version.end + _MINUTE)
        yield "until a minute earlier", replace(version, end=version.end - _MINUTE)


def _date(point: Bound) -> date:
    return point.date() if isinstance(point, datetime) else point


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
        case tree.All() | tree.Any():
            yield from _joined(node, here)
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
            yield from _ownerships(node, here)
        case tree.Always(value=value):
            for word, other in (("yes", True), ("no", False), ("unknown", None)):
                if other is not value:
                    yield f"{here}: always {word}", replace(node, value=other)
        case _:
            yield f"{here}: negate", tree.Not(part=node)
            yield from _values(node, here)


def _ownerships(node: tree.Owned, here: str) -> Iterator[tuple[str, tree.Condition]]:
    """An ownership test with one of its parameters changed."""
    yield f"{here}: threshold up", replace(node, threshold=node.threshold + 1)
    yield f"{here}: threshold down", replace(node, threshold=node.threshold - 1)
    yield f"{here}: flip compare", replace(node, more_than=not node.more_than)
    yield f"{here}: flip aggregate", replace(node, aggregate=not node.aggregate)
    if not node.aggregate:
        yield f"{here}: flip own", replace(node, own=not node.own)
    if node.fact != "owner.share":
        yield f"{here}: share for votes", replace(node, fact="owner.share")
    yield f"{here}: flip chain", replace(node, chain=not node.chain)


def _joined(node: tree.All | tree.Any, here: str) -> Iterator[tuple[str, tree.Condition]]:
    """Flip all and any, leave a part out, change a part; a single part can only be changed."""
    for number, part in enumerate(node.parts):
        if len(node.parts) > 1:
            if number == 0:
                name, other = ("all to any", tree.Any) if isinstance(node, tree.All) else ("any to all", tree.All)
                yield f"{here}: flip {name}", other(node.cite, node.text, parts=node.parts)
            yield f"{here}: drop part {number}", replace(node, parts=_without(node.parts, number))
        for name, changed in _conditions(part, f"{here}.{number}"):
            yield name, replace(node, parts=_with(node.parts, number, changed))


def _values(node: tree.Condition, here: str) -> Iterator[tuple[str, tree.Condition]]:
    """A leaf with several values, without one of them."""
    if isinstance(node, (tree.OneOf, tree.Has)) and len(node.values) > 1:
        for number, value in enumerate(node.values):
            yield f"{here}: drop {value}", replace(node, values=_without(node.values, number))


def _comparisons(node: tree.Compare, here: str) -> Iterator[tuple[str, tree.Condition]]:
    yield f"{here}: {node.op} to {_FLIPPED[node.op]}", replace(node, op=_FLIPPED[node.op])
    yield f"{here}: negate", tree.Not(part=node)
    for name, changed in _numbers(node.left):
        yield f"{here}: left {name}", replace(node, left=changed)
    for name, changed in _numbers(node.right):
        yield f"{here}: right {name}", replace(node, right=changed)


def _numbers(node: tree.Number) -> Iterator[tuple[str, tree.Number]]:
    match node:
        case tree.Const(value=value, scale=scale):
            yield "number up", tree.Const(value + 1, scale)
            yield "number down", tree.Const(value - 1, scale)
        case tree.Arith(op=op, left=left, right=right):
            yield f"{op} to {_OTHER_OPERATOR[op]}", replace(node, op=_OTHER_OPERATOR[op])
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


def _with(items: tuple[T, ...], number: int, item: T) -> tuple[T, ...]:
    return (*items[:number], item, *items[number + 1 :])
