"""What stands around every page: its language. Who asks, and what a browser may do, `licet.api.guard` has settled."""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from licet.web.language import COOKIE, LANGUAGES, choose

YEAR = 365 * 24 * 3600


class Frame:
    """Finds out the language of a request. `?lang=ja` is kept in a cookie and taken away."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        scope.setdefault("state", {})["language"] = language_of(scope)
        await (_switched(scope) or self.app)(scope, receive, send)


def language_of(scope: Scope) -> str:
    """The language a request gets."""
    headers = Headers(scope=scope)
    return choose(_cookie(headers.get("cookie", "")), headers.get("accept-language", ""))


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
