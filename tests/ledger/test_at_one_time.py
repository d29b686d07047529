"""Several things that are kept at one time: by one transaction, or by many threads."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any

import pytest

from licet.facts.errors import CaseError, LicetError
from licet.ledger.adding import Entry
from licet.ledger.ledger import Ledger, Once
from licet.ledger.record import DECISION, HIT, Record
from licet.ledger.verify import verify


def test_what_stands_against_one_keeps_no_other_out(ledger: Ledger) -> None:
    once = Once("the key", "the request")
    due = [(Entry({}), once, DECISION), (Entry({}), once, DECISION), (Entry({}), None, HIT)]
    first, second, third = ledger.keep_all(due)
    assert isinstance(first, Record) and isinstance(second, LicetError) and isinstance(third, Record)
    assert second.problems[0].code == "E_ONCE"
    assert [(record.number, record.kind) for record in (first, third)] == [(2, "decision"), (3, "hit")]
    assert third.says["before"] == first.hash
    assert ledger.before(once) == 2
    report = verify(ledger.store)
    assert (report.records, report.findings) == (3, ())


def test_where_the_database_refuses_nothing_is_kept(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as patched:
        patched.setattr("licet.ledger.store.insert_once", fails)
        with pytest.raises(OSError, match="no room"):
            ledger.keep_all([(Entry({}), None, DECISION), (Entry({}), Once("key", "request"), DECISION)])
    assert verify(ledger.store).records == 1


def test_many_threads_each_get_their_own_record(ledger: Ledger) -> None:
    def keep(number: int) -> tuple[int, dict[str, Any]]:
        record = ledger.keep(Entry({"number of the test": number}, {"by": json.dumps(f"thread {number}").encode()}))
        return number, record.says

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(keep, range(100)))
    assert [says["number of the test"] for _, says in found] == list(range(100))
    assert len({says["number"] for _, says in found}) == 100
    report = verify(ledger.store)
    assert not report.findings
    assert report.records == 101


def test_a_request_that_comes_twice_at_one_time_is_kept_once(ledger: Ledger) -> None:
    once, kept, refused = Once("the key", "the request"), list[int](), list[str]()

    def keep(_: int) -> None:
        try:
            kept.append(ledger.keep(Entry({}), once).number)
        except CaseError as wrong:
            refused.append(wrong.problems[0].code)

    threads = [Thread(target=keep, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 1
    assert refused == ["E_ONCE"] * 5
    assert ledger.before(once) == kept[0]
