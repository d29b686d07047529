"""A client of the application, with and without a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from licet.api.app import make_app
from licet.ledger.keys import make_key
from licet.ledger.ledger import Ledger
from licet.ledger.store import open_store
from licet.services.check import Checker
from licet.services.ledger.keep import Keeper
from licet.services.serve import Service


def client_of(service: Service) -> TestClient:
    return TestClient(make_app(service), base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def bare(checker: Checker) -> TestClient:
    """Without a ledger."""
    return client_of(Service(replace(checker, screening=None)))


@pytest.fixture
def keeping(checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """With a ledger."""
    monkeypatch.setenv("LICET_HOME", str(tmp_path))
    ledger = Ledger(open_store(f"sqlite:///{tmp_path / 'l.sqlite3'}", create=True), make_key(tmp_path / "key.pem"))
    ledger.start("an officer")
    own = replace(checker, screening=None)
    yield client_of(Service(own, Keeper(own, ledger, "an officer")))
    ledger.store.close()
