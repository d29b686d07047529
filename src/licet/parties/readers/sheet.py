"""Excel workbooks (xlsx), looked through before they are opened.

The archive is unfolded here first, within limits, and held against what it says of itself; then the cells are counted
and the texts they repeat are weighed, since a few kilobytes can ask for a table of a billion cells.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from python_calamine import CalamineError, CalamineWorkbook

from licet.parties.readers.safe import ZIP, Source, bomb, inflate_member
from licet.parties.readers.table import whole_rows
from licet.parties.readers.text import clean

Cell = str | float | int | bool | date | time | timedelta | datetime
_WORKBOOK, _STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
_OTHER_KINDS = ("xl/workbook.bin", "content.xml")
_LOCAL = struct.Struct("<4s22xHH")
EARLY = 5  # rows among which a header is looked for
_MOST_MEMBERS = 2_000
_MOST_TEXT = 256 << 20  # characters of all cells together, shared texts counted where they are used
_MARKUP = re.compile(rb"<!|&#(?:x[0-9a-f]+|[0-9]+);", re.IGNORECASE)
_ANY_PLACE = re.compile(rb"(?<![\w:])r\s*=")
_PLACE = re.compile(rb"""(?<![\w:])r\s*=\s*(?:"([A-Za-z]{0,3})([0-9]{1,7})"|'([A-Za-z]{0,3})([0-9]{1,7})')""")
_NUMBER = re.compile(rb">\s*([0-9]{1,9})\s*<")
_COUNT = re.compile(rb"""\b(?:uniqueC|c)ount\s*=\s*["']\s*([0-9]{1,18})""")
_TEXT = re.compile(rb"<(?:[A-Za-z0-9]+:)?si\b")
_AGAIN = "open it in Excel and save it as .xlsx, or as CSV UTF-8"


def open_sheets(source: Source) -> Source:
    """The same source with each sheet by name: its rows as clean texts and their numbers, empty rows left out."""
    _look_through(source)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise source.wrong("P_FORMAT", f"is no workbook that can be read ({str(error)[:80]})", _AGAIN) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the library beneath, which has no class to name
            raise
        raise source.wrong("P_FORMAT", "is no workbook that can be read", _AGAIN) from None
    return replace(source, sheets=tuple((name, list(_filled(source, rows))) for name, rows in sheets))


