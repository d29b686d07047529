"""Running a plan on DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from licet.batch import sql
from licet.batch.load import KEYS, TABLES, Loader, load
from licet.batch.plan import RESULTS, Plan, compile_plan
from licet.facts.case import Case
from licet.facts.truth import Truth
from licet.rules.snapshot import Snapshot

Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is decided for one line; bounds are severities (best, worst), values of rules yes or unknown."""

    line: int
    bounds: Ends
    jurisdictions: dict[str, Ends]
    reaches: dict[str, Truth]
    entries: dict[str, Truth]
    needs: dict[str, tuple[Truth, Ends]]
    values: dict[str, tuple[Truth, tuple[str, ...]]]
    questions: tuple[str, ...]


class Batch:
    """A plan with a database of its own in memory."""

    def __init__(self, plan: Plan, threads: int | None = None) -> None:
        self.plan = plan
        self.database = duckdb.connect(config={} if threads is None else {"threads": threads})
        # The layers are ordered already; the optimizer took 20 s over what runs in half a second without it.
        self.database.execute("PRAGMA disable_optimizer")

    def load(self, loader: Loader) -> None:
        """The rows of a loader as tables."""
        with tempfile.TemporaryDirectory() as folder:
            for relation in KEYS:
                path = Path(folder) / f"{relation}.json"
                loader.write(relation, path)
                self.database.execute(_reading(relation, loader.columns(relation), path))

    def run(self) -> None:
        """Every layer: items and parties from the deepest level up, then the lines."""
        for statement in self.plan.prepare:
            self.database.execute(statement)
        for group, statements in self.plan.levels.items():
            for level in range(self.deepest(group), -1, -1):
                for statement in self.plan.starts[group]:
                    self.database.execute(statement, {"level": level})
                for statement in statements:
                    self.database.execute(statement)
        for statement in self.plan.lines:
            self.database.execute(statement)

    def deepest(self, relation: str) -> int:
        """The deepest level of a tree of rows."""
        row = self.database.execute(f"SELECT coalesce(max(level), 0) FROM {TABLES[relation]}").fetchone()
        return int(row[0]) if row else 0

    def answers(self) -> Iterator[Answer]:
        """The answers, in the order of the lines."""
        cursor = self.database.execute(f"{self.plan.result} ORDER BY line.line")
        while rows := cursor.fetchmany(1000):
            for row in rows:
                yield _answer(row)


def decide_all(law: Snapshot, cases: Iterable[Case]) -> list[Answer]:
    """Every line of the cases, decided in one batch."""
    plan = compile_plan(law)
    batch = Batch(plan)
    batch.load(load(cases, plan))
    batch.run()
    return list(batch.answers())


def _reading(relation: str, columns: dict[str, str], path: Path) -> str:
    types = ", ".join(f"{sql.text(column)}: {sql.text(type_)}" for column, type_ in columns.items())
    options = f"format = 'newline_delimited', columns = {{{types}}}"
    return f"CREATE OR REPLACE TABLE {TABLES[relation]} AS SELECT * FROM read_json({sql.text(str(path))}, {options})"


def _answer(row: tuple[Any, ...]) -> Answer:
    line, *values = row
    found = dict(zip(RESULTS, values, strict=False))
    return Answer(
        line=line,
        bounds=(found["best"], found["worst"]),
        jurisdictions={each["id"]: (each["best"], each["worst"]) for each in found["jurisdictions"]},
        reaches={each["id"]: each["value"] for each in found["reaches"]},
        entries={each["id"]: each["value"] for each in found["entries"]},
        needs={each["id"]: (each["value"], (each["best"], each["worst"])) for each in found["needs"]},
        values={each["id"]: (each["value"], tuple(each["asks"])) for each in found["values"]},
        questions=tuple(found.get("questions") or ()),
    )
