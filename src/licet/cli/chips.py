"""`licet chips`: what the law of some days makes of each chip in a table, as a table and as a picture.

Exit codes: 0 the table was made, 2 bad input. What reads, draws and writes is imported in the command: others have no
use for it.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.check import parse_days
from licet.cli.inputs import read_input
from licet.facts.errors import LicetError
from licet.render import output

if TYPE_CHECKING:
    from licet.services.chips import ChipsAnswer

BAD_INPUT = 2
TABLES, PICTURE = ("csv", "xlsx", "parquet"), "png"
_KNOWN = ".txt, .json, .html, .svg, .png, .csv, .xlsx or .parquet"


class Form(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    SVG = "svg"
    HTML = "html"


def chips(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The table of chips, YAML; - reads it from standard input.")
    ] = "examples/chips.yaml",
    on: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="DATE", help="Ask about this day; may be given several times."),
    ] = None,
    form: Annotated[
        Form | None, typer.Option("--format", help="How to write the answer; else by the end of the file's name.")
    ] = None,
    out: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE", help=f"Write to FILE: {_KNOWN}."),
    ] = "",
) -> None:
    """Which chips does the law describe, and may they go from the United States to China?

    Without --on, on the days on which the rule on advanced computing changed. Exit codes: 0 done, 2 bad input.
    """
    try:
        output.refuse_overwriting(out, [file])
        wanted = form.value if form else output.form_by_name(out, {*Form, *TABLES, PICTURE}, _KNOWN)
        _write(_answer(file, on or []), wanted, out)
    except LicetError as error:
        for problem in error.problems:
            output.complain(problem)
        raise typer.Exit(BAD_INPUT) from None


def _answer(file: str, on: list[str]) -> ChipsAnswer:
    from licet.services.chips import DAYS
    from licet.services.chips import chips as ask
    from licet.services.chips_read import read_chips
    from licet.services.home import open_checker

    table = read_chips(read_input(file).node)
    return ask(open_checker(), table, parse_days(on) or DAYS)


def _write(answer: ChipsAnswer, form: str, out: str) -> None:
    if form in TABLES:
        from licet.batch.tables_write import Column, write_table
        from licet.render.chips_data import COLUMNS, rows

        write_table(Path(out), form, [Column(*column) for column in COLUMNS], rows(answer))
    elif form == PICTURE:
        _draw(answer, Path(out))
    else:
        output.deliver(_show(answer, form, bool(out)), out, True)


def _show(answer: ChipsAnswer, form: str, to_file: bool) -> str:
    match form:
        case Form.JSON:
            from licet.render.chips_data import as_json

            return as_json(answer)
        case Form.SVG:
            from licet.render.chips_svg import picture

            return f"{picture(answer)}\n"
        case Form.HTML:
            from licet.render.chips_html import html

            return html(answer)
    from licet.render.chips_text import text

    return text(answer, to_file)


def _draw(answer: ChipsAnswer, out: Path) -> None:
    """The picture in points."""
    from licet.render.chips_svg import picture
    from licet.render.png import write_png

    write_png(str(picture(answer)), out)
