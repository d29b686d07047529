"""The parties that a form of the desk asks to screen: one by its fields, many pasted, or a table that was chosen."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from licet.facts.errors import CaseError, Place
from licet.services.screen_rows import Told, columns
from licet.services.screen_tables import open_table
from licet.web.forms import Form

MOST = 1_000  # parties at a time, so that all of them are kept
ONE = ("country", "kind", "role", "born", "id", "address")  # fields of one party, beside its name
LINE = ("name", "country", "born", "id", "address", "kind", "role")  # what a pasted line says, in this order
_MARKS = str.maketrans({"；": ";", "\t": ";"})
_EXCEL = b"PK\x03\x04"
Party = tuple[str, Told]


def parties(form: Form) -> list[Party]:
    """The parties a form asks for. Raises CaseError."""
    found = [*_one(form), *_pasted(form.one("list")), *_table(form.files.get("file", b""))]
    if not found:
        raise CaseError.one("E_NAME", "nobody is named", Place(path="name"), "give a name, a list or a file")
    if len(found) > MOST:
        hint = "licet screen takes larger ones"
        raise CaseError.one("E_TOO_LARGE", f"at most {MOST:,} parties are screened at a time", Place(path="list"), hint)
    return found


def _one(form: Form) -> Iterator[Party]:
    if form.one("name"):
        yield form.one("name"), Told(**{field: form.one(field) for field in ONE})


def _pasted(text: str) -> Iterator[Party]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            cells = [cell.strip() for cell in line.translate(_MARKS).split(";")]
            if len(cells) > len(LINE):
                message = f"line {number} has {len(cells)} parts, the most are {len(LINE)}"
                raise CaseError.one(
                    "E_ROW", message, Place(path="list"), "name; country; date of birth; number; address"
                )
            name, *told = cells
            yield name, Told(**dict(zip(LINE[1:], told, strict=False)))


def _table(data: bytes) -> Iterator[Party]:
    """The parties of a CSV file or a workbook, by the headers of its columns."""
    if not data:
        return
    with tempfile.TemporaryDirectory(prefix="licet-screen-") as folder:
        path = Path(folder) / ("list.xlsx" if data.startswith(_EXCEL) else "list.csv")
        path.write_bytes(data)
        table = open_table(path)
        found = columns(table)
        for count, line in enumerate(table.lines):
            if line.problem:
                raise CaseError.one("E_ROW", f"row {line.number}: {line.problem}", Place(path="file"))
            if count > MOST:
                break
            if any(cell.strip() for cell in line.cells):
                said = Told(**{name: found.cell(name, line.cells) for name in Told.__slots__})
                yield found.cell("name", line.cells), said
