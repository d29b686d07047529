"""Tables written whole or not at all: CSV, Parquet, Excel. No cell of a CSV or Excel table can act as a formula."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from licet.batch import duck
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
    write = {"csv": _csv, "parquet": write_parquet, "xlsx": _excel}[form]
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


def write_parquet(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows into a file that has its name already. Raises OSError."""
    names = [column.name for column in columns]
    typed = ", ".join(f"'{column.name}': '{column.type}'" for column in columns)
    with (
        tempfile.TemporaryDirectory(dir=path.parent, prefix=UNNAMED) as folder,
        closing(duck.connect()) as database,
    ):
        lines = Path(folder) / "rows.json"
        with lines.open("w", encoding="utf-8", errors="replace") as file:
            file.writelines(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)
        reading = f"read_json('{quoted(lines)}', format='newline_delimited', columns={{{typed}}})"
        try:
            database.execute(f"COPY (SELECT * FROM {reading}) TO '{quoted(path)}' ({WHOLE})")
        except duck.Error as bad:
            raise OSError(str(bad).partition("\n")[0]) from None


def quoted(path: Path) -> str:
    """A path in a statement."""
    return str(path).replace("'", "''")


def _excel(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to load

    try:
        _write_sheet(path, columns, rows)
    except FileCreateError as bad:
        raise OSError(str(bad)) from None


def _write_sheet(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with closing(Workbook(str(path), options | {"strings_to_numbers": False})) as book:
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
