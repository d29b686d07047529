"""Locks of files that are tried and not waited for; the system lets go of one when its process ends in whatever way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from licet.database.locks import try_lock


@contextmanager
def tried(path: Path) -> Iterator[bool]:
    """Hold the lock of a file, if nobody else does; tells whether it is held. The folder has to be there."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError:  # the folder is gone
        yield False
        return
    try:
        yield try_lock(handle)
    finally:
        os.close(handle)
