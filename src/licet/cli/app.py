"""The commands of `licet`."""

from __future__ import annotations

from importlib import import_module

import typer

# Commands: each a function of that name in the module of that name.
COMMANDS = (
    "check",
    "ask",
    "classify",
    "screen",
    "own",
    "bom",
    "batch",
    "impact",
    "chips",
    "align",
    "regimes",
    "serve",
    "mcp",
    "demo",
)
GROUPS = ("lists", "hits", "law", "ledger", "account")  # each an `app` of its own


def build(word: str = "") -> typer.Typer:
    """All commands, in the order of the help; only the one that `word` names, if it does.

    To load the others and read their options would take longer than many a check.
    """
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help="May this go, to them, on this day, and why?",
    )
    app.callback()(root)
    names = (*COMMANDS, *GROUPS)
    for name in (word,) if word in names else names:
        module = import_module(f"licet.cli.{name}")
        if name in GROUPS:
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, name))
    return app


def root() -> None:
    """May this go, to them, on this day, and why?"""
