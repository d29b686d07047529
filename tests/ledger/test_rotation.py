"""Another key in the place of the one that signs: the chain of keys is followed, and no key that nobody handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from licet.facts.errors import LicetError
from licet.ledger import store as tables
from licet.ledger.adding import Entry
from licet.ledger.canonical import canonical, commitment
from licet.ledger.checkpoint import Checkpoint, checkpoint
from licet.ledger.keys import Signer, make_key
from licet.ledger.ledger import Ledger, current_key, takes_over
from licet.ledger.record import Place, Record, make
from licet.ledger.store import Store
from licet.ledger.verify import verify

AT = "2026-11-27T00:00:00+00:00"


@pytest.fixture
def new(tmp_path: Path) -> Signer:
    return make_key(tmp_path / "new.pem")


def kept(ledger: Ledger) -> Record:
    return ledger.keep(Entry({"outcome": "unknown"}, {"by": canonical("x")}))


def point(ledger: Ledger, signer: Signer) -> Checkpoint:
    with ledger.store.reading() as connection:
        newest = tables.last(connection)
    assert newest is not None
    return checkpoint(newest, signer, AT)


def codes(ledger: Ledger, *points: Checkpoint) -> list[tuple[int, str]]:
    return [(found.number, found.code) for found in verify(ledger.store, points).findings]


def test_the_chain_of_keys_is_followed(ledger: Ledger, new: Signer) -> None:
    old = ledger.signer
    kept(ledger)
    before = point(ledger, old)
    record = ledger.rotate(new, "an officer", "once a year")
    after = point(ledger, new)
    kept(ledger)
    assert (record.kind, record.says["key"], record.says["was"]) == ("rotation", new.public, old.public)
    assert "officer" not in record.body
    found = verify(ledger.store, [before, after, point(ledger, new)])
    assert (found.findings, found.keys, found.key) == ((), (old.public, new.public), new.public)
    with ledger.store.reading() as connection:
        assert current_key(connection) == new.public


def test_a_key_that_does_not_sign_any_more_adds_nothing(ledger: Ledger, new: Signer) -> None:
    late = Ledger(ledger.store, ledger.signer)
    ledger.rotate(new, "an officer", "once a year")
    with pytest.raises(LicetError, match="E_LEDGER_KEY: the key in hand is not the one that signs this ledger"):
        kept(late)
    with pytest.raises(LicetError, match="E_LEDGER_KEY"):
        late.rotate(late.signer, "x", "y")
    with pytest.raises(LicetError, match="this key signs the ledger already"):
        ledger.rotate(new, "x", "y")
    renewed = Ledger(ledger.store, late.signer, lambda: new)
    assert kept(renewed).number == 3
    assert verify(ledger.store).findings == ()


def test_a_key_of_another_is_refused(ledger: Ledger, new: Signer) -> None:
    with pytest.raises(LicetError, match="E_LEDGER_KEY"):
        kept(Ledger(ledger.store, new))


def test_a_checkpoint_counts_by_the_key_of_its_time(ledger: Ledger, new: Signer) -> None:
    old = ledger.signer
    kept(ledger)
    ledger.rotate(new, "x", "y")
    assert codes(ledger, point(ledger, old)) == [(3, "checkpoint")]  # made of the newest record with a key put away
    assert codes(ledger, replace(point(ledger, new), number=2)) == [(2, "checkpoint")]


@pytest.mark.parametrize("forged", ["a key that nobody handed over", "a key that has not agreed"])
def test_a_forged_rotation_is_found(
    ledger: Ledger, new: Signer, unguarded: Callable[[Store], None], forged: str
) -> None:
    """Who has the database puts in a rotation to a key of their own, signed with that one, or names one not theirs."""
    first, newest = kept(ledger), kept(ledger)
    unguarded(ledger.store)
    said = takes_over(first.says["ledger"], first.hash, new.public)
    signer, owner = (new, new) if forged.endswith("over") else (ledger.signer, ledger.signer)
    says = {"key": new.public, "was": ledger.signer.public, "owns": owner.sign(said)}
    parts = {"by": (b"0" * 32, b'"x"')}
    promised = {name: commitment(*both) for name, both in parts.items()}
    record = make(Place(first.says["ledger"], 3, first.hash, newest.says["at"]), signer, "rotation", 0, says, promised)
    with ledger.store.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM licet_part WHERE record = 3"))
        connection.execute(sa.text("DELETE FROM licet_record WHERE number = 3"))
        tables.insert(connection, record, parts)
    forger = Ledger(ledger.store, new)
    kept(forger)  # the database is theirs, so they can add; verifying tells
    expected = "signature" if signer is new else "key"
    assert codes(ledger) == [(3, expected), (4, "signature")]
