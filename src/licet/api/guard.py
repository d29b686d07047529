"""What stands before every route: who asks, from where, how often and with what; and what browsers must not do."""

from __future__ import annotations

import time
from collections.abc import Iterable
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from licet.api.arrived import HEALTH, OPEN, Arrived
from licet.api.asked import KEY_HINT
from licet.api.bodies import MAX_BYTES
from licet.api.incoming import Incoming
from licet.api.problems import MEDIA_TYPE, fault, problem_of
from licet.api.secure import secured
from licet.api.takes import UPLOADS, Takes
from licet.facts.errors import CaseError, LicetError
from licet.services.access.caller import Caller
from licet.services.access.desk import Access
from licet.services.access.limits import Buckets, Limits, TooMany, place
from licet.services.access.sessions import HEADER, same_token

_TOKEN = HEADER.lower().encode()
HOSTS = ("localhost", "127.0.0.1", "[::1]")
_DIGITS = 12
WRITTEN_DOWN = frozenset({401, 403, 429})  # what ends so is a denial


class Answer:
    """Sends an answer with the headers of every answer, and knows how it ended."""

    def __init__(self, send: Send, static: bool, https: bool) -> None:
        self.send, self.static, self.https = send, static, https
        self.status, self.let_in = 0, False
        self.incoming: Incoming | None = None

    async def __call__(self, message: Message) -> None:
        """Send a piece; nothing of what a route answers to a body that was not let in."""
        if not self.status and self.incoming is not None and self.incoming.wrong is not None:
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": secured(message["headers"], self.static, self.https)}
        await self.send(message)


