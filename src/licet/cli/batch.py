"""`licet batch`: a whole order book, line by line.

Exit codes: 0 every line was decided, 1 some lines were rejected, 2 bad input. What reads tables is imported in the
command: others have no use for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.check import parse_age, parse_days
from licet.cli.keeping import By, Keep, for_batches, opened
from licet.facts.errors import CaseError, LicetError, Place
from licet.render import output
from licet.services.check import Options

if TYPE_CHECKING:
    from licet.services.check import Checker
    from licet.services.ledger.batches import BatchKeeper
    from licet.services.orders.mapping import OrderMap
    from licet.services.orders.parts import Progress
    from licet.services.orders.wanted import Wanted

BAD_INPUT, REJECTED = 2, 1
EXPLAIN = "explain"
MAP_ENDING = ".map.yaml"


class Engine(StrEnum):
    """What decides the lines."""

    HERE = "here"
    SPARK = "spark"


def batch(  # noqa: PLR0913, PLR0917 - one for each option
    what: Annotated[
        list[str], typer.Argument(metavar="ORDERS | explain OUT LINE", help="A table: .csv, .xlsx or .parquet.")
    ],
    out: Annotated[str, typer.Option("-o", "--output", metavar="OUT", help="The result: .csv, .xlsx, .parquet.")] = "",
    map_file: Annotated[
        str,
        typer.Option("--map", metavar="MAP.yaml", help="Which column says what; proposed if there is no such file."),
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Decide every line for this day.")] = "",
    law_age: Annotated[
        str, typer.Option("--law-age", metavar="180d", help="Accept law read up to this long before the day.")
    ] = "0d",
    encoding: Annotated[str, typer.Option("--encoding", help="Of a CSV file, such as gb18030.")] = "",
    sheet: Annotated[str, typer.Option("--sheet", help="Of a workbook, where it is not the first.")] = "",
    jobs: Annotated[int, typer.Option("--jobs", min=0, max=256, help="Processes; 0: one for each core.")] = 0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start anew where a run was cut short.")] = False,
    part: Annotated[int, typer.Option("--part", min=0, hidden=True, help="Lines of a part.")] = 0,
    lists: Annotated[
        bool, typer.Option("--lists/--no-lists", help="Screen the parties where lists are loaded.")
    ] = True,
    engine: Annotated[
        Engine, typer.Option("--engine", help="What decides: processes here, or Spark as it is set up.")
    ] = Engine.HERE,
    keep: Keep = None,
    by: By = "",
) -> None:
    """May all of these go? Decides every line of an order book, tells what decides, and what to find out first.

    A run that was cut short goes on where it stopped when the same command is given again. licet batch explain OUT LINE
    shows the whole answer to one line of a result.

    Exit codes: 0 every line was decided, 1 some lines were rejected, 2 bad input.
    """
    try:
        options = Options(next(iter(parse_days([on] if on else [])), None), law_age=parse_age(law_age))
        if what[0] == EXPLAIN and len(what) > 1:
            raise typer.Exit(_explain(what[1:], options, keep, by))
        if len(what) != 1:
            raise CaseError.one("E_ASK", "one table is decided at a time", hint="licet batch ORDERS -o OUT")
        code = _run(
            what[0],
            Path(map_file or f"{what[0]}{MAP_ENDING}"),
            out,
            options,
            How(encoding, sheet, jobs, part, fresh, lists, engine, keep, by),
        )
    except LicetError as error:
        for problem in error.problems:
            output.complain(problem)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(code)


@dataclass(frozen=True, slots=True)
class How:
    """How a table is read, and how it is decided."""

    encoding: str
    sheet: str
    jobs: int
    part: int
    fresh: bool
    lists: bool
    engine: Engine
    keep: bool | None
    by: str

    @property
    def on_spark(self) -> bool:
        """Whether Spark decides."""
        return self.engine is Engine.SPARK


def _run(given: str, map_file: Path, out: str, options: Options, how: How) -> int:
    from licet.render.orders import page
    from licet.services.home import load_compiled
    from licet.services.kept import Compiled
    from licet.services.orders.mapping import read_map
    from licet.services.orders.opened import lists_snapshot, open_listed
    from licet.services.orders.run import deliver, run
    from licet.services.orders.summary import summary
    from licet.services.orders.wanted import PART, Wanted, workers_for

    table, target = Path(given), Path(out)
    if not map_file.exists():
        return _propose(table, map_file, how.encoding, how.sheet)
    into_folder = how.on_spark and out.endswith("/")
    orders = read_map(map_file, load_compiled().law.dictionary)
    if not into_folder:
        _refuse(target, out, [table, map_file, *(orders.folder / join.table for join in orders.joins)])
    snapshot = lists_snapshot() if how.lists else ""
    size = table.stat().st_size if table.is_file() else 0
    wanted = Wanted(
        table=table,
        map=map_file,
        out=target,
        options=options,
        encoding=how.encoding,
        sheet=how.sheet,
        workers=workers_for(how.jobs, size, os.cpu_count() or 1),
        lists=bool(snapshot),
        snapshot=snapshot,
        fresh=how.fresh,
        part=how.part or PART,
    )
    checker = open_listed(bool(snapshot))
    keeper = for_batches(Compiled(checker.law, checker.known), how.keep, how.by)
    if into_folder:
        return _into_folder(checker, orders, wanted, given, out, keeper)
    decide = run
    if how.on_spark:
        from licet.services.orders.spark_run import run_on_spark as decide
    with _shown(wanted) as tell:
        finished = decide(checker, orders, wanted, tell)
    said = summary(finished.parts)
    deliver(
        finished,
        target,
        target.suffix.lower().removeprefix("."),
        lambda: keeper and keeper.keep(finished.manifest, said, finished.progress.rejected, target),
    )
    print(page(said, finished.progress, target, finished.rejected))
    return REJECTED if finished.rejected is not None else 0


def _refuse(target: Path, out: str, read: Sequence[Path]) -> None:
    """Refuse a result of no known form, in a folder, or in the place of what is read. Raises CaseError."""
    from licet.batch.tables_write import FORMS
    from licet.facts.replacing import refuse_input
    from licet.services.orders.wanted import written

    if target.suffix.lower().removeprefix(".") not in FORMS:
        known = ", ".join(f".{each}" for each in FORMS)
        raise CaseError.one("E_ASK", "the result needs a file", Place(out), f"-o OUT, ending in one of {known}")
    if target.is_dir():
        text = "the result cannot be written: it is a folder"
        raise CaseError.one("E_WRITE", text, Place(out), "name a file with -o")
    for made in written(target):
        for given in read:
            refuse_input(made, given)


def _into_folder(
    checker: Checker, orders: OrderMap, wanted: Wanted, given: str, out: str, keeper: BatchKeeper | None
) -> int:
    """Decide on Spark, into a folder that Spark reaches."""
    from licet.render.orders import page
    from licet.services.orders.parts import Progress
    from licet.services.orders.run import manifest_of
    from licet.services.orders.spark_run import run_into, take_back

    counted, apart = run_into(checker, orders, wanted, given, out)
    if keeper is not None:
        try:
            keeper.keep(manifest_of(checker, orders, wanted), counted, apart, Path(out))
        except LicetError as error:
            raise CaseError([*error.problems, take_back(out)]) from None
    print(page(counted, Progress(lines=counted.lines + apart, rejected=apart), out, None))
    return REJECTED if apart else 0


def _propose(table: Path, map_file: Path, encoding: str, sheet: str) -> int:
    """Write a map for the user to look at; nothing is decided by guesses."""
    from licet.facts.replacing import replacing
    from licet.services.home import load_compiled
    from licet.services.orders.propose import propose
    from licet.services.screen_tables import open_table

    text = propose(open_table(table, encoding, sheet), load_compiled().law.dictionary).text()
    with replacing(map_file) as made:
        made.write_text(text, encoding="utf-8")
    print(text)
    hint = "look at it, correct it, say what holds for every line, and give the same command again"
    output.note(f"There was no map of the columns. This one was proposed and written to {map_file}: {hint}.")
    return BAD_INPUT


def _explain(words: list[str], options: Options, keep: bool | None, by: str) -> int:
    from licet.cli.check import worst
    from licet.render.answer import Answer, show
    from licet.services.orders.explain import find, read_receipt
    from licet.services.orders.opened import open_listed

    if len(words) != 2:
        raise CaseError.one("E_ASK", "which line?", hint="licet batch explain OUT LINE")
    receipt = read_receipt(Path(words[0]))
    checker = open_listed(bool(receipt["lists"]))
    line = find(checker, receipt, words[1])
    for note in line.notes:
        output.note(note)
    asked = replace(options, proof=True, law_age=options.law_age or line.law_age)
    keeper = opened(checker, keep, by)
    decision = checker.check(line.case, asked)
    if keeper is not None:
        from licet.services.ledger.keep import JSON

        keeper.keep(line.text, line.case, asked, decision, JSON)
    answer = Answer(f"line {words[1]}", decision)
    output.deliver(show([answer], checker.law, "text", asked, False), "", True)
    return worst([answer.exit_code])


@contextmanager
def _shown(wanted: Wanted) -> Iterator[Callable[[Progress], None]]:
    """A bar on standard error, on a terminal only."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda progress: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bars:
        task = bars.add_task(f"reading {wanted.table.name}", total=1.0)

        def tell(progress: Progress) -> None:
            again = f", {progress.resumed:,} done before" if progress.resumed else ""
            text = f"{progress.lines:,} lines, {progress.evaluated:,} different cases{again}"
            bars.update(task, completed=progress.done, description=text)

        yield tell
