"""Files of the store: written whole or not at all, private, named by their content, and checked when read.

A file is written beside its place, flushed to the disk and renamed, so that a program stopped at any point leaves
either the old file or the new one. What a hash names is refused when its content no longer fits.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from licet.database.locks import try_lock
from licet.facts.errors import LicetError, Place

MAX_BYTES = 2_000_000_000  # unpacked; a file of the store that grows beyond it has been tampered with
WAIT_SECONDS = 30.0
_CHUNK = 1 << 20
_TEMPORARY = ".writing-"


def make_folder(path: Path) -> None:
    """The folder and those above it, for this user only. Raises LicetError."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as bad:
        raise unwritable(path, bad) from None


def write(path: Path, data: bytes) -> None:
    """The whole file or nothing, on the disk when this returns. Raises LicetError."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_TEMPORARY)  # readable by this user only
        made = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                os.fsync(file.fileno())
            made.replace(path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
        _flush_folder(path.parent)
    except OSError as bad:
        raise unwritable(path, bad) from None


def keep(folder: Path, data: bytes) -> str:
    """Write bytes, packed, under their hash, unless they are there undamaged; gives the hash. Raises LicetError."""
    digest = hashlib.sha256(data).hexdigest()
    if not intact(folder, digest):
        make_folder(folder)
        write(packed(folder, digest), gzip.compress(data, 6, mtime=0))
    return digest


def keep_file(folder: Path, source: Path, digest: str) -> None:
    """The same for a file of any size, which is not held in memory. Raises LicetError."""
    if intact(folder, digest):
        return
    path = packed(folder, digest)
    make_folder(folder)
    made = path.parent / f"{_TEMPORARY}{digest}"
    try:
        with source.open("rb") as given, made.open("wb") as raw:
            made.chmod(0o600)
            with gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
                shutil.copyfileobj(given, file, _CHUNK)
            raw.flush()
            os.fsync(raw.fileno())
        made.replace(path)
        _flush_folder(folder)
    except OSError as bad:
        made.unlink(missing_ok=True)
        raise unwritable(path, bad) from None


def read_kept(folder: Path, digest: str) -> bytes:
    """The bytes of this hash. Raises LicetError where they are missing or damaged."""
    path = packed(folder, digest)
    try:
        with gzip.open(path, "rb") as file:
            data = file.read(MAX_BYTES)
    except FileNotFoundError:
        raise damaged(path, "the file is missing") from None
    except (OSError, EOFError, zlib.error):
        raise damaged(path, "the file cannot be unpacked") from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise damaged(path, "the content does not fit its hash")
    return data


def intact(folder: Path, digest: str) -> bool:
    """Whether the bytes of a hash are there, undamaged."""
    try:
        read_kept(folder, digest)
    except LicetError:
        return False
    return True


def packed(folder: Path, digest: str) -> Path:
    """Where the bytes of a hash lie."""
    return folder / f"{digest}.gz"


def digest_of(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file and its size."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, file.tell()


def clear_leftovers(*folders: Path) -> None:
    """Remove what a stopped program left half written. Only under the lock."""
    for folder in folders:
        for path in folder.glob(f"{_TEMPORARY}*"):
            path.unlink(missing_ok=True)


@contextmanager
def locked(path: Path, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock of this file; the system lets go of it when the program ends in whatever way. Raises LicetError."""
    make_folder(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + wait
        while not try_lock(handle):
            if time.monotonic() >= until:
                raise LicetError.one(
                    "E_LISTS_BUSY", "another program is loading lists", Place(str(path)), "try again when it is done"
                )
            time.sleep(0.05)
        yield
    finally:
        os.close(handle)


def _flush_folder(folder: Path) -> None:
    """The renaming itself, where the system can flush a folder."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritable(path: Path, bad: OSError) -> LicetError:
    """The store cannot be written to."""
    reason = bad.strerror or str(bad)
    return LicetError.one(
        "E_LISTS_WRITE", f"cannot be written: {reason}", Place(str(path)), "LICET_HOME names another folder"
    )


def damaged(path: Path, reason: str) -> LicetError:
    """A file of the store is not what was written."""
    hint = "load this edition again; until then the list cannot be used"
    return LicetError.one("E_LISTS_DAMAGED", reason, Place(str(path)), hint)
