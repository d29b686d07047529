"""Parquet tables of many rows that end alike, written from arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from licet.batch import duck
from licet.batch.tables_write import WHOLE, Cell, Column, quoted, write_parquet
from licet.facts.replacing import replacing


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
    with replacing(path) as made, closing(duck.connect()) as database:
        folder = made.with_suffix(".rest.parquet")
        try:
            write_parquet(folder, [Column("number", "BIGINT"), *others], ([n, *row] for n, row in enumerate(rest)))
            given = {column.name: as_array(heads[column.name], column.type) for column in own}
            database.register("heads", given | {"number": np.asarray(of, np.int64)})
            named = ", ".join(f'"{column.name}"' for column in columns)
            joined = f"heads JOIN read_parquet('{quoted(folder)}') USING (number)"
            query = f'SELECT {named} FROM {joined} ORDER BY "{own[0].name}"'
            database.execute(f"COPY ({query}) TO '{quoted(made)}' ({WHOLE})")
        except duck.Error as bad:
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
