"""Where jobs are handed in, asked about and fetched: what all shells use."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from licet.facts.dictionary import Dictionary
from licet.facts.errors import CaseError
from licet.parties.store.disk import make_folder
from licet.services.access.caller import Caller, Role
from licet.services.home import home
from licet.services.jobs.given import Sent
from licet.services.jobs.model import DONE, Job, Progress, Wish
from licet.services.jobs.queue import wake
from licet.services.jobs.shelf import Shelf, new_id
from licet.services.orders.wanted import digest


@dataclass(frozen=True, slots=True)
class Found:
    """A job, how far it is, and the folder that it lies in."""

    job: Job
    progress: Progress
    folder: Path

    @property
    def sent(self) -> Sent:
        """What was sent for it."""
        return Sent(self.folder, self.job.wish)

    def finished(self) -> Sent:
        """The same, of a job that is done. Raises CaseError."""
        if self.progress.state != DONE:
            raise CaseError.one("E_NOT_DONE", f"the job is {self.progress.state}", hint="wait for its events")
        return self.sent


@dataclass(frozen=True, slots=True)
class Counter:
    """The jobs of this machine."""

    shelf: Shelf

    @contextmanager
    def opened(self) -> Iterator[Path]:
        """A folder to be filled with what is sent; gone afterwards, unless it became a job. Raises LicetError."""
        make_folder(self.shelf.root)
        folder = Path(tempfile.mkdtemp(prefix=".sent-", dir=self.shelf.root))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def hand_in(self, caller: Caller, folder: Path, wish: Wish, key: str, dictionary: Dictionary) -> Found:
        """Look through what was sent and make it a job. Raises LicetError where it cannot be done."""
        Sent(folder, wish).look_through(dictionary)
        asked = hashlib.sha256(f"{json.dumps(asdict(wish))} {digest(folder)}".encode()).hexdigest() if key else ""
        own = hashlib.sha256(f"{caller.name}\n{key}".encode()).hexdigest() if key else ""
        made = datetime.now(UTC).isoformat(timespec="milliseconds")
        job = self.shelf.add(folder, Job(new_id(), caller.name, made, wish, own, asked))
        wake(self.shelf)
        return self.find(caller, job.id, wish.kind)

    def find(self, caller: Caller, job: str, kind: str) -> Found:
        """A job of the caller; officers find all. Raises CaseError."""
        found = self.shelf.find(job)
        if found is None or found[0].wish.kind != kind or not _may_see(caller, found[0]):
            raise CaseError.one("E_NO_JOB", "there is no such job of yours", hint="it may have been removed")
        if not found[1].ended:
            wake(self.shelf)
        return Found(*found, self.shelf.folder(job))

    def listed(self, caller: Caller, kind: str) -> list[tuple[Job, Progress]]:
        """The jobs of a kind that the caller may see, the newest first."""
        wake(self.shelf)
        jobs = [job for job in self.shelf.all() if job.wish.kind == kind and _may_see(caller, job)]
        told = [(job, self.shelf.progress(job.id)) for job in reversed(jobs)]
        return [(job, progress) for job, progress in told if progress is not None]

    def remove(self, caller: Caller, job: str, kind: str) -> None:
        """Stop a job and remove it. Raises CaseError."""
        self.find(caller, job, kind)
        self.shelf.remove(job)


def _may_see(caller: Caller, job: Job) -> bool:
    return job.owner == caller.name or caller.role >= Role.OFFICER


def counter() -> Counter:
    """The counter over Licet's own folder. Raises CaseError where there is none."""
    own = home()
    if own is None:
        raise CaseError.one("E_NO_HOME", "there is no folder to keep jobs in", hint="set LICET_HOME to one")
    return Counter(Shelf(own / "jobs"))


def resume() -> None:
    """Take up the jobs that a server which ended left behind."""
    own = home()
    if own is not None and (own / "jobs").is_dir():
        wake(Shelf(own / "jobs"))
