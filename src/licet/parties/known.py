"""The dated file of known parties: names in any script to an entity, and its rows on lists on a day.

Names match as a whole, without regard to case, width, punctuation and spaces; nothing is guessed.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from licet.facts.errors import LawError, Problem
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, decode, is_empty, read_yaml

LISTS_FILE = "_lists.yaml"
_ROW_TEXTS = ("list", "scope", "scope_text", "policy", "policy_text")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list, with the first and the last day it stood there."""

    list: str
    start: date
    end: date | None
    footnotes: tuple[str, ...]
    scope: str
    scope_text: str
    policy: str
    policy_text: str
    exceptions_barred: bool | None
    cite: str

    def in_force(self, day: date) -> bool:
        """Whether the row stood on the list on this day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Parent:
    """A parent of an entity over a span of days."""

    entity: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Party:
    """A known party."""

    entity: str
    names: tuple[str, ...]
    country: str
    headquarters: str
    parents: tuple[Parent, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownParties:
    """All known parties by entity, and their names; `hash` names exactly these files.

    `lists` tells for each list whose rows stand here up to which day it was read.
    """

    hash: str
    parties: dict[str, Party] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)

    def find(self, name: str) -> Party | None:
        """The party of this name or entity id."""
        return self.parties.get(name) or self.parties.get(self.names.get(name_key(name), ""))

    def parent_headquarters(self, party: Party, day: date) -> str | None:
        """The headquarters of the topmost known parent on a day."""
        seen, top = {party.entity}, party
        while True:
            above = [p.entity for p in top.parents if p.start <= day and (p.end is None or day <= p.end)]
            known = [self.parties[entity] for entity in above if entity in self.parties and entity not in seen]
            if not known:
                return top.headquarters if top is not party else None
            top = known[0]
            seen.add(top.entity)


def name_key(name: str) -> str:
    """A name without case, width, punctuation and spaces."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(mark for mark in folded if mark.isalnum())


def parties_hash(root: Path) -> str:
    """A hash over the files of known parties."""
    digest = hashlib.sha256()
    for path in sorted((root / "parties").glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_parties(root: Path) -> KnownParties:
    """The parties under `parties/` of the law's folder. Raises LawError with every problem found."""
    known = KnownParties(parties_hash(root))
    problems: list[Problem] = []
    for path in sorted((root / "parties").glob("*.yaml")):
        name = path.relative_to(root.parent).as_posix()
        if path.name == LISTS_FILE:
            known.lists.update(_lists(path, name))
            continue
        try:
            party = _party(_mapping(read_yaml(decode(path.read_bytes(), name, LawError), name, LawError)))
        except LawError as error:
            problems.extend(error.problems)
            continue
        known.parties[party.entity] = party
        for alias in (*party.names, party.entity):
            other = known.names.setdefault(name_key(alias), party.entity)
            if other != party.entity:
                problems.append(Problem("L_PARTIES", f"{name}: {alias!r} is also a name of {other}"))
    if problems:
        raise LawError(problems)
    return known


def _lists(path: Path, name: str) -> dict[str, str]:
    """The lists that were read, and up to which day. Raises LawError."""
    node = _mapping(read_yaml(decode(path.read_bytes(), name, LawError), name, LawError))
    return {key: _day(_mapping(entry), "checked_to").isoformat() for key, entry in node.entries.items()}


def _party(node: Mapping) -> Party:
    return Party(
        entity=_text(node, "entity"),
        names=(*_texts(node.entries.get("names")), *_texts(node.entries.get("aliases"))),
        country=_text(node, "country"),
        headquarters=_text(node, "headquarters"),
        parents=tuple(
            Parent(_text(item, "entity"), _day(item, "from"), _end(item))
            for item in _mappings(node.entries.get("parents"))
        ),
        rows=tuple(_row(item) for item in _mappings(node.entries.get("listings"))),
    )


def _row(node: Mapping) -> Row:
    if "source" not in node.entries:
        raise LawError.one("L_SOURCE", "the source of the row is missing", node.place)
    texts = {key: _text(node, key, "") for key in _ROW_TEXTS}
    barred = _text(node, "exceptions_barred", "")
    source = node.entries["source"]
    return Row(
        list=texts["list"],
        start=_day(node, "from"),
        end=_end(node),
        footnotes=_texts(node.entries.get("footnotes")),
        scope=texts["scope"],
        scope_text=texts["scope_text"],
        policy=texts["policy"],
        policy_text=texts["policy_text"],
        exceptions_barred=None if not barred else barred == "yes",
        cite=_text(source, "cite", "") if isinstance(source, Mapping) else "",
    )


def _mapping(node: Node) -> Mapping:
    if isinstance(node, Mapping):
        return node
    raise LawError.one("L_PARTIES", "expected a mapping", node.place)


def _mappings(node: Node | None) -> list[Mapping]:
    return [_mapping(item) for item in node.items] if isinstance(node, Sequence) else []


def _text(node: Mapping, key: str, default: str | None = None) -> str:
    value = node.entries.get(key)
    if isinstance(value, Scalar) and not is_empty(value):
        return value.text
    if default is None:
        raise LawError.one("L_PARTIES", f"{key} is missing", node.place)
    return default


def _texts(node: Node | None) -> tuple[str, ...]:
    return tuple(item.text for item in node.items if isinstance(item, Scalar)) if isinstance(node, Sequence) else ()


def _day(node: Mapping, key: str) -> date:
    text = _text(node, key)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LawError.one("L_PARTIES", f"{key}: {text!r} is not a date", node.place) from None


def _end(node: Mapping) -> date | None:
    return _day(node, "until") if _text(node, "until", "") else None
