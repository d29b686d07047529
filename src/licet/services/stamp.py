"""The key of a folder of law without reading it again, where the system tells that no file has changed.

Hashing every file takes longer than all else that a check does before it decides. The time at which a file's data or
name last changed (ctime) is kept by the system and cannot be set, so sizes, inodes and these times of all files say as
much as their contents, but for changes in the same moment: a stamp of files that changed just now is not kept.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

_SETTLED_NS = 2_000_000_000
_LENGTH = 200


def stamp(root: Path, names: Iterable[str], others: Iterable[Path]) -> tuple[str, int]:
    """A hash over what the system tells of these files, and the newest of their times, in nanoseconds."""
    digest, newest, folder = hashlib.sha256(str(root.resolve()).encode()), 0, str(root)
    for path in (*(f"{folder}/{name}" for name in names), *map(str, others)):
        told = os.stat(path)  # noqa: PTH116 - a path object for each of thousands would take as long again
        digest.update(f"{path} {told.st_size} {told.st_ino} {told.st_mtime_ns} {told.st_ctime_ns}\n".encode())
        newest = max(newest, told.st_ctime_ns)
    return digest.hexdigest(), newest


def stamped(
    file: Path, found: tuple[str, int], trusted: Callable[[os.stat_result], bool], key: Callable[[], str]
) -> str:
    """The key kept for this stamp, else the key worked out, which is then kept."""
    now, newest = found
    kept = _read(file, now, trusted)
    if kept:
        return kept
    made = key()
    if newest < time.time_ns() - _SETTLED_NS:
        _write(file, f"{now} {made}\n")
    return made


def _read(file: Path, now: str, trusted: Callable[[os.stat_result], bool]) -> str:
    try:
        with file.open("rb") as opened:
            if not trusted(os.fstat(opened.fileno())):
                return ""
            words = opened.read(_LENGTH).decode("ascii", "replace").split()
    except OSError:
        return ""
    return words[1] if len(words) == 2 and words[0] == now else ""


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = file.with_suffix(f".{os.getpid()}")
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write(text)
        made.replace(file)
    except OSError:
        return
