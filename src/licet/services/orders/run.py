"""A run over an order book: part by part, so that a killed one goes on where it stopped.

A part is finished when its file has its name; the file appears whole or not at all. The manifest beside the parts says
what they were made from. Parts of anything else are not used.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from licet import __version__
from licet.batch.parts import Parts
from licet.batch.tables import Table
from licet.batch.tables_joined import write_joined
from licet.batch.tables_write import write_table
from licet.facts.errors import CaseError, LicetError, Place
from licet.facts.replacing import UNNAMED, replacing
from licet.services.check import SEMANTICS, Checker
from licet.services.orders.columns import COLUMNS, REJECTED, shown
from licet.services.orders.mapping import OrderMap
from licet.services.orders.opened import open_listed
from licet.services.orders.parts import Part, Progress, parts
from licet.services.orders.rows import Rows
from licet.services.orders.wanted import Wanted, digest, parts_of, receipt, rejects_of
from licet.services.orders.work import Book, Pool, Waiting, open_pool
from licet.services.screen_tables import open_table

MANIFEST = "manifest.json"
SCHEMA = "licet.batch/1"


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
    manifest = manifest_of(checker, orders, wanted)
    folder = parts_of(wanted.out)
    begin(folder, manifest, wanted.fresh)
    progress = Progress()
    book, opening = Book(orders, rows.names, table.name), partial(open_listed, wanted.lists)
    with open_pool(book, wanted.options, opening, wanted.processes, checker) as pool:
        _decide(table, rows, pool, folder, wanted, progress, tell)
    return Finished(
        Parts([*folder.glob("part-*.parquet")]),
        rejected_table(wanted.out, _wrong(folder)).path,
        progress,
        folder,
        manifest,
    )


def _decide(
    table: Table,
    rows: Rows,
    pool: Pool,
    folder: Path,
    wanted: Wanted,
    progress: Progress,
    tell: Callable[[Progress], None],
) -> None:
    """Every part in turn; while one is being decided the next is read."""
    given: tuple[Path, Part, Waiting] | None = None
    for number, lines in enumerate(parts(table, wanted.part, progress, tell), 1):
        path, following = folder / f"part-{number:07d}.parquet", None
        if path.is_file():
            progress.resumed += sum(1 for _ in lines)
        else:
            part = Part(rows, lines, wanted.options.on)
            following = path, part, pool.give(part.jobs)
        if given is not None:
            _finish(*given, progress)
        given = following
        tell(progress)
    if given is not None:
        _finish(*given, progress)
    tell(progress)


def _finish(path: Path, part: Part, waiting: Waiting, progress: Progress) -> None:
    """Write a part. Raises CaseError."""
    answered = waiting.answered()
    sifted = part.sifted(answered.answers, answered.of)
    progress.evaluated += answered.evaluated
    progress.rejected += len(part.wrong)
    if part.wrong:  # first, since the part counts as finished once it has its name
        with replacing(path.with_suffix(".rejected.json")) as made:
            made.write_text(json.dumps(sorted(part.wrong), ensure_ascii=False), encoding="utf-8")
    write_joined(path, COLUMNS, sifted.heads, sifted.of, [shown(answer) for answer in sifted.answers])


def manifest_of(checker: Checker, orders: OrderMap, wanted: Wanted) -> dict[str, object]:
    """What the parts of a run are made from."""
    return {
        "schema": SCHEMA,
        "engine": f"licet {__version__}, semantics {SEMANTICS}",
        "table": str(wanted.table.resolve()),
        "table_sha256": digest(wanted.table) if wanted.table.exists() else "",  # Spark may reach it, and nobody here
        "map": str(wanted.map.resolve()),
        "map_sha256": digest(wanted.map),
        "joined": {join.table: digest(orders.folder / join.table) for join in orders.joins},
        "on": wanted.options.on.isoformat() if wanted.options.on is not None else "",
        "encoding": wanted.encoding,
        "sheet": wanted.sheet,
        "law": checker.law.hash,
        "parties": checker.known.hash,
        "lists": wanted.snapshot,
        "law_age_days": wanted.options.law_age.days,
        "part": wanted.part,
    }


def begin(folder: Path, manifest: dict[str, object], fresh: bool) -> None:
    """Make the folder of the parts; one left by another run, or by the same over other input, is emptied."""
    try:
        before = _before(folder)
        if folder.exists() and (fresh or before != manifest):
            clear(folder)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as bad:
        text = f"the folder for parts cannot be used: {bad.strerror}"
        raise CaseError.one("E_WRITE", text, Place(str(folder)), "name another output with -o") from None
    if not (folder / MANIFEST).is_file():
        with replacing(folder / MANIFEST) as made:
            made.write_text(json.dumps(manifest, indent=2), encoding="utf-8")


def _before(folder: Path) -> object:
    """What the parts in a folder were made from; None where there are none. Raises CaseError where it is no such."""
    try:
        before = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        before = None
    if isinstance(before, dict) and before.get("schema") == SCHEMA:
        return before
    # A run that is killed before it says what it does leaves nothing but an unnamed file.
    if folder.exists() and any(not path.name.startswith(UNNAMED) for path in folder.iterdir()):
        hint = "name another output with -o"
        raise CaseError.one("E_PARTS", "the folder for parts holds something else", Place(str(folder)), hint)
    return None


def clear(folder: Path) -> None:
    """Remove what a run left in its folder, the manifest last, so that it is known for one whenever this stops.

    The answers of a part go before its rejected lines: a part that has answers counts as finished, with all it holds.
    """
    for path in [*folder.glob("part-*.parquet"), *folder.glob("part-*"), *folder.glob(f"{UNNAMED}*")]:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    with suppress(OSError):  # somebody else put something there
        folder.rmdir()


class Rejected(NamedTuple):
    """The table of the lines that could not be decided, where there are any, and how many there are."""

    path: Path | None
    lines: int


def rejected_table(out: Path, rows: Iterator[Sequence[str | int]]) -> Rejected:
    """Write the lines that could not be decided, with the reason, beside a result; where there are none, no file."""
    path, count = rejects_of(out), 0
    first = next(rows, None)
    if first is None:
        path.unlink(missing_ok=True)
        return Rejected(None, 0)

    def counted() -> Iterator[Sequence[str | int]]:
        nonlocal count
        for row in chain((first,), rows):
            count += 1
            yield row

    write_table(path, "csv", REJECTED, counted())
    return Rejected(path, count)


def _wrong(folder: Path) -> Iterator[Sequence[str | int]]:
    """The lines of finished parts that could not be decided. Raises CaseError."""
    for file in sorted(folder.glob("part-*.rejected.json")):
        try:
            yield from json.loads(file.read_text(encoding="utf-8"))
        except ValueError:
            text = "a finished part cannot be read"
            raise CaseError.one("E_PARTS", text, Place(str(file)), "start anew with --fresh") from None


def _nothing() -> None:
    """Keep nothing."""


def deliver(finished: Finished, out: Path, form: str, keep: Callable[[], object] = _nothing) -> None:
    """The result in one file, with the manifest beside it. Raises CaseError.

    What cannot be kept is not handed out: where `keep` fails the parts stay, for the next run to go on from.
    """
    names = [column.name for column in COLUMNS]
    if form == "parquet":
        finished.parts.join(out, names)
    else:
        write_table(out, form, COLUMNS, finished.parts.rows(names))
    with replacing(receipt(out)) as made:
        made.write_text(json.dumps(finished.manifest, indent=2), encoding="utf-8")
    try:
        keep()
    except LicetError:
        for path in (out, receipt(out)):
            path.unlink(missing_ok=True)
        raise
    with suppress(OSError):
        clear(finished.folder)
