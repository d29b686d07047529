"""`licet batch --engine spark`: the run of an order book on Spark, with the settings of whoever started it.

The table may be whatever `licet batch` reads, or a folder of Parquet files, also one that only the cluster reaches
(`s3a://…`). Where lines are in no Parquet file, they are written into one first by what reads them here, so that both
engines see the same cells.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from licet.batch.parts import Parts
from licet.batch.tables import PARQUET, Line
from licet.facts.errors import CaseError, Place, Problem
from licet.services.check import Checker
from licet.services.home import home
from licet.services.orders.mapping import OrderMap
from licet.services.orders.parts import Progress
from licet.services.orders.rows import Rows
from licet.services.orders.run import Finished, begin, manifest_of, rejected_table
from licet.services.orders.spark import PROBLEM, ROW, SCHEMA, Told, decide
from licet.services.orders.summary import Count, Summary
from licet.services.orders.wanted import Wanted, parts_of
from licet.services.orders.work import Book
from licet.services.screen_tables import open_table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LISTS = ("lists", "index", "law")  # the folders of Licet's own that screening needs, and the compiled law
APART = "set_apart"
DONE, SET_APART = f"{APART}=false", f"{APART}=true"  # the folders of a result
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://")
CHUNK = 100_000  # lines written at a time where they have to be written first
_FILE, _INDEX = "_file", "_index"


@dataclass(frozen=True, slots=True)
class Source:
    """The lines: `row`, `problem`, then their cells under numbers, and what the columns of these are called."""

    name: str
    frame: DataFrame
    columns: tuple[str, ...]
    lines: int


def run_on_spark(checker: Checker, orders: OrderMap, wanted: Wanted, tell: Callable[[Progress], None]) -> Finished:
    """Decide every line of a table, for a result in a file. Raises LicetError."""
    manifest = manifest_of(checker, orders, wanted)
    folder = parts_of(wanted.out)
    begin(folder, manifest | {"engine_of_run": "spark"}, True)
    progress, result = Progress(), folder / "part-spark"
    tell(progress)
    with _session() as session:
        source = _source(session, wanted, str(wanted.table), folder / "part-given.parquet")
        _decided(source, checker, orders, wanted).write.partitionBy(APART).parquet(_uri(result))
    progress.done = 1.0
    wrong = [*result.glob(f"{SET_APART}/*.parquet")]
    rejected = rejected_table(wanted.out, Parts(wrong, by=ROW).rows([ROW, "line", PROBLEM]) if wrong else iter(()))
    done = Parts([*result.glob(f"{DONE}/*.parquet")], by=ROW)
    progress.rejected = rejected.lines
    progress.lines = rejected.lines + sum(count for (count,) in done.ask("SELECT count(*) FROM parts"))
    return Finished(done, rejected.path, progress, folder, manifest)


def run_into(checker: Checker, orders: OrderMap, wanted: Wanted, table: str, target: str) -> tuple[Summary, int]:
    """Decide every line of Parquet files into a folder, wherever Spark reaches it. Raises LicetError.

    In it, `set_apart=false` holds the answers in the order in which they came, `set_apart=true` the lines that could
    not be decided. What is there already is never overwritten. Tells how many lines came to what, and how many were
    set apart.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    with _session() as session:
        source = _source(session, wanted, table, None)
        into = target if _SCHEME.match(target) else _uri(Path(target))
        answers = _decided(source, checker, orders, wanted)
        answers.write.partitionBy(APART).mode("errorifexists").parquet(into)
        counts = (
            session.read.parquet(into)
            .groupBy(APART, "outcome")
            .agg(f.count("*"), f.countDistinct("item"), f.sum("value"))
        )
        rows = [tuple(row) for row in counts.collect()]
    outcomes = sorted((Count(*row[1:]) for row in rows if not row[0]), key=lambda count: (-count.lines, count.name))
    return Summary(sum(one.lines for one in outcomes), tuple(outcomes)), sum(row[2] for row in rows if row[0])


def take_back(target: str) -> Problem:
    """Remove a folder that `run_into` made and whose record could not be kept; what has to be said of it."""
    if not _SCHEME.match(target):
        shutil.rmtree(target, ignore_errors=True)
    if _SCHEME.match(target) or Path(target).exists():
        return Problem("E_LEDGER", "the result stands here without a record", Place(target), "remove it, and run again")
    return Problem("E_LEDGER", "the result is not handed out, because it is not kept", Place(target))


