"""A run as a job is kept in the ledger under the name of whose it is, once, before its result is given."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from licet.ledger import store as tables
from licet.ledger.canonical import canonical, digest
from licet.ledger.record import BATCH, IMPACT, Record
from licet.services.check import Checker
from licet.services.jobs import batch, work
from licet.services.jobs.model import ANSWER, RUNNING, SUMMARY, Job, Progress, Wish, Wrong
from licet.services.jobs.shelf import Shelf, new_id
from licet.services.ledger.opening import open_kept, start
from licet.services.ledger.replay import read_kept
from licet.services.orders.wanted import parts_of
from tests.services.orders_book import MAP, book


@pytest.fixture
def shelf(checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf beside a ledger."""
    monkeypatch.setattr(batch, "open_listed", lambda _: replace(checker, screening=None))
    monkeypatch.setenv("LICET_HOME", str(tmp_path))
    start("", "an officer").store.close()
    made = Shelf(tmp_path / "jobs")
    made.root.mkdir()
    return made


def added(shelf: Shelf, **wish: object) -> Job:
    """A job that nobody does yet."""
    filled = shelf.root / ".sent-x"
    for name in ("table", "map"):
        (filled / name).mkdir(parents=True)
    book(filled / "table")
    (filled / "map" / "map.yaml").write_text(MAP, encoding="utf-8")
    job = Job(new_id(), "ada", "2026-01-01T00:00:00+00:00", replace(Wish(table="book.csv"), **wish))  # type: ignore[arg-type]
    return shelf.add(filled, job)


def kept(kind: str = BATCH) -> list[tuple[Record, object]]:
    """The runs in the ledger, and by whom."""
    store = open_kept()
    with store.reading() as connection:
        found = [record for record in tables.each(connection) if record.kind == kind]
    parts = [(record, read_kept(store, record.number, with_law=False).parts["by"]) for record in found]
    store.close()
    return parts


def done(shelf: Shelf, job: Job) -> Progress:
    """The job, done here."""
    work._do(shelf.folder(job.id))
    progress = shelf.progress(job.id)
    assert progress is not None
    return progress


def test_a_run_is_kept_once_by_whose_it_is(shelf: Shelf) -> None:
    job = added(shelf)
    assert (done(shelf, job).state, done(shelf, job).lines) == ("done", 9)
    ((record, by),) = kept()
    assert (by, record.says["lines"], record.says["rejected"]) == ("ada", 8, 1)
    shelf.tell(job.id, state=RUNNING)  # as if it had been killed before it could say that it is done
    assert done(shelf, job).state == "done"
    assert len(kept()) == 1
    told = json.loads((shelf.folder(job.id) / SUMMARY).read_text(encoding="utf-8"))
    assert (told["lines"], told["rejected"]) == (8, 1)


def test_what_cannot_be_kept_is_not_given(shelf: Shelf) -> None:
    job = added(shelf)
    (shelf.root.parent / "ledger" / "key.pem").unlink()
    told = done(shelf, job)
    out = shelf.folder(job.id) / "result.csv"
    assert (told.state, told.errors[0].code[:8], out.exists(), parts_of(out).exists()) == (
        "failed", "E_LEDGER", False, True,
    )  # fmt: skip


def test_an_impact_is_kept_once_by_whose_it_is(shelf: Shelf) -> None:
    job = added(shelf, kind="impact", first="2024-02-29", second="2024-03-01", lists=False)
    assert done(shelf, job).state == "done"
    shelf.tell(job.id, state=RUNNING)  # as if it had been killed before it could say that it is done
    (shelf.folder(job.id) / ANSWER).unlink()
    assert done(shelf, job).state == "done"
    ((record, by),) = kept(IMPACT)
    assert (by, record.says["lines"] + record.says["rejected"]) == ("ada", 9)
    told = json.loads((shelf.folder(job.id) / ANSWER).read_text(encoding="utf-8"))
    assert told["flipped"] == record.says["flipped"]
    assert digest(canonical(told)) == record.says["result_sha256"]


def test_an_impact_that_cannot_be_kept_is_not_given(shelf: Shelf) -> None:
    job = added(shelf, kind="impact", first="2024-02-29", second="2024-03-01", lists=False)
    (shelf.root.parent / "ledger" / "key.pem").unlink()
    told = done(shelf, job)
    assert (told.state, told.errors[0].code[:8]) == ("failed", "E_LEDGER")
    assert not (shelf.folder(job.id) / "result.csv").exists()


def test_a_fault_is_told_without_its_inside(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret path")

    monkeypatch.setattr(batch, "do_batch", broken)
    told = done(shelf, added(shelf))
    assert (told.state, told.errors) == ("failed", (Wrong("E_INTERNAL", "RuntimeError", hint="please report this"),))
