"""`licet own`: who owns an entity, and what the ownership law of a day makes of it.

Exit codes: 2 bad input, 11 a test that blocks is proven, 10 one that restricts is proven, 12 one is open, 0 none
of these. Suspended law restricts nothing. What solves the graph is imported in the command: others have no use for it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.inputs import read_input, read_text
from licet.cli.keeping import By, Keep, for_findings
from licet.facts.errors import CaseError, LicetError
from licet.render import output

if TYPE_CHECKING:
    from licet.services.own_answer import OwnersAnswer

BAD_INPUT = 2
TABLE = ".csv"


class Form(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    SVG = "svg"
    HTML = "html"


def own(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The graph, YAML or CSV; - reads YAML from standard input.")
    ],
    holdings: Annotated[str, typer.Option("--holdings", metavar="CSV", help="Add edges from a table.")] = "",
    target: Annotated[
        list[str] | None,
        typer.Option("--target", metavar="NAME", help="Ask about this entity; may be given several times."),
    ] = None,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Decide for this day instead.")] = "",
    form: Annotated[Form, typer.Option("--format", help="How to write the answer.")] = Form.TEXT,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write the answer to FILE.")] = "",
    keep: Keep = None,
    by: By = "",
) -> None:
    """Who owns it? Each ownership rule of the day is proven, disproven or open, with the path and what would settle it.

    Exit codes: 11 a test that blocks is proven, 10 one that restricts (a licence, or with further conditions),
    12 one is open, 0 none of these, 2 bad input. Where several hold, the first of 11, 10, 12, 0 counts.
    """
    try:
        output.refuse_overwriting(out, [file, *([holdings] if holdings else [])])
        answer = _answer(file, holdings, _day(on), tuple(target or ()), (keep, by))
        output.deliver(_show(answer, form, bool(out)), out, True)
    except LicetError as error:
        for problem in error.problems:
            output.complain(problem)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(answer.exit_code)


def _answer(
    file: str, holdings: str, day: date | None, targets: tuple[str, ...], kept: tuple[bool | None, str]
) -> OwnersAnswer:
    """The answer, kept before it is shown where there is a ledger for it. Raises LicetError."""
    from licet.services.home import load_compiled
    from licet.services.own import own as decide
    from licet.services.own_given import CSV, YAML, GraphGiven

    name, table = file, read_text(holdings) if holdings else ""
    if Path(file).suffix.lower() == TABLE:
        given = GraphGiven(read_text(file), CSV, table)
    else:
        read = read_input(file)
        name, given = read.name, GraphGiven(read.text, YAML, table)
    graph, compiled = given.graph(name, holdings), load_compiled()
    keeper = for_findings(compiled, *kept)
    answer = decide(compiled.law, compiled.parties, graph, day, targets)
    if keeper is not None:
        keeper.ownership(given, targets, answer)
    return answer


def _show(answer: OwnersAnswer, form: Form, to_file: bool) -> str:
    """The answer in the form asked for; what draws is loaded only where something is drawn."""
    match form:
        case Form.JSON:
            return json.dumps(asdict(answer), ensure_ascii=False, indent=2) + "\n"
        case Form.SVG:
            from licet.render.own_svg import picture

            return f"{picture(answer)}\n"
        case Form.HTML:
            from licet.render.own_html import html

            return html(answer)
    from licet.render.own_text import text

    return text(answer, to_file)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CaseError.one("E_DATE", f"--on: {text!r} is not a date", hint="write --on YYYY-MM-DD") from None