class Guard:
    """Lets in who may come in. `names` are names of this server beside those of this machine."""

    def __init__(self, app: ASGIApp, names: Iterable[str] = (), limits: Limits | None = None) -> None:
        self.app, self.hosts = app, frozenset((*HOSTS, *(name.lower() for name in names)))
        self.limits, self.buckets, self.takes = limits or Limits(), Buckets(), Takes(UPLOADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        else:
            arrived = Arrived.of(scope)
            answer = Answer(send, arrived.is_static, scope.get("scheme") == "https")
            scope.setdefault("state", {})["caller"] = None
            try:
                await self._answer(arrived, scope, receive, answer)
            finally:
                told = (
                    answer.let_in and arrived.path in OPEN
                )  # where one signs in, what goes wrong is written down itself
                if answer.status in WRITTEN_DOWN and not told:
                    await run_in_threadpool(self._write_down, arrived, scope, answer.status)

    async def _answer(self, arrived: Arrived, scope: Scope, receive: Receive, answer: Answer) -> None:
        fell: Exception | None = None
        refused: Response | None = None
        page_of = getattr(scope["app"].state, "page_of", None)  # where there is a desk, people are told by a page
        try:
            self._foreign(arrived)
            if not await self._known(arrived, scope):
                refused = await self._login(arrived, scope, receive)
            else:
                self._readable(arrived)
                answer.let_in = True
                if arrived.has_body:
                    answer.incoming = Incoming(receive, self.takes.of(arrived.path, arrived.is_api)[1])
                await self.app(scope, answer.incoming or receive, answer)
                if answer.incoming is not None and answer.incoming.wrong is not None:
                    refused = problem_of(answer.incoming.wrong)
        except LicetError as error:
            scope["state"]["why"] = error.problems[0].message
            refused = problem_of(error)
        except ClientDisconnect:
            return  # nobody is there any more to be answered
        except Exception as error:
            refused, fell = fault(error), error
        if refused is not None and not answer.status:
            answer.incoming = None
            if page_of is not None and not arrived.is_api and refused.media_type == MEDIA_TYPE:
                refused = page_of(scope, refused)
            await refused(scope, receive, answer)
        if fell is not None:
            raise fell

    def _foreign(self, arrived: Arrived) -> None:
        """Raises CaseError for another server's name, or a page of another site, also by a name that points here."""
        headers = arrived.headers
        if arrived.twice:
            raise CaseError.one("E_HEADER", f"the header {arrived.twice} stands twice")
        host = headers.get(b"host", "").lower()
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if name not in self.hosts and arrived.path != HEALTH:
            raise CaseError.one("E_HOST", "this server has another name", hint="licet serve --name tells it one")
        other = b"origin" in headers and headers[b"origin"].partition("://")[2] != host
        is_page = arrived.is_safe and not arrived.is_api
        if other or (not is_page and headers.get(b"sec-fetch-site") in ("cross-site", "same-site")):
            raise CaseError.one("E_ORIGIN", "pages of other sites may not ask this server")

    async def _known(self, arrived: Arrived, scope: Scope) -> bool:
        """Whether who asks is let in; no where they have to sign in on a page. Raises CaseError for all else."""
        access: Access = scope["app"].state.access
        caller = None if arrived.is_static else await _caller(access, arrived)
        scope["state"]["caller"] = caller
        who, rate = (f"@{caller.name}", self.limits.caller) if caller else (place(arrived.address), self.limits.nobody)
        free = arrived.path in getattr(scope["app"].state, "unlimited", ())
        wait = 0.0 if free else self.buckets.take(who, rate, time.monotonic())
        if wait:
            raise TooMany("this is asked too often", wait)
        if caller is None and arrived.is_api:
            key = arrived.key
            text = "nobody is signed in" if key is None else await run_in_threadpool(access.why_none, key)
            raise CaseError.one("E_SIGN_IN", text, hint=KEY_HINT)
        by_cookie = caller is not None and caller.token and arrived.is_api and not arrived.is_safe
        if caller and by_cookie and not same_token(caller, arrived.headers.get(_TOKEN, "")):
            raise CaseError.one("E_TOKEN", "this is no request of a page of Licet", hint=f"send {HEADER}")
        return caller is not None or arrived.is_open

    def _readable(self, arrived: Arrived) -> None:
        """Raises CaseError for a body of a type that is not taken there, as other sites could send, or too large."""
        if arrived.is_safe or not arrived.has_body:
            return
        types, most = self.takes.of(arrived.path, arrived.is_api)
        if arrived.headers.get(b"content-type", "").partition(";")[0].strip().lower() not in types:
            hint = f"send Content-Type: {' or '.join(sorted(types))}"
            raise CaseError.one("E_CONTENT_TYPE", "the body is of a type that is not read here", hint=hint)
        length = arrived.headers.get(b"content-length", "0")
        if not length.isdecimal() or len(length) > _DIGITS or int(length) > most:
            raise CaseError.one("E_TOO_LARGE", f"a request has at most {most:,} bytes")

    async def _login(self, arrived: Arrived, scope: Scope, receive: Receive) -> Response:
        """Where one signs in; what a form sent goes with it, where there is a desk."""
        login_with = getattr(scope["app"].state, "login_with", None)
        page = None
        if login_with is not None and not arrived.is_safe and arrived.has_body:
            page = await login_with(scope, Incoming(receive, MAX_BYTES))
        return page or RedirectResponse(_login(arrived, scope), 303)

    @staticmethod
    def _write_down(arrived: Arrived, scope: Scope, status: int) -> None:
        access: Access = scope["app"].state.access
        caller: Caller | None = scope["state"]["caller"]
        why = str(scope["state"].get("why", "")) or _WHY[status]
        access.denied(caller.name if caller else "", arrived.address, f"{arrived.method} {arrived.path}", why)


def _login(arrived: Arrived, scope: Scope) -> str:
    """Where one signs in, and from where one comes back."""
    wanted = quote(arrived.path) + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    return f"/login?{urlencode({'next': wanted})}" if arrived.method == "GET" and wanted != "/" else "/login"


_WHY = {401: "nobody is signed in", 403: "this is not allowed", 429: "this is asked too often"}


async def _caller(access: Access, arrived: Arrived) -> Caller | None:
    """Who asks, by a key or else by the cookie of a session. A key that is none is not made good by a cookie."""
    key, cookie = arrived.key, arrived.cookie
    if key is not None:
        return access.remembered(key) or await run_in_threadpool(access.caller_of_key, key)
    return await run_in_threadpool(access.caller_of_cookie, cookie) if cookie else None
