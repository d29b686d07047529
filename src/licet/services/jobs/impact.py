"""An impact as a job: which lines of an order book a change flips. One that was cut short begins anew."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

from licet.batch.tables_write import Column, write_table
from licet.facts.plain import to_plain
from licet.parties.store.disk import write
from licet.services.home import load_compiled
from licet.services.impact.ask import Impact, impact
from licet.services.impact.table import COLUMNS, NAMES, rows
from licet.services.jobs.batch import job_of
from licet.services.jobs.given import Sent
from licet.services.jobs.model import Progress
from licet.services.jobs.telling import Tell
from licet.services.orders.columns import REJECTED
from licet.services.orders.run import rejects_of

ANSWER = "impact.json"


def do_impact(folder: Path, tell: Tell) -> Progress:
    """Decide the book on both sides, and write the answer and the lines that moved. Raises LicetError."""
    sent = Sent(folder, job_of(folder).wish)
    orders, wanted = sent.orders(load_compiled().law.dictionary), sent.wanted()
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    found = impact(orders, wanted, sent.compared(), work, tell)
    tell(1.0, "writing the result")
    with found.compared:
        _write(found, sent.out, sent.wish.form)
    shutil.rmtree(work, ignore_errors=True)
    write(folder / ANSWER, json.dumps(to_plain(found.answer), ensure_ascii=False, indent=1).encode())
    return Progress(lines=found.answer.lines, rejected=found.answer.rejected)


def _write(found: Impact, out: Path, form: str) -> None:
    columns = [replace(Column(name), type=kind, width=width) for name, kind, width in COLUMNS]
    write_table(out, form, columns, rows(found.answer, found.compared.rows(NAMES)))
    if found.rejected:
        write_table(rejects_of(out), "csv", REJECTED, found.rejected)
