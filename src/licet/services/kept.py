"""Compiled law kept between runs, named by the content it was made from.

The key is a hash over every file of the law and of the parties, and over the program text that reads
them, so a changed, added or removed file (and a changed reader) is always noticed (`licet.services.stamp`
spares hashing what the system says has not changed). A kept file is used only if it belongs to this user, nobody
else may write to it, its seal fits, and every value in it is of the right type and names what exists.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from licet.parties.known import KnownParties, parties_hash
from licet.rules.compiled import FORMAT, Refused, check_names, encode
from licet.rules.later import Lines, split
from licet.rules.law import Law, content_hash, law_files
from licet.services.stamp import stamp, stamped

MAX_BYTES = 64_000_000
KEPT_FILES = 4
_READERS = ("facts", "rules", "parties")


@dataclass(frozen=True, slots=True)
class Compiled:
    """The law and the known parties of one folder."""

    law: Law
    parties: KnownParties


@cache
def reader_hash() -> str:
    """A hash over the program text that turns files into law: another reader may read otherwise."""
    digest = hashlib.sha256(f"format {FORMAT}".encode())
    for path in _reader_files():
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _reader_files() -> list[Path]:
    inside = Path(__file__).parents[1]
    return [path for folder in _READERS for path in sorted((inside / folder).glob("*.py"))]


def known_key(root: Path, own: Path) -> str:
    """The name of the compiled form of this folder, from the stamp kept in one's own folder where it fits."""
    if os.name != "posix":  # elsewhere the time of the last change can be set
        return law_key(root)
    names = [*(f"parties/{path.name}" for path in sorted((root / "parties").glob("*.yaml"))), *law_files(root)]
    file = own / "stamps" / hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
    return stamped(file, stamp(root, names, _reader_files()), _is_private, lambda: law_key(root))


def law_key(root: Path) -> str:
    """The name of the compiled form of this folder."""
    return hashlib.sha256(f"{reader_hash()} {content_hash(root)} {parties_hash(root)}".encode()).hexdigest()


def seal(compiled: Compiled, key: str) -> bytes:
    """The compiled form as bytes: a line with key and seal, then what they stand for.

    That is a line of JSON, and one for each version with what is decoded only when it is asked for.
    """
    law, lines = split(encode(compiled.law))
    first = json.dumps([law, encode(compiled.parties)], ensure_ascii=False, separators=(",", ":"))
    body = "\n".join([first, *lines]).encode()
    return f"licet.law/{FORMAT} {key} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def unseal(data: bytes, key: str) -> Compiled:
    """The law in these bytes. Raises Refused for anything but whole, well-formed law of this key."""
    head, _, body = data.partition(b"\n")
    if head != f"licet.law/{FORMAT} {key} {hashlib.sha256(body).hexdigest()}".encode():
        raise Refused("another format, another law, or damaged")
    first, *rest = body.split(b"\n")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        raise Refused("not JSON") from None
    lines = Lines(rest)
    compiled = lines.codec.decode(Compiled, value)
    check_names(compiled.law)
    lines.law = compiled.law
    return compiled


def read_file(path: Path, key: str, own: bool = True) -> Compiled | None:
    """The law kept in a file; None where there is none to be trusted. With `own` it must be this user's."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if status.st_size > MAX_BYTES or (own and not _is_private(status)):
                return None
            with _without_collector():
                return unseal(file.read(MAX_BYTES + 1), key)
    except (OSError, Refused):
        return None


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """While a law is read nothing becomes garbage, and looking for it would take a third of the time.

    What is read stays for good, so it is also left out of later searches.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


def _is_private(status: os.stat_result) -> bool:
    """Whether only this user can have written the file (where the system knows users)."""
    if not hasattr(os, "geteuid"):
        return True
    others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not others


def write_file(path: Path, data: bytes) -> None:
    """Write the whole file or nothing; what cannot be written is not kept, and the next run reads again."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _forget_old(path.parent)


def _forget_old(folder: Path) -> None:
    """Keep the newest few; another process may remove the same files at the same time."""
    found = [(path.stat().st_mtime, path) for path in folder.glob("*.json")]
    for _, path in sorted(found, reverse=True)[KEPT_FILES:]:
        path.unlink(missing_ok=True)
