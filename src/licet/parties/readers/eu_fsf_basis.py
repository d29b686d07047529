"""The legal basis of rows of the EU's consolidated list of financial sanctions.

The list names a programme for each row and not the regulation. Rows of Annex I of Regulation 269/2014, which the law
reads, are given a second time as rows of that list; `data/eu_ukraine.yaml` says how they are told, and from where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from licet.facts.errors import LicetError
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, decode, read_yaml
from licet.parties.entry import Entry
from licet.parties.readers.harvest import Harvest, Wanted

FILE = "eu_ukraine.yaml"
_NUMBER = re.compile(r"\d{1,4}/\d{1,4}")
_NEVER_PERSONS = ("firm", "vessel")


@dataclass(frozen=True, slots=True)
class Basis:
    """How rows of one regulation are told from those of the other that shares their programme."""

    list: str
    programme: str
    regulation: str
    first_day: date
    acts: frozenset[str]
    other: str
    other_days: frozenset[date]
    other_acts: frozenset[str]

    def row(self, entry: Entry, titles: Iterable[str]) -> Entry | None:
        """The entry as a row of the regulation's list; None where its programme is another.

        `titles` are those of its acts. Where the row may as well be of the other regulation, all its names are weak:
        so it never counts by itself, and leaves the list open for whom it fits until somebody decides.
        """
        if self.programme not in entry.programmes:
            return None
        start = entry.start if entry.start and entry.start >= self.first_day else None
        row = replace(entry, list=self.list, start=start)
        if self._proven(entry, {number for title in titles for number in _NUMBER.findall(title)[:1]}):
            return row
        told = f"the row does not tell whether it rests on Regulation {self.regulation} or {self.other}"
        names = tuple(replace(name, kind="weak") for name in entry.names)
        return replace(row, names=names, note="; ".join(filter(None, (told, entry.note))))

    def _proven(self, entry: Entry, acts: set[str]) -> bool:
        """Whether the row is of the regulation: by what it is, by an act, or by a day the other listed nobody."""
        if entry.kind in _NEVER_PERSONS or acts & self.acts:
            return True
        listed = entry.start is not None and entry.start >= self.first_day and entry.start not in self.other_days
        return listed and not acts & self.other_acts


def add(harvest: Harvest, wanted: Wanted, entry: Entry, titles: Iterable[str]) -> None:
    """An entry with its row of the regulation's list; where the user named the list of the file, only as that."""
    harvest.add(entry)
    row = None if wanted.list_id else ukraine().row(entry, titles)
    if row is not None:
        harvest.add(row)


@cache
def ukraine() -> Basis:
    """How rows of Regulation 269/2014 are told. Raises LicetError where the file is wrong."""
    root = _mapping(read_yaml(decode((files("licet.parties") / "data" / FILE).read_bytes(), FILE), FILE))
    other = _mapping(root.entries["other"])
    return Basis(
        list=_text(root.entries["list"]),
        programme=_text(root.entries["programme"]),
        regulation=_text(root.entries["regulation"]),
        first_day=date.fromisoformat(_text(root.entries["first_day"])),
        acts=frozenset(_texts(root.entries["acts"])),
        other=_text(other.entries["regulation"]),
        other_days=frozenset(map(date.fromisoformat, _texts(other.entries["listed_on"]))),
        other_acts=frozenset(_texts(other.entries["acts"])),
    )


def _mapping(node: Node) -> Mapping:
    if isinstance(node, Mapping):
        return node
    raise LicetError.one("L_EU_BASIS", "expected a mapping", node.place)


def _texts(node: Node) -> list[str]:
    if isinstance(node, Sequence):
        return [_text(item) for item in node.items]
    raise LicetError.one("L_EU_BASIS", "expected a list", node.place)


def _text(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    raise LicetError.one("L_EU_BASIS", "expected a text", node.place)
