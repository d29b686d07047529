"""The command `licet`."""

from __future__ import annotations

import sys

import typer

from licet.cli import law
from licet.facts.errors import LicetError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="May this go, to them, on this day, and why?")
app.add_typer(law.app, name="law")


@app.callback()
def root() -> None:
    """May this go, to them, on this day, and why?"""


def main() -> None:
    """Run the command; user errors go to standard error with exit code 2, never as a traceback."""
    try:
        app()
    except LicetError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
