"""What stands around every page: its language, and the headers that keep a browser to what it was sent."""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from licet.web.language import COOKIE, LANGUAGES, choose

YEAR = 365 * 24 * 3600
# Nothing but what this server sends is run, shown or asked; no other page can hold this one in a frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # without any, forms would be sent as from nowhere and be refused
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Frame:
    """Finds out the language of a request and adds the headers. `?lang=ja` is kept in a cookie and taken away."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def framed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        headers = Headers(scope=scope)
        scope.setdefault("state", {})["language"] = choose(
            _cookie(headers.get("cookie", "")), headers.get("accept-language", "")
        )
        await (_switched(scope) or self.app)(scope, receive, framed)


def _cookie(text: str) -> str:
    found = SimpleCookie(text).get(COOKIE) if COOKIE in text else None
    return found.value if found else ""


def _switched(scope: Scope) -> RedirectResponse | None:
    """The same page in the language that its address asks for."""
    if scope["method"] not in ("GET", "HEAD") or b"lang=" not in scope["query_string"]:
        return None
    asked = parse_qsl(scope["query_string"].decode("latin-1"))
    language = next((value for key, value in asked if key == "lang"), "")
    if language not in LANGUAGES:
        return None
    rest = urlencode([(key, value) for key, value in asked if key != "lang"])
    path = "/" + quote(scope["path"].lstrip("/"))  # two strokes would be the name of another server
    answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
    answer.set_cookie(COOKIE, language, max_age=YEAR, path="/", samesite="lax")
    return answer
