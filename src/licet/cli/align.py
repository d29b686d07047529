"""`licet align`: who controls a technology since when, and from where it can still be had.

Exit codes: 0 the matrix was made, 2 bad input. What runs the law and draws is imported in the command.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.check import parse_days
from licet.facts.errors import LicetError
from licet.render import output

if TYPE_CHECKING:
    from licet.services.align_model import AlignAnswer

BAD_INPUT = 2
FIRST = date(2018, 1, 1)
TABLES, PICTURE = ("csv", "xlsx", "parquet"), "png"
_KNOWN = ".txt, .json, .svg, .png, .csv, .xlsx or .parquet"


class Form(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    SVG = "svg"


def align(  # noqa: PLR0913, PLR0917 - each is an option of the command
    technology: Annotated[
        str, typer.Argument(metavar="TECHNOLOGY", help="Its name, or a file of your own; without it, what there is.")
    ] = "",
    to: Annotated[str, typer.Option("--to", metavar="COUNTRY", help="Sold to this country.")] = "CN",
    item: Annotated[
        list[str] | None, typer.Option("--item", metavar="ID", help="Only this reference item; may be given again.")
    ] = None,
    place: Annotated[
        list[str] | None, typer.Option("--place", metavar="COUNTRY", help="Only from this place; may be given again.")
    ] = None,
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="Begin on this day.")] = FIRST.isoformat(),
    end: Annotated[str, typer.Option("--until", metavar="DATE", help="End on this day instead of today.")] = "",
    on: Annotated[
        str, typer.Option("--on", metavar="DATE", help="Show the matrix of this day; else of the last day read.")
    ] = "",
    form: Annotated[
        Form | None, typer.Option("--format", help="How to write the answer; else by the end of the file's name.")
    ] = None,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help=f"Write to FILE: {_KNOWN}.")] = "",
) -> None:
    """Who controls a technology, since when, with which threshold, and from where can it still be had?

    Made by running the law of each place on reference items. Exit codes: 0 done, 2 bad input.
    """
    from licet.services.align import Asked
    from licet.services.align import align as ask
    from licet.services.align_read import names
    from licet.services.home import law_root, open_checker

    try:
        if not technology:
            output.deliver("\n".join(names(law_root())) + "\n", out, True)
            return
        wanted = form.value if form else output.form_by_name(out, {*Form, *TABLES, PICTURE}, _KNOWN)
        last = _day(end, datetime.now(UTC).date())
        asked = Asked(
            to.upper(), _day(start, FIRST), last, _day(on, last) if on else None, tuple(item or ()), tuple(place or ())
        )
        answer = ask(open_checker(), law_root(), technology, asked, _progress)
        _write(answer, wanted, out)
    except LicetError as error:
        for problem in error.problems:
            output.complain(problem)
        raise typer.Exit(BAD_INPUT) from None


def _day(written: str, default: date) -> date:
    return parse_days([written])[0] if written else default


def _progress(name: str) -> None:
    """Which place is being asked, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\033[K{name} …", end="", file=sys.stderr, flush=True)


def _write(answer: AlignAnswer, form: str, out: str) -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if form in TABLES:
        from licet.batch.tables_write import Column, write_table
        from licet.render.align_data import COLUMNS, rows

        write_table(Path(out), form, [Column(name, width=width) for name, width in COLUMNS], rows(answer))
    elif form == PICTURE:
        from licet.render.align_svg import picture
        from licet.render.png import write_png

        write_png(str(picture(answer)), Path(out))
    else:
        output.deliver(_show(answer, form), out, True)


def _show(answer: AlignAnswer, form: str) -> str:
    match form:
        case Form.JSON:
            from licet.render.align_data import as_json

            return as_json(answer)
        case Form.SVG:
            from licet.render.align_svg import picture

            return f"{picture(answer)}\n"
    from licet.render.align_text import text

    return f"{text(answer)}\n"
