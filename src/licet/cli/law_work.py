"""The commands of `licet law` for those who write it: test, mutate, new, check.

As in `law`, what reads law files is imported in the command that needs it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from licet.rules.model import Rule

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="Ids, or beginnings of ids.")]


def test(ids: Ids = None) -> None:
    """Run the tests beside the law: of all rules, or of those whose id begins with one of IDS."""
    from licet.facts.errors import LawError
    from licet.services.home import law_root
    from licet.services.lawrun import Runner
    from licet.services.lawtest import read_tests
    from licet.services.lawwork import chosen, workable_law

    law, problems = workable_law(law_root())
    _tell(problems)
    runner, count, failed = Runner(law), 0, len(problems)
    for rule in _progress(chosen(law, ids), "testing"):
        try:
            tests = read_tests(law, law_root(), rule)
        except LawError as error:
            failed += len(error.problems)
            _tell(error.problems)
            continue
        count += len(tests)
        for failure in runner.failures(rule, tests):
            failed += 1
            typer.echo(str(failure))
    typer.echo(f"{count} tests, {failed} failures")
    raise typer.Exit(1 if failed else 0)


def mutate(
    ids: Ids = None,
    changed: Annotated[
        bool, typer.Option("--changed", help="Only rules whose files differ from the last commit.")
    ] = False,
    since: Annotated[str, typer.Option(metavar="REV", help="Only rules whose files differ from this revision.")] = "",
) -> None:
    """Change rules a little and see whether their tests notice."""
    from licet.services import mutate as mutation
    from licet.services.home import law_root
    from licet.services.lawrun import Runner
    from licet.services.lawtest import read_tests
    from licet.services.lawwork import changed_rules, chosen, workable_law

    root = law_root()
    law, problems = workable_law(root)
    _tell(problems)
    rules = changed_rules(law, root, since or "HEAD") if changed or since else chosen(law, ids)
    runner, total, alive, stale, equivalent = Runner(law), 0, 0, 0, 0
    for rule in _progress(rules, "mutating"):
        run = mutation.run(runner, rule, read_tests(law, root, rule))
        total, alive, stale = total + run.total, alive + len(run.alive), stale + len(run.stale)
        equivalent += len(run.equivalent)
        for text in mutation.described(law, rule, run):
            typer.echo(text)
    typer.echo(f"{len(rules)} rules, {total} mutants: {alive} alive, {equivalent} equivalent, {stale} stale entries")
    raise typer.Exit(1 if alive or stale or problems else 0)


def new(
    cite: Annotated[str, typer.Argument(metavar="CITATION")],
    kind: Annotated[str, typer.Option(help="The kind, such as requirement.")],
    rule: Annotated[str, typer.Option("--id", help="The id; without it, it follows the citation.")] = "",
    start: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE", help="The first day.")
    ] = None,
    gives: Annotated[str, typer.Option(metavar="FACT", help="For a measure: the fact it computes.")] = "",
) -> None:
    """Begin a provision: a rule and its test in the right folder, with what is left to do."""
    from licet.services import lawnew
    from licet.services.home import law_root
    from licet.services.lawwork import workable_law

    root = law_root()
    law, _ = workable_law(root)
    sketched = lawnew.sketch(law, root, cite, kind, rule, gives, start.date() if start else None)
    lawnew.write(sketched)
    for path in (sketched.rule, sketched.test):
        typer.echo(path.relative_to(root.parent).as_posix())


def check(strict: Annotated[bool, typer.Option(help="Remarks are errors too.")] = False) -> None:
    """What is wrong with the law, and what is worth a look."""
    from licet.services import lawcheck
    from licet.services.home import law_root

    report = lawcheck.check(law_root())
    for problem in report.errors:
        typer.echo(f"error: {problem}")
    for problem in report.remarks:
        typer.echo(f"remark: {problem}")
    found = f"{len(report.errors)} errors, {len(report.remarks)} remarks"
    typer.echo(f"{report.rules} rules, {report.instruments} instruments, {found}")
    raise typer.Exit(1 if report.errors or (strict and report.remarks) else 0)


def _tell(problems: Iterable[object]) -> None:
    for problem in problems:
        typer.echo(str(problem))


def _progress(rules: list[Rule], doing: str) -> Iterable[Rule]:
    """The rules with a bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(rules, doing, console=console, transient=True, disable=not console.is_terminal)
