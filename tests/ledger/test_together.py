"""What is ready at one time is kept in one transaction, each with an end of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from typing import Any

import pytest

from licet.facts.errors import CaseError
from licet.ledger.ledger import Entry, Ledger, Once
from licet.ledger.together import Due, Together
from licet.ledger.verify import verify


def test_who_comes_while_one_writes_is_written_together() -> None:
    begun, go, batches = Event(), Event(), list[list[int]]()

    def write(due: Sequence[Due[int, int]]) -> None:
        batches.append([one.what for one in due])
        begun.set()
        assert go.wait(10)
        for one in due:
            one.came = one.what * 2

    together = Together[int, int](write)
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(together.keep, 1)
        assert begun.wait(10)
        others = [pool.submit(together.keep, number) for number in (2, 3, 4, 5)]
        while len(together.waiting) < 4:
            pass
        go.set()
        assert [first.result(10), *(one.result(10) for one in others)] == [2, 4, 6, 8, 10]
    assert batches[0] == [1]
    assert [len(batch) for batch in batches] == [1, 4]


def test_what_goes_wrong_with_one_is_told_to_that_one_alone() -> None:
    def write(due: Sequence[Due[int, int]]) -> None:
        for one in due:
            if one.what < 0:
                one.wrong = ValueError("negative")
            else:
                one.came = one.what

    together = Together[int, int](write)
    together.waiting.append(other := Due[int, int](7))
    with pytest.raises(ValueError, match="negative"):
        together.keep(-1)
    assert (other.came, other.wrong) == (7, None)


def test_where_nothing_was_kept_everybody_is_told() -> None:
    def write(due: Sequence[Due[int, int]]) -> None:
        due[0].came = 1  # and then the disk is full
        raise OSError("no room")

    together = Together[int, int](write)
    together.waiting.append(other := Due[int, int](1))
    with pytest.raises(OSError, match="no room"):
        together.keep(2)
    assert other.came is None
    assert isinstance(other.wrong, OSError)


def test_who_interrupts_the_one_that_writes_interrupts_it() -> None:
    def write(due: Sequence[Due[int, int]]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Together[int, int](write).keep(1)


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
