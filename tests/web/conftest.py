"""The desk over one law: as an application for quick tests, and live for a browser."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright

from licet.api.app import make_app
from licet.parties.store import store as kept
from licet.services import lists
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.access.limits import Limits, Rate
from licet.services.access.sessions import COOKIE, form_token
from licet.services.check import Checker
from licet.services.ledger.keep import Keeper
from licet.services.serve import Service
from licet.web.app import add_desk, make_desk
from tests.api.conftest import OFFICER, PASSWORD, access_in
from tests.ledgers import begun
from tests.services.lists_files import catalogue, csl
from tests.web.seen import WIDE, Live, Seen

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip


LOOSE = Limits(Rate(10_000, 10_000), Rate(10_000, 10_000))


def app_of(service: Service, access: Access, limits: Limits = LOOSE) -> FastAPI:
    """The HTTP interface with the desk beside it, as `licet serve` puts them together."""
    app = make_app(service, access, limits=limits)
    add_desk(app, make_desk(service, access))
    return app


def load_lists(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Two lists of invented firms, loaded today."""
    now = datetime.now(UTC)
    patch.setenv("LICET_HOME", str(home))
    patch.setattr(kept, "shipped", lambda: catalogue({"csl": []}))
    file = home / "csl.json"
    data = csl("abc", "x", now.date().isoformat()).replace(b"Firm a", b"Zelkova Quantum Devices <Hefei>")
    file.write_bytes(data)
    lists.add(lists.open_store(), [file], lists.Reading(), now)


class Visitor:
    """Somebody with a browser that has no scripts: signed in, and sending forms with what the page holds."""

    def __init__(self, service: Service, access: Access, name: str = OFFICER, password: str = PASSWORD) -> None:
        self.access, self.name = access, name
        self.client = TestClient(app_of(service, access), base_url="http://localhost", raise_server_exceptions=False)
        self.token = self.cookie = ""
        if name:
            self.cookie = access.sign_in(name, password, "a test")
            self.client.cookies.set(COOKIE, self.cookie)
            caller = access.caller_of_cookie(self.cookie)
            self.token = form_token(caller) if caller is not None else ""

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, **more)

    def post(self, path: str, follow: bool = True, fields: dict[str, Any] | None = None, **more: str) -> Any:
        """Send a form; names of fields that are no Python names are given as `fields={"shipment.to": "CN"}`."""
        data = {"token": self.token} | (fields or {}) | more
        return self.client.post(path, data=data, follow_redirects=follow)


@pytest.fixture(scope="session")
def service(checker: Checker) -> Service:
    """Without lists and without a ledger."""
    return Service(replace(checker, screening=None))


@pytest.fixture(scope="session")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Access:
    """Accounts: an administrator, and one of each other role, called by it."""
    access = access_in(tmp_path_factory.mktemp("accounts"))
    for role in (Role.READER, Role.ANALYST, Role.OFFICER):
        access.add(Caller("", Role.ADMINISTRATOR), role.word, role, PASSWORD)
    return access


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of Licet's own."""
    monkeypatch.setenv("LICET_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def desk(service: Service, doors: Access, own_home: Path) -> Visitor:
    """An administrator at the desk, where no ledger is set up."""
    return Visitor(service, doors)


@pytest.fixture
def keeping(checker: Checker, doors: Access, own_home: Path) -> Iterator[Visitor]:
    """An analyst at the desk, where a ledger keeps decisions."""
    own_home.mkdir()
    ledger = begun(own_home)
    own = replace(checker, screening=None)
    yield Visitor(Service(own, Keeper(own, ledger, "the server")), doors, Role.ANALYST.word)
    ledger.store.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("these tests need Chromium: apt-get install chromium (.ci/run does)")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def serve(app: FastAPI) -> Iterator[str]:
    """The address of an application that is served in this process."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def live(checker: Checker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    home = tmp_path_factory.mktemp("home")
    access = access_in(home / "accounts")
    ledger = begun(home)
    own = replace(checker, screening=None)
    with pytest.MonkeyPatch.context() as patched:
        load_lists(home, patched)
        for base in serve(app_of(Service(own, Keeper(own, ledger, "the server"), own=home), access)):
            yield Live(base, access)
    ledger.store.close()


@pytest.fixture
def opened(chromium: Browser, live: Live) -> Iterator[Callable[..., Seen]]:
    """Opens pages of contexts of their own, signed in or not; at the end nothing may have been wrong."""
    seen: list[Seen] = []

    def opens(signed_in: bool = True, language: str = "en", scripts: bool = True, width: int = WIDE[0]) -> Seen:
        context = chromium.new_context(
            locale="en-US",
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        cookies = {"licet_lang": language}
        if signed_in:
            cookies["licet_session"] = live.access.sign_in(OFFICER, PASSWORD, "a test")
        context.add_cookies([{"name": name, "value": value, "url": live.base} for name, value in cookies.items()])
        seen.append(Seen(context.new_page(), live.base).listen())
        return seen[-1]

    yield opens
    for one in seen:
        one.page.context.close()
        assert not one.wrong


@pytest.fixture
def fresh(tmp_path: Path) -> Access:
    """Accounts of one test alone."""
    return access_in(tmp_path / "accounts")


@pytest.fixture
def nobody(service: Service, fresh: Access, own_home: Path) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(service, fresh, "")
