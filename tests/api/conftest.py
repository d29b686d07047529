"""A client of the application, with and without a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse, Response

from licet.accounts.passwords import Passwords
from licet.accounts.store import open_store as open_accounts
from licet.api.app import make_app
from licet.services import serve
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.access.limits import Limits, Rate
from licet.services.access.sessions import COOKIE, same_token
from licet.services.case_screen import CaseScreen
from licet.services.check import Checker
from licet.services.screen import Settings
from licet.services.serve import Service
from tests import ledgers
from tests.services.screen_fakes import LOADED, FakeStore, make

OFFICER, PASSWORD = "an officer", "correct horse battery"
ROOT = Caller("", Role.ADMINISTRATOR)
LOOSE = Limits(Rate(10_000, 10_000), Rate(10_000, 10_000))
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))  # of no use but for tests


def access_in(folder: Path) -> Access:
    """Accounts in a folder, with an administrator who is called an officer."""
    access = Access(open_accounts(folder), QUICK)
    if not access.accounts():
        access.add(ROOT, OFFICER, Role.ADMINISTRATOR, PASSWORD)
    return access


def client_of(service: Service, folder: Path, role: Role = Role.ADMINISTRATOR) -> TestClient:
    """A client with a key of a role over accounts of its own."""
    access = access_in(folder)
    key = access.make_key(ROOT, OFFICER, "tests", role)
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
    with ledgers.keeping(checker, tmp_path, "nobody") as made:
        yield client_of(made, tmp_path / "accounts")


@pytest.fixture
def access(tmp_path: Path) -> Iterator[Access]:
    made = access_in(tmp_path / "accounts")
    yield made
    made.close()


def app_of(checker: Checker, access: Access, limits: Limits = LOOSE, names: tuple[str, ...] = ()) -> FastAPI:
    """The application with pages of a test: what they answer is what they were told."""
    app = make_app(Service(replace(checker, screening=None)), access, names, limits)

    async def page(request: Request) -> Response:
        caller: Caller | None = request.state.caller
        form = await request.form()
        fits = caller is not None and same_token(caller, str(form.get("token", "")))
        return PlainTextResponse(f"{caller.name if caller else 'nobody'} {fits}", 200 if fits else 403)

    async def login(request: Request) -> Response:
        return PlainTextResponse(request.state.caller.name if request.state.caller else "nobody")

    async def fault(_: Request) -> Response:
        raise RuntimeError("something of the inside")

    async def weak(_: Request) -> Response:
        return PlainTextResponse(
            "x", headers={"Content-Security-Policy": "default-src *", "Cache-Control": "max-age=9"}
        )

    app.add_route("/page", page, methods=["GET", "POST"])
    app.add_route("/login", login, methods=["GET", "POST"])
    app.add_route("/fault", fault)
    app.add_route("/weak", weak)
    app.add_route("/static/weak", weak)
    return app


def bare_client(app: FastAPI, base: str = "http://localhost") -> TestClient:
    return TestClient(app, base, raise_server_exceptions=False, follow_redirects=False)


def keyed(app: FastAPI, access: Access, role: Role = Role.ADMINISTRATOR) -> TestClient:
    client = bare_client(app)
    client.headers["authorization"] = f"Bearer {access.make_key(ROOT, OFFICER, 'tests', role)}"
    return client


def signed(app: FastAPI, access: Access) -> tuple[TestClient, str]:
    """A client with a session, and its token."""
    client, cookie = bare_client(app), access.sign_in(OFFICER, PASSWORD, "")
    client.cookies.set(COOKIE, cookie)
    caller = access.caller_of_cookie(cookie)
    assert caller is not None
    return client, caller.token


@pytest.fixture
def app(checker: Checker, access: Access) -> FastAPI:
    return app_of(checker, access)


class Fakes:
    """Screeners over invented lists."""

    def __init__(self, checker: Checker) -> None:
        self.checker, self.store = checker, FakeStore()

    def open(self, settings: Settings) -> Any:
        return make(self.checker, self.store, None, replace(settings, now=LOADED))

    def on(self, day: Any) -> CaseScreen:
        return CaseScreen(self.open(Settings(day, lists=("us.el", "us.sdn", "uk"), effects=False)))


@pytest.fixture
def screening(checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """With lists loaded in Licet's own folder."""
    own = tmp_path / "lists"
    own.mkdir()
    (own / "manifest.json").write_text("1", encoding="utf-8")
    monkeypatch.setattr(serve, "Screeners", lambda *_: Fakes(checker))
    monkeypatch.setattr(serve, "open_store", lambda: None)
    return client_of(Service(replace(checker, screening=None), own=tmp_path), tmp_path / "accounts")
