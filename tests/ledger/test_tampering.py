"""Whatever is changed behind the back of the ledger is found, and told of the record where it was changed."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from licet.facts.errors import LicetError
from licet.ledger import store as tables
from licet.ledger.adding import Entry
from licet.ledger.canonical import canonical, commitment, digest
from licet.ledger.checkpoint import Checkpoint, checkpoint, read_checkpoint
from licet.ledger.keys import Signer, make_key
from licet.ledger.ledger import Ledger
from licet.ledger.record import NOTHING, Place, make
from licet.ledger.store import open_store
from licet.ledger.verify import Finding, verify

Drop = Callable[..., None]
LAW = b"a compiled law"


def kept(ledger: Ledger, count: int = 3) -> None:
    for number in range(count):
        says = {"outcome": "unknown", "blobs": [digest(LAW)], "n": number}
        ledger.keep(Entry(says, {"inputs": b'"case"', "by": b'"x"'}, [LAW]))


def codes(ledger: Ledger, *points: Checkpoint) -> list[tuple[int, str]]:
    return [(found.number, found.code) for found in verify(ledger.store, points).findings]


def change(ledger: Ledger, statement: str, **values: object) -> None:
    with ledger.store.engine.begin() as connection:
        assert connection.execute(sa.text(statement), values).rowcount


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE licet_record SET body = replace(body, 'unknown', 'free') WHERE number = 3", [(3, "changed")]),
        ("UPDATE licet_record SET body = '' WHERE number = 2", [(2, "changed")]),
        ("UPDATE licet_record SET kind = 'hold' WHERE number = 3", [(3, "malformed")]),
        ("UPDATE licet_record SET about = 2 WHERE number = 3", [(3, "malformed")]),
        ("UPDATE licet_record SET hash = '00' WHERE number = 3", [(3, "changed"), (4, "link")]),
        ("UPDATE licet_record SET signature = '00' WHERE number = 3", [(3, "signature")]),
        ("UPDATE licet_record SET signature = 'not hex' WHERE number = 3", [(3, "signature")]),
        ("UPDATE licet_record SET number = 9 WHERE number = 4", [(4, "missing"), (4, "stray"), (9, "malformed")]),
        ("DELETE FROM licet_record WHERE number = 3", [(3, "missing"), (3, "stray"), (4, "link")]),
        ("DELETE FROM licet_part WHERE record = 3 AND name = 'by'", [(3, "part")]),
        ("UPDATE licet_part SET data = salt WHERE record = 3 AND name = 'by'", [(3, "part")]),
        ("UPDATE licet_part SET salt = data WHERE record = 3 AND name = 'by'", [(3, "part")]),
        ("UPDATE licet_part SET name = 'other' WHERE record = 3 AND name = 'by'", [(3, "stray"), (3, "part")]),
        ("UPDATE licet_part SET record = 77 WHERE record = 3 AND name = 'by'", [(3, "part"), (77, "stray")]),
        ("DELETE FROM licet_blob", [(2, "law"), (3, "law"), (4, "law")]),
    ],
)
def test_every_change_is_found(ledger: Ledger, unguarded: Drop, statement: str, found: list[tuple[int, str]]) -> None:
    kept(ledger)
    assert codes(ledger) == []
    unguarded(ledger.store)
    change(ledger, statement)
    assert codes(ledger) == found


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE licet_part SET data = 'text' WHERE record = 3 AND name = 'by'", [(3, "part")]),
        ("UPDATE licet_part SET salt = 900000000000 WHERE record = 3 AND name = 'by'", [(3, "part")]),
        ("UPDATE licet_record SET body = x'00ff' WHERE number = 3", [(3, "changed")]),
        ("UPDATE licet_record SET signature = x'ff' WHERE number = 3", [(3, "signature")]),
    ],
)
def test_what_is_of_another_type_is_found(
    ledger: Ledger, unguarded: Drop, statement: str, found: list[tuple[int, str]]
) -> None:
    if ledger.store.engine.dialect.name != "sqlite":
        pytest.skip("other databases take no other type")
    test_every_change_is_found(ledger, unguarded, statement, found)


def test_a_law_that_was_exchanged_is_found(ledger: Ledger, unguarded: Drop) -> None:
    kept(ledger, 1)
    unguarded(ledger.store)
    change(ledger, "UPDATE licet_blob SET data = :data", data=b"no zlib")
    assert codes(ledger) == [(2, "law")]


def test_an_end_that_was_cut_off_is_found_by_a_checkpoint_only(ledger: Ledger, unguarded: Drop) -> None:
    kept(ledger)
    point = _point(ledger)
    assert codes(ledger, point) == []
    unguarded(ledger.store)
    change(ledger, "DELETE FROM licet_part WHERE record = 4")
    change(ledger, "DELETE FROM licet_record WHERE number = 4")
    assert codes(ledger) == []
    assert codes(ledger, point) == [(4, "checkpoint")]


def test_who_has_the_key_cannot_write_history_anew(ledger: Ledger, unguarded: Drop) -> None:
    kept(ledger)
    point = _point(ledger)
    unguarded(ledger.store)
    with ledger.store.reading() as connection:
        old = tables.one(connection, 4)
        before = tables.one(connection, 3)
    assert old is not None
    assert before is not None
    place = Place(old.says["ledger"], 4, before.hash, old.says["at"])
    new = make(place, ledger.signer, "decision", 0, {"outcome": "free"}, {})
    change(ledger, "DELETE FROM licet_part WHERE record = 4")
    change(
        ledger, "UPDATE licet_record SET body = :body, hash = :hash, signature = :signature WHERE number = 4",
        body=new.body, hash=new.hash, signature=new.signature,
    )  # fmt: skip
    assert codes(ledger) == []
    assert verify(ledger.store, [point]).findings == (
        Finding(4, "checkpoint", f"the record is another than at the checkpoint of {point.at}"),
    )


def test_a_checkpoint_of_another_ledger_is_told(ledger: Ledger, tmp_path: Path) -> None:
    kept(ledger, 1)
    other = make_key(tmp_path / "other.pem")
    with ledger.store.reading() as connection:
        newest = tables.last(connection)
    assert newest is not None
    assert codes(ledger, checkpoint(newest, other, "2026-01-01T00:00:00+00:00")) == [(0, "checkpoint")]


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "nul", '{"a": ' * 5000, '{"schema": "licet.checkpoint/1"}', "x" * 10_001]
)
def test_what_is_no_checkpoint_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "c.json").write_text(text, encoding="utf-8")
    with pytest.raises(LicetError, match="E_CHECKPOINT: this is no checkpoint"):
        read_checkpoint(tmp_path / "c.json")
    with pytest.raises(LicetError, match="cannot be read"):
        read_checkpoint(tmp_path / "none.json")


def test_a_checkpoint_that_was_changed_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    point, file = _point(ledger), tmp_path / "c.json"
    file.write_text(point.text(), encoding="utf-8")
    assert read_checkpoint(file) == point
    for changed in (
        replace(point, number=2),
        replace(point, hash=NOTHING),
        replace(point, schema="licet.checkpoint/2"),
    ):
        file.write_text(changed.text(), encoding="utf-8")
        with pytest.raises(LicetError, match="not signed"):
            read_checkpoint(file)


def _point(ledger: Ledger) -> Checkpoint:
    with ledger.store.reading() as connection:
        newest = tables.last(connection)
    assert newest is not None
    return checkpoint(newest, ledger.signer, "2026-11-27T00:00:00+00:00")


def test_no_more_is_in_memory_however_much_is_kept(ledger: Ledger) -> None:
    size, count = 40_000, 400
    with ledger.store.writing() as connection:
        before = tables.last(connection)
        assert before is not None
        for number in range(2, count + 2):
            parts = {"answer": (b"0" * 32, b"x" * size)}
            promised = {name: commitment(*both) for name, both in parts.items()}
            place = Place(before.says["ledger"], number, before.hash, before.says["at"])
            before = make(place, ledger.signer, "decision", 0, {"outcome": "unknown"}, promised)
            tables.insert(connection, before, parts)
    verify(ledger.store)  # what is loaded once does not count
    tracemalloc.start()
    found = verify(ledger.store)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.records, found.findings) == (count + 1, ())
    assert peak < size * count / 2


WHAT = ("keep", "hit", "hold", "release", "erase", "rotate")
ACTS = st.lists(st.tuples(st.sampled_from(WHAT), st.integers(1, 8)), max_size=12)


@given(acts=ACTS, spot=st.integers(0, 10_000))
def test_whatever_is_done_the_chain_holds_and_any_changed_character_is_found(
    tmp_path_factory: pytest.TempPathFactory, signer: Signer, acts: list[tuple[str, int]], spot: int
) -> None:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('l') / 'l.sqlite3'}", create=True)
    ledger = Ledger(store, signer)
    ledger.start("x")
    for act, number in acts:
        try:
            if act in ("keep", "hit"):
                kind = "decision" if act == "keep" else act
                ledger.keep(Entry({"n": number}, {"inputs": canonical(number)}), kind=kind)
            elif act == "erase":
                ledger.erase(number, "x", "y", date(2100, 1, 1))
            elif act == "rotate":
                ledger.rotate(Signer.of(Ed25519PrivateKey.generate()), "x", "y")
            else:
                (ledger.hold if act == "hold" else ledger.release)(number, "x", "y")
        except LicetError as error:
            assert error.problems[0].code in ("E_NO_RECORD", "E_NO_HOLD", "E_KEPT", "E_ERASED")
    assert verify(store).findings == ()
    with store.reading() as connection:
        records = [*tables.each(connection)]
    record = records[spot % len(records)]
    at = spot % len(record.body)
    body = record.body[:at] + ("x" if record.body[at] != "x" else "y") + record.body[at + 1 :]
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER licet_record_never_update")
        connection.execute(
            sa.text("UPDATE licet_record SET body = :body WHERE number = :number"),
            {"body": body, "number": record.number},
        )
    assert (record.number, "changed") in [(found.number, found.code) for found in verify(store).findings]
    store.close()
