"""Tables somebody else made, read row by row: CSV of any delimiter and encoding, Parquet.

Every cell comes as text. Rows are numbered as a reader of the file counts them: a header is row 1, and Parquet, which
has none among its rows, starts with row 1. What is wrong with a single row is told with it and does not stop the rest.
(Excel is read by `licet.services.screen_tables`, with what looks through the workbooks of lists.)
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from licet.batch import duck
from licet.facts.errors import CaseError, LicetError, Place, nearest

MAX_FIELD = 1_000_000  # characters of a cell; more is an unclosed quote
_SAMPLE = 256 << 10
_FETCH = 1_000
_DELIMITERS = ",;\t|"
_NO_DELIMITER = "\x1f"
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("gb18030", "big5", "shift_jis", "euc_kr", "cp1251", "cp1252", "utf-16-le")
PARQUET = frozenset({".parquet", ".pq"})


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number, its cells (as many as there are columns), and what is wrong with it, if anything is."""

    number: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(slots=True)
class Table:
    """A table open for reading. `done` is the share of it that has been read, from 0 to 1."""

    name: str
    columns: tuple[str, ...]
    lines: Iterator[Line]
    done: Callable[[], float] = field(default=lambda: 0.0)


def read_table(path: Path, encoding: str = "") -> Table:
    """The table in a file, read as it is asked for. Raises CaseError."""
    _readable(path)
    table = _parquet(path) if path.suffix.lower() in PARQUET else _csv(path, encoding.strip())
    return named(table)


def named(table: Table) -> Table:
    """The same table, whose header names at least one column. Raises CaseError."""
    if not any(table.columns):
        raise _wrong(Path(table.name), "the table has no columns", "the first row has to name them")
    return table


def _readable(path: Path) -> None:
    try:
        if path.is_dir():
            raise _wrong(path, "this is a folder, not a table", "name a file, such as PARTIES.csv", "E_NO_FILE")
        with path.open("rb") as file:
            file.read(1)
    except FileNotFoundError:
        like = nearest(path.name, [entry.name for entry in path.parent.iterdir()]) if path.parent.is_dir() else ""
        raise _wrong(path, "there is no such file", like, "E_NO_FILE") from None
    except (OSError, ValueError) as bad:
        reason = bad.strerror if isinstance(bad, OSError) and bad.strerror else str(bad)
        raise _wrong(path, f"the file cannot be read: {reason}", code="E_UNREADABLE") from None


# --- CSV ---------------------------------------------------------------------------------------


def _csv(path: Path, encoding: str) -> Table:
    used = _encoding(path, encoding)
    csv.field_size_limit(MAX_FIELD)
    size = path.stat().st_size or 1
    raw = path.open("rb")
    file = io.TextIOWrapper(raw, encoding=used, newline="")
    try:
        delimiter, escape = _dialect(file.read(_SAMPLE))
        file.seek(0)
        rows = _records(csv.reader(file, delimiter=delimiter, escapechar=escape))
        columns, first = next(((line.cells, line.number) for line in rows if any(line.cells)), ((), 0))
    except BaseException:
        file.close()
        raise

    def lines() -> Iterator[Line]:
        with closing(file):
            yield from (fitted(line, len(columns)) for line in rows if line.number > first)

    return Table(path.name, header(columns), lines(), lambda: 1.0 if raw.closed else raw.tell() / size)


def _records(reader: Iterator[Sequence[str]]) -> Iterator[Line]:
    """The records of a CSV file, numbered; one that cannot be read is told and left behind."""
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as bad:
            yield Line(number, (), f"the row cannot be read: {bad}")
            continue
        yield Line(number, tuple(cells))


def _dialect(sample: str) -> tuple[str, str | None]:
    """Delimiter and escape, as DuckDB finds them in the beginning of the file; only what the header shows counts."""
    header = sample.lstrip("\r\n").partition("\n")[0]
    delimiter, escape = _sniffed(sample)
    if delimiter not in header:
        delimiter = next((mark for mark in _DELIMITERS if mark in header), _NO_DELIMITER)
    return delimiter, "\\" if escape == "\\" else None


