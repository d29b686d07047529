"""The process of one job: `python -m licet.services.jobs.work FOLDER`."""

from __future__ import annotations

import os
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from threading import Thread

from licet.facts.errors import LicetError, Problem
from licet.services.jobs.locks import tried
from licet.services.jobs.model import BATCH, DONE, FAILED, Progress, Wrong
from licet.services.jobs.shelf import Shelf

NICE, TOLD_EACH, LOOK = 10, 0.3, 0.3  # seconds
WAIT = 30.0  # for a process before it that has not noticed yet that it is to end


class Telling:
    """Writes down how far a job is, not more often than anybody looks."""

    def __init__(self, shelf: Shelf, job: str) -> None:
        self.shelf, self.job, self.last = shelf, job, 0.0

    def __call__(self, done: float, text: str, lines: int = 0, cases: int = 0, rejected: int = 0) -> None:
        """Tell it; the last step at once, since nothing may come after it for a while."""
        if done >= 1.0 or time.monotonic() - self.last >= TOLD_EACH:
            self.last = time.monotonic()
            self.shelf.tell(self.job, done=round(done, 4), text=text, lines=lines, cases=cases, rejected=rejected)


def main(folder: Path) -> None:
    """Do the job of a folder, at low priority. It ends when the process that started it does."""
    Thread(target=_end_too, args=(os.getppid(), folder), daemon=True).start()
    with suppress(OSError, AttributeError):  # Windows has no such thing
        os.nice(NICE)
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        with tried(folder / "lock") as held:
            if held:
                _do(folder)
                return
        time.sleep(LOOK)


def _end_too(parent: int, folder: Path) -> None:
    """End with the process of the slot, and with the folder."""
    while os.getppid() == parent and folder.exists():
        time.sleep(LOOK)
    os._exit(1)


def _do(folder: Path) -> None:
    shelf, job = Shelf(folder.parent), folder.name
    found = shelf.find(job)
    if found is None or found[1].ended:
        return
    try:
        done = _done(folder, found[0].wish.kind, Telling(shelf, job))
        shelf.tell(job, state=DONE, done=1.0, text="done", lines=done.lines, cases=done.cases, rejected=done.rejected)
    except LicetError as error:
        shelf.tell(job, state=FAILED, text="failed", errors=tuple(wrong(one) for one in error.problems))
    except Exception as error:
        traceback.print_exc()  # into the log of the job
        text = type(error).__name__
        shelf.tell(job, state=FAILED, text="failed", errors=(Wrong("E_INTERNAL", text, hint="please report this"),))


def _done(folder: Path, kind: str, tell: Telling) -> Progress:
    # Each kind loads what the other has no use for.
    if kind == BATCH:
        from licet.services.jobs.batch import do_batch  # noqa: PLC0415

        return do_batch(folder, tell)
    from licet.services.jobs.impact import do_impact  # noqa: PLC0415

    return do_impact(folder, tell)


def wrong(problem: Problem) -> Wrong:
    """A problem as its owner is told: of a file only its name, which they gave it."""
    place = problem.place
    name = Path(place.file).name
    where = f"{name}:{place.line}" if name and place.line else name
    return Wrong(problem.code, problem.message, place.path or where, problem.hint)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
