"""`licet regimes`: the export-control regimes, their members on a day, and what states did beside them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from licet.cli.check import parse_days
from licet.facts.errors import LicetError
from licet.render import output
from licet.render.regimes_text import text
from licet.services.regimes import regimes as ask

BAD_INPUT = 2


class Form(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


def regimes(
    country: Annotated[
        list[str] | None, typer.Argument(metavar="COUNTRY", help="Ask only whether these countries take part.")
    ] = None,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="On this day instead of today.")] = "",
    form: Annotated[Form, typer.Option("--format", help="How to write the answer.")] = Form.TEXT,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write the answer to FILE.")] = "",
) -> None:
    """Which regimes are there, who takes part on a day, and how do they decide?

    Exit codes: 0 done, 2 bad input.
    """
    try:
        days = parse_days([on] if on else [])
        answer = ask(days[0] if days else datetime.now(UTC).date(), country or ())
        shown = json.dumps(asdict(answer), ensure_ascii=False, indent=2) if form is Form.JSON else text(answer)
        output.deliver(f"{shown}\n", out, True)
    except LicetError as error:
        for problem in error.problems:
            output.complain(problem)
        raise typer.Exit(BAD_INPUT) from None
