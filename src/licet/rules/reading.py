"""Small readers over strict YAML nodes, shared by everything that reads law files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import NoReturn

from licet.facts.errors import LawError, Place, nearest
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, is_empty
from licet.rules.model import Bound, Source

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def fail(node: Node, message: str, hint: str = "", code: str = "L_FORM") -> NoReturn:
    """Raise a LawError at this node."""
    raise LawError.one(code, message, node.place, hint)


def mapping(node: Node | None, what: str, place: Place | None = None) -> Mapping:
    """The node as a mapping, or an error."""
    if isinstance(node, Mapping):
        return node
    raise LawError.one("L_FORM", f"{what} must be a mapping", node.place if node else place or Place())


def only(node: Mapping, allowed: Iterable[str], what: str) -> None:
    """An error for the first key that is not allowed."""
    known = set(allowed)
    for key, place in node.keys.items():
        if key not in known:
            hint = nearest(key, known) or f"allowed are {', '.join(sorted(known))}"
            raise LawError.one("L_UNKNOWN_KEY", f"{what} has no key {key!r}", place, hint)


def text(node: Mapping, key: str, default: str | None = None) -> str:
    """A text value; an error where it is missing and has no default."""
    value = node.entries.get(key)
    if is_empty(value):
        if default is None:
            fail(node, f"{key} is missing", f"add {key}: …")
        return default
    if not isinstance(value, Scalar):
        fail(value or node, f"{key} must be a single text")
    return value.text


def choice(node: Mapping, key: str, allowed: Iterable[str], default: str | None = None) -> str:
    """A text that is one of the allowed words."""
    value = text(node, key, default)
    known = tuple(allowed)
    if value not in known:
        fail(
            node.entries.get(key, node),
            f"{value!r} is not a {key}",
            nearest(value, known) or f"one of {', '.join(known)}",
        )
    return value


def yes_no(node: Mapping, key: str, default: bool) -> bool:
    """A yes or no."""
    return choice(node, key, ("yes", "no"), "yes" if default else "no") == "yes"


def texts(node: Node | None) -> tuple[str, ...]:
    """A list of texts; a single text counts as a list of one; nothing as none."""
    if node is None or is_empty(node):
        return ()
    if isinstance(node, Scalar):
        return (node.text,)
    if not isinstance(node, Sequence):
        fail(node, "expected a list of texts")
    return tuple(item.text if isinstance(item, Scalar) else fail(item, "expected a text") for item in node.items)


def elements(node: Node | None) -> list[Node]:
    """A list of nodes; a missing one counts as empty."""
    if node is None or is_empty(node):
        return []
    return node.items if isinstance(node, Sequence) else [node]


def bound(node: Mapping, key: str) -> Bound | None:
    """A date (2023-11-17) or a moment with zone (2024-01-31T00:01-05:00); None where it is missing."""
    value = text(node, key, "")
    if not value:
        return None
    try:
        if _DAY.match(value):
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value)
    except ValueError:
        fail(node.entries[key], f"{key}: {value!r} is not a date", "write YYYY-MM-DD, or YYYY-MM-DDTHH:MM+ZZ:ZZ")
    if moment.tzinfo is None:
        fail(node.entries[key], f"{key}: {value!r} names no time zone", "add it: 2024-01-31T00:01-05:00")
    return moment


def day(node: Mapping, key: str) -> date:
    """A date that must be there."""
    value = bound(node, key)
    if value is None or isinstance(value, datetime):
        fail(node, f"{key} must be a date", "write YYYY-MM-DD")
    return value


def sources(node: Mapping) -> tuple[Source, ...]:
    """The sources of a version: at least one, read on a day, official or secondary."""
    found = tuple(source(item) for item in elements(node.entries.get("source")))
    if not found:
        fail(node, "the source is missing", "add source: {cite: …, read: YYYY-MM-DD, basis: official}", "L_SOURCE")
    return found


def source(node: Node) -> Source:
    """One source."""
    entry = mapping(node, "source")
    only(entry, ("cite", "read", "basis", "note"), "a source")
    basis = choice(entry, "basis", ("official", "secondary", "recalled"))
    if basis == "recalled":
        fail(node, "a recalled source may not land", "read the text, or write unknown:", "L_SOURCE")
    return Source(text(entry, "cite"), day(entry, "read").isoformat(), basis)
