"""Headers of every answer, which tell a browser what it must not do with it."""

from __future__ import annotations

from collections.abc import Iterable

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # without any, a browser sends forms as from nowhere, and they are refused
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
Header = tuple[bytes, bytes]


def _raw(told: dict[str, str]) -> list[Header]:
    return [(name.encode(), value.encode()) for name, value in told.items()]


_STATIC = _raw(_ALWAYS)
_PAGE = _raw(_ALWAYS | {"cache-control": "no-store"})
_HTTPS = _raw({"strict-transport-security": "max-age=31536000"})
_OURS = frozenset(name for name, _ in (*_PAGE, *_HTTPS))
_CACHED: Header = (b"cache-control", b"no-cache")  # kept, and asked for again each time: a new version counts at once


def secured(headers: Iterable[Header], static: bool, https: bool) -> list[Header]:
    """The headers of an answer with ours, which no route can weaken; a static file may say how long it is kept."""
    others = [header for header in headers if header[0].lower() not in _OURS]
    cached = [header for header in headers if header[0].lower() == b"cache-control"] or [_CACHED]
    return [*others, *(_STATIC if static else _PAGE), *(cached if static else ()), *(_HTTPS if https else ())]
