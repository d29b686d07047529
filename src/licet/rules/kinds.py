"""For what kinds of thing a condition can hold at all.

Most entries begin with the kind of thing they are about, and an item is of one kind: whoever knows the kinds of a rule
need neither decode nor compile it for anything else.
"""

from __future__ import annotations

from licet.rules import tree

FACT = "item.kind"


def kinds(when: tree.Condition | None) -> tuple[str, ...] | None:
    """The values of `item.kind` outside of which the condition is proven no; None where it may hold for any."""
    found = None if when is None else _kinds(when)
    return None if found is None else tuple(sorted(found))


def _kinds(when: tree.Condition) -> frozenset[str] | None:
    match when:
        case tree.OneOf(fact=fact, values=values) if fact == FACT:
            return frozenset(values)
        case tree.Declared(part=part):  # a declared code never says yes against a proven no
            return _kinds(part)
        case tree.All(parts=parts):
            known = [found for part in parts if (found := _kinds(part)) is not None]
            return frozenset.intersection(*known) if known else None
        case tree.Any(parts=parts):
            each = [_kinds(part) for part in parts]
            return frozenset().union(*(found for found in each if found is not None)) if None not in each else None
        case tree.Always(value=False):
            return frozenset()
    return None
