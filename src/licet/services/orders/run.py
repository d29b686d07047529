"""A run over an order book: part by part, so that a killed one goes on where it stopped.

A part is finished when its file has its name; the file appears whole or not at all. The manifest beside the parts says
what they were made from. Parts of anything else are not used.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from licet import __version__
from licet.batch.parts import Parts
from licet.batch.tables import Line, Table
from licet.batch.tables_write import Cell, Column, replacing, write_table
from licet.facts.errors import CaseError, LicetError, Place
from licet.services.brief import Brief
from licet.services.check import SEMANTICS, Checker, Options
from licet.services.orders.mapping import OrderMap
from licet.services.orders.rows import Rows
from licet.services.orders.work import Book, Job, Pool, Waiting, told
from licet.services.screen_tables import open_table

PART = 20_000  # lines
MANIFEST = "manifest.json"
LISTS = ("jurisdictions", "because", "open", "policies", "questions")
COLUMNS = (
    Column("row", "BIGINT", 9),
    Column("line", width=18),
    Column("on", width=11),
    Column("item", width=24),
    Column("value", "DOUBLE", 14),
    Column("outcome", width=22),
    Column("best", width=22),
    Column("worst", width=22),
    Column("coverage", width=10),
    Column("exit_code", "BIGINT", 9),
    *(Column(name, "VARCHAR[]", 36) for name in LISTS),
)
REJECTED = (Column("row", "BIGINT", 9), Column("line", width=18), Column("reason", width=80))
Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done: the table, its map, where the result goes, and how."""

    table: Path
    map: Path
    out: Path
    options: Options
    encoding: str = ""
    sheet: str = ""
    workers: int = 1
    lists: bool = False
    snapshot: str = ""  # of the lists
    fresh: bool = False
    part: int = PART


@dataclass(slots=True)
class Progress:
    """How far a run is: the share of the table that was read, lines decided, cases worked out, lines rejected."""

    done: float = 0.0
    lines: int = 0
    evaluated: int = 0
    rejected: int = 0
    resumed: int = 0


@dataclass(slots=True)
class Finished:
    """A finished run: its parts, and what was counted."""

    parts: Parts
    rejected: Path | None
    progress: Progress
    folder: Path
    manifest: dict[str, object] = field(default_factory=dict)


def run(checker: Checker, orders: OrderMap, wanted: Wanted, tell: Callable[[Progress], None]) -> Finished:
    """Decide every line of the table. Raises LicetError; what was finished before stays."""
    table = open_table(wanted.table, wanted.encoding, wanted.sheet)
    rows = Rows(orders, table.columns, table.name, checker.law.dictionary)
    manifest = _manifest(checker, wanted)
    folder = wanted.out.with_name(f"{wanted.out.name}.parts")
    _begin(folder, manifest, wanted.fresh)
    progress = Progress()
    book = Book(orders, rows.names, table.name)
    pool = Pool(book, wanted.options, wanted.lists, wanted.workers, checker)
    try:
        _parts(table, rows, pool, folder, wanted.part, progress, tell)
    finally:
        pool.close()
    parts = Parts([*folder.glob("part-*.parquet")])
    return Finished(parts, _rejected(folder, wanted.out), progress, folder, manifest)


def _parts(
    table: Table, rows: Rows, pool: Pool, folder: Path, size: int, progress: Progress, tell: Callable[[Progress], None]
) -> None:
    """Every part in turn; while one is being decided the next is read."""
    waiting: _Part | None = None
    number = 0
    lines = iter(table.lines)
    while chunk := list(islice(lines, size)):
        number += 1
        path = folder / f"part-{number:07d}.parquet"
        part = None
        if path.is_file():
            progress.resumed += len(chunk)
        else:
            part = _Part(path, rows, chunk)
            part.waiting = pool.give(part.jobs)
        if waiting is not None:
            waiting.finish(progress)
        waiting = part
        progress.lines += len(chunk)
        progress.done = table.done()
        tell(progress)
    if waiting is not None:
        waiting.finish(progress)
    if not number:
        raise CaseError.one("E_TABLE", "the table holds no line", Place(table.name))
    tell(progress)


