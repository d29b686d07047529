"""`licet impact`: which lines of an order book a change of law flips.

Exit codes: 0 nothing flips, 30 something does, 2 bad input. What reads tables, draws and writes is imported in the
command: others have no use for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.check import parse_age, parse_days
from licet.cli.keeping import By, Keep, for_findings
from licet.facts.errors import CaseError, LicetError, Place
from licet.render import output
from licet.services.check import Options

if TYPE_CHECKING:
    from licet.services.impact.ask import Impact
    from licet.services.impact.both import Asked, Tell
    from licet.services.orders.wanted import Wanted

BAD_INPUT = 2
TABLES, PICTURES = (".csv", ".xlsx", ".parquet"), (".svg", ".png")
HINT = "licet impact ORDERS --map MAP --from DATE --to DATE, or --patch PROPOSAL.yaml, or --lists OLD NEW"


class Form(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


def impact(  # noqa: PLR0913, PLR0917 - one for each option
    table: Annotated[str, typer.Argument(metavar="ORDERS", help="The order book: .csv, .xlsx or .parquet.")],
    map_file: Annotated[
        str, typer.Option("--map", metavar="MAP.yaml", help="Which column says what, as for licet batch.")
    ] = "",
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="Every line on this day …")] = "",
    second: Annotated[str, typer.Option("--to", metavar="DATE", help="… and on this later day.")] = "",
    patch: Annotated[
        str, typer.Option("--patch", metavar="PROPOSAL.yaml", help="The law as it is, and with this laid over it.")
    ] = "",
    lists: Annotated[
        tuple[str, str] | None,
        typer.Option("--lists", metavar="OLD NEW", help="The lists of parties as known at two moments."),
    ] = None,
    on: Annotated[
        str, typer.Option("--on", metavar="DATE", help="With --patch or --lists: every line on this day, not its own.")
    ] = "",
    out: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="A table of the lines: .csv, .xlsx, .parquet.")
    ] = "",
    chart: Annotated[str, typer.Option("--chart", metavar="OUT", help="A picture: .svg or .png.")] = "",
    law_age: Annotated[
        str, typer.Option("--law-age", metavar="180d", help="Accept law read up to this long before the day.")
    ] = "0d",
    form: Annotated[Form, typer.Option("--format", help="How to write the answer.")] = Form.TEXT,
    encoding: Annotated[str, typer.Option("--encoding", help="Of a CSV file, such as gb18030.")] = "",
    sheet: Annotated[str, typer.Option("--sheet", help="Of a workbook, where it is not the first.")] = "",
    jobs: Annotated[int, typer.Option("--jobs", min=0, max=256, help="Processes; 0: one for each core.")] = 0,
    screen: Annotated[
        bool, typer.Option("--screen/--no-screen", help="Screen the parties where lists are loaded.")
    ] = True,
    keep: Keep = None,
    by: By = "",
) -> None:
    """Which lines of an order book flip when the law changes, from what to what, because of which change?

    Exit codes: 0 nothing flips, 30 something flips, 2 bad input.
    """
    try:
        map_path = Path(map_file or f"{table}.map.yaml")
        for name, endings in ((out, TABLES), (chart, PICTURES)):
            _ending(name, endings)
            output.refuse_overwriting(name, [table, str(map_path), *([patch] if patch else [])])
        asked, screened = _asked((first, second), patch, lists, on, screen)
        options = Options(law_age=parse_age(law_age))
        wanted = _wanted(Path(table), map_path, options, (encoding, sheet, jobs), screened)
        with TemporaryDirectory(prefix=".licet-impact-", dir=Path(out).resolve().parent if out else None) as folder:
            code = _run(wanted, asked, Path(folder), Into(out, chart, form, Path(patch) if patch else None, keep, by))
    except OSError as bad:
        where = Place(str(bad.filename or ""))
        output.complain(CaseError.one("E_WRITE", f"this cannot be used: {bad.strerror or bad}", where).problems[0])
        raise typer.Exit(BAD_INPUT) from None
    except LicetError as error:
        for problem in error.problems:
            output.complain(problem)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(code)


def _ending(name: str, endings: tuple[str, ...]) -> None:
    if name and Path(name).suffix.lower() not in endings:
        raise CaseError.one("E_FORMAT", "this form is not written", Place(name), f"end it in {', '.join(endings)}")


def _asked(
    days: tuple[str, str], patch: str, lists: tuple[str, str] | None, on: str, screen: bool
) -> tuple[Asked, bool]:
    """What is compared, and whether parties are screened. Raises LicetError."""
    from licet.services.impact.sides import two_days, two_moments, with_proposal
    from licet.services.orders.opened import lists_snapshot

    if sum((any(days), bool(patch), lists is not None)) != 1 or (any(days) and not all(days)) or (any(days) and on):
        raise CaseError.one("E_ASK", "say what is to be compared, in one way", hint=HINT)
    screened = screen and bool(lists_snapshot())
    day = parse_days([on])[0] if on else None
    if patch:
        return with_proposal(Path(patch), day, screened), screened
    if lists is not None:
        if not screened:
            raise CaseError.one("E_NO_LISTS", "no list of parties is loaded", hint="licet lists sync")
        old, new = (_moment(text) for text in lists)
        return two_moments(old, new, day), True
    first, second = parse_days(days)
    return two_days(first, second, screened), screened


def _moment(text: str) -> datetime:
    """A moment of `--lists`, read as `licet screen --known` reads it. Raises CaseError."""
    from licet.services.lists_view import known_time

    moment = known_time(text)
    if moment is None:
        raise CaseError.one("E_DATE", "--lists needs two moments", hint=HINT)
    return moment


def _wanted(table: Path, map_path: Path, options: Options, how: tuple[str, str, int], lists: bool) -> Wanted:
    from licet.services.orders.wanted import Wanted, workers_for

    encoding, sheet, jobs = how
    for path, what in ((table, "the table"), (map_path, "the map")):
        if not path.is_file():
            hint = "" if path is table else "licet batch ORDERS proposes one"
            raise CaseError.one("E_NO_FILE", f"{what} is not there", Place(str(path)), hint)
    workers = workers_for(jobs, table.stat().st_size, os.cpu_count() or 1)
    return Wanted(table, map_path, table, options, encoding, sheet, workers, lists)


@dataclass(frozen=True, slots=True)
class Into:
    """Where the answer goes, from which proposal it is made, and whether and for whom it is kept."""

    out: str
    chart: str
    form: Form
    patch: Path | None
    keep: bool | None
    by: str


def _run(wanted: Wanted, asked: Asked, folder: Path, into: Into) -> int:
    from licet.render.impact_text import page
    from licet.services.home import load_compiled
    from licet.services.impact.ask import impact as ask
    from licet.services.impact.kept import Going
    from licet.services.impact.made import made_from
    from licet.services.orders.mapping import read_map
    from licet.services.orders.wanted import parts_of

    out, chart, compiled = into.out, into.chart, load_compiled()
    orders, keeper = read_map(wanted.map, compiled.law.dictionary), for_findings(compiled, into.keep, into.by)
    made = made_from(orders, wanted, into.patch)  # as the files are before they are read
    with _shown() as tell:
        found = ask(orders, wanted, asked, folder, tell, Going(parts_of(Path(out)), made) if out else None)
    with found.compared:
        if keeper is not None:
            keeper.impact(made, found.answer)
        rejected = _write(found, out, chart)
    found.parts.close()
    if into.form is Form.JSON:
        from licet.render.impact_data import as_json

        output.deliver(as_json(found.answer), "", True)
    else:
        output.deliver(page(found.answer, out, chart, rejected), "", True)
    return found.answer.exit_code


def _write(found: Impact, out: str, chart: str) -> str:
    """The table of the lines and the picture; the name of the table of lines that were rejected, where there are."""
    rejected = ""
    if out:
        from licet.batch.tables_write import Column, write_table
        from licet.services.impact.table import COLUMNS, NAMES, rows
        from licet.services.orders.columns import REJECTED

        path = Path(out)
        columns = [replace(Column(name), type=kind, width=width) for name, kind, width in COLUMNS]
        write_table(path, path.suffix.lower()[1:], columns, rows(found.answer, found.compared.rows(NAMES)))
        if found.answer.rejected:
            rejected = str(path.with_name(f"{path.stem}.rejected.csv"))
            write_table(Path(rejected), "csv", REJECTED, found.rejected)
    if chart:
        from licet.render.impact_svg import picture

        svg = str(picture(found.answer))
        if chart.lower().endswith(".png"):
            from licet.render.png import write_png

            write_png(svg, Path(chart))
        else:
            output.write_file(chart, f"{svg}\n")
    return rejected


@contextmanager
def _shown() -> Iterator[Tell]:
    """A bar on standard error, on a terminal only."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        silent: Callable[[float, str], None] = lambda done, text: None  # noqa: E731 - the shape of what tells
        yield silent
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("reading", total=1.0)

        def tell(done: float, text: str) -> None:
            bars.update(task, completed=done, description=text)

        yield tell
