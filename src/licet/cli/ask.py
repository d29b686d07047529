"""`licet ask`: the interview at the terminal."""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path
from typing import Annotated

import typer

from licet.cli.check import Language
from licet.cli.inputs import read_input
from licet.cli.keeping import By, Keep, opened
from licet.cli.screening import with_lists
from licet.cli.talk import Stopped, Talk
from licet.facts.case import read_case
from licet.facts.casefile import write_case
from licet.facts.errors import LicetError
from licet.facts.yamltext import read_yaml
from licet.logic.decide import EXPORT_WORDS
from licet.render.output import write_file
from licet.render.words import Words
from licet.services.check import Options
from licet.services.home import open_checker
from licet.services.interview import Interview


def ask(
    case_file: Annotated[str, typer.Argument(help="the case to complete; what it already says is not asked")],
    output: Annotated[
        str, typer.Option("-o", "--output", help="where to write the completed case (default: the same file)")
    ] = "",
    lang: Annotated[Language, typer.Option(help="en, zh or ja")] = Language.EN,
    keep: Keep = None,
    by: By = "",
) -> None:
    """Interview: ask only what can still change the outcome, and write the completed case.

    Where a ledger is set up, the completed case and the decision on it are kept in it.
    """
    checker = with_lists(open_checker())
    keeper = opened(checker, keep, by)
    case = read_case(read_input(case_file).node, checker.law.dictionary)
    interview = Interview(checker, case)
    talk = Talk(interview, checker.law.dictionary, lang.value, input, typer.echo)
    with contextlib.suppress(Stopped, KeyboardInterrupt):
        talk.run()
    target = output or case_file
    text = write_case(case, checker.law.dictionary, _comment(case_file))
    typer.echo("")
    try:
        write_file(target, text)
    except LicetError:
        typer.echo(text)
        raise
    if keeper is not None:  # what cannot be kept is not answered; the case is written, so that nothing is asked twice
        completed = read_case(read_yaml(text, case_file), checker.law.dictionary)
        options = Options(language=lang.value, proof=True)
        keeper.keep(text, completed, options, checker.check(completed, options))
    bounds, words = interview.bounds(), Words(lang.value)
    best, worst = (words.of("outcome", EXPORT_WORDS[level]) for level in (bounds.best, bounds.worst))
    typer.echo(words("ask.done", count=interview.count, best=best, worst=worst, file=target))


def _comment(case_file: str) -> str:
    """The lines of comment at the top of the file, which are kept."""
    rows = Path(case_file).read_text(encoding="utf-8-sig").splitlines(keepends=True)
    return "".join(itertools.takewhile(lambda row: row.startswith("#"), rows))
