"""`licet serve`: the desk and the HTTP interface on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from licet.cli.keeping import who
from licet.facts.errors import CaseError

HERE = ("127.0.0.1", "::1", "localhost")


def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen on: one of this machine's own.")] = HERE[0],
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port.")] = 8642,
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who checks, in the ledger.")] = "",
) -> None:
    """Serve the desk (docs/desk.md) and the HTTP interface (docs/api.md), described at /openapi.json.

    There are no accounts yet, so it listens on this machine only.
    """
    if host not in HERE:
        hint = f"use one of {', '.join(HERE)}, and put what asks who somebody is in front of it"
        raise CaseError.one("E_HOST", f"{host} can be reached from other machines", hint=hint)
    try:
        import uvicorn
    except ModuleNotFoundError:
        raise CaseError.one("E_EXTRA", "what serves is not installed", hint="pip install licet[server]") from None
    from licet.api.app import make_app
    from licet.services.serve import open_service
    from licet.web.app import add_desk, make_desk

    service = open_service(who(by))
    app = make_app(service)
    add_desk(app, make_desk(service))
    kept = "decisions are kept in the ledger" if service.keeper else "no ledger is set up, so nothing is kept"
    address = f"http://{host}:{port}"
    print(f"The desk is at {address}/, the HTTP interface at {address}/v1 ({kept}). Ctrl-C ends it.")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
