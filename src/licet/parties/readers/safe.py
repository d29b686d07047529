"""Opening what somebody else wrote: bounded sizes, no links that lead away, no archive that unfolds without end.

Codes: P_MISSING, P_PATH, P_TOO_LARGE, P_BOMB, P_CUT_SHORT, P_ENCODING, P_FORMAT. Every one is a `LicetError`
that names the file and what to do.
"""

from __future__ import annotations

import os
import stat
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from licet.facts.errors import LicetError, Place

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
_STEP = 1 << 20
_MOST_MEMBERS = 1_000  # of a gzip file; one is usual


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most."""

    size: int = 512 << 20  # bytes of a file, and of what it unfolds to
    ratio: int = 200  # unfolded over folded; lists of text reach about 20
    rows: int = 2_000_000
    field: int = 131_072  # characters of one field
    name: int = 2_000  # characters of one name; the longest on a list known here has 381
    columns: int = 1_000
    cells: int = 20_000_000


LIMITS = Limits()


Rows = list[tuple[int, list[str]]]  # of a table, with their numbers


@dataclass(frozen=True, slots=True)
class Source:
    """A file in hand: its name, its whole content (unfolded), the files that belong to it by role, its sheets."""

    name: str
    data: bytes
    parts: dict[str, Source] = field(default_factory=dict)
    limits: Limits = LIMITS
    sheets: tuple[tuple[str, Rows], ...] = ()

    def wrong(self, code: str, message: str, hint: str = "", line: int = 0) -> LicetError:
        """An error about this file."""
        return LicetError.one(code, message, Place(self.name, line), hint)


def open_source(path: Path, limits: Limits = LIMITS) -> Source:
    """The content of a file; `.gz` is unfolded, within the limits."""
    source = Source(path.name, b"", limits=limits)
    data = _content(path, source)
    if data.startswith(GZIP):
        return Source(path.name.removesuffix(".gz"), unfold(data, source), limits=limits)
    return Source(path.name, data, limits=limits)


def _content(path: Path, source: Source) -> bytes:
    """The bytes of a regular file that lies where its name says."""
    _stay(path, source)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)  # opened once, so that what is looked at is what is read
    except FileNotFoundError:
        raise source.wrong("P_MISSING", "there is no such file", "check the path") from None
    except (OSError, ValueError) as error:
        raise source.wrong("P_PATH", f"cannot be opened ({error})", "check the path and its permissions") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise source.wrong("P_PATH", "is not a file", "give a file, not a folder, pipe or device")
    with os.fdopen(handle, "rb") as file:
        data = file.read(source.limits.size + 1)
    if len(data) > source.limits.size:
        raise too_large(source)
    return data


def _stay(path: Path, source: Source) -> None:
    """A link is followed only to a file in its own folder or below."""
    try:
        if not path.is_symlink():
            return
        home, target = path.parent.resolve(), path.resolve()
    except (OSError, RuntimeError, ValueError):
        raise source.wrong("P_PATH", "is a link that leads nowhere", "give the file itself") from None
    if not target.is_relative_to(home):
        raise source.wrong("P_PATH", "is a link to another folder", "give the file itself")


def too_large(source: Source) -> LicetError:
    """The error for more than the limit."""
    return source.wrong(
        "P_TOO_LARGE",
        f"holds more than {source.limits.size >> 20} MiB",
        "no list is that large; check that this is the file you mean",
    )


def bomb(source: Source) -> LicetError:
    """The error for an archive that unfolds out of proportion."""
    return source.wrong(
        "P_BOMB",
        f"unfolds to more than {source.limits.ratio} times its size, or to more than {source.limits.size >> 20} MiB",
        "an honest list does not; fetch it again from its publisher",
    )


def unfold(data: bytes, source: Source) -> bytes:
    """The content of a gzip file of one or more members, never more than the limits allow."""
    most = _most(len(data), source.limits)
    unfolded = bytearray()
    for _ in range(_MOST_MEMBERS):
        if not data.startswith(GZIP):
            return bytes(unfolded)  # the rest is padding
        engine = zlib.decompressobj(31)
        unfolded += _inflate(engine, data, most - len(unfolded), source)
        data = engine.unused_data
    raise bomb(source)


def _most(folded: int, limits: Limits) -> int:
    return min(limits.size, max(folded * limits.ratio, _STEP))


def _inflate(engine: zlib._Decompress, data: bytes, most: int, source: Source) -> bytes:
    """One stream, whole; an error where it is damaged, too long or ends early."""
    parts: list[bytes] = []
    total = 0
    while not engine.eof:
        try:
            part = engine.decompress(data, _STEP)
        except zlib.error:
            raise source.wrong("P_FORMAT", "its compressed content is damaged", "fetch the file again") from None
        data = engine.unconsumed_tail
        total += len(part)
        if total > most:
            raise bomb(source)
        if not part and not data and not engine.eof:
            raise source.wrong("P_CUT_SHORT", "ends before its compressed content does", "fetch the file again")
        parts.append(part)
    return b"".join(parts)


def inflate_member(data: bytes, source: Source) -> bytes:
    """The content of one deflated member of a zip file."""
    return _inflate(zlib.decompressobj(-15), data, _most(len(data), source.limits), source)
