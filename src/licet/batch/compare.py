"""Two answers to each line of a table side by side: which lines moved, how, and what that comes to.

Lines whose two answers are the same are only counted. The others lie in a database in a folder of its own, so that a
book of any length needs little memory.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb
import numpy as np
from numpy.typing import NDArray

from licet.batch.tables_joined import as_array
from licet.batch.tables_write import Cell, Column, write_table
from licet.facts.errors import CaseError, Place

FLIP, REASONS, OPEN = "flip", "reasons", "open"
WORDS = ("outcome", "best", "worst", "coverage")
LISTS = ("jurisdictions", "because", "open", "policies", "questions")
_REASONS = ("best", "worst", "jurisdictions", "because", "policies")
# Lines alike in these, before and after, are alike.
_NAMED = ("outcome", "best", "worst", "jurisdictions", "because", "open", "policies")
_HEADS = (Column("row", "BIGINT"), Column("line"), Column("item"), Column("value", "DOUBLE"))
_FETCH = 10_000
_MEMORY = "512MB"


class Answer(Hashable, Protocol):
    """A short answer to a line (`licet.services.brief.Brief`)."""

    @property
    def outcome(self) -> str:
        """What it comes to."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines: `row`, `line`, `item` and `value` by column, their days before and after, and for each its pair."""

    heads: Mapping[str, Sequence[Cell]]
    on: tuple[Sequence[str], Sequence[str]]
    of: NDArray[np.int64]
    pairs: Sequence[tuple[Answer, Answer]]


@dataclass(frozen=True, slots=True)
class Moved:
    """What some lines come to: how many there are, what they are worth, and those alone whose answer is another one."""

    lines: int
    value: float | None
    heads: Mapping[str, Sequence[Cell]]
    on: tuple[Sequence[str], Sequence[str]]
    of: NDArray[np.int64]
    pairs: Sequence[tuple[Answer, Answer]]


def moved(some: Lines) -> Moved:
    """Lines without those whose answer is the same, which are only counted."""
    other = np.array([_kind(*pair) is not None for pair in some.pairs], np.bool_)
    kept = np.flatnonzero(other[some.of]) if len(other) else np.zeros(0, np.int64)
    places = kept.tolist()
    amounts = [value for value in some.heads["value"] if isinstance(value, float)]
    before, after = ([days[place] for place in places] for days in some.on)
    return Moved(
        lines=len(some.of),
        value=sum(amounts) if amounts else None,
        heads={column.name: [some.heads[column.name][place] for place in places] for column in _HEADS},
        on=(before, after),
        of=(np.cumsum(other) - 1)[some.of[kept]] if len(kept) else np.zeros(0, np.int64),
        pairs=[pair for pair, is_other in zip(some.pairs, other.tolist(), strict=True) if is_other],
    )


