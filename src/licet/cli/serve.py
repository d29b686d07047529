"""`licet serve`: the desk and the HTTP interface, for who has an account or a key."""

from __future__ import annotations

import sys
from functools import partial
from typing import Annotated, Any

import typer

from licet.cli.keeping import who
from licet.cli.served import MODULE, Settings, application, prepared
from licet.facts.errors import CaseError
from licet.services.ledger.place import begun

# h11 takes half a millisecond more for a request than llhttp would, but uvicorn reads a head of any length by that, any
# number of requests before it answers one, and no body behind an `Upgrade: h2c`, which some clients send with all. What
# it warns of anybody could make it say.
HTTP = {"http": "h11", "ws": "none", "log_level": "error"}
HERE = ("127.0.0.1", "::1", "localhost")


def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = HERE[0],
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port.")] = 8642,
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who serves, in the ledger.")] = "",
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="HOST", help="A name others ask this server by; repeatable.")
    ] = None,
    proxy: Annotated[
        str, typer.Option("--proxy", metavar="ADDRESS", help="Believe what stands in front, at this address.")
    ] = "",
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="So many processes serve.")] = 1,
    rate: Annotated[int, typer.Option("--rate", min=1, help="Requests a second of one caller, in each process.")] = 300,
) -> None:
    """Serve the desk (docs/desk.md) and the HTTP interface (docs/api.md), described at /openapi.json.

    Every request needs a key (licet account key) or a session. Where there is no account yet, a link that works once
    is printed, by which the first administrator is made. TLS has to stand in front of what others can reach.
    """
    if host not in HERE and not name:
        hint = "give the name they ask by: --name licet.example.org"
        raise CaseError.one("E_HOST", f"{host} can be reached from other machines", hint=hint)
    try:
        import uvicorn

        from licet.cli import listening
        from licet.services.access.desk import open_access
    except ModuleNotFoundError:
        raise CaseError.one("E_EXTRA", "what serves is not installed", hint="pip install licet[server]") from None
    listening.check_address(host, port)
    settings = Settings(who(by), tuple(name or ()), rate)
    access = open_access()
    secret = access.new_first()
    access.close()
    how: dict[str, Any] = {
        "host": host, "port": port, "server_header": False, "access_log": False,
        "proxy_headers": bool(proxy), "forwarded_allow_ips": proxy or None, **HTTP,
    }  # fmt: skip
    _say(f"http://{_address(host, settings.names)}:{port}", host, secret)
    if workers == 1:
        uvicorn.run(application(settings), **how)
    else:
        from licet.cli.processes import by_several

        settings.tell()
        config = partial(uvicorn.Config, factory=True, workers=workers, **how)
        raise typer.Exit(by_several(config, prepared(settings), MODULE))


def _address(host: str, names: tuple[str, ...]) -> str:
    """By what to ask a server that listens there."""
    return (f"[{host}]" if ":" in host else host) if host in HERE else names[0]


def _say(url: str, host: str, secret: str) -> None:
    kept = "decisions are kept in the ledger" if begun() else "no ledger is set up, so nothing is kept"
    print(f"The desk is at {url}/, the HTTP interface at {url}/v1 ({kept}). Ctrl-C ends it.")
    if host not in HERE:
        text = "whoever can read the network reads passwords and keys, unless TLS stands in front (docs/api.md)"
        print(f"Warning: others can reach this address: {text}.", file=sys.stderr)
    if secret:
        print("There is no account yet. This link makes the first administrator; it works once, within 24 hours:")
        print(f"  {url}/welcome#{secret}")
    sys.stdout.flush()
