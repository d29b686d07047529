"""The desk over one law: as an application for quick tests, and live for a browser."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright

from licet.api.app import make_app
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.check import Checker
from licet.services.serve import Service
from licet.web.app import add_desk, make_desk
from tests.api.conftest import OFFICER, access_in

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip


def app_of(service: Service, access: Access) -> FastAPI:
    """The HTTP interface with the desk beside it, as `licet serve` puts them together."""
    app = make_app(service, access)
    add_desk(app, make_desk(service))
    return app


def client_of(service: Service, folder: Path) -> TestClient:
    """With the key of an administrator."""
    access = access_in(folder)
    key = access.make_key(Caller("", Role.ADMINISTRATOR), OFFICER, "tests", Role.ADMINISTRATOR)
    client = TestClient(app_of(service, access), base_url="http://localhost", raise_server_exceptions=False)
    client.headers["authorization"] = f"Bearer {key}"
    return client


@pytest.fixture(scope="session")
def service(checker: Checker) -> Service:
    """Without lists and without a ledger."""
    return Service(replace(checker, screening=None))


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of Licet's own."""
    monkeypatch.setenv("LICET_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def desk(service: Service, own_home: Path) -> TestClient:
    """Where whoever is on this machine is its administrator."""
    return client_of(service, own_home / "accounts")


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
