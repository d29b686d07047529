"""`licet law`: look at the law. Its other commands, for those who write it, are in `law_work`.

Everything that reads law files, or draws tables, is imported in the command that needs it: the parser of
expressions takes longer to load than a whole `licet check` over compiled law.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licet.cli import law_try, law_work

if TYPE_CHECKING:
    from rich.console import Console

    from licet.services.lawpage import Page

app = typer.Typer(no_args_is_help=True, help="The law: look at it, test it, write it.")
for _command in (law_work.test, law_work.mutate, law_work.new, law_work.check):
    app.command()(_command)
app.command("try")(law_try.try_)
WIDE = 2000
Day = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="The day; today without it.")
]


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
    from rich.table import Table

    from licet.services import lawtime
    from licet.services.home import load_law

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
    from licet.rules.corpus import read_law
    from licet.services import lawview
    from licet.services.home import law_root
    from licet.services.lawtest import read_tests

    root = law_root()
    law = read_law(root)
    found = lawview.find(law, rule)
    shown = lawview.provision(law, found, _day(on), len(read_tests(law, root, found)))
    _write(lawview.provision_page(law, shown), lawview.as_json(shown), form)


@app.command()
def timeline(rule: str) -> None:
    """All versions of a provision; of several (by the beginning of their ids), a chart over the years."""
    from licet.services import lawtime
    from licet.services.home import load_law
    from licet.services.lawwork import chosen

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
    from licet.parties.known import read_parties
    from licet.services import lawdiff
    from licet.services.home import law_root, load_law

    found = lawdiff.difference(load_law(), read_parties(law_root()), first.date(), second.date())
    _write(lawdiff.difference_page(found), lawdiff.as_json(found), form)


@app.command()
def coverage(
    jurisdiction: Annotated[str, typer.Option(help="Only this jurisdiction, such as us.")] = "",
    on: Day = None,
    form: Annotated[Format, typer.Option("--format", help="markdown is the short table.")] = Format.text,
) -> None:
    """What of the law is encoded, partly encoded or not, section by section and entry by entry."""
    from licet.services import lawcoverage
    from licet.services.home import load_law

    found = lawcoverage.coverage(load_law(), _day(on), jurisdiction)
    if form is Format.markdown:
        typer.echo(lawcoverage.summary_table(found), nl=False)
    else:
        _write(lawcoverage.coverage_page(found), lawcoverage.as_json(found), form)


def _day(on: datetime | None) -> date:
    return on.date() if on else date.today()


def _console() -> Console:
    """The terminal; in a pipe, lines wide enough that nothing is cut off."""
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=WIDE)


def _write(page: Page, data: dict[str, Any], form: Format) -> None:
    if form is Format.json:
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        typer.echo(page.markdown() if form is Format.markdown else page.text())