class _Part:
    """The lines of a part: what is wrong with some, and for the others the number of their job."""

    def __init__(self, path: Path, rows: Rows, lines: Sequence[Line]) -> None:
        self.path = path
        self.heads: list[Row] = []
        self.of: list[int] = []
        self.wrong: list[tuple[int, str, str]] = []
        self.waiting: Waiting | None = None
        numbers: dict[tuple[tuple[str, ...], date | None], int] = {}
        self.jobs: list[Job] = []
        for line in lines:
            name = ""
            try:
                if line.problem:
                    raise CaseError.one("E_TABLE", line.problem)
                name = rows.line(line.cells, line.number)
                cells = rows.widened(line.cells)
                said, day, value = rows.said(cells), rows.day(cells), rows.value(cells)
            except LicetError as error:
                self.wrong.append((line.number, name, "; ".join(map(told, error.problems))))
                continue
            number = numbers.setdefault((said, day), len(numbers))
            if number == len(self.jobs):
                self.jobs.append(Job(said, day, line.number))
            self.of.append(number)
            on = "" if day is None else day.isoformat()
            self.heads.append([line.number, name, on, rows.item(cells), value])

    def finish(self, progress: Progress) -> None:
        """Write the part. Raises CaseError."""
        assert self.waiting is not None
        answers, evaluated = self.waiting.answers(len(self.jobs))
        shown = {answer: _shown(answer) for answer in set(answers) if isinstance(answer, Brief)}
        whole: list[Row] = []
        for head, number in zip(self.heads, self.of, strict=True):
            answer = answers[number]
            if isinstance(answer, Brief):
                whole.append([*head, *shown[answer]])
            else:
                self.wrong.append((int(str(head[0])), str(head[1]), answer))
        progress.evaluated += evaluated
        progress.rejected += len(self.wrong)
        if self.wrong:  # first, since the part counts as finished once it has its name
            with replacing(self.path.with_suffix(".rejected.json")) as made:
                made.write_text(json.dumps(sorted(self.wrong), ensure_ascii=False), encoding="utf-8")
        write_table(self.path, "parquet", COLUMNS, whole)


def _shown(answer: Brief) -> Row:
    held = asdict(answer)
    return [held[column.name] for column in COLUMNS[5:]]


def _manifest(checker: Checker, wanted: Wanted) -> dict[str, object]:
    """What the parts of a run are made from."""
    with wanted.table.open("rb") as file:
        table = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "schema": "licet.batch/1",
        "engine": f"licet {__version__}, semantics {SEMANTICS}",
        "table": str(wanted.table.resolve()),
        "table_sha256": table,
        "map": str(wanted.map.resolve()),
        "map_sha256": hashlib.sha256(wanted.map.read_bytes()).hexdigest(),
        "encoding": wanted.encoding,
        "sheet": wanted.sheet,
        "law": checker.law.hash,
        "parties": checker.known.hash,
        "lists": wanted.snapshot,
        "law_age_days": wanted.options.law_age.days,
        "part": wanted.part,
    }


def _begin(folder: Path, manifest: dict[str, object], fresh: bool) -> None:
    """Make the folder of the parts; one left by another run, or by the same over other input, is emptied."""
    kept = folder / MANIFEST
    try:
        before = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else None
    except ValueError:
        before = None
    if folder.exists() and before is None and any(folder.iterdir()):
        hint = "name another output with -o"
        raise CaseError.one("E_PARTS", "the folder for parts holds something else", Place(str(folder)), hint)
    if folder.exists() and (fresh or before != manifest):
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not kept.is_file():
        with replacing(kept) as made:
            made.write_text(json.dumps(manifest, indent=2), encoding="utf-8")


def _rejected(folder: Path, out: Path) -> Path | None:
    """The lines that could not be decided, with the reason, as a table of their own beside the result."""
    files = sorted(folder.glob("part-*.rejected.json"))
    path = out.with_name(f"{out.stem}.rejected.csv")
    if not files:
        path.unlink(missing_ok=True)
        return None

    def rows() -> Iterator[list[str | int]]:
        for file in files:
            yield from json.loads(file.read_text(encoding="utf-8"))

    write_table(path, "csv", REJECTED, rows())
    return path


def deliver(finished: Finished, out: Path, form: str) -> None:
    """The result in one file, with the manifest beside it. Raises CaseError."""
    if form == "parquet":
        finished.parts.join(out)
    else:
        write_table(out, form, COLUMNS, finished.parts.rows([column.name for column in COLUMNS]))
    with replacing(receipt(out)) as made:
        made.write_text(json.dumps(finished.manifest, indent=2), encoding="utf-8")
    shutil.rmtree(finished.folder, ignore_errors=True)


def receipt(out: Path) -> Path:
    """The file beside a result that says what it was made from."""
    return out.with_name(f"{out.name}.made-from.json")
