"""Python values as the text of a case: what a file would say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from licet.facts.errors import CaseError, Place
from licet.facts.yamltext import MAX_DEPTH, Node, Scalar, Sequence, is_empty
from licet.facts.yamltext import Mapping as Keyed


def node(value: Any, path: str = "", depth: int = 0) -> Node:
    """A value of a case. Raises CaseError for what no case can say.

    Yes and no may be True and False, a number an int, float or Decimal, a day a date; None is unknown.
    """
    place = Place(path or "case")
    if depth > MAX_DEPTH:
        raise CaseError.one("E_CASE", "the case is nested too deeply", place)
    if isinstance(value, Mapping):
        made = Keyed(place)
        for key, inner in value.items():
            if not isinstance(key, str):
                raise CaseError.one("E_CASE", f"the key {key!r} is no text", place)
            made.entries[key] = node(inner, f"{path}.{key}" if path else key, depth + 1)
            made.keys[key] = Place(f"{path}.{key}" if path else key)
        return made
    if isinstance(value, str):
        return Scalar(value, False, place)
    if isinstance(value, bool) or value is None:
        return Scalar({True: "yes", False: "no", None: "unknown"}[value], True, place)
    if isinstance(value, (int, float, Decimal)):
        return Scalar(str(value), True, place)
    if isinstance(value, (date, datetime)):
        return Scalar(value.isoformat(), True, place)
    if isinstance(value, Iterable):
        ordered = sorted(value) if isinstance(value, (set, frozenset)) else value
        return Sequence(place, [node(inner, f"{path}[{n}]", depth + 1) for n, inner in enumerate(ordered, 1)])
    raise CaseError.one("E_CASE", f"a case cannot say a {type(value).__name__}", place, "say a text or a number")


def written(node: Node) -> Any:
    """The node as values of JSON that are read as it is; what is empty is null, and beside a key left out."""
    if isinstance(node, Keyed):
        return {key: written(inner) for key, inner in node.entries.items() if not is_empty(inner)}
    if isinstance(node, Sequence):
        return [written(inner) for inner in node.items]
    return None if is_empty(node) else node.text