def one_sheet(source: Source, needed: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet on whose early rows all needed columns stand."""
    sheets = (source if source.sheets else open_sheets(source)).sheets
    for _, rows in sheets:
        if any(set(needed) <= set(row) for _, row in rows[:EARLY]):
            return iter(rows)
    seen = ", ".join(cell for _, rows in sheets for _, row in rows[:1] for cell in row if cell)
    raise source.wrong("P_FORMAT", f"has no sheet with the columns {', '.join(needed)}", f"seen: {seen[:200]}")


def _filled(source: Source, rows: list[list[Cell]]) -> Iterator[tuple[int, list[str]]]:
    """Rows as texts; a sheet is a rectangle, so all have one width."""
    if len(rows) > source.limits.rows:
        raise source.wrong("P_TOO_LARGE", f"has more than {source.limits.rows:,} rows", "no list is that long")
    texts = ((number, list(map(as_text, row))) for number, row in enumerate(rows, 1))
    filled = ((number, row) for number, row in texts if any(row))
    return whole_rows(source, filled, len(rows[0]) if rows else 0)


def as_text(cell: Cell) -> str:
    """A cell as it would be written in a csv file: whole numbers without a point, days in ISO."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)


def _look_through(source: Source) -> None:
    """Refuse what would unfold, spread or repeat without end."""
    parts = _members(source)
    if any(name in parts for name in _OTHER_KINDS) or _WORKBOOK not in parts:
        raise source.wrong("P_FORMAT", "is no Excel workbook (xlsx)", _AGAIN)
    strings = parts.get(_STRINGS, b"")
    weights = _weights(strings)
    # The library makes room for as many texts as are announced, before it reads any.
    if any(int(count) > max(len(weights), source.limits.rows) for count in _COUNT.findall(strings)):
        raise bomb(source)
    total = 0
    for name, data in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        if b"\x00" in data:
            raise source.wrong("P_ENCODING", f"{name!r} in it is not UTF-8", _AGAIN)
        if name.startswith("xl/worksheets/"):
            total += _spread(source, data, weights)
        elif b"<!" in data and name != _STRINGS:
            raise source.wrong("P_BOMB", "declares a document type or entities", "an honest list does not")
    if total > _MOST_TEXT:
        raise bomb(source)


def _members(source: Source) -> dict[str, bytes]:
    """The files in the archive, in memory only, each as long as the archive says."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error, UnicodeDecodeError):
        cut = source.data.startswith(ZIP) and b"PK\x05\x06" not in source.data
        code, what = ("P_CUT_SHORT", "ends early") if cut else ("P_FORMAT", "is a damaged archive")
        raise source.wrong(code, what, "fetch the file again") from None
    if len(listed) > _MOST_MEMBERS or sum(one.file_size for one in listed) > source.limits.size:
        raise bomb(source)
    found: dict[str, bytes] = {}
    for one in listed:
        name = one.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or name in found:
            raise source.wrong("P_PATH", f"holds a part with the name {one.filename[:60]!r}", "an honest list does not")
        found[name] = _content(source, one)
    return found


def _content(source: Source, member: zipfile.ZipInfo) -> bytes:
    start = member.header_offset
    head = source.data[start : start + _LOCAL.size + 4][: _LOCAL.size]
    if len(head) < _LOCAL.size or member.flag_bits & 1:
        raise source.wrong("P_FORMAT", "is a damaged or locked archive", "save it without a password")
    mark, name, extra = _LOCAL.unpack(head)
    start += _LOCAL.size + name + extra
    data = source.data[start : start + member.compress_size]
    if mark != ZIP or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise source.wrong("P_FORMAT", "is a damaged archive", "fetch the file again")
    if member.compress_type == zipfile.ZIP_DEFLATED:
        data = inflate_member(data, source)
    if len(data) != member.file_size:
        raise source.wrong("P_BOMB", "holds a part of another length than it says", "an honest list does not")
    return data


def _weights(strings: bytes) -> list[int]:
    """About how long each shared text is."""
    starts = [match.start() for match in _TEXT.finditer(strings)]
    return [after - start for start, after in pairwise([*starts, len(strings)])]


def _spread(source: Source, data: bytes, weights: list[int]) -> int:
    """The text a sheet may hold at most, shared texts counted each time; an error for a boundless table."""
    if any(match.group().startswith(b"<!") or _is_digit(match.group()) for match in _MARKUP.finditer(data)):
        raise source.wrong("P_BOMB", "hides what its cells hold", "an honest list does not")
    places = _PLACE.findall(data)
    if len(places) != len(_ANY_PLACE.findall(data)):
        raise source.wrong("P_FORMAT", "has a cell at no place that a sheet has", _AGAIN)
    columns = max(map(_column, {one or other for one, _, other, _ in places}), default=1)
    rows = max(map(int, {one or other for _, one, _, other in places}), default=1)
    if columns > source.limits.columns or rows > source.limits.rows or columns * rows > source.limits.cells:
        raise source.wrong("P_TOO_LARGE", f"spreads over {rows:,} rows and {columns:,} columns", "delete what is empty")
    total = len(data)
    for digits in _NUMBER.findall(data):
        index = int(digits)
        total += weights[index] if index < len(weights) else 0
    return total


def _is_digit(reference: bytes) -> bool:
    """Whether a character reference stands for a digit or a letter."""
    bare = reference[2:-1].decode("ascii").casefold()
    number = int(bare[1:], 16) if bare.startswith("x") else int(bare)
    return number < 128 and chr(number).isalnum()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
