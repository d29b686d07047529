"""The queue: a process for each slot does one job after the other, each in a process of its own.

    python -m licet.services.jobs.queue FOLDER

It loads nothing heavy. Where all slots are taken it ends at once: whoever holds one looks again after letting go of it,
so no job is forgotten.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock

from licet.services.jobs.locks import tried
from licet.services.jobs.model import FAILED, QUEUED, RUNNING, Wrong
from licet.services.jobs.shelf import Shelf

MOST_CUT = 3  # runs of a job that may break off
LOOK, SWEEP = 0.2, 600.0  # seconds
LOG = "log.txt"
_lock, _started, _swept = Lock(), list["subprocess.Popen[bytes]"](), [0.0]


def slots() -> int:
    """How many jobs are done at a time on this machine."""
    return 2 if (os.cpu_count() or 1) >= 4 else 1


def wake(shelf: Shelf) -> None:
    """See to it that jobs that wait are done, also those whose process is gone."""
    with _lock:
        _started[:] = [process for process in _started if process.poll() is None]
        if time.monotonic() - _swept[0] > SWEEP or not _swept[0]:
            _swept[0] = time.monotonic()
            shelf.sweep()
        if _waits(shelf) and _is_free(shelf):
            _started.append(_spawn("licet.services.jobs.queue", shelf.root, None))


def _waits(shelf: Shelf) -> bool:
    return bool(in_turn(shelf))


def _is_free(shelf: Shelf) -> bool:
    """Whether a slot is free: another process that is started while one is, ends by itself."""
    for number in range(slots()):
        with tried(shelf.root / f"slot-{number}") as held:
            if held:
                return True
    return False


def in_turn(shelf: Shelf) -> list[str]:
    """The jobs that have not ended, in the order in which they are done: the first of everybody before any second."""
    turns: dict[str, int] = {}
    found = []
    for job in shelf.all():
        progress = shelf.progress(job.id)
        if progress is not None and not progress.ended:
            turns[job.owner] = turns.get(job.owner, 0) + 1
            found.append((turns[job.owner], job.made, job.id))
    return [job for *_, job in sorted(found)]


def _spawn(module: str, folder: Path, log: Path | None) -> subprocess.Popen[bytes]:
    """A process that goes on when this one ends, and of whose end nobody else's is part."""
    with ExitStack() as stack:
        out = subprocess.DEVNULL if log is None else stack.enter_context(log.open("ab"))
        return subprocess.Popen(
            [sys.executable, "-m", module, str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )


# --- in the process of a slot ------------------------------------------------------------------


def main(root: Path) -> None:
    """Do jobs until none is left, or where all slots are taken none."""
    shelf = Shelf(root)
    while True:
        with _slot(shelf) as held:
            if not held:
                return
            while _one(shelf):
                pass
        if not _waits(shelf):
            return


@contextmanager
def _slot(shelf: Shelf) -> Iterator[bool]:
    with ExitStack() as stack:
        yield any(stack.enter_context(tried(shelf.root / f"slot-{number}")) for number in range(slots()))


def _one(shelf: Shelf) -> bool:
    """Do the next job that nobody does; False where there is none."""
    for job in in_turn(shelf):
        with tried(shelf.folder(job) / "claim") as held:
            progress = shelf.progress(job)
            if held and progress is not None and not progress.ended:
                _do(shelf, job)
                return True
    return False


def _do(shelf: Shelf, job: str) -> None:
    folder = shelf.folder(job)
    shelf.tell(job, state=RUNNING, text="starting")
    try:
        process = _spawn("licet.services.jobs.work", folder, folder / LOG)
    except OSError:  # it was removed this moment
        return
    while process.poll() is None:
        if not (folder / "job.json").exists():
            _kill(process)
            return
        time.sleep(LOOK)
    progress = shelf.progress(job)
    if progress is not None and not progress.ended:
        _cut(shelf, job, progress.cut + 1)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started: it is a session of its own. Elsewhere they end when it does."""
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _cut(shelf: Shelf, job: str, cut: int) -> None:
    """A process of a job that ended without a word is taken up again, a few times."""
    if cut < MOST_CUT:
        shelf.tell(job, state=QUEUED, text="cut short, and taken up again", cut=cut)
        return
    wrong = Wrong("E_STOPPED", f"the process that did it ended {cut} times", hint="the table may need more memory")
    shelf.tell(job, state=FAILED, text="cut short", cut=cut, errors=(wrong,))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