def _sniffed(sample: str) -> tuple[str, str]:
    with TemporaryDirectory() as folder, closing(duck.connect()) as database:
        path = Path(folder) / "sample.csv"
        path.write_text(sample, encoding="utf-8", newline="", errors="replace")
        try:
            found = database.execute("SELECT Delimiter, Escape FROM sniff_csv(?)", [str(path)]).fetchone()
        except duck.Error:
            found = None
    return (str(found[0]), str(found[1])) if found else (_NO_DELIMITER, "")


def _encoding(path: Path, asked: str) -> str:
    """The encoding asked for, else that of the mark at the beginning, else UTF-8; the whole file has to fit it."""
    with path.open("rb") as file:
        start = file.read(4)
    used = asked or next((name for mark, name in _BOMS if start.startswith(mark)), "utf-8")
    try:
        fits = _decodes(path, used)
    except (LookupError, ValueError):  # the latter for what no name of one can be
        raise _wrong(
            path, f"the encoding {used!r} is not known", "such as utf-8, gb18030, cp1251", "E_ENCODING"
        ) from None
    if fits:
        return used
    could = [name for name in _CANDIDATES if name != used and _decodes(path, name)]
    hint = f"say which with --encoding: it could be {', '.join(could)}" if could else "save it as UTF-8"
    raise _wrong(path, f"the text is not {used}", hint, "E_ENCODING")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


# --- Parquet -----------------------------------------------------------------------------------


def _parquet(path: Path) -> Table:
    database = duck.connect()
    name = re.sub(r"([*?\[])", r"[\1]", str(path.resolve()))  # a name is no pattern
    try:
        found = database.execute("SELECT * FROM read_parquet(?) LIMIT 0", [name]).description or ()
        columns = tuple(str(column[0]) for column in found)
        picked = ", ".join(as_text(column, str(kind)) for column, kind, *_ in found)
        (total,) = database.execute("SELECT count(*) FROM read_parquet(?)", [name]).fetchone() or (0,)
        result = database.execute(f"SELECT {picked} FROM read_parquet(?)", [name])
    except (duck.Error, RuntimeError) as bad:
        database.close()
        raise _no_parquet(path, bad) from None
    read = [0]

    def lines() -> Iterator[Line]:
        with closing(database):
            while part := _fetched(path, result):
                for cells in part:
                    read[0] += 1
                    yield Line(read[0], tuple("" if cell is None else cell for cell in cells))

    return Table(path.name, columns, lines(), lambda: read[0] / (total or 1))


def _fetched(path: Path, result: duck.DuckDBPyConnection) -> list[tuple[str | None, ...]]:
    try:
        return result.fetchmany(_FETCH)
    except (duck.Error, RuntimeError) as bad:  # RuntimeError: a text in it that is not UTF-8
        raise _no_parquet(path, bad) from None


def _no_parquet(path: Path, bad: Exception) -> LicetError:
    said = str(bad).partition("\n")[0].replace(str(path.resolve()), path.name)
    return _wrong(path, f"this is no Parquet file that can be read: {said}")


def as_text(column: str, kind: str) -> str:
    """A column of a type, as DuckDB gives its cells as text: the members of a list with `; ` between them."""
    quoted = '"' + column.replace('"', '""') + '"'
    return f"array_to_string({quoted}, '; ')" if kind.endswith("[]") else f"CAST({quoted} AS VARCHAR)"


# --- common ------------------------------------------------------------------------------------


def header(cells: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns, without spaces around them."""
    return tuple(cell.strip().removeprefix("\ufeff") for cell in cells)


def fitted(line: Line, width: int) -> Line:
    """As many cells as there are columns: missing ones are empty, more with content are a problem."""
    cells = line.cells
    if len(cells) == width:
        return line
    more = [cell for cell in cells[width:] if cell.strip()]
    problem = line.problem or (f"the row has {len(cells)} cells, the header {width}" if more else "")
    return Line(line.number, (*cells[:width], *("",) * (width - len(cells))), problem)


def _wrong(path: Path, message: str, hint: str = "", code: str = "E_TABLE") -> LicetError:
    return CaseError.one(code, message, Place(str(path)), hint)
