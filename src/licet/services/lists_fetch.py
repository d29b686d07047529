"""Fetching one file over HTTPS, bounded in size and time, with retries.

Nothing leaves HTTPS, and no other host is followed than those the catalogue names for the publication. httpx
retries connections only; here answers that ask for patience are waited for (Retry-After), and a transfer that broke
starts again, so the loop is our own.
"""

from __future__ import annotations

import email.utils
import hashlib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import httpx

from licet import __version__
from licet.facts.errors import LicetError, Place
from licet.parties.store.model import Received

MAX_BYTES = 400_000_000
MAX_REDIRECTS = 5
TRIES = 4
LONGEST_WAIT = 120.0
_PATIENCE = (408, 425, 429, 500, 502, 503, 504)
_MOVED = (301, 302, 303, 307, 308)
AGENT = f"licet/{__version__}"
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a transfer: bytes, seconds for a connection, between two pieces, and for all of a file."""

    size: int = MAX_BYTES
    connect: float = 20.0
    read: float = 60.0
    whole: float = 900.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to fetch: where it is, where to write it, which other hosts may serve it, and what is here already."""

    url: str
    path: Path
    hosts: tuple[str, ...] = ()
    agent: str = ""
    have: Received | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as received; `file` is None where the publisher says that it has not changed."""

    file: Received | None
    published: date | None = None
    notes: tuple[str, ...] = ()


class _Again(Exception):
    """The server, or the line to it, may do better next time; `wait` is how long it asks for."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass(slots=True)
class Fetcher:
    """Fetches files through one client. `proxy` goes before those the environment names (HTTPS_PROXY, NO_PROXY)."""

    proxy: str = ""
    limits: Limits = field(default_factory=Limits)
    sleep: Callable[[float], None] = time.sleep
    tries: int = TRIES
    _client: httpx.Client | None = None

    def __enter__(self) -> Fetcher:
        timeout = httpx.Timeout(self.limits.read, connect=self.limits.connect)
        try:
            self._client = httpx.Client(timeout=timeout, proxy=self.proxy or None, follow_redirects=False)
        except (ValueError, ImportError, httpx.InvalidURL) as bad:
            raise LicetError.one("E_PROXY", f"the proxy cannot be used: {bad}", hint="http://host:port") from None
        return self

    def __exit__(self, *details: object) -> None:
        if self._client is not None:
            self._client.close()

    def fetch(self, wanted: Wanted, progress: Progress | None = None) -> Fetched:
        """The file, tried again while that may help. Raises LicetError."""
        reason = ""
        for turn in range(self.tries):
            try:
                return self._try(wanted, progress or _silent)
            except _Again as again:
                reason = str(again)
                wait = 2.0**turn if again.wait is None else again.wait
                if wait > LONGEST_WAIT:
                    raise _failed(wanted, f"{reason}, and asks to come back in {wait:.0f} seconds") from None
                if turn + 1 < self.tries:
                    self.sleep(wait)
        raise _failed(wanted, f"{reason}, {self.tries} times")

    def _try(self, wanted: Wanted, progress: Progress) -> Fetched:
        url = wanted.url
        notes: list[str] = []
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask(url, wanted, progress)
            if isinstance(answer, Fetched):
                return Fetched(answer.file, answer.published, tuple(notes))
            host = _allowed(wanted, answer)
            if host not in (_host(url), _host(wanted.url)):
                notes.append(f"served by {host}, to which {_host(wanted.url)} leads")
            url = answer
        raise _failed(wanted, f"it leads on more than {MAX_REDIRECTS} times")

    def _ask(self, url: str, wanted: Wanted, progress: Progress) -> Fetched | str:
        """One request: the file, or the address it leads to."""
        if self._client is None:
            raise RuntimeError("the fetcher is used outside its `with`")
        _https(wanted, url)
        try:
            with self._client.stream("GET", url, headers=_headers(wanted)) as response:
                if response.status_code == 304 and wanted.have is not None:
                    return Fetched(None)
                if response.status_code in _MOVED:
                    return str(response.url.join(response.headers.get("location", "")))
                if response.status_code in _PATIENCE:
                    raise _Again(f"the server answers {response.status_code}", _retry_after(response))
                if response.status_code != 200:
                    raise _failed(wanted, f"the server answers {response.status_code}")
                return self._save(response, wanted, progress)
        except httpx.InvalidURL as bad:
            raise _failed(wanted, f"the address cannot be read: {bad}") from None
        except httpx.TransportError as bad:
            if _untrusted(bad):
                raise _failed(wanted, f"its certificate is not trusted: {bad}") from None
            raise _Again(_words(bad)) from None

    def _save(self, response: httpx.Response, wanted: Wanted, progress: Progress) -> Fetched:
        said = response.headers.get("content-length", "")
        total = int(said) if said.isdecimal() else None
        if total is not None and total > self.limits.size:
            raise _failed(wanted, f"it has {total:,} bytes, the limit is {self.limits.size:,}")
        digest, size, until = hashlib.sha256(), 0, time.monotonic() + self.limits.whole
        with wanted.path.open("wb") as file:
            for piece in response.iter_bytes():
                size += len(piece)
                if size > self.limits.size:
                    raise _failed(wanted, f"it has more than {self.limits.size:,} bytes")
                if time.monotonic() > until:
                    raise _Again(f"it was not here within {self.limits.whole:.0f} seconds")
                digest.update(piece)
                file.write(piece)
                progress(size, total)
        etag, modified = response.headers.get("etag", ""), response.headers.get("last-modified", "")
        file_got = Received(wanted.path.name, digest.hexdigest(), size, wanted.url, etag, modified)
        return Fetched(file_got, _day(modified))


