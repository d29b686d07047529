"""`licet law try`: what a proposal would change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from licet.facts.case import Case
    from licet.services.check import Checker
    from licet.services.lawtry import TryAnswer

BAD_INPUT = 2


class Form(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


def try_(
    proposal: Annotated[str, typer.Argument(metavar="PATCH", help="The proposal, YAML; - reads standard input.")],
    case: Annotated[list[str] | None, typer.Argument(metavar="CASE", help="Cases of your own, asked too.")] = None,
    on: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="DATE", help="Ask about this day; else the days on which the proposal turns."),
    ] = None,
    technology: Annotated[
        list[str] | None,
        typer.Option("--technology", metavar="NAME", help="Only its reference items; may be given again."),
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="COUNTRY", help="Where reference items are sold to.")] = "CN",
    form: Annotated[Form, typer.Option("--format", help="How to write the answer.")] = Form.TEXT,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write the answer to FILE.")] = "",
) -> None:
    """Lay proposed versions over the law, and show which reference items and which of your cases change.

    Nothing is written to the law. Exit codes: 0 done, 2 bad input.
    """
    from licet.cli.check import parse_days
    from licet.cli.inputs import read_input
    from licet.facts.errors import LicetError
    from licet.render import output
    from licet.services.home import law_root, open_checker
    from licet.services.lawtry import try_law

    try:
        checker, files = open_checker(), list(case or ())
        output.refuse_overwriting(out, [proposal, *files])
        cases = [(name, _reader(name, checker)) for name in files]
        node = read_input(proposal).node
        days, asked = tuple(parse_days(on or ())), tuple(technology or ())
        answer = try_law(checker.law, checker.known, law_root(), node, cases, days, to.upper(), asked)
        shown = json.dumps(asdict(answer), ensure_ascii=False, indent=2) if form is Form.JSON else _text(answer)
        output.deliver(f"{shown}\n", out, True)
    except LicetError as error:
        for problem in error.problems:
            output.complain(problem)
        raise typer.Exit(BAD_INPUT) from None


def _reader(name: str, checker: Checker) -> Callable[[], Case]:
    from licet.cli.inputs import read_input
    from licet.facts.case import read_case

    node = read_input(name).node
    return lambda: read_case(node, checker.law.dictionary)


def _text(answer: TryAnswer) -> str:
    from licet.render.clean import printable

    return printable("\n".join(_lines(answer)))


def _lines(answer: TryAnswer) -> Iterator[str]:
    yield f"Proposal: {answer.title}"
    yield f"  {len(answer.rules)} provisions touched; asked about {', '.join(answer.days)}"
    for kind, heading in (("item", "Reference items"), ("case", "Cases")):
        found = [changed for changed in answer.changed if changed.kind == kind]
        if found:
            yield ""
            yield heading
        for changed in found:
            place = f" from {changed.place}" if changed.place else ""
            yield f"  {changed.about}{place}, on {changed.on}"
            yield f"    {changed.before}  ->  {changed.after}"
            yield from (f"      {reason}" for reason in changed.because)
    yield ""
    yield f"{len(answer.changed)} of {answer.asked} answers change."
