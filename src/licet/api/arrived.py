"""A request as the guard reads it, once and from its raw headers: what it is, and by what it says who asks."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import Scope

from licet.services.access.sessions import COOKIE

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
API = ("/v1", "/mcp", "/openapi.json")  # asked by programs, which are told in JSON that they are nobody
HEALTH, OPEN = "/healthz", frozenset({"/login", "/welcome"})  # for everybody
STATIC = "/static/"
# Each of these decides something, so there can be no two of them.
_ONCE = (b"host", b"origin", b"authorization", b"content-type", b"content-length", b"x-licet-token", b"sec-fetch-site")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A request that has arrived."""

    method: str
    path: str
    address: str
    headers: dict[bytes, str]
    twice: str  # a header that stands twice and must not

    @classmethod
    def of(cls, scope: Scope) -> Arrived:
        """The request of a scope."""
        headers, twice = dict[bytes, str](), ""
        for name, value in scope["headers"]:
            if name in headers:
                if name in _ONCE:
                    twice = name.decode("latin-1")
                if name == b"cookie":  # HTTP/2 may cut it up
                    headers[name] += "; " + value.decode("latin-1")
            else:
                headers[name] = value.decode("latin-1")
        client = scope.get("client")
        return cls(scope["method"], scope["path"], client[0] if client else "", headers, twice)

    @property
    def is_api(self) -> bool:
        """Whether a program asks."""
        return any(self.path == start or self.path.startswith(f"{start}/") for start in API)

    @property
    def is_open(self) -> bool:
        """Whether everybody may ask this."""
        return self.path in OPEN or self.is_static

    @property
    def is_static(self) -> bool:
        """Whether it asks for a file that is the same for everybody, or whether we are well."""
        return self.path.startswith(STATIC) or self.path == HEALTH

    @property
    def is_safe(self) -> bool:
        """Whether it changes nothing."""
        return self.method in SAFE

    @property
    def key(self) -> str | None:
        """The API key it comes with; empty where it names another way of proving who asks. None without either."""
        given = self.headers.get(b"authorization")
        if given is None:
            return None
        scheme, _, key = given.partition(" ")
        return key.strip() if scheme.lower() in ("bearer", "apikey") else ""  # the latter by clients of yente

    @property
    def cookie(self) -> str:
        """The cookie of a session it comes with."""
        for part in self.headers.get(b"cookie", "").split(";"):
            name, _, value = part.strip().partition("=")
            if name == COOKIE:
                return value
        return ""

    @property
    def has_body(self) -> bool:
        """Whether something is sent along."""
        return b"transfer-encoding" in self.headers or self.headers.get(b"content-length", "0") != "0"
