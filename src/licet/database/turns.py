"""Whose turn it is to write to a file of SQLite.

SQLite lets the second of two writers sleep longer and longer before it looks again, so one process that writes without
pause keeps another one out. Here each waits in a line of two places: one writes, the other is next.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from licet.database.locks import try_lock
from licet.database.sqlite import WAIT_SECONDS

LOOK_SECONDS = 0.001  # before one looks again
_OWNER_ONLY = 0o600


@contextmanager
def turn(file: Path) -> Iterator[None]:
    """Wait for the turn to write to the database in this file, as long as one waits for another writer at most.

    After that, or where there can be no such file, SQLite itself has to say that somebody else writes.
    """
    until = time.monotonic() + WAIT_SECONDS
    with ExitStack() as line, ExitStack() as writing:
        _wait(line, file.with_name(f"{file.name}-next"), until)
        _wait(writing, file.with_name(f"{file.name}-turn"), until)
        line.close()
        yield


def _wait(stack: ExitStack, file: Path, until: float) -> None:
    """Hold the lock of a file until the stack closes."""
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
    except OSError:
        return
    stack.callback(os.close, handle)
    while not try_lock(handle) and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