class Compared:
    """The lines of a table by their two answers. Close it when done."""

    def __init__(self, lines: Iterable[Moved], folder: Path) -> None:
        self.folder = folder
        self.lines = 0
        self.value: float | None = None
        self._pairs: dict[tuple[Answer, Answer], int] = {}
        self.database = duckdb.connect(str(folder / "compared.duckdb"))
        try:
            self.database.execute(f"SET memory_limit = '{_MEMORY}'")
            heads = ", ".join(f"{column.name} {column.type}" for column in _HEADS)
            self._ask(f"CREATE TABLE lines ({heads}, on_a VARCHAR, on_b VARCHAR, pair BIGINT)")
            self._ask("CREATE TABLE causes (same UBIGINT, change INTEGER)")
            for some in lines:
                self._add(some)
            self._join()
        except BaseException:
            self.close()
            raise

    def _add(self, some: Moved) -> None:
        """Count lines, and keep those that moved."""
        numbers = np.array([self._pairs.setdefault(pair, len(self._pairs)) for pair in some.pairs], np.int64)
        self.lines += some.lines
        if some.value is not None:
            self.value = (self.value or 0.0) + some.value
        if len(some.of):
            given: dict[str, Any] = {
                column.name: as_array([*some.heads[column.name]], column.type) for column in _HEADS
            }
            for side, days in zip("ab", some.on, strict=True):
                given[f"on_{side}"] = as_array([*days], "VARCHAR")
            self.database.register("given", given | {"pair": numbers[some.of]})
            self._ask(f"INSERT INTO lines SELECT {', '.join(given)}, pair FROM given")
            self.database.unregister("given")

    def _join(self) -> None:
        """Set the lines beside their answers, with how they moved: the outcome, its reasons, or only what is open."""
        columns = [Column("pair", "BIGINT"), Column("kind"), Column("alike", "BIGINT")]
        columns += [Column(f"{name}_{side}") for side in "ab" for name in WORDS]
        columns += [Column(f"{name}_{side}", "VARCHAR[]") for side in "ab" for name in LISTS]
        file, alike = self.folder / "pairs.parquet", dict[object, int]()

        def rows() -> Iterator[list[Any]]:
            for (before, after), number in self._pairs.items():
                named = tuple(getattr(answer, name) for answer in (before, after) for name in _NAMED)
                both = [(answer, names) for names in (WORDS, LISTS) for answer in (before, after)]
                own = [getattr(answer, name) for answer, names in both for name in names]
                yield [number, _kind(before, after), alike.setdefault(named, len(alike)), *own]

        write_table(file, "parquet", columns, rows())
        quoted = str(file).replace("'", "''")
        self._ask(f"CREATE TABLE pairs AS SELECT * FROM read_parquet('{quoted}')")
        self._ask("CREATE VIEW moved AS SELECT *, hash(alike, item) AS same FROM lines JOIN pairs USING (pair)")

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> Compared:
        return self

    def __exit__(self, *what: object) -> None:
        self.close()

    def examples(self) -> list[tuple[int, int, int, str, list[str], list[str]]]:
        """A line of each sort that moved: its sort, the wider sort, its row, its kind, the cites before and after.

        The sorts of most lines come first. Those of which only what is open differs are left out.
        """
        if not self.lines:
            return []
        return self._ask(
            "SELECT same, any_value(alike), min(row), any_value(kind), any_value(because_a || open_a), "
            f"any_value(because_b || open_b) FROM moved WHERE kind <> '{OPEN}' "
            "GROUP BY same ORDER BY count(*) DESC, min(row)"
        )

    def name(self, causes: Iterable[tuple[int, int]]) -> None:
        """Say which changes moved the lines of a sort: pairs of sort and number of the change."""
        rows = list(causes)
        if rows:  # as arrays: one by one they take a hundred times as long
            same, change = zip(*rows, strict=True)
            self.database.register("given", {"same": np.array(same, np.uint64), "change": np.array(change, np.int32)})
            self._ask("INSERT INTO causes SELECT same, change FROM given")
            self.database.unregister("given")

    def moves(self) -> list[tuple[Any, ...]]:
        """Kind, outcome before and after, lines, items, value: of all lines that moved."""
        return self._counted("kind, outcome_a, outcome_b", "moved")

    def by_change(self) -> list[tuple[Any, ...]]:
        """Change, lines, items, value: of the lines that it moved, of one kind each."""
        return self._counted("change, kind", "moved JOIN causes USING (same)")

    def by_change_and_move(self) -> list[tuple[Any, ...]]:
        """Change, outcome before and after, lines, items, value: of the lines that flipped."""
        return self._counted("change, outcome_a, outcome_b", f"moved JOIN causes USING (same) WHERE kind = '{FLIP}'")

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The lines that flipped or have other reasons, in the order of the table; `changes` are numbers."""
        if not self.lines:
            return
        changes = "(SELECT list(change ORDER BY change) FROM causes c WHERE c.same = moved.same) AS changes"
        found = self.database.execute(
            f"SELECT {', '.join(columns)} FROM (SELECT *, {changes} FROM moved WHERE kind <> '{OPEN}') ORDER BY row"
        )
        while some := found.fetchmany(_FETCH):
            yield from some

    def _counted(self, by: str, source: str) -> list[tuple[Any, ...]]:
        if not self.lines:
            return []
        return self._ask(
            f"SELECT {by}, count(*) AS lines, count(DISTINCT item), sum(value) FROM {source} "
            f"GROUP BY {by} ORDER BY lines DESC, {by}"
        )

    def _ask(self, query: str) -> list[tuple[Any, ...]]:
        try:
            return self.database.execute(query).fetchall()
        except duckdb.Error as bad:
            text = f"the two results cannot be compared: {str(bad).partition(chr(10))[0]}"
            raise CaseError.one("E_PARTS", text, Place(str(self.folder))) from None


def _kind(before: Answer, after: Answer) -> str | None:
    """How a line moved; None where it did not."""
    if before == after:
        return None
    if before.outcome != after.outcome:
        return FLIP
    return REASONS if any(getattr(before, name) != getattr(after, name) for name in _REASONS) else OPEN