def _silent(_done: int, _total: int | None) -> None:
    """No progress is shown."""


def _headers(wanted: Wanted) -> dict[str, str]:
    """Uncompressed, so that the length the server states is that of the file."""
    headers = {"User-Agent": wanted.agent.format(agent=AGENT) or AGENT, "Accept-Encoding": "identity"}
    if wanted.have is not None and wanted.have.etag:
        headers["If-None-Match"] = wanted.have.etag
    if wanted.have is not None and wanted.have.last_modified:
        headers["If-Modified-Since"] = wanted.have.last_modified
    return headers


def _allowed(wanted: Wanted, url: str) -> str:
    """The host of an address it leads to. Raises LicetError where that may not be followed."""
    _https(wanted, url)
    host = _host(url)
    if host != _host(wanted.url) and not any(fnmatchcase(host, pattern) for pattern in wanted.hosts):
        hint = "if the publisher has moved, fetch the file by hand and use `licet lists add`"
        raise LicetError.one("E_FETCH_HOST", f"it leads to another host, {host:.80}", Place(wanted.url), hint)
    return host


def _https(wanted: Wanted, url: str) -> None:
    if not url.startswith("https://"):
        raise LicetError.one("E_FETCH_HTTPS", f"it leads away from https, to {url:.80}", Place(wanted.url))


def _host(url: str) -> str:
    return httpx.URL(url).netloc.decode("ascii")


def _untrusted(bad: BaseException | None) -> bool:
    while bad is not None:
        if isinstance(bad, ssl.SSLCertVerificationError):
            return True
        bad = bad.__cause__ or bad.__context__
    return False


def _words(bad: httpx.TransportError) -> str:
    if isinstance(bad, httpx.TimeoutException):
        return "there was no answer in time"
    if isinstance(bad, httpx.RemoteProtocolError):
        return f"the transfer was cut short ({bad})"
    return f"the connection failed ({bad})" if str(bad) else f"the connection failed ({type(bad).__name__})"


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds the server asks for: a number, or a day and time."""
    text = response.headers.get("retry-after", "")
    if text.isdecimal():
        return float(text)
    when = _time(text)
    return max(0.0, (when - datetime.now(UTC)).total_seconds()) if when else None


def _time(text: str) -> datetime | None:
    try:
        when = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _day(last_modified: str) -> date | None:
    when = _time(last_modified)
    return when.astimezone(UTC).date() if when else None


def _failed(wanted: Wanted, reason: str) -> LicetError:
    return LicetError.one("E_FETCH", reason, Place(wanted.url))
