"""Keeping, holding, erasing; in SQLite and in PostgreSQL."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from licet.facts.errors import LicetError
from licet.ledger import store as tables
from licet.ledger.adding import Entry
from licet.ledger.canonical import commitment, digest
from licet.ledger.keys import Signer
from licet.ledger.ledger import Ledger
from licet.ledger.store import Store, open_store
from licet.ledger.verify import verify

TODAY = date(2026, 11, 27)
SECRET = b'"Wang Wei, Shenzhen"'


def entry(**says: object) -> Entry:
    return Entry({"outcome": "unknown", **says}, {"inputs": SECRET, "by": b'"an officer"'})


def duty(until: str | None) -> list[dict[str, str | None]]:
    return [{"cite": "15 CFR 762.6", "title": "Records", "until": until}]


def test_a_record_names_the_one_before_and_is_signed(ledger: Ledger) -> None:
    first, second = ledger.keep(entry()), ledger.keep(entry(outcome="prohibited"))
    assert (first.number, second.number) == (2, 3)
    assert second.says["before"] == first.hash == digest(first.body.encode())
    assert second.says["outcome"] == "prohibited"
    ledger.signer.private.public_key().verify(bytes.fromhex(second.signature), bytes.fromhex(second.hash))
    found = verify(ledger.store)
    assert (found.records, found.erased, found.findings) == (3, 0, ())
    assert found.key == ledger.signer.public


def test_what_may_be_erased_is_not_in_the_record(ledger: Ledger) -> None:
    record = ledger.keep(entry())
    assert "Wang" not in record.body
    with ledger.store.reading() as connection:
        parts = tables.parts(connection, record.number)
    assert {name: data for name, (_, data) in parts.items()} == {"inputs": SECRET, "by": b'"an officer"'}
    assert {name: commitment(*both) for name, both in parts.items()} == record.says["parts"]
    assert len({salt for salt, _ in parts.values()}) == 2


def test_erasing_leaves_the_chain_whole(ledger: Ledger) -> None:
    record = ledger.keep(entry())
    other = ledger.keep(entry())
    erased = ledger.erase(record.number, "an officer", "asked for", TODAY)
    assert (erased.kind, erased.about, erased.says["erased"]) == ("erasure", record.number, ["by", "inputs"])
    with ledger.store.reading() as connection:
        assert tables.parts(connection, record.number) == {}
        assert len(tables.parts(connection, other.number)) == 2
    assert (verify(ledger.store).erased, verify(ledger.store).findings) == (1, ())
    with pytest.raises(LicetError, match="E_ERASED"):
        ledger.erase(record.number, "an officer", "again", TODAY)


def test_what_is_erased_is_in_no_file_any_more(signer: Signer, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("db")
    ledger = Ledger(open_store(f"sqlite:///{folder / 'l.sqlite3'}", create=True), signer)
    ledger.start("an officer")
    record = ledger.keep(entry())
    assert any(b"Wang Wei" in path.read_bytes() for path in folder.iterdir())
    ledger.erase(record.number, "an officer", "asked for", TODAY)
    assert not any(b"Wang Wei" in path.read_bytes() for path in folder.iterdir())
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}


@pytest.mark.parametrize(
    ("until", "stands"), [("2026-11-26", False), ("2026-11-27", True), ("2026-11-28", True), (None, True)]
)
def test_a_duty_stands_against_erasing_to_its_last_day(ledger: Ledger, until: str | None, stands: bool) -> None:
    record = ledger.keep(entry(keep=duty(until)))
    if stands:
        said = "no end is known" if until is None else f"until {until}"
        with pytest.raises(LicetError, match=rf"E_KEPT: record 2 must be kept: 15 CFR 762\.6, Records: {said}"):
            ledger.erase(record.number, "an officer", "asked for", TODAY)
        assert verify(ledger.store).records == 2
    else:
        assert ledger.erase(record.number, "an officer", "asked for", TODAY).kind == "erasure"


def test_a_rule_of_ones_own_stands_against_erasing(ledger: Ledger) -> None:
    own = Ledger(ledger.store, ledger.signer, years=7)
    for kind in ("decision", "screening", "hit", "batch"):
        record = own.keep(entry(keep=duty("2020-01-01")), kind=kind)
        with pytest.raises(LicetError, match=f"E_KEPT: record {record.number} must be kept: own rule, 7 years: until "):
            own.erase(record.number, "an officer", "asked for", later(6))
        own.erase(record.number, "an officer", "asked for", later(8))
    assert verify(ledger.store).findings == ()


def test_a_hold_stands_until_it_is_released(ledger: Ledger) -> None:
    record = ledger.keep(entry())
    with pytest.raises(LicetError, match="no hold stands"):
        ledger.release(record.number, "counsel", "over")
    held = ledger.hold(record.number, "counsel", "an inquiry")
    ledger.hold(record.number, "counsel", "another")
    with pytest.raises(LicetError, match=f"E_KEPT: .*hold {held.number} of .*; hold {held.number + 1} of"):
        ledger.erase(record.number, "an officer", "asked for", TODAY)
    ledger.release(record.number, "counsel", "over")
    assert ledger.erase(record.number, "an officer", "asked for", TODAY).number == 6
    assert verify(ledger.store).findings == ()


@pytest.mark.parametrize("number", [0, 1, 3, -1, 2**63 - 1])
def test_only_decisions_are_held_and_erased(ledger: Ledger, number: int) -> None:
    ledger.keep(entry())
    for act in (ledger.hold, ledger.release):
        with pytest.raises(LicetError, match="E_NO_RECORD"):
            act(number, "counsel", "why")
    with pytest.raises(LicetError, match="E_KEPT" if number == 1 else "E_NO_RECORD"):
        ledger.erase(number, "counsel", "why", TODAY)


def later(years: int, days: int = 0) -> date:
    """A day so many years from now."""
    now = datetime.now(UTC).date()
    return date(now.year + years, now.month, min(now.day, 28)) + timedelta(days=days)


def test_who_did_what_can_be_erased_when_its_time_has_come(ledger: Ledger) -> None:
    record = ledger.keep(entry(keep=duty(later(7).isoformat())))
    held = ledger.hold(record.number, "counsel", "an inquiry")
    with pytest.raises(
        LicetError, match=r"E_KEPT: record 3 .*who did it, and why, 5 years: until .*; 15 CFR 762.6, .*hold 3"
    ):
        ledger.erase(held.number, "x", "y", TODAY)
    with pytest.raises(
        LicetError, match=r"E_KEPT: record 3 must be kept: 15 CFR 762.6, Records: until [-0-9]*; hold 3"
    ):
        ledger.erase(held.number, "x", "y", later(6))
    with pytest.raises(LicetError, match="E_KEPT: record 3 must be kept: hold 3"):
        ledger.erase(held.number, "x", "y", later(8))
    ledger.release(record.number, "counsel", "over")
    erased = ledger.erase(record.number, "an officer", "asked for", later(8))
    with pytest.raises(LicetError, match="E_KEPT"):
        ledger.erase(erased.number, "x", "y", later(4))
    for number in (held.number, held.number + 1, erased.number, 1):
        ledger.erase(number, "nobody's name", "time is over", later(8))
        with ledger.store.reading() as connection:
            assert tables.parts(connection, number) == {}
    found = verify(ledger.store)
    assert (found.erased, found.findings) == (5, ())


def test_records_of_a_form_made_before_stay_as_they_are(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Ledger(ledger.store, ledger.signer)
    with monkeypatch.context() as patch:
        patch.setattr("licet.ledger.record.SCHEMA", "licet.ledger/1")
        record = old.keep(entry())
        held = old.hold(record.number, "counsel", "an inquiry")
    assert record.says["schema"] == held.says["schema"] == "licet.ledger/1"
    ledger.release(record.number, "counsel", "over")
    ledger.erase(record.number, "an officer", "asked for", TODAY)
    ledger.erase(held.number, "an officer", "asked for", later(6))
    assert ledger.keep(entry(), kind="screening").says["schema"] == "licet.ledger/4"
    assert verify(ledger.store).findings == ()
    with monkeypatch.context() as patch:
        patch.setattr("licet.ledger.record.SCHEMA", "licet.ledger/1")
        later_kind = old.keep(entry(), kind="screening")
        patch.setattr("licet.ledger.record.SCHEMA", "licet.ledger/9")
        later_form = old.keep(entry())
    assert [(found.number, found.code) for found in verify(ledger.store).findings] == [
        (later_kind.number, "malformed"), (later_form.number, "form"),
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["", "  \n", "x" * 2_001])
def test_reasons_are_asked_for(ledger: Ledger, words: str) -> None:
    record = ledger.keep(entry())
    with pytest.raises(LicetError, match="say why, in at most 2,000 characters"):
        ledger.hold(record.number, "counsel", words)
    with pytest.raises(LicetError, match="say who decides"):
        ledger.hold(record.number, words, "why")


def test_a_ledger_begins_once(ledger: Ledger, store: Store) -> None:
    with pytest.raises(LicetError, match="has begun already"):
        ledger.start("an officer")
    with store.reading() as connection:
        assert [record.kind for record in tables.each(connection)] == ["start"]


def test_nothing_is_kept_before_it_begins(store: Store, signer: Signer) -> None:
    with pytest.raises(LicetError, match="E_NO_LEDGER"):
        Ledger(store, signer).keep(entry())
    assert [finding.code for finding in verify(store).findings] == ["empty"]


def test_many_at_a_time_make_one_chain(ledger: Ledger, url: str) -> None:
    def keep(number: int) -> int:
        own = Ledger(open_store(url), ledger.signer)
        kept = [own.keep(entry(worker=number)).number for _ in range(5)]
        own.store.close()
        return len(kept)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(keep, range(4))) == 20
    found = verify(ledger.store)
    assert (found.records, found.findings) == (21, ())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE licet_record SET kind = 'hold'",
        "DELETE FROM licet_record",
        "UPDATE licet_part SET name = 'x'",
        "UPDATE licet_blob SET hash = 'x'",
    ],
)
def test_the_database_refuses_to_change_a_record(ledger: Ledger, statement: str) -> None:
    ledger.keep(Entry({"blobs": [digest(b"law")]}, {"by": b'"x"'}, [b"law"]))
    with pytest.raises(DatabaseError, match="the ledger only grows"), ledger.store.engine.begin() as connection:
        connection.execute(sa.text(statement))


def test_the_same_law_is_kept_once(ledger: Ledger) -> None:
    for _ in range(3):
        ledger.keep(Entry({"blobs": [digest(b"law" * 9)]}, {}, [b"law" * 9]))
    with ledger.store.reading() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM licet_blob")).scalar() == 1
        assert tables.blob(connection, digest(b"law" * 9)) == b"law" * 9
        assert tables.blob(connection, "0") is None


def test_a_clock_that_was_set_back_does_not_turn_the_order_round(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ledger.keep(entry())
    monkeypatch.setattr("licet.ledger.adding._now", lambda: "2001-01-01T00:00:00.000000+00:00")
    assert ledger.keep(entry()).says["at"] == first.says["at"]
    assert verify(ledger.store).findings == ()


def test_records_in_their_order_and_by_kind(ledger: Ledger) -> None:
    numbers = [ledger.keep(entry()).number for _ in range(3)]
    ledger.hold(3, "counsel", "why")
    with ledger.store.reading() as connection:
        assert [record.number for record in tables.each(connection, "decision")] == numbers
        assert [record.number for record in tables.each(connection, newest=True)] == [5, 4, 3, 2, 1]
        assert [record.number for record in tables.each(connection, after=3)] == [4, 5]
        assert [record.number for record in tables.about(connection, 3)] == [5]
        newest = tables.last(connection)
    assert newest is not None
    assert json.loads(newest.body)["kind"] == "hold"
