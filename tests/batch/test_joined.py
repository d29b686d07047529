"""A table of rows that end alike, written at once."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from licet.batch.tables_joined import write_joined
from licet.batch.tables_write import Column
from licet.facts.errors import CaseError

COLUMNS = (
    Column("row", "BIGINT"),
    Column("name"),
    Column("value", "DOUBLE"),
    Column("outcome"),
    Column("asks", "VARCHAR[]"),
)
REST = [("hold", ["a", "b"]), ("unknown", [])]


def _heads(**more: list[object]) -> dict[str, list[object]]:
    heads: dict[str, list[object]] = {"row": [3, 1, 2], "name": ["c", "a", "b"], "value": [None, 1.5, 0.0]}
    return heads | more


def test_rows_in_their_order_with_what_belongs_to_them(tmp_path: Path) -> None:
    path = tmp_path / "it's.parquet"
    write_joined(path, COLUMNS, _heads(), [0, 1, 1], REST)  # type: ignore[arg-type]
    found = duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    assert found == [(1, "a", 1.5, "unknown", []), (2, "b", 0.0, "unknown", []), (3, "c", None, "hold", ["a", "b"])]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_text_that_is_no_unicode(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    write_joined(path, COLUMNS, _heads(name=["\ud800", "表", "\0"]), [0, 0, 0], REST)  # type: ignore[arg-type]
    assert duckdb.execute("SELECT name FROM read_parquet(?)", [str(path)]).fetchall() == [("表",), ("\0",), ("?",)]


def test_no_rows_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    write_joined(path, COLUMNS, {"row": [], "name": [], "value": []}, [], [])
    assert duckdb.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchall() == [(0,)]


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be written"):
        write_joined(tmp_path / "no" / "out.parquet", COLUMNS, _heads(), [0, 0, 0], REST)  # type: ignore[arg-type]
