"""Two results of the same table side by side: which lines moved, how, and what that comes to.

The work lies in a database in a folder of its own, so that a book of any length needs little memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from licet.batch.parts import Parts
from licet.facts.errors import CaseError, Place

FLIP, REASONS, OPEN = "flip", "reasons", "open"
ANSWER = ("outcome", "best", "worst", "coverage", "jurisdictions", "because", "open", "policies", "questions")
_REASONS = ("best", "worst", "jurisdictions", "because", "policies")
_NAMED = (
    "outcome",
    "best",
    "worst",
    "jurisdictions",
    "because",
    "open",
    "policies",
)  # lines alike in these, before and after, are alike
_FETCH = 10_000
_MEMORY = "512MB"


class Compared:
    """The lines of two results, joined by row. Close it when done."""

    def __init__(self, before: Parts, after: Parts, folder: Path) -> None:
        self.folder = folder
        self.database = duckdb.connect(str(folder / "compared.duckdb"))
        self.database.execute(f"SET memory_limit = '{_MEMORY}'")
        self.lines, self.value = 0, None
        if before.files and after.files:
            self._join(before, after)

    def _join(self, before: Parts, after: Parts) -> None:
        """Keep the lines whose answer is another one, with how: the outcome, its reasons, or only what is open."""
        joined = f"{before.source} a JOIN {after.source} b USING (row)"
        (counted,) = self._ask(f"SELECT count(*), sum(a.value) FROM {joined}")
        self.lines, self.value = counted
        other = " OR ".join(f"a.{name} IS DISTINCT FROM b.{name}" for name in _REASONS)
        differ = " OR ".join(f"a.{name} IS DISTINCT FROM b.{name}" for name in (*ANSWER, "exit_code"))
        alike = ", ".join(f"{side}.{name}" for side in "ab" for name in _NAMED)
        both = ", ".join(f'{side}."{name}" AS {name}_{side}' for side in "ab" for name in ("on", *ANSWER))
        self._ask(
            f"CREATE TABLE moved AS SELECT row, a.line, a.item, a.value, {both}, "
            f"CASE WHEN a.outcome <> b.outcome THEN '{FLIP}' WHEN {other} THEN '{REASONS}' ELSE '{OPEN}' END AS kind, "
            f"hash({alike}) AS alike, hash({alike}, a.item) AS same FROM {joined} WHERE {differ}"
        )
        self._ask("CREATE TABLE causes (same UBIGINT, change INTEGER)")

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
        rows = [list(pair) for pair in causes]
        if rows:
            self.database.executemany("INSERT INTO causes VALUES (?, ?)", rows)

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
