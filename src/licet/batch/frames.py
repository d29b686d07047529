"""Tables of other libraries as rows of text, and rows as tables of the same kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import duckdb
import numpy as np

from licet.batch.tables import as_text
from licet.facts.errors import CaseError

_FETCH = 10_000


def rows_of(table: Any) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """The names of the columns, and the cells of each row as text; what is missing is empty. Raises CaseError."""
    if isinstance(table, (list, tuple)):
        return _of_dicts(table)
    kind = _kind(table)
    if kind == "duckdb":
        columns = tuple(map(str, table.columns))
        return columns, map(_plain, table.project(_texts(zip(columns, table.types, strict=True))).fetchall())
    # The rest is what DuckDB itself reads: pandas, polars (by way of Arrow) and Arrow tables.
    connection = duckdb.connect()
    connection.register("given", table.to_arrow() if kind == "polars" else table)
    found = [
        (str(name), kind) for name, kind, *_ in connection.execute("SELECT * FROM given LIMIT 0").description or ()
    ]
    return tuple(name for name, _ in found), _fetched(connection, f"SELECT {_texts(found)} FROM given")


def _texts(columns: Iterable[tuple[str, Any]]) -> str:
    return ", ".join(as_text(name, str(kind)) for name, kind in columns)


def _plain(row: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple("" if cell is None else cell for cell in row)


def _fetched(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[str, ...]]:
    found = connection.execute(query)
    while some := found.fetchmany(_FETCH):
        yield from map(_plain, some)


def _of_dicts(rows: Sequence[Any]) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    if not all(isinstance(row, Mapping) for row in rows):
        raise CaseError.one(
            "E_TABLE", "rows have to be mappings of column to value", hint="such as csv.DictReader gives"
        )
    columns = tuple(dict.fromkeys(str(name) for row in rows for name in row))
    return columns, (tuple("" if row.get(name) is None else str(row[name]) for name in columns) for row in rows)


def _kind(table: Any) -> str:
    """The library a table is of. Raises CaseError."""
    module = type(table).__module__.partition(".")[0].lstrip("_")
    if module in ("pandas", "polars", "pyarrow", "duckdb"):
        return module
    hint = "give a pandas, polars or Arrow table, a DuckDB relation, or a list of mappings"
    raise CaseError.one("E_TABLE", f"a {type(table).__name__} is no table", hint=hint)


def like(table: Any, columns: Mapping[str, Sequence[Any]]) -> Any:
    """These columns as a table of the same kind as another, row by row beside it."""
    if isinstance(table, (list, tuple)):
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    kind = _kind(table)
    if kind == "pandas":
        import pandas as pd  # noqa: PLC0415 - only whoever gives such a table has it

        whole = {name: pd.array(cells, dtype="Int64") if _whole(cells) else cells for name, cells in columns.items()}
        return pd.DataFrame(whole, index=table.index)
    if kind == "polars":
        import polars as pl  # noqa: PLC0415 - as above

        return pl.DataFrame(dict(columns), strict=False)
    if kind == "pyarrow":
        import pyarrow as pa  # noqa: PLC0415 - as above

        return pa.table(dict(columns))
    return _relation(columns)


def _whole(cells: Sequence[Any]) -> bool:
    """Whether they are whole numbers, of which some may be missing."""
    return any(isinstance(cell, int) for cell in cells) and all(cell is None or isinstance(cell, int) for cell in cells)


def _relation(columns: Mapping[str, Sequence[Any]]) -> Any:
    """A relation of a database of its own, which lives as long as it."""
    connection = duckdb.connect()
    given = {}
    for name, cells in columns.items():
        array = np.empty(len(cells), object)
        array[:] = [list(cell) if isinstance(cell, tuple) else cell for cell in cells]
        given[name] = array
    connection.register("given", given)
    connection.execute("CREATE TABLE answers AS SELECT * FROM given")
    return connection.table("answers")
