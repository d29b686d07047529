"""`licet bom`: what is inside a product, how much of it is controlled US content, and which part could be cut off.

Exit codes are those of `licet check` for the product itself. What reads bills is imported in the command: others have
no use for it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.check import Language, parse_age, parse_days
from licet.cli.inputs import STDIN, read_input
from licet.facts.errors import LicetError
from licet.render import output

if TYPE_CHECKING:
    from licet.chain.model import Bill
    from licet.facts.dictionary import Dictionary
    from licet.services.bom import Asked
    from licet.services.bom_answer import BomAnswer

BAD_INPUT = 2


class Form(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    SVG = "svg"
    HTML = "html"


def bom(  # noqa: PLR0913, PLR0917 - one for each option
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The bill: YAML, CSV or Excel (.xlsx); - reads YAML from input.")
    ],
    to: Annotated[str, typer.Option("--to", metavar="COUNTRY", help="Where the product goes, such as CN.")] = "",
    end_user: Annotated[str, typer.Option("--end-user", metavar="NAME", help="Who will use it.")] = "",
    case: Annotated[
        str, typer.Option("--case", metavar="CASE.yaml", help="Take the sale from a case: parties, end use, inquiries.")
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Decide for this day instead.")] = "",
    parts: Annotated[bool, typer.Option("--parts/--no-parts", help="Ask for each part what could stop it.")] = True,
    form: Annotated[Form, typer.Option("--format", help="How to write the answer.")] = Form.TEXT,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the questions.")] = Language.EN,
    law_age: Annotated[
        str, typer.Option("--law-age", metavar="180d", help="Accept law read up to this long before the day.")
    ] = "0d",
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write the answer to FILE.")] = "",
) -> None:
    """How much of it is controlled US content for a destination, and which part could be cut off under which rule?

    Exit codes, for the product itself: 0 permitted, 13 permitted as far as encoded, 12 unknown, 10 licence required or
    hold, 11 prohibited, 2 bad input.
    """
    try:
        output.refuse_overwriting(out, [file, *([case] if case else [])])
        answer = _answer(file, case, parts, (to, end_user, on, lang.value, law_age))
        output.deliver(_show(answer, form, bool(out)), out, True)
    except LicetError as error:
        for problem in error.problems:
            output.complain(problem)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(answer.exit_code)


def _answer(file: str, case: str, parts: bool, options: tuple[str, str, str, str, str]) -> BomAnswer:
    from licet.cli.screening import with_lists
    from licet.services.bom import bom as ask
    from licet.services.home import open_checker

    asked = _asked(case, parts, *options)
    checker = with_lists(open_checker())
    return ask(checker, read_file(file, checker.law.dictionary), asked)


def _asked(case: str, parts: bool, to: str, end_user: str, on: str, language: str, law_age: str) -> Asked:
    from licet.services.bom import Asked
    from licet.services.bom_sale import Sale

    days: list[date] = parse_days([on] if on else [])
    node = read_input(case).node if case else None
    return Asked(Sale(to, end_user, days[0] if days else None, node), parts, language, parse_age(law_age))


def read_file(name: str, dictionary: Dictionary) -> Bill:
    """The bill in a file, or on standard input. Raises LicetError."""
    from licet.chain.read import read_bill
    from licet.services.bom_files import open_bill

    if name == STDIN:
        return read_bill(read_input(name).node, dictionary)
    return open_bill(Path(name), dictionary)


def _show(answer: BomAnswer, form: Form, to_file: bool) -> str:
    """The answer in the form asked for; what draws is loaded only where something is drawn."""
    match form:
        case Form.JSON:
            return json.dumps(asdict(answer), ensure_ascii=False, indent=2) + "\n"
        case Form.SVG:
            from licet.render.bom_svg import picture

            return f"{picture(answer)}\n"
        case Form.HTML:
            from licet.render.bom_html import html

            return html(answer)
    from licet.render.bom_text import text

    return text(answer, to_file)
