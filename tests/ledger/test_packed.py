"""What is kept beside records lies packed; what was kept before there was packing, or was changed, is told as it is."""

from __future__ import annotations

import tracemalloc

import pytest
import sqlalchemy as sa
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from licet.facts.errors import LicetError
from licet.ledger import store as tables
from licet.ledger.adding import Entry
from licet.ledger.intact import check_intact
from licet.ledger.ledger import Ledger
from licet.ledger.packed import MAGIC, MOST, SMALL, pack, unpack
from licet.ledger.record import DECISION, Record
from licet.ledger.verify import verify

LONG = b'{"proof":[' + b'"a reason",' * 1_000 + b'""]}'


@given(st.one_of(st.binary(max_size=SMALL * 3), st.binary(max_size=50).map(lambda data: MAGIC + data)))
def test_whatever_is_packed_comes_back(data: bytes) -> None:
    assert unpack(pack(data)) == data


@pytest.mark.parametrize(("size", "packed"), [(SMALL - 1, False), (SMALL, True)])
def test_small_data_lie_as_they_are(size: int, packed: bool) -> None:
    assert pack(b"x" * size).startswith(MAGIC) is packed


@given(st.binary(max_size=60).map(lambda data: MAGIC + data))
def test_what_cannot_be_unpacked_is_told_as_it_lies(kept: bytes) -> None:
    found = unpack(kept)
    assert found == kept or pack(found).startswith(MAGIC)


def test_nothing_can_hide_behind_what_is_packed() -> None:
    kept = pack(LONG)
    assert unpack(kept + b"more") == kept + b"more"
    assert unpack(kept[:-1]) == kept[:-1]


def test_a_size_that_is_claimed_takes_no_memory() -> None:
    claims = MAGIC + b"\xe0" + (MOST + 1).to_bytes(8, "little") + b"\x01\x00\x00"
    assert zstandard.frame_content_size(claims) == MOST + 1
    tracemalloc.start()
    assert unpack(claims) == claims
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


def test_it_lies_packed_and_is_read_as_it_was(ledger: Ledger) -> None:
    number = ledger.keep(Entry({"outcome": "unknown"}, {"answer": LONG, "by": b'"x"'})).number
    assert len(_lies(ledger, number, "answer")) < len(LONG) / 20
    with ledger.store.reading() as connection:
        assert {name: data for name, (_, data) in tables.parts(connection, number).items()} == {
            "answer": LONG,
            "by": b'"x"',
        }
    assert verify(ledger.store).findings == ()


def test_what_was_kept_before_there_was_packing_is_read_as_it_lies(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("licet.ledger.columns.pack", lambda data: data)
    number = ledger.keep(Entry({"outcome": "unknown"}, {"answer": LONG})).number
    monkeypatch.undo()
    assert _lies(ledger, number, "answer") == LONG
    ledger.keep(Entry({"outcome": "unknown"}, {"answer": LONG}))
    assert verify(ledger.store).findings == ()


def test_what_could_not_be_unpacked_again_is_refused_and_keeps_no_other_out(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("licet.ledger.adding.MOST", len(LONG) - 1)
    parts = (b'"first"', LONG, b'"last"')
    first, refused, last = ledger.keep_all((Entry({}, {"answer": data}), None, DECISION) for data in parts)
    assert isinstance(refused, LicetError)
    assert refused.problems[0].code == "E_TOO_LARGE"
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert last.number == first.number + 1
    assert verify(ledger.store).findings == ()


def test_what_a_later_form_keeps_is_told_by_its_form_and_not_as_changed(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("licet.ledger.record.SCHEMA", "licet.ledger/9")
        record = ledger.keep(Entry({}, {"answer": LONG}))
    with pytest.raises(LicetError, match=r"E_LEDGER: record 2 has the form licet\.ledger/9, of a later version"):
        check_intact(record, {"answer": (b"salt", b"in a form of its own")})
    known = ledger.keep(Entry({}, {"answer": LONG}))
    with pytest.raises(LicetError, match="E_CHANGED: record 3 was changed"):
        check_intact(known, {"answer": (b"salt", b"in a form of its own")})


def _lies(ledger: Ledger, number: int, name: str) -> bytes:
    query = sa.text("SELECT data FROM licet_part WHERE record = :number AND name = :name")
    with ledger.store.engine.connect() as connection:
        return bytes(connection.execute(query, {"number": number, "name": name}).scalar_one())
