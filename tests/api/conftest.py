"""A client of the application, with and without a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from licet.accounts.passwords import Passwords
from licet.accounts.store import open_store as open_accounts
from licet.api.app import make_app
from licet.ledger.keys import make_key
from licet.ledger.ledger import Ledger
from licet.ledger.store import open_store
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.check import Checker
from licet.services.ledger.keep import Keeper
from licet.services.serve import Service

OFFICER, PASSWORD = "an officer", "correct horse battery"
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))  # of no use but for tests


def access_in(folder: Path) -> Access:
    """Accounts in a folder, with an administrator who is called an officer."""
    access = Access(open_accounts(folder), QUICK)
    if not access.accounts():
        access.add(Caller("", Role.ADMINISTRATOR), OFFICER, Role.ADMINISTRATOR, PASSWORD)
    return access


def client_of(service: Service, folder: Path, role: Role = Role.ADMINISTRATOR) -> TestClient:
    """A client with a key of a role over accounts of its own."""
    access = access_in(folder)
    key = access.make_key(Caller("", Role.ADMINISTRATOR), OFFICER, "tests", role)
    client = TestClient(make_app(service, access), base_url="http://localhost", raise_server_exceptions=False)
    client.headers["authorization"] = f"Bearer {key}"
    return client


@pytest.fixture(scope="session")
def bare(checker: Checker, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Without a ledger."""
    return client_of(Service(replace(checker, screening=None)), tmp_path_factory.mktemp("accounts"))


@pytest.fixture
def keeping(checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """With a ledger."""
    monkeypatch.setenv("LICET_HOME", str(tmp_path))
    ledger = Ledger(open_store(f"sqlite:///{tmp_path / 'l.sqlite3'}", create=True), make_key(tmp_path / "key.pem"))
    ledger.start("an officer")
    own = replace(checker, screening=None)
    yield client_of(Service(own, Keeper(own, ledger, "nobody")), tmp_path / "accounts")
    ledger.store.close()
