"""`licet mcp`: the tools for agents, on standard input and output."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from licet.cli.keeping import who
from licet.facts.errors import CaseError


def mcp(
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who checks, in the ledger.")] = "",
) -> None:
    """Serve tools for agents over the Model Context Protocol (docs/agents.md), on standard input and output.

    check, ask, screen, classify, explain and facts: a model proposes facts with the words they came from, rules decide.
    """
    try:
        from licet.mcp.server import make_server, run
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "licet":
            raise
        raise CaseError.one(
            "E_EXTRA", "what speaks to agents is not installed", hint="pip install licet[mcp]"
        ) from None
    from licet.services.serve import open_service

    if sys.stdin.isatty():
        print(
            "Licet waits for a client of the Model Context Protocol on standard input (docs/agents.md).",
            file=sys.stderr,
        )
    run(make_server(open_service(who(by)), who(by)))
