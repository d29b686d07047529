"""The command `licet`."""

from __future__ import annotations

import os
import sys

import typer

from licet.cli import law
from licet.cli.ask import ask
from licet.cli.check import check
from licet.cli.demo import demo
from licet.facts.errors import LicetError

INTERNAL, INTERRUPTED = 70, 130

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="May this go, to them, on this day, and why?",
)
app.command("check")(check)
app.command("ask")(ask)
app.command("demo")(demo)
app.add_typer(law.app, name="law")


@app.callback()
def root() -> None:
    """May this go, to them, on this day, and why?"""


def main() -> None:
    """Run the command. Nothing that goes wrong ends in a traceback; user errors have exit code 2."""
    try:
        app()
    except LicetError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except Exception as error:
        if os.environ.get("LICET_DEBUG"):
            raise
        print(
            f"E_INTERNAL: {type(error).__name__}: {error} - please report this; LICET_DEBUG=1 shows where",
            file=sys.stderr,
        )
        sys.exit(INTERNAL)


if __name__ == "__main__":
    main()
