"""The table of parties in a file: CSV and Parquet row by row, Excel by what looks through workbooks first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from licet.batch.tables import Line, Table, fitted, header, named, read_table
from licet.facts.errors import CaseError, Place
from licet.parties.readers.safe import open_source
from licet.parties.readers.sheet import open_sheets

EXCEL = frozenset({".xlsx", ".xlsm"})
OLD_EXCEL = frozenset({".xls", ".xlsb", ".ods"})


def open_table(path: Path, encoding: str = "", sheet: str = "") -> Table:
    """A table open for reading; of a workbook the named sheet, or the first that is not empty. Raises LicetError."""
    ending = path.suffix.lower()
    if ending in OLD_EXCEL:
        hint = "save it as .xlsx or .csv"
        raise CaseError.one("E_TABLE", f"workbooks of the form {ending} are not read", Place(str(path)), hint)
    if ending not in EXCEL:
        return read_table(path, encoding)
    sheets = open_sheets(open_source(path)).sheets
    chosen = [rows for name, rows in sheets if (name == sheet if sheet else rows)]
    if sheet and not chosen:
        hint = f"it has {', '.join(name for name, _ in sheets)}"
        raise CaseError.one("E_TABLE", f"there is no sheet {sheet!r}", Place(str(path)), hint)
    return named(_table(path.name, chosen[0] if chosen else []))


def _table(name: str, rows: list[tuple[int, list[str]]]) -> Table:
    columns = header(rows[0][1]) if rows else ()
    read = [0]

    def lines() -> Iterator[Line]:
        for number, cells in rows[1:]:
            read[0] += 1
            yield fitted(Line(number, tuple(cells)), len(columns))

    return Table(name, columns, lines(), lambda: (read[0] + 1) / (len(rows) or 1))
