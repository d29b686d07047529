"""Ledgers of tests: in a folder, begun by an officer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from licet.ledger.keys import make_key
from licet.ledger.ledger import Ledger
from licet.ledger.store import open_store
from licet.services.check import Checker
from licet.services.ledger.keep import Keeper
from licet.services.serve import Service


def begun(folder: Path) -> Ledger:
    """A ledger in a file of this folder, with its key beside it."""
    ledger = Ledger(open_store(f"sqlite:///{folder / 'l.sqlite3'}", create=True), make_key(folder / "key.pem"))
    ledger.start("an officer")
    return ledger


@contextmanager
def keeping(checker: Checker, folder: Path, by: str) -> Iterator[Service]:
    """What a server answers by that keeps what it decides, without lists."""
    ledger, own = begun(folder), replace(checker, screening=None)
    yield Service(own, Keeper(own, ledger, by))
    ledger.store.close()
