"""Tables written whole or not at all: CSV, Parquet, Excel. No cell of a CSV or Excel table can act as a formula."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import xlsxwriter  # type: ignore[import-untyped]
from numpy.typing import NDArray
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from licet.facts.errors import CaseError
from licet.facts.replacing import UNNAMED, replacing

FORMS = ("csv", "parquet", "xlsx")
MAX_ROWS = 1_048_575  # of an Excel sheet, after the header
MAX_CELL = 32_767  # characters of an Excel cell
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# The file is one of ours that has no name yet; DuckDB would write into one beside it, which stays where it is killed.
WHOLE = "FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false"

Cell = str | int | float | list[str] | tuple[str, ...] | None  # a list of texts for a column of that type


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, whether it holds whole numbers, numbers or text, and its width in an Excel sheet."""

    name: str
    type: str = "VARCHAR"
    width: int = 16


def write_table(path: Path, form: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    """Write the rows as they come; the file takes its name when the last one is in it. Raises CaseError."""
    write = {"csv": _csv, "parquet": _parquet, "xlsx": _excel}[form]
    with replacing(path) as made:
        write(made, columns, rows)


def defused(text: str) -> str:
    """A text that a spreadsheet would run as a formula, with an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([defused(column.name) for column in columns])  # they may be those of somebody's table
        writer.writerows([_plain(cell) for cell in row] for row in rows)


def _plain(cell: Cell) -> str | int | float | None:
    """A cell of a form without lists, in which no text acts as a formula."""
    text = "; ".join(cell) if isinstance(cell, (list, tuple)) else cell
    return defused(text) if isinstance(text, str) else text


def _parquet(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    names = [column.name for column in columns]
    typed = ", ".join(f"'{column.name}': '{column.type}'" for column in columns)
    with (
        tempfile.TemporaryDirectory(dir=path.parent, prefix=UNNAMED) as folder,
        closing(duckdb.connect()) as database,
    ):
        lines = Path(folder) / "rows.json"
        with lines.open("w", encoding="utf-8", errors="replace") as file:
            file.writelines(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)
        reading = f"read_json('{_quoted(lines)}', format='newline_delimited', columns={{{typed}}})"
        try:
            database.execute(f"COPY (SELECT * FROM {reading}) TO '{_quoted(path)}' ({WHOLE})")
        except duckdb.Error as bad:
            raise OSError(str(bad).partition("\n")[0]) from None


def write_joined(
    path: Path,
    columns: Sequence[Column],
    heads: Mapping[str, Sequence[Cell]],
    of: Sequence[int] | NDArray[np.int64],
    rest: Sequence[Sequence[Cell]],
) -> None:
    """A Parquet table of many rows that end alike: the first columns of each, and the number of the `rest` of it.

    Raises CaseError.
    """
    own, others = columns[: len(heads)], columns[len(heads) :]
    with replacing(path) as made, closing(duckdb.connect()) as database:
        folder = made.with_suffix(".rest.parquet")
        try:
            _parquet(folder, [Column("number", "BIGINT"), *others], ([n, *row] for n, row in enumerate(rest)))
            given = {column.name: as_array(heads[column.name], column.type) for column in own}
            database.register("heads", given | {"number": np.asarray(of, np.int64)})
            named = ", ".join(f'"{column.name}"' for column in columns)
            joined = f"heads JOIN read_parquet('{_quoted(folder)}') USING (number)"
            query = f'SELECT {named} FROM {joined} ORDER BY "{own[0].name}"'
            database.execute(f"COPY ({query}) TO '{_quoted(made)}' ({WHOLE})")
        except duckdb.Error as bad:
            raise OSError(str(bad).partition("\n")[0]) from None
        finally:
            folder.unlink(missing_ok=True)


def as_array(cells: Sequence[Cell], type_: str) -> NDArray[Any]:
    """Cells of a column of a type, as DuckDB takes them."""
    if type_ == "BIGINT":
        return np.asarray(cells, np.int64)
    if type_ == "DOUBLE":
        numbers = np.array([np.nan if cell is None else cell for cell in cells], np.float64)
        return np.ma.masked_array(numbers, np.isnan(numbers))
    return np.array([str(cell).encode("utf-8", "replace").decode() for cell in cells] or [""], object)[: len(cells)]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _excel(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    try:
        _write_sheet(path, columns, rows)
    except FileCreateError as bad:
        raise OSError(str(bad)) from None


def _write_sheet(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with closing(xlsxwriter.Workbook(str(path), options | {"strings_to_numbers": False})) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, defused(column.name), bold)
        for number, row in enumerate(rows, 1):
            if number > MAX_ROWS:
                raise CaseError.one(
                    "E_TOO_LARGE", f"an Excel sheet holds {MAX_ROWS:,} rows", hint="write CSV or Parquet"
                )
            for place, cell in enumerate(map(_plain, row)):
                if isinstance(cell, str):
                    sheet.write_string(number, place, _short(cell))
                elif cell is not None:
                    sheet.write_number(number, place, cell)


def _short(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
