"""`licet law`: look at the law, test it, mutate it, write it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from licet.facts.errors import LawError
from licet.parties.known import read_parties
from licet.rules.model import Rule
from licet.services import lawcheck, lawdiff, lawnew, lawtime, lawview, mutate
from licet.services.home import law_root, load_law
from licet.services.lawpage import Page
from licet.services.lawrun import Runner
from licet.services.lawtest import read_tests
from licet.services.lawwork import changed_rules, chosen, workable_law

app = typer.Typer(no_args_is_help=True, help="The law: look at it, test it, write it.")
WIDE = 240
Day = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="The day; today without it.")
]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="Ids, or beginnings of ids.")]


class Format(StrEnum):
    """How an answer is written."""

    text = "text"
    markdown = "markdown"
    json = "json"


@app.command("list")
def list_command(
    kind: Annotated[str, typer.Option(help="Only this kind, such as entry.")] = "",
    jurisdiction: Annotated[str, typer.Option(help="Only this jurisdiction, such as us.")] = "",
    on: Day = None,
) -> None:
    """The provisions and how they stand on a day."""
    law, day = load_law(), _day(on)
    rows = list(lawtime.listed(law, day, kind, jurisdiction))
    table = Table("id", "kind", "cite", "title", "versions", f"on {day}", box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(row.id, row.kind, row.cite, row.title, str(row.versions), row.status)
    _console().print(table)
    typer.echo(f"{len(rows)} provisions")


@app.command()
def show(rule: str, on: Day = None, form: Annotated[Format, typer.Option("--format")] = Format.text) -> None:
    """A provision as it stands on a day, in words."""
    law, root = load_law(), law_root()
    found = lawview.find(law, rule)
    shown = lawview.provision(law, found, _day(on), len(read_tests(law, root, found)))
    _write(lawview.provision_page(law, shown), lawview.as_json(shown), form)


@app.command()
def timeline(rule: str) -> None:
    """All versions of a provision; of several (by the beginning of their ids), a chart over the years."""
    law = load_law()
    if rule in law.rules:
        typer.echo(lawtime.versions_page(law.rules[rule]).text())
        return
    rules = chosen(law, [rule])
    for line in lawtime.chart(law, rules, date.today()):
        typer.echo(line)
    typer.echo(lawtime.LEGEND)


@app.command()
def diff(
    first: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"])],
    second: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"])],
    form: Annotated[Format, typer.Option("--format")] = Format.text,
) -> None:
    """What changed between two days, per instrument, with groups and rows of the known parties."""
    found = lawdiff.difference(load_law(), read_parties(law_root()), first.date(), second.date())
    _write(lawdiff.difference_page(found), lawdiff.as_json(found), form)


@app.command()
def test(ids: Ids = None) -> None:
    """Run the tests beside the law: of all rules, or of those whose id begins with one of IDS."""
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


@app.command("mutate")
def mutate_command(
    ids: Ids = None,
    changed: Annotated[
        bool, typer.Option("--changed", help="Only rules whose files differ from the last commit.")
    ] = False,
    since: Annotated[str, typer.Option(metavar="REV", help="Only rules whose files differ from this revision.")] = "",
) -> None:
    """Change rules a little and see whether their tests notice."""
    root = law_root()
    law, problems = workable_law(root)
    _tell(problems)
    rules = changed_rules(law, root, since or "HEAD") if changed or since else chosen(law, ids)
    runner, total, alive, stale, equivalent = Runner(law), 0, 0, 0, 0
    for rule in _progress(rules, "mutating"):
        run = mutate.run(runner, rule, read_tests(law, root, rule))
        total, alive, stale = total + run.total, alive + len(run.alive), stale + len(run.stale)
        equivalent += len(run.equivalent)
        for text in mutate.described(law, rule, run):
            typer.echo(text)
    typer.echo(f"{len(rules)} rules, {total} mutants: {alive} alive, {equivalent} equivalent, {stale} stale entries")
    raise typer.Exit(1 if alive or stale or problems else 0)


@app.command()
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
    root = law_root()
    law, _ = workable_law(root)
    sketched = lawnew.sketch(law, root, cite, kind, rule, gives, start.date() if start else None)
    lawnew.write(sketched)
    for path in (sketched.rule, sketched.test):
        typer.echo(path.relative_to(root.parent).as_posix())


@app.command()
def check(strict: Annotated[bool, typer.Option(help="Remarks are errors too.")] = False) -> None:
    """What is wrong with the law, and what is worth a look."""
    report = lawcheck.check(law_root())
    for problem in report.errors:
        typer.echo(f"error: {problem}")
    for problem in report.remarks:
        typer.echo(f"remark: {problem}")
    found = f"{len(report.errors)} errors, {len(report.remarks)} remarks"
    typer.echo(f"{report.rules} rules, {report.instruments} instruments, {found}")
    raise typer.Exit(1 if report.errors or (strict and report.remarks) else 0)


def _day(on: datetime | None) -> date:
    return on.date() if on else date.today()


def _tell(problems: Iterable[object]) -> None:
    for problem in problems:
        typer.echo(str(problem))


def _console() -> Console:
    """The terminal; in a pipe, lines wide enough that nothing is cut off."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDE)


def _progress(rules: list[Rule], doing: str) -> Iterable[Rule]:
    """The rules with a bar on standard error, where that is a terminal."""
    console = Console(stderr=True)
    return track(rules, doing, console=console, transient=True, disable=not console.is_terminal)


def _write(page: Page, data: dict[str, Any], form: Format) -> None:
    if form is Format.json:
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        typer.echo(page.markdown() if form is Format.markdown else page.text())
