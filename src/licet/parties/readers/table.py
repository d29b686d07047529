"""Tables of text: read strictly, so that a file that was cut short is never a smaller list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from licet.facts.errors import quoted
from licet.parties.readers.safe import Source
from licet.parties.readers.text import clean

_AGAIN = "fetch or save the file again"
Row = dict[str, str]


def raw_rows(source: Source, text: str, delimiter: str = ",", ended: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Each row with its line, empty rows left out.

    `ended`: the format closes its last row with a new line, so one without it was cut short.
    """
    if ended and text and not text.endswith(("\n", "\r")):
        raise source.wrong("P_CUT_SHORT", "its last row has no end", _AGAIN)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    count = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise _unreadable(source, error, reader.line_num) from None
        if row is None:
            return
        count += 1
        if count > source.limits.rows:
            raise source.wrong("P_TOO_LARGE", f"has more than {source.limits.rows:,} rows", "no list is that long")
        if any(row):
            _bounded(source, row, reader.line_num)
            yield reader.line_num, row


def _unreadable(source: Source, error: csv.Error, line: int) -> Exception:
    if "unexpected end" in str(error):
        return source.wrong("P_CUT_SHORT", "ends inside a quoted field", _AGAIN, line)
    if "field larger" in str(error):
        return source.wrong("P_TOO_LARGE", "a field is absurdly long", "look for a missing quotation mark", line)
    return source.wrong("P_FORMAT", f"is no table at this line ({error})", "look for a stray quotation mark", line)


def _bounded(source: Source, row: list[str], line: int) -> None:
    if len(row) > source.limits.columns or max(map(len, row)) > source.limits.field:
        raise source.wrong("P_TOO_LARGE", "a row is absurdly long", "look for a missing quotation mark", line)


def whole_rows(source: Source, rows: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
    """Rows of one width. A short last row means that the file was cut."""
    short: tuple[int, int] | None = None
    for line, row in rows:
        if short:
            raise _misfit(source, short[1], width, short[0])
        if any(row[width:]):
            raise _misfit(source, len(row), width, line)
        if len(row) < width:
            short = line, len(row)
            continue
        yield line, row[:width]
    if short:
        raise source.wrong("P_CUT_SHORT", f"its last row has {short[1]} of {width} fields", _AGAIN, short[0])


def _misfit(source: Source, has: int, width: int, line: int) -> Exception:
    return source.wrong("P_FORMAT", f"a row has {has} fields where the file has {width}", _AGAIN, line)


def named_rows(
    source: Source, rows: Iterator[tuple[int, list[str]]], needed: tuple[str, ...] = ()
) -> Iterator[tuple[int, Row]]:
    """Rows as column to text. The first row is the header; `needed` columns must be there."""
    first = next(rows, None)
    header = [clean(cell) for cell in first[1]] if first else []
    missing = [name for name in needed if name not in header]
    if missing or not first:
        raise source.wrong(
            "P_FORMAT", f"has no column {', '.join(missing) or 'at all'}", f"columns seen: {quoted(', '.join(header))}"
        )
    double = {name for name in header if name and header.count(name) > 1}
    if double:
        raise source.wrong("P_FORMAT", f"has the column {quoted(min(double))} twice", "name each column once")
    for line, row in whole_rows(source, rows, len(header)):
        yield line, dict(zip(header, row, strict=True))
