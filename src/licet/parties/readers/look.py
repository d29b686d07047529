"""The first look at a file, by which its format is told: name, ending, and its beginning as text."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from licet.parties.readers.safe import Source
from licet.parties.readers.sheet import EARLY
from licet.parties.readers.text import clean

_HEAD = 65_536
_XML = ("<?xml", "<")


@dataclass(frozen=True, slots=True)
class Look:
    """`head` is the beginning of the text (empty for a workbook), `cells` what the early rows of a workbook hold."""

    name: str
    head: str
    cells: frozenset[str] = frozenset()

    @property
    def json(self) -> bool:
        """Whether it begins as JSON does."""
        return self.head.lstrip()[:1] in ("{", "[")

    @property
    def xml(self) -> bool:
        """Whether it begins as XML does."""
        return self.head.lstrip().startswith(_XML)

    def columns(self, delimiter: str = ",", line: int = 0) -> tuple[str, ...]:
        """The cells of an early line, read as a row of a table."""
        lines = self.head.splitlines()
        if line >= len(lines) or self.json or self.xml:
            return ()
        try:
            return tuple(clean(cell) for cell in next(csv.reader([lines[line]], delimiter=delimiter), []))
        except csv.Error:
            return ()


def look_at(source: Source) -> Look:
    """A first look; what is not UTF-8 or UTF-16 is looked at as cp1252."""
    if source.sheets:
        early = (row for _, rows in source.sheets for _, row in rows[:EARLY])
        return Look(source.name.casefold(), "", frozenset(cell for row in early for cell in row))
    data = source.data[:_HEAD]
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return Look(source.name.casefold(), data.decode(encoding, "replace").lstrip("\ufeff"))
