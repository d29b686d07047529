"""`licet classify`: which entries of the control lists describe an item, and what is missing to tell.

Exit codes: 0 every entry told by parameters is decided, 12 some are open, 2 bad input.
"""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.inputs import read_input
from licet.cli.keeping import By, Keep, for_findings
from licet.facts.errors import CaseError, LicetError
from licet.render import output

if TYPE_CHECKING:
    from licet.services.classify import Classification
    from licet.services.ledger.findings import FindingsKeeper

BAD_INPUT, OPEN = 2, 12


class Form(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


def classify(
    file: Annotated[str, typer.Argument(metavar="ITEM.yaml", help="An item, or a case; - reads standard input.")],
    on: Annotated[
        str, typer.Option("--on", metavar="DATE", help="Classify as of this day; else the case's, else today.")
    ] = "",
    scheme: Annotated[
        list[str] | None,
        typer.Option("--scheme", metavar="us", help="Only this list (us, eu, nl, jp …); may be given several times."),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How to write the answer.")] = Form.TEXT,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write the answer to FILE.")] = "",
    keep: Keep = None,
    by: By = "",
) -> None:
    """Which list entries describe it? The code, the neighbours ruled out and why, margins, and what to find out.

    Exit codes: 0 every entry told by parameters is decided, 12 some are open, 2 bad input.
    """
    from licet.render.classify_text import text
    from licet.services.classify import classify as decide
    from licet.services.home import load_compiled

    try:
        output.refuse_overwriting(out, [file])
        compiled, given, schemes = load_compiled(), read_input(file), tuple(scheme or ())
        keeper = for_findings(compiled, keep, by)
        answers = decide(compiled.law, given.node, _day(on), schemes)
        if keeper is not None:
            _keep(keeper, given.text, schemes, answers)
        shown = _json(answers) if form is Form.JSON else text(answers, bool(out))
        output.deliver(shown, out, True)
    except LicetError as error:
        for problem in error.problems:
            output.complain(problem)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(0 if all(each.settled for answer in answers for each in answer.schemes) else OPEN)


def _keep(keeper: FindingsKeeper, text: str, schemes: tuple[str, ...], answers: list[Classification]) -> None:
    """Keep the answer before it is shown. Raises LicetError."""
    from licet.services.ledger.findings import ItemsGiven
    from licet.services.ledger.keep import YAML

    keeper.classification(ItemsGiven(text, YAML, schemes), answers)


def _json(answers: list[Classification]) -> str:
    from licet.services.classify import as_plain

    return json.dumps(as_plain(answers), ensure_ascii=False, indent=2) + "\n"


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CaseError.one("E_DATE", f"--on: {text!r} is not a date", hint="write --on YYYY-MM-DD") from None
