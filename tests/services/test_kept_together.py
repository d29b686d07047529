"""Requests that are kept together: what goes wrong with one, or with all, leaves nothing half kept."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from weakref import ref

import pytest
from sqlalchemy.exc import DatabaseError

from licet.facts.case import read_case
from licet.facts.elements import Element
from licet.facts.errors import LicetError
from licet.facts.jsontext import read_json
from licet.facts.plain import joined
from licet.ledger.keys import make_key
from licet.ledger.ledger import Ledger
from licet.ledger.verify import verify
from licet.logic.evaluate import Evaluator
from licet.services import serve
from licet.services.check import Checker, Options
from licet.services.ledger import replay
from licet.services.ledger.opening import CHECKPOINTS
from licet.services.ledger.place import folder
from licet.services.serve import LARGE, Asked, Given, Service
from licet.services.together import Due
from tests.ledgers import keeping

CASE = json.dumps({"case": "x", "on": "2026-07-01", "act": "export", "items": [{"id": "a", "kind": "camera"}]})


def asked(text: str) -> Due[Asked, Given]:
    return Due(Asked(text, Options(), by="x"))


@pytest.fixture
def service(checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("LICET_HOME", str(tmp_path))
    with keeping(checker, tmp_path, "nobody") as made:
        yield made


def raises(wrong: Exception) -> Callable[..., None]:
    def raised(*_: object) -> None:
        raise wrong

    return raised


def ledger_of(service: Service) -> Ledger:
    assert service.keeper is not None
    return service.keeper.ledger


def test_where_no_key_is_in_hand_the_law_is_kept_with_what_is_kept_next(service: Service) -> None:
    ledger = ledger_of(service)
    signer, ledger.signer = ledger.signer, make_key(Path(str(ledger.store.engine.url.database)).with_name("other.pem"))
    with pytest.raises(LicetError, match="the key in hand"):
        service.check(CASE, Options())
    ledger.signer = signer
    given = service.check(CASE, Options())
    assert verify(ledger.store).findings == ()
    assert replay.replay(ledger.store, given.record).status == "same"


def test_nobody_waits_for_a_large_case_that_came_later(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    large = json.dumps(json.loads(CASE) | {"case": "large"}) + " " * LARGE
    due = [asked(text) for text in (CASE, CASE, large, CASE)]
    monkeypatch.setattr(serve, "LONGEST", 60.0)
    service._check_all(due)
    assert [one.came is not None for one in due] == [True, True, False, False]
    service._check_all(due[2:3])
    assert due[2].came is not None
    monkeypatch.setattr(serve, "LONGEST", -1.0)  # as if the first one had taken long
    due = [asked(CASE) for _ in range(2)]
    service._check_all(due)
    assert [one.came is not None for one in due] == [True, False]


def test_what_goes_wrong_with_an_answer_that_is_kept_is_told_to_its_own_alone(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    due, put, calls = [asked(CASE) for _ in range(2)], joined, list[int]()

    def fails_at_last(fields: dict[str, bytes]) -> bytes:
        calls.append(1)
        if len(calls) == 4:  # two were put together to be kept
            raise MemoryError
        return put(fields)

    monkeypatch.setattr("licet.services.serve.joined", fails_at_last)
    monkeypatch.setattr(serve, "LONGEST", 60.0)
    service._check_all(due)
    assert due[0].came is not None and due[1].came is None and isinstance(due[1].wrong, MemoryError)


def test_where_the_checkpoint_of_the_day_cannot_be_written_everybody_is_told_and_nothing_is_kept(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder() / CHECKPOINTS).parent.mkdir(exist_ok=True)
    (folder() / CHECKPOINTS).write_bytes(b"")  # no folder
    monkeypatch.setattr(serve, "LONGEST", 60.0)
    due = [asked(CASE) for _ in range(2)]
    service._check_all(due)
    for one in due:
        assert isinstance(one.wrong, LicetError) and one.wrong.problems[0].code == "E_LEDGER"
    assert verify(ledger_of(service).store).records == 1
    (folder() / CHECKPOINTS).unlink()
    given = service.check(CASE, Options())
    assert replay.replay(ledger_of(service).store, given.record).status == "same"


def test_where_the_disk_is_full_everybody_is_told_and_nothing_is_kept(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ledger_of(service).store
    monkeypatch.setattr(serve, "LONGEST", 60.0)
    due = [asked(CASE) for _ in range(2)]
    full = DatabaseError("", None, OSError("database or disk is full"))
    with monkeypatch.context() as patched:
        patched.setattr("licet.ledger.store.insert_blob", raises(full))
        service._check_all(due)
    for one in due:
        assert isinstance(one.wrong, LicetError) and "disk is full" in str(one.wrong)
    assert verify(store).records == 1
    given = service.check(CASE, Options())
    assert replay.replay(store, given.record).status == "same"


def test_a_case_that_is_decided_is_freed_at_once(service: Service) -> None:
    """What nothing but the collector of garbage frees piles up between its runs, and those hold up everybody."""
    service.check(CASE, Options())
    gc.collect()
    gc.disable()
    try:
        before = sum(isinstance(thing, Element) for thing in gc.get_objects())
        for _ in range(5):
            service.check(CASE, Options())
        assert sum(isinstance(thing, Element) for thing in gc.get_objects()) == before
    finally:
        gc.enable()


def test_the_collector_passes_over_law_that_stays_compiled_until_some_is_let_go_of(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[str]()
    monkeypatch.setattr("licet.services.serve.gc.freeze", lambda: told.append("freeze"))
    monkeypatch.setattr("licet.services.serve.gc.unfreeze", lambda: told.append("unfreeze"))
    monkeypatch.setattr("licet.services.serve.MAX_DECIDERS", 2)
    service.checker = Checker(service.checker.law, service.checker.known, {})
    for day in ("2026-07-01", "2026-07-01", "2026-07-02", "2026-07-02"):
        service.check(CASE, Options(on=date.fromisoformat(day)))
    assert told == ["freeze", "unfreeze"]


def test_law_of_days_long_let_go_of_is_freed(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one day takes over from another holds on to it, so a server that meets many days would grow for ever."""
    monkeypatch.setattr("licet.services.check.MAX_DECIDERS", 3)
    own = Checker(checker.law, checker.known, {})
    seen, case = list[ref[Evaluator]](), read_case(read_json(CASE), checker.law.dictionary)
    for number in range(24):
        day = date(2022, 11, 1) + timedelta(days=50 * number)
        own.check(case, Options(on=day))
        seen.append(ref(own.decider(day, False).evaluator))
    gc.collect()
    assert sum(one() is not None for one in seen) <= 2 * 3 + 2
