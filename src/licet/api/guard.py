"""What stands before every route: only this machine's names, no pages of other sites, JSON where there is a body."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from licet.api.problems import Told, problem
from licet.services.access.caller import Caller, Role

HOSTS = ("localhost", "127.0.0.1", "[::1]")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")  # of pages, which hold a token against others
_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


class Guard:
    """Refuses what a browser can be made to send from a page of another site, also by a name that points here."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = HOSTS) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        refused = self._refused(scope["method"], scope["path"], Headers(scope=scope))
        scope.setdefault("state", {})["caller"] = Caller("", Role.ADMINISTRATOR)
        await (problem(*refused) if refused else self.app)(scope, receive, told)

    def _refused(self, method: str, path: str, headers: Headers) -> tuple[int, list[Told]] | None:
        host = headers.get("host", "").lower()
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if name not in self.hosts:
            return 421, [Told("E_HOST", "this server answers to names of this machine only", hint="ask localhost")]
        if "origin" in headers and headers["origin"].partition("://")[2] != host:
            return 403, [Told("E_ORIGIN", "pages of other sites may not ask this server")]
        length = headers.get("content-length", "0")
        has_body = method in ("POST", "PUT", "PATCH") and (length != "0" or "transfer-encoding" in headers)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if has_body and kind != "application/json" and (kind not in FORMS or path.startswith("/v1/")):
            return 415, [Told("E_CONTENT_TYPE", "the body is no JSON", hint="send Content-Type: application/json")]
        return None
