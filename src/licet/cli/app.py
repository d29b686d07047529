"""The commands of `licet`."""

from __future__ import annotations

import typer

from licet.cli import hits, law, lists
from licet.cli.ask import ask
from licet.cli.check import check
from licet.cli.demo import demo
from licet.cli.own import own
from licet.cli.screen import screen

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="May this go, to them, on this day, and why?",
)
app.command("check")(check)
app.command("ask")(ask)
app.command("screen")(screen)
app.command("own")(own)
app.command("demo")(demo)
app.add_typer(lists.app, name="lists")
app.add_typer(hits.app, name="hits")
app.add_typer(law.app, name="law")


@app.callback()
def root() -> None:
    """May this go, to them, on this day, and why?"""
