"""`licet check`: decide cases and show why.

Exit codes, the worst over all answers counting: 2 bad input, then 11 prohibited (or may not buy, contract,
invest), 10 licence required or hold, 12 unknown, 13 permitted as far as encoded, 0 permitted.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.inputs import Input, read_input
from licet.cli.keeping import By, Keep, opened
from licet.cli.screening import with_lists
from licet.facts.case import read_case
from licet.facts.errors import CaseError, LicetError, Problem
from licet.render import output
from licet.render.answer import BAD_INPUT, Answer, show
from licet.services.check import Checker, Options
from licet.services.home import open_checker

if TYPE_CHECKING:
    from licet.services.ledger.keep import Keeper

WORST_FIRST = (BAD_INPUT, 11, 10, 12, 13, 0)
_AGE = re.compile(r"(\d{1,5})([dw])")
_DAYS = {"d": 1, "w": 7}


class Format(StrEnum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


class Language(StrEnum):
    """The language of headings, outcomes and questions."""

    EN = "en"
    ZH = "zh"
    JA = "ja"


def check(  # noqa: PLR0913, PLR0917 - one for each option
    files: Annotated[list[str], typer.Argument(metavar="CASE.yaml…", help="Case files; - reads standard input.")],
    on: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="DATE", help="Decide for this day instead; may be given several times."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to write the answer.")] = Format.TEXT,
    lang: Annotated[
        Language, typer.Option("--lang", help="Language of the answer; law titles stay English.")
    ] = Language.EN,
    proof: Annotated[bool, typer.Option("--proof", help="Show every step of the proof.")] = False,
    law_age: Annotated[
        str,
        typer.Option(
            "--law-age", metavar="180d", help="Accept law read up to this long before the day (d days, w weeks)."
        ),
    ] = "0d",
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write the answer to FILE.")] = "",
    keep: Keep = None,
    by: By = "",
) -> None:
    """May this go? The outcome for each case and day, why, what lifts it, and what is still open.

    Exit codes: 0 permitted, 13 permitted as far as encoded, 12 unknown, 10 licence required or hold, 11 prohibited,
    2 bad input; of several answers the worst counts: 2, then 11, 10, 12, 13, 0.
    """
    try:
        days, age = parse_days(on or []), parse_age(law_age)
        output.refuse_overwriting(out, files)
        options = Options(None, lang.value, proof or form is Format.HTML, age)
        checker = with_lists(open_checker())
        keeper = opened(checker, keep, by)
    except LicetError as error:
        raise typer.Exit(_fail(error, form)) from None
    answers = list(answer_all(checker, files, days, options, keeper))
    for problem in dict.fromkeys(problem for answer in answers for problem in answer.problems):
        output.complain(problem)
    code = worst(answer.exit_code for answer in answers)
    try:
        decided = any(a.decision for a in answers)
        if decided or form is Format.JSON:
            output.deliver(show(answers, checker.law, form.value, options, bool(out)), out, decided)
    except LicetError as error:
        raise typer.Exit(_fail(error, Format.TEXT)) from None
    raise typer.Exit(code)


def _fail(error: LicetError, form: Format) -> int:
    """Problems that leave no case to decide: on standard error, and as an object where JSON was asked for."""
    for problem in error.problems:
        output.complain(problem)
    if form is Format.JSON:
        from licet.render.asjson import errors_json

        output.deliver(errors_json(error.problems), "", True)
    return BAD_INPUT


def answer_all(
    checker: Checker, files: Iterable[str], days: list[date], options: Options, keeper: Keeper | None = None
) -> Iterator[Answer]:
    """One answer for each file and day, in that order; a file that fails leaves the others alone."""
    for name in files:
        given: Input | tuple[Problem, ...]
        try:
            given = read_input(name)
        except LicetError as error:
            given = error.problems
        asked: list[date | None] = [*days]
        for day in asked or [None]:
            yield answer(checker, name, given, replace(options, on=day), keeper)


def answer(
    checker: Checker, name: str, given: Input | tuple[Problem, ...], options: Options, keeper: Keeper | None = None
) -> Answer:
    """The answer for one case on one day, kept if there is a keeper. Whatever goes wrong in it stays in it."""
    if isinstance(given, tuple):
        return Answer(name, None, given)
    try:
        # The case is read anew for every day: what is known of its parties is filled in by day.
        case = read_case(given.node, checker.law.dictionary)
        if keeper is None:
            return Answer(name, checker.check(case, options))
        # With its proof, whatever is shown. What cannot be kept is not answered.
        decision = checker.check(case, replace(options, proof=True))
        keeper.keep(given.text, case, options, decision)
        return Answer(name, decision if options.proof else replace(decision, proof=()))
    except LicetError as error:
        return Answer(name, None, tuple(given.placed(problem) for problem in error.problems))
    except Exception as error:
        if os.environ.get("LICET_DEBUG"):
            raise
        message = f"{type(error).__name__}: {error}"
        hint = "this is a fault of Licet: please report it with the case; LICET_DEBUG=1 shows where"
        return Answer(name, None, (given.placed(Problem("E_INTERNAL", message, hint=hint)),))


def worst(codes: Iterable[int]) -> int:
    """The exit code that counts over several answers."""
    return min(codes, key=WORST_FIRST.index, default=BAD_INPUT)


def parse_days(texts: Iterable[str]) -> list[date]:
    """The days of --on. Raises CaseError."""
    days = []
    for text in texts:
        try:
            days.append(date.fromisoformat(text))
        except ValueError:
            raise CaseError.one("E_DATE", f"--on: {text!r} is not a date", hint="write --on YYYY-MM-DD") from None
    return list(dict.fromkeys(days))


def parse_age(text: str) -> timedelta:
    """`180d` or `26w` as a span of time. Raises CaseError."""
    match = _AGE.fullmatch(text.strip())
    if match is None:
        raise CaseError.one(
            "E_AGE", f"--law-age: {text!r} is not a span of days or weeks", hint="write --law-age 180d or 26w"
        )
    return timedelta(days=int(match.group(1)) * _DAYS[match.group(2)])
