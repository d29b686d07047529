"""An impact as a job: which lines of an order book a change flips. One that was cut short goes on where it stopped."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

from licet.batch.tables_write import Column, write_table
from licet.facts.plain import to_plain
from licet.ledger.canonical import digest
from licet.ledger.ledger import Once
from licet.parties.store.disk import write
from licet.services.home import load_compiled
from licet.services.impact.ask import Impact, impact
from licet.services.impact.kept import Going
from licet.services.impact.made import Made, made_from
from licet.services.impact.model import ImpactAnswer
from licet.services.impact.table import COLUMNS, NAMES, rows
from licet.services.jobs.batch import job_of
from licet.services.jobs.given import Sent
from licet.services.jobs.model import ANSWER, Job, Progress
from licet.services.jobs.telling import Tell
from licet.services.kept import Compiled
from licet.services.ledger.findings import FindingsKeeper
from licet.services.ledger.lawkept import LawKept
from licet.services.ledger.opening import day_checkpoint, open_ledger
from licet.services.ledger.place import begun
from licet.services.orders.columns import REJECTED
from licet.services.orders.wanted import rejects_of

PARTS = "parts"


def do_impact(folder: Path, tell: Tell) -> Progress:
    """Decide the book on both sides, and write the answer and the lines that moved. Raises LicetError."""
    job, compiled = job_of(folder), load_compiled()
    sent = Sent(folder, job.wish)
    orders, wanted = sent.orders(compiled.law.dictionary), sent.wanted()
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    made = made_from(orders, wanted, sent.patch)
    found = impact(orders, wanted, sent.compared(), work, tell, Going(folder / PARTS, made))
    tell(1.0, "writing the result")
    with found.compared:
        if begun():
            _keep(job, compiled, made, found.answer)
        _write(found, sent.out, sent.wish.form)
    shutil.rmtree(work, ignore_errors=True)
    write(folder / ANSWER, json.dumps(to_plain(found.answer), ensure_ascii=False, indent=1).encode())
    found.parts.close()
    return Progress(lines=found.answer.lines, rejected=found.answer.rejected)


def _keep(job: Job, compiled: Compiled, made: Made, answer: ImpactAnswer) -> None:
    """Keep it in the ledger under the name of whose it is, once: it may be cut short before it says so."""
    ledger = open_ledger()
    day_checkpoint(ledger)
    name = digest(f"impact job {job.id}".encode())
    once = Once(name, name)
    if ledger.before(once) is None:
        FindingsKeeper(ledger, LawKept(compiled, ledger.store), job.owner).impact(made, answer, once)


def _write(found: Impact, out: Path, form: str) -> None:
    columns = [replace(Column(name), type=kind, width=width) for name, kind, width in COLUMNS]
    write_table(out, form, columns, rows(found.answer, found.compared.rows(NAMES)))
    if found.rejected:
        write_table(rejects_of(out), "csv", REJECTED, found.rejected)
