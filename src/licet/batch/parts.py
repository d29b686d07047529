"""Parts of a result as Parquet files, and what is asked of all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from licet.batch import duck
from licet.batch.tables_write import WHOLE
from licet.facts.errors import CaseError, Place
from licet.facts.replacing import replacing

_FETCH = 10_000


class Parts:
    """The finished parts of one result, in the order of their names, or by a column where rows of all are mixed."""

    def __init__(self, files: Sequence[Path], by: str = "") -> None:
        self.files = sorted(files)
        self.source = f"read_parquet([{', '.join(_text(str(path)) for path in self.files)}], hive_partitioning = false)"
        self.order = f" ORDER BY {_name(by)}" if by else ""

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """All rows, part after part. Raises CaseError."""
        named = ", ".join(map(_name, columns))
        if self.order:
            yield from _rows(f"SELECT {named} FROM {self.source}{self.order}", self.files[0].parent)
            return
        for path in self.files:
            yield from _rows(f"SELECT {named} FROM read_parquet({_text(str(path))})", path)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query over the view `parts`. Raises CaseError."""
        if not self.files:
            return []
        with closing(duck.connect()) as database:
            try:
                database.execute(f"CREATE VIEW parts AS SELECT * FROM {self.source}")
                return database.execute(query).fetchall()
            except duck.Error as bad:
                raise _damaged(self.files[0].parent, bad) from None

    def join(self, out: Path, columns: Sequence[str]) -> None:
        """All parts as one Parquet file. Raises CaseError."""
        named = ", ".join(map(_name, columns))
        with replacing(out) as made, closing(duck.connect()) as database:
            try:
                database.execute(
                    f"COPY (SELECT {named} FROM {self.source}{self.order}) TO {_text(str(made))} ({WHOLE})"
                )
            except duck.Error as bad:
                if "write" in str(bad):
                    raise OSError(str(bad).partition(":")[2].partition(":")[0].strip()) from None
                raise _damaged(self.files[0].parent, bad) from None


def _rows(query: str, path: Path) -> Iterator[tuple[Any, ...]]:
    with closing(duck.connect()) as database:
        try:
            found = database.execute(query)
            while some := found.fetchmany(_FETCH):
                yield from some
        except duck.Error as bad:
            raise _damaged(path, bad) from None


def _damaged(path: Path, bad: Exception) -> Exception:
    text = f"the finished parts cannot be read: {str(bad).partition(chr(10))[0]}"
    return CaseError.one("E_PARTS", text, Place(str(path)), "start anew with --fresh")


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _name(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
