"""`licet screen`: who parties may be on the lists, and what that means in the law.

Exit codes: 20 a hit; 21 no hit, but it does not read as clear (a list is stale, missing or not certain for the day,
or a row could not be screened); 0 no hit and every list that counts is here and fresh; 2 bad input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.keeping import By, Keep, for_screenings
from licet.cli.screening import building
from licet.facts.errors import CaseError, LicetError, Place
from licet.parties.match.hit import DEFAULT_THRESHOLD
from licet.render.output import complain, deliver

if TYPE_CHECKING:
    from licet.batch.tables import Table
    from licet.services.ledger.screenings import ScreeningKeeper
    from licet.services.screen import Screener, Settings
    from licet.services.screen_model import Asked, Screened
    from licet.services.screen_rows import Told

BAD_INPUT = 2
MAX_LIMIT = 100
STEP = 100  # rows between two updates of the bar


class Format(StrEnum):
    """How the answers are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


class Kind(StrEnum):
    """What a party is."""

    PERSON = "person"
    FIRM = "firm"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"


_Texts = list[str] | None


def screen(  # noqa: PLR0913, PLR0917 - one for each option
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME…", help="Names in any script.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="PARTIES", help="A table of parties: CSV, Excel, Parquet.")
    ] = None,
    column: Annotated[
        _Texts,
        typer.Option("--column", metavar="FIELD=HEADER", help="Which column holds the name, role, country, born …"),
    ] = None,
    encoding: Annotated[str, typer.Option(help="Encoding of a CSV file, where it is not UTF-8: gb18030 …")] = "",
    sheet: Annotated[str, typer.Option(help="Sheet of an Excel file (default: the first).")] = "",
    role: Annotated[
        _Texts, typer.Option("--role", help="Role in the deal, such as end_user: which effects bite.")
    ] = None,
    country: Annotated[_Texts, typer.Option("--country", help="Country, by code or name.")] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="What it is.")] = None,
    born: Annotated[_Texts, typer.Option("--born", metavar="DATE", help="Date of birth, also 1972 or 1972-11.")] = None,
    number: Annotated[_Texts, typer.Option("--id", metavar="NUMBER", help="Passport, registration, IMO …")] = None,
    address: Annotated[_Texts, typer.Option("--address", help="Address.")] = None,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Lists and law as of this day.")] = "",
    known: Annotated[str, typer.Option("--known", metavar="TIME", help="As far as loaded by this day or time.")] = "",
    lists: Annotated[
        _Texts, typer.Option("--list", metavar="LIST", help="Only these lists: us.el, or us for all of the US.")
    ] = None,
    threshold: Annotated[float, typer.Option(help="Least score of a hit, from 0 to 1.")] = DEFAULT_THRESHOLD,
    limit: Annotated[int, typer.Option(help="Most hits of one party.")] = 5,
    form: Annotated[Format | None, typer.Option("--format", help="How to write (default: as -o ends).")] = None,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write to FILE.")] = "",
    keep: Keep = None,
    by: By = "",
) -> None:
    """Screen parties: hits on the lists, which alias matched and why, the effect in the law, what would rule it out.

    Options on a party hold for every name, and in a table for the rows that say nothing of it.

    Exit codes: 20 a hit; 21 no hit, but not clear (a list is stale, missing or uncertain, or a row could not be
    screened); 0 clear; 2 bad input.
    """
    from licet.services.screen_rows import Told

    told = Told(
        role=";".join(role or ()),
        country=";".join(country or ()),
        address="\n".join(address or ()),
        born=";".join(born or ()),
        id=";".join(number or ()),
        kind=kind.value if kind else "",
    )
    source = Source(tuple(names or ()), file, tuple(column or ()), encoding, sheet)
    written = form or _by_ending(out)
    try:
        settings = _settings(on, known, tuple(lists or ()), threshold, limit)
        code = _run(source, told, settings, Target(written, out, keep, by))
    except LicetError as error:
        raise typer.Exit(_fail(error, written)) from None
    raise typer.Exit(code)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the parties come from."""

    names: tuple[str, ...]
    file: Path | None
    columns: tuple[str, ...]
    encoding: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Target:
    """How and where the answers are written; an empty `out` is standard output. `keep` and `by` are of the ledger."""

    form: Format
    out: str
    keep: bool | None
    by: str


def _run(source: Source, told: Told, settings: Settings, target: Target) -> int:
    """Screen and write; the exit code. Everything about the input is checked before the lists are opened."""
    from licet.facts.replacing import refuse_input
    from licet.render.screen_out import write
    from licet.services.home import load_compiled
    from licet.services.screen import Tally
    from licet.services.screen_open import open_screener
    from licet.services.screen_rows import asked, columns, parties
    from licet.services.screen_tables import open_table

    if bool(source.names) == (source.file is not None):
        raise CaseError.one("E_ASK", "nobody is named", hint="give names, or a table with --file, and not both")
    if target.form in (Format.PARQUET, Format.XLSX) and not target.out:
        raise CaseError.one("E_ASK", f"{target.form} is not for a terminal", hint="name a file with -o")
    compiled = load_compiled()
    roles = compiled.law.dictionary.facts["party.roles"].values
    table: Table | None = None
    if source.file is None:
        everybody: Iterable[Asked] = [asked(name, told, roles) for name in source.names]
        _refuse_notes(everybody)
    else:
        if target.out:
            refuse_input(Path(target.out), source.file)
        _refuse_notes([asked("anybody", told, roles)])
        table = open_table(source.file, source.encoding, source.sheet)
        everybody = _some(parties(table, columns(table, source.columns), told, roles), table)
    keeper = for_screenings(compiled, target.keep, target.by)
    screener, tally = open_screener(compiled, settings, building), Tally()
    with _progress(table) as shown:
        answers: Iterable[Screened] = map(tally.add, shown(screener.each(everybody)))
        if keeper is not None:
            answers = _kept(answers, keeper, screener, source.file)
        write(answers, screener, tally, compiled.law, target.form.value, target.out, whole=keeper is not None)
    return tally.exit_code


def _kept(
    answers: Iterable[Screened], keeper: ScreeningKeeper, screener: Screener, table: Path | None
) -> Iterable[Screened]:
    """The answers, which are kept with the last of them."""
    from licet.services.ledger.screenings import Gathering
    from licet.services.orders.wanted import digest

    found = Gathering(screener.settings, screener.lists, table="" if table is None else digest(table))
    return keeper.after(answers, found)


def _some(everybody: Iterator[Asked], table: Table) -> Iterator[Asked]:
    """The parties of a table. Raises CaseError where it has none: nobody screened is not clear."""
    first = next(everybody, None)
    if first is None:
        raise CaseError.one("E_TABLE", "the table holds no party", Place(table.name))
    return chain((first,), everybody)


def _refuse_notes(everybody: Iterable[Asked]) -> None:
    """On the command line a word that cannot be used is a slip to be told at once, not beside the answer."""
    for one in everybody:
        if one.problem is not None:
            raise CaseError([one.problem])
        if one.notes:
            raise CaseError.one("E_VALUE", "; ".join(one.notes), hint="see licet screen --help")


@contextmanager
def _progress(table: Table | None) -> Iterator[Callable[[Iterable[Screened]], Iterable[Screened]]]:
    """A bar on standard error for a table, on a terminal only."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if table is None or not console.is_terminal:
        yield lambda answers: answers
        return
    columns = (TextColumn("screening {task.fields[count]:,}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("", total=1.0, count=0)

        def shown(answers: Iterable[Screened]) -> Iterator[Screened]:
            for count, one in enumerate(answers, 1):
                if count % STEP == 0:
                    bars.update(task, completed=table.done(), count=count)
                yield one

        yield shown


def _settings(on: str, known: str, lists: tuple[str, ...], threshold: float, limit: int) -> Settings:
    from licet.services.lists_view import known_time
    from licet.services.screen import Settings

    if not 0 < threshold <= 1:
        raise CaseError.one("E_VALUE", f"--threshold: {threshold} is not above 0 and at most 1", hint="such as 0.7")
    if not 1 <= limit <= MAX_LIMIT:
        raise CaseError.one("E_VALUE", f"--limit: {limit} is not from 1 to {MAX_LIMIT}")
    try:
        day = date.fromisoformat(on) if on else date.today()
    except ValueError:
        raise CaseError.one("E_DATE", f"--on: {on!r} is not a date", hint="write --on YYYY-MM-DD") from None
    return Settings(day, known_time(known), lists, threshold, limit)


def _by_ending(out: str) -> Format:
    ending = Path(out).suffix.lower().removeprefix(".")
    return Format(ending) if ending in ("json", "csv", "parquet", "xlsx") else Format.TEXT


def _fail(error: LicetError, form: Format) -> int:
    for problem in error.problems:
        complain(problem)
    if form is Format.JSON:
        from licet.render.asjson import errors_json

        deliver(errors_json(error.problems), "", True)
    return BAD_INPUT
