"""A bill of materials as a table: one row a part, the product the row that names no parent."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from licet.chain.read import MAX_ROWS, OWN
from licet.facts.errors import CaseError, Place, nearest, quoted
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence

NEEDED = ("id", "parent", "quantity", "value")
MAX_COLUMNS = 200
MAX_CELL = 10_000
_DELIMITERS = ",;\t"


def csv_rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text with their lines; the delimiter is the one the header uses most. Raises CaseError."""
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as bad:
            hint = "look for a stray quotation mark"
            raise CaseError.one("E_CSV", f"this is not CSV: {bad}", Place(file, reader.line_num), hint) from None
        yield reader.line_num, row


def read_rows(rows: Iterable[tuple[int, list[str]]], file: str) -> Mapping:
    """The rows of a table as a bill, each cell with its place; `read_bill` reads it. Raises CaseError."""
    found = ((line, row) for line, row in rows if any(cell.strip() for cell in row))
    first = next(found, None)
    if first is None:
        raise CaseError.one("E_EMPTY", "the table is empty", Place(file))
    names = _head(first[1], Place(file, first[0]))
    members: list[Node] = []
    for line, row in found:
        if len(members) >= MAX_ROWS:
            raise CaseError.one("E_TOO_MANY", f"a bill holds at most {MAX_ROWS:,} parts", Place(file, line))
        members.append(_row(row, names, Place(file, line)))
    start = Place(file, 1)
    return Mapping(start, {"rows": Sequence(start, members)}, {"rows": start})


def _head(row: list[str], place: Place) -> list[str]:
    names = [cell.strip().removeprefix("\ufeff") for cell in row]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise CaseError.one("E_TOO_LARGE", f"a table has at most {MAX_COLUMNS} columns", place)
    for name in names:
        if not name or names.count(name) > 1:
            text = f"the column {quoted(name)} stands twice" if name else "a column has no name"
            raise CaseError.one("E_CSV", text, place, "name each column once")
    for name in NEEDED:
        if name not in names:
            hint = nearest(name, names) or f"the first row names the columns: {', '.join(OWN)}, and facts of an item"
            raise CaseError.one("E_CSV", f"the column {name} is missing", place, hint)
    return names


def _row(row: list[str], names: list[str], place: Place) -> Mapping:
    if any(cell.strip() for cell in row[len(names) :]) or max(map(len, row), default=0) > MAX_CELL:
        text = f"{len(row)} cells, the header has {len(names)}"
        raise CaseError.one("E_CSV", text, place, "look for a missing quotation mark")
    cells = {name: Scalar(cell.strip(), True, place) for name, cell in zip(names, row, strict=False)}
    kept: dict[str, Node] = {name: cell for name, cell in cells.items() if cell.text}
    return Mapping(place, kept, dict.fromkeys(kept, place))
