"""The folder of jobs: made, found, told how far they are, removed."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from licet.facts.errors import CaseError, LicetError
from licet.facts.plain import from_plain
from licet.parties.store.disk import locked, write
from licet.services.jobs.model import Job, Progress

JOB, PROGRESS, GONE = "job.json", "progress.json", ".gone-"
KEPT = timedelta(days=7)  # after which a job that has ended is removed
MOST, MOST_OPEN = 50, 8  # jobs of one caller, and those of them that have not ended
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Shelf:
    """All jobs under one folder, which need not be there yet."""

    root: Path

    def folder(self, job: str) -> Path:
        """The folder of a job."""
        return self.root / job

    def add(self, filled: Path, job: Job) -> Job:
        """Take a folder filled with what was sent as a job, or the job that was made of the same before.

        Raises CaseError where the key was used for something else, or the caller has too many jobs.
        """
        with locked(self.root / "lock"):
            own = [(one, self.progress(one.id)) for one in self.all() if one.owner == job.owner]
            before = next((one for one, _ in own if job.key and one.key == job.key), None)
            if before is not None:
                if before.asked != job.asked:
                    text = "this key was used for another request"
                    raise CaseError.one("E_IDEMPOTENCY", text, hint="send another Idempotency-Key")
                return before
            if len(own) >= MOST or sum(1 for _, at in own if at and not at.ended) >= MOST_OPEN:
                text = f"at most {MOST_OPEN} jobs are done for a caller, and {MOST} kept"
                raise CaseError.one("E_MANY_JOBS", text, hint="wait until one has ended, or delete some")
            write(filled / PROGRESS, _bytes(asdict(Progress(at=_now(), text="waiting"))))
            write(filled / JOB, _bytes(asdict(job)))
            filled.rename(self.folder(job.id))
        return job

    def find(self, job: str) -> tuple[Job, Progress] | None:
        """A job and how far it is; None where there is none."""
        if not _ID.fullmatch(job):
            return None
        found, progress = self._job(self.folder(job)), self.progress(job)
        return None if found is None or progress is None else (found, progress)

    def all(self) -> Iterator[Job]:
        """All jobs, the oldest first."""
        with suppress(OSError):
            found = [self._job(folder) for folder in self.root.iterdir() if _ID.fullmatch(folder.name)]
            yield from sorted((job for job in found if job is not None), key=lambda job: (job.made, job.id))

    def progress(self, job: str) -> Progress | None:
        """How far a job is; None where there is none any more."""
        try:
            said = json.loads((self.folder(job) / PROGRESS).read_text(encoding="utf-8"))
            return from_plain(Progress, said)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def tell(self, job: str, **changed: object) -> None:
        """Write down how far a job is. Nothing is written of one that is gone."""
        before = self.progress(job)
        if before is not None:
            now = replace(before, number=before.number + 1, at=_now(), **changed)  # type: ignore[arg-type]
            with suppress(LicetError):
                write(self.folder(job) / PROGRESS, _bytes(asdict(now)))

    def remove(self, job: str) -> None:
        """Remove a job: at once for everybody, on the disk as soon as its process has noticed."""
        gone = self.root / f"{GONE}{job}"
        with suppress(OSError):
            self.folder(job).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def sweep(self) -> None:
        """Remove jobs that ended long ago, and what a stopped server left."""
        until = datetime.now(UTC) - KEPT
        for job in [*self.all()]:
            progress = self.progress(job.id)
            if progress is None or (progress.ended and datetime.fromisoformat(progress.at) < until):
                self.remove(job.id)
        known = {job.id for job in self.all()}
        with suppress(OSError):
            for left in self.root.iterdir():
                old = time.time() - left.stat().st_mtime > KEPT.total_seconds()
                if left.is_dir() and left.name not in known and (old or left.name.startswith(GONE)):
                    shutil.rmtree(left, ignore_errors=True)

    @staticmethod
    def _job(folder: Path) -> Job | None:
        try:
            return from_plain(Job, json.loads((folder / JOB).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def new_id() -> str:
    """A name for a job that nobody can guess."""
    return secrets.token_hex(16)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _bytes(said: dict[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