def _decided(source: Source, checker: Checker, orders: OrderMap, wanted: Wanted) -> DataFrame:
    """The answers to all lines. Raises LicetError."""
    from pyspark.sql import functions as f  # noqa: PLC0415 - as above

    context = source.frame.sparkSession.sparkContext
    rows = Rows(orders, source.columns, source.name, checker.law.dictionary)
    own = home()
    if wanted.lists and own is not None:
        for part in LISTS:
            if (own / part).is_dir():
                context.addFile(str(own / part), recursive=True)
    told = Told(
        run=uuid4().hex,
        book=Book(orders, source.columns, source.name),
        joined=rows.joined,
        options=wanted.options,
        law=checker.law.hash,
        most=wanted.part,
        lists=wanted.lists,
    )
    tasks = max(context.defaultParallelism, -(-source.lines // wanted.part))
    day = orders.on.columns[0] if orders.on is not None and wanted.options.on is None else None
    if day in source.columns:  # lines of the same days to the same task
        frame = source.frame.repartitionByRange(tasks, f"c{source.columns.index(day)}")
    else:
        frame = source.frame.repartition(tasks)
    answers = frame.mapInArrow(partial(decide, told), SCHEMA)
    return answers.withColumn(APART, f.col(PROBLEM).isNotNull())


def _source(session: SparkSession, wanted: Wanted, table: str, spare: Path | None) -> Source:
    """The lines of the table, numbered as they are here; `spare` is where they are written first, if they have to be.

    Raises CaseError.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415 - as above

    path = Path(table)
    if path.is_file() and path.suffix.lower() not in PARQUET:
        if spare is None:
            hint = "name a file for the result, or give the lines as Parquet"
            raise CaseError.one("E_TABLE", "only Parquet files are decided into a folder", Place(table), hint)
        columns = _copied(wanted, spare)
        frame = session.read.parquet(_uri(spare))
        return _with_lines(Source(path.name, frame, columns, frame.count()))
    frame = session.read.parquet(_uri(path) if path.exists() else table)
    columns = tuple(frame.columns)
    cells = [f.col(f"`{name.replace('`', '``')}`").alias(f"c{number}") for number, name in enumerate(columns)]
    given = frame.select(f.col("_metadata.file_path").alias(_FILE), f.col("_metadata.row_index").alias(_INDEX), *cells)
    counts = {row[_FILE]: row["count"] for row in given.groupBy(_FILE).count().collect()}
    first, before = {}, 0
    for file in sorted(counts):
        first[file], before = before, before + counts[file]
    start = f.create_map(*(f.lit(each) for pair in first.items() for each in pair))[f.col(_FILE)]
    numbered = given.select(
        (start + f.col(_INDEX) + 1).cast("bigint").alias(ROW),
        f.lit(None).cast("string").alias(PROBLEM),
        *(f.col(f"c{number}") for number in range(len(columns))),
    )
    return _with_lines(Source(path.name, numbered, columns, before))


def _with_lines(source: Source) -> Source:
    if not source.lines:
        raise CaseError.one("E_TABLE", "the table holds no line", Place(source.name))
    return source


def _copied(wanted: Wanted, path: Path) -> tuple[str, ...]:
    """Write the lines of a table into a Parquet file, as they are read here; the names of its columns."""
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    table = open_table(wanted.table, wanted.encoding, wanted.sheet)
    names = [f"c{number}" for number in range(len(table.columns))]
    schema = pa.schema([(ROW, pa.int64()), (PROBLEM, pa.string()), *((name, pa.string()) for name in names)])
    width = len(names)

    def columns(lines: list[Line]) -> Iterator[Any]:
        yield [line.number for line in lines]
        yield [line.problem or None for line in lines]
        yield from zip(*((line.cells + ("",) * width)[:width] for line in lines), strict=True)

    with pq.ParquetWriter(path, schema) as writer:
        while lines := [*islice(table.lines, CHUNK)]:
            writer.write_table(
                pa.table(
                    [pa.array(c, kind) for c, kind in zip(columns(lines), schema.types, strict=True)], schema=schema
                )
            )
    return table.columns


@contextmanager
def _session() -> Iterator[SparkSession]:
    """A session with the usual settings (`spark-defaults.conf`, `PYSPARK_SUBMIT_ARGS`). Raises CaseError."""
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - as above
        from pyspark.sql import SparkSession as Session  # noqa: PLC0415 - as above
    except ImportError:
        text = "Spark is not installed"
        raise CaseError.one("E_SPARK", text, hint="pip install 'licet[spark]'") from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        text = "Spark needs Java, and there is none"
        raise CaseError.one("E_SPARK", text, hint="install Java 17: apt-get install openjdk-17-jre-headless")
    from py4j.protocol import Py4JError  # noqa: PLC0415 - as above

    builder = Session.builder.appName("licet batch").config("spark.sql.caseSensitive", "true")
    try:
        session = builder.getOrCreate()
        context = session.sparkContext
        if context.master.startswith("local") and not {"PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON"} & os.environ.keys():
            context.pythonExec = sys.executable  # else the first python3 there is, which need not have Licet
        try:
            yield session
        finally:
            session.stop()
    except (PySparkException, Py4JError) as bad:
        raise CaseError.one("E_SPARK", f"Spark stopped: {_said(bad)}") from None


def _said(bad: Exception) -> str:
    """What Spark says went wrong, in a line: the error of a process, where one tells it."""
    if "PATH_ALREADY_EXISTS" in str(bad):
        return "the folder for the result is there already: name another, or remove it"
    lines = [line.strip() for line in str(bad).splitlines() if line.strip()]
    own = [line for line in lines if line.startswith("licet.facts.errors")]
    return (own or lines or [type(bad).__name__])[0][:400]


def _uri(path: Path) -> str:
    return path.resolve().as_uri()
