"""The dated file of known parties: names in any script to an entity, and its rows on lists on a day.

Names match as a whole, without regard to case, width, punctuation and spaces; nothing is guessed. Where the law of a
list reaches those who belong to a listed party, their rows follow from the dated relations and stand in no file.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from licet.facts.errors import LawError, Problem
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, decode, is_empty, read_yaml

LISTS_FILE = "_lists.yaml"
# subsidiary: owned or controlled; affiliate: controlled by the same; brand: a name it sells under; stake: a share that
# does not show control; oem: sells what the other makes. The last two say nothing of who owns whom.
RELATIONS = ("subsidiary", "affiliate", "brand", "stake", "oem")
_BELONGS = ("subsidiary", "brand")
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
    """What an entity is to another over a span of days: one of RELATIONS."""

    entity: str
    start: date
    end: date | None
    relation: str = "subsidiary"
    cite: str = ""


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

    `lists` tells for each list whose rows stand here up to which day it was read, `reaches` of some the relations
    by which a row passes on.
    """

    hash: str
    parties: dict[str, Party] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    reaches: dict[str, tuple[str, ...]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def find(self, name: str) -> Party | None:
        """The party of this name or entity id."""
        return self.parties.get(name) or self.parties.get(self.names.get(name_key(name), ""))

    def parent_headquarters(self, party: Party, day: date) -> str | None:
        """The headquarters of the topmost known parent on a day."""
        seen, top = {party.entity}, party
        while True:
            above = [
                p.entity
                for p in top.parents
                if p.relation in _BELONGS and p.start <= day and (p.end is None or day <= p.end)
            ]
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
            _read_lists(path, name, known)
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
    passed_on = {party.entity: tuple(_passed_on(known, party, (party.entity,))) for party in known.parties.values()}
    for entity, rows in passed_on.items():
        known.parties[entity] = replace(known.parties[entity], rows=(*known.parties[entity].rows, *rows))
    return known


def _passed_on(known: KnownParties, party: Party, seen: tuple[str, ...]) -> Iterator[Row]:
    """Rows of those above that reach this party, for the days both the row and the relation stood.

    A row of its own on the same list goes before.
    """
    own = {row.list for row in party.rows}
    for link in party.parents:
        above = known.parties.get(link.entity)
        if above is None or above.entity in seen:
            continue
        for row in (*above.rows, *_passed_on(known, above, (*seen, above.entity))):
            if row.list not in own and link.relation in known.reaches.get(row.list, ()):
                end = min((day for day in (row.end, link.end) if day is not None), default=None)
                start, cite = (
                    max(row.start, link.start),
                    f"{row.cite}; {link.relation} of {above.names[0]}: {link.cite}",
                )
                if end is None or start <= end:
                    yield replace(row, start=start, end=end, cite=cite)


def _read_lists(path: Path, name: str, known: KnownParties) -> None:
    """The lists that were read, up to which day, and whom they reach besides. Raises LawError."""
    node = _mapping(read_yaml(decode(path.read_bytes(), name, LawError), name, LawError))
    for key, entry in node.entries.items():
        about = _mapping(entry)
        known.lists[key] = _day(about, "checked_to").isoformat()
        known.titles[key] = _text(about, "title", key)
        known.reaches[key] = tuple(_relation(text, about) for text in _texts(about.entries.get("reaches")))


def _party(node: Mapping) -> Party:
    return Party(
        entity=_text(node, "entity"),
        names=(*_texts(node.entries.get("names")), *_texts(node.entries.get("aliases"))),
        country=_text(node, "country"),
        headquarters=_text(node, "headquarters"),
        parents=tuple(_parent(item) for item in _mappings(node.entries.get("parents"))),
        rows=tuple(_row(item) for item in _mappings(node.entries.get("listings"))),
    )


def _parent(node: Mapping) -> Parent:
    relation = _relation(_text(node, "relation", "subsidiary"), node)
    return Parent(_text(node, "entity"), _day(node, "from"), _end(node), relation, _cite(node, "relation"))


def _relation(text: str, node: Mapping) -> str:
    if text not in RELATIONS:
        hint = f"one of {', '.join(RELATIONS)}"
        raise LawError.one("L_PARTIES", f"{text!r} is not a relation", node.place, hint)
    return text


def _row(node: Mapping) -> Row:
    texts = {key: _text(node, key, "") for key in _ROW_TEXTS}
    barred = _text(node, "exceptions_barred", "")
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
        cite=_cite(node, "row"),
    )


def _cite(node: Mapping, what: str) -> str:
    if "source" not in node.entries:
        raise LawError.one("L_SOURCE", f"the source of the {what} is missing", node.place)
    source = node.entries["source"]
    return _text(source, "cite", "") if isinstance(source, Mapping) else ""


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
