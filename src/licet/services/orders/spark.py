"""An order book decided on Spark: every task decides some lines, with the code that decides them here.

A task gets its lines as Arrow, whatever they were read from, and gives Arrow back. Lines of the same days go to one
task, since most of what differs between days is the law, which a process compiles once. Each process opens the law and
the lists for itself and keeps them for the tasks that follow; it refuses to go on with another law than was asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from licet.batch.frames import rows_of
from licet.batch.tables import Line
from licet.facts.errors import LawError
from licet.services.brief import Brief
from licet.services.check import Options
from licet.services.orders.columns import COLUMNS, shown
from licet.services.orders.opened import open_listed
from licet.services.orders.parts import HEADS, Part, Sifted
from licet.services.orders.rows import Joined, Rows
from licet.services.orders.work import Book, Desk, collect_less

if TYPE_CHECKING:
    import pyarrow as pa

ROW, PROBLEM = "row", "problem"
TYPES = {"BIGINT": "bigint", "DOUBLE": "double", "VARCHAR": "string", "VARCHAR[]": "array<string>"}
SCHEMA = ", ".join(f"`{column.name}` {TYPES[column.type]}" for column in COLUMNS) + f", `{PROBLEM}` string"


@dataclass(frozen=True, slots=True)
class Told:
    """What a process is told: how lines become cases, how they are asked, by which law, and where the lists lie.

    `run` tells one run from another; with `lists` the folders of the lists were handed out, and parties are screened.
    `most` is how many lines are decided at a time.
    """

    run: str
    book: Book
    joined: Sequence[Joined]
    options: Options
    law: str
    most: int
    lists: bool


_desks: dict[str, tuple[Desk, Rows]] = {}  # of a process: that of the run it works for


def decide(told: Told, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The answers to the lines of a task: columns `row`, `problem`, and the cells of a line in their order."""
    import pyarrow as pa  # noqa: PLC0415 - only processes of Spark have it

    desk, rows = _desk(told)
    for table in _tables(pa, batches, told.most):
        numbers, problems = table.column(ROW).to_pylist(), table.column(PROBLEM).to_pylist()
        _, cells = rows_of(table.drop_columns([ROW, PROBLEM]))
        lines = (
            Line(number, cell, problem or "")
            for number, problem, cell in zip(numbers, problems, cells, strict=True)
            if problem or any(map(str.strip, cell))
        )
        part = Part(rows, lines, told.options.on)
        answered = desk.answered(part.jobs)
        yield from _answers(pa, part.sifted(answered.answers, answered.of)).to_batches()
        if part.wrong:
            yield from _wrong(pa, part).to_batches()


def _desk(told: Told) -> tuple[Desk, Rows]:
    if told.run not in _desks:
        if told.lists:
            from pyspark import SparkFiles  # noqa: PLC0415 - as above

            os.environ["LICET_HOME"] = SparkFiles.getRootDirectory()
        checker = open_listed(told.lists)
        if checker.law.hash != told.law:
            text = f"a process of Spark holds the law {checker.law.hash[:12]}, and {told.law[:12]} was asked for"
            raise LawError.one("L_OTHER", text, hint="install the same version of Licet everywhere")
        rows = Rows(told.book.orders, told.book.columns, told.book.name, checker.law.dictionary, told.joined)
        _desks.clear()
        _desks[told.run] = Desk(checker, replace(told.book, columns=rows.names), told.options), rows
        collect_less()
    return _desks[told.run]


def _tables(pa: Any, batches: Iterator[pa.RecordBatch], most: int) -> Iterator[pa.Table]:
    """Batches put together, as many as are decided at a time."""
    some: list[pa.RecordBatch] = []
    for batch in batches:
        some.append(batch)
        if sum(len(each) for each in some) >= most:
            yield pa.Table.from_batches(some)
            some = []
    if some:
        yield pa.Table.from_batches(some)


def _answers(pa: Any, sifted: Sifted[Brief]) -> pa.Table:
    """The lines that were decided; answers are written once and taken by number."""
    made = {name: pa.array(cells, _type(pa, name)) for name, cells in sifted.heads.items()}
    taken, answers = pa.array(sifted.of), [shown(answer) for answer in sifted.answers]
    for number, column in enumerate(COLUMNS[len(HEADS) :]):
        made[column.name] = pa.array([answer[number] for answer in answers], _type(pa, column.name)).take(taken)
    return pa.table(made | {PROBLEM: pa.nulls(len(sifted.of), pa.string())})


def _wrong(pa: Any, part: Part) -> pa.Table:
    """The lines that were not."""
    size = len(part.wrong)
    made = {column.name: pa.nulls(size, _type(pa, column.name)) for column in COLUMNS}
    rows, names, reasons = zip(*part.wrong, strict=True)
    made |= {"row": pa.array(rows, pa.int64()), "line": pa.array(names, pa.string())}
    return pa.table(made | {PROBLEM: pa.array(reasons, pa.string())})


def _type(pa: Any, name: str) -> Any:
    kind = next(column.type for column in COLUMNS if column.name == name)
    text = pa.string()
    return {"BIGINT": pa.int64(), "DOUBLE": pa.float64(), "VARCHAR": text, "VARCHAR[]": pa.list_(text)}[kind]
