"""A run over an order book as a job; one that was cut short goes on where it stopped."""

from __future__ import annotations

import json
from pathlib import Path

from licet.facts.errors import CaseError
from licet.facts.plain import to_plain
from licet.parties.store.disk import write
from licet.services.jobs.given import Sent
from licet.services.jobs.model import SUMMARY, Job, Progress
from licet.services.jobs.shelf import Shelf
from licet.services.jobs.telling import Tell
from licet.services.kept import Compiled
from licet.services.ledger.batches import BatchKeeper
from licet.services.ledger.lawkept import LawKept
from licet.services.ledger.opening import day_checkpoint, open_ledger
from licet.services.ledger.place import begun
from licet.services.orders import parts
from licet.services.orders.opened import open_listed
from licet.services.orders.run import Finished, deliver, run
from licet.services.orders.summary import Summary, summary
from licet.services.orders.wanted import parts_of, receipt

SCHEMA = "licet.batch-summary/1"
_SHOWN = ("engine", "table_sha256", "map_sha256", "on", "law", "parties", "lists", "law_age_days")


def job_of(folder: Path) -> Job:
    """The job of a folder. Raises CaseError where it is gone."""
    found = Shelf(folder.parent).find(folder.name)
    if found is None:
        raise CaseError.one("E_NO_JOB", "the job is gone")
    return found[0]


def do_batch(folder: Path, tell: Tell) -> Progress:
    """Decide every line, and write result, rejected lines and summary. Raises LicetError."""
    job = job_of(folder)
    sent = Sent(folder, job.wish)
    wanted = sent.wanted()
    before = _before(folder, wanted.out)
    if before is not None:
        return before
    checker = open_listed(wanted.lists)

    def told(progress: parts.Progress) -> None:
        again = f", {progress.resumed:,} done before" if progress.resumed else ""
        text = f"{progress.lines:,} lines, {progress.evaluated:,} different cases{again}"
        tell(progress.done, text, progress.lines, progress.evaluated, progress.rejected)

    finished = run(checker, sent.orders(checker.law.dictionary), wanted, told)
    at = finished.progress
    tell(1.0, "writing the result", at.lines, at.evaluated, at.rejected)
    said = summary(finished.parts)
    rejected = at.lines - said.lines
    receipt = {key: value for key, value in finished.manifest.items() if key in _SHOWN}
    known = {"schema": SCHEMA, "rejected": rejected, **to_plain(said), "made_from": receipt}
    write(folder / SUMMARY, json.dumps(known, ensure_ascii=False, indent=1).encode())

    def keep() -> None:
        if begun():
            _keep(job, Compiled(checker.law, checker.known), finished, said, rejected)

    deliver(finished, wanted.out, job.wish.form, keep)
    return Progress(lines=at.lines, cases=at.evaluated, rejected=rejected)


def _before(folder: Path, out: Path) -> Progress | None:
    """What was counted, where all was handed out and kept before it could be said: the parts go last."""
    if not receipt(out).exists() or parts_of(out).exists():
        return None
    said = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    return Progress(lines=said["lines"] + said["rejected"], rejected=said["rejected"])


def _keep(job: Job, compiled: Compiled, finished: Finished, said: Summary, rejected: int) -> None:
    """Keep it in the ledger under the name of whose it is: what cannot be kept is not handed out."""
    ledger = open_ledger()
    day_checkpoint(ledger)
    out = finished.folder.with_name(f"result.{job.wish.form}")
    BatchKeeper(ledger, LawKept(compiled, ledger.store), job.owner).keep(finished.manifest, said, rejected, out)
