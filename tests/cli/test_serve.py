"""`licet serve` as a program: one process or several, for this machine or others, with a link where nobody is known."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from typer.testing import CliRunner
from uvicorn.config import STARTUP_FAILURE

from licet.cli import listening, processes, serve, served
from licet.cli.app import build
from licet.cli.processes import Processes
from licet.cli.served import Settings
from licet.facts.errors import CaseError, LicetError
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import open_access
from licet.services.home import home

ROOT, PASSWORD = Caller("", Role.ADMINISTRATOR), "four words of mine"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of Licet's own, in which the law is compiled already."""
    before, folder = home(), tmp_path / "own"
    folder.mkdir()
    for name in ("law", "stamps"):
        if before is not None and (before / name).is_dir():
            (folder / name).symlink_to(before / name)
    monkeypatch.setenv("LICET_HOME", str(folder))
    monkeypatch.delenv("LICET_LEDGER", raising=False)
    return folder


@pytest.fixture
def asked(own: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """How the server was asked to run, instead of running."""
    found: dict[str, Any] = {}
    monkeypatch.setattr(uvicorn, "run", lambda app, **how: found.update(how, app=app))
    monkeypatch.setattr(serve, "application", lambda settings: settings)
    monkeypatch.setattr(listening, "check_address", lambda host, port: None)  # somebody may serve there
    monkeypatch.setenv(served.VARIABLE, "")
    yield found


def run(*words: str) -> tuple[str, str]:
    result = CliRunner().invoke(build("serve"), ["serve", *words])
    if isinstance(result.exception, LicetError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_a_link_is_printed_where_there_is_no_account(asked: dict[str, Any]) -> None:
    first, warned = run("--by", "a server")
    link = first.split()[-1]
    assert link.startswith("http://127.0.0.1:8642/welcome#") and warned == ""
    assert asked["app"] == Settings("a server")
    assert (asked["http"], asked["ws"]) == ("h11", "none")  # whatever else is installed
    second, _ = run()
    assert second.split()[-1] != link
    access = open_access()
    with pytest.raises(CaseError):
        access.make_first(link.partition("#")[2], "Ada", PASSWORD)
    access.make_first(second.split()[-1].partition("#")[2], "Ada", PASSWORD)
    third, _ = run()
    assert "welcome" not in third
    assert asked["proxy_headers"] is False


def test_others_are_served_by_a_name_and_with_a_warning(asked: dict[str, Any]) -> None:
    with pytest.raises(CaseError, match="--name"):
        run("--host", "0.0.0.0")
    told, warned = run("--host", "0.0.0.0", "--name", "licet.example.org", "--name", "licet", "--proxy", "192.0.2.1")
    assert "http://licet.example.org:8642/welcome#" in told and "TLS" in warned
    assert asked["app"].names == ("licet.example.org", "licet")
    assert (asked["host"], asked["proxy_headers"], asked["forwarded_allow_ips"]) == ("0.0.0.0", True, "192.0.2.1")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_where_somebody_serves_already_nothing_is_promised(own: Path, workers: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        with pytest.raises(CaseError, match=f"at port {port} of localhost: .*use"):
            run("--host", "localhost", "--port", port, "--workers", workers)
    assert not (own / "accounts").exists()  # a link that was printed before stays the one that counts


@pytest.mark.parametrize("host", ["203.0.113.1", "no.such.invalid"])
def test_an_address_that_this_machine_has_not_is_told(own: Path, host: str) -> None:
    with pytest.raises(CaseError, match=f"of {host}: ") as told:
        run("--host", host, "--name", "licet")
    assert "--host" in told.value.problems[0].hint


def test_settings_reach_other_processes_by_the_environment(
    asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_several(how: Callable[..., uvicorn.Config], prepared: Callable[[], Settings], module: str) -> int:
        asked.update(vars(how(app=module)) | {"prepared": prepared()})
        return 0

    monkeypatch.setattr(served, "together", lambda service, access, settings: (access.close(), settings)[1])
    monkeypatch.setattr(processes, "by_several", by_several)
    run("--workers", "3", "--by", "a server", "--name", "licet", "--rate", "7", "--port", str(_free_port()))
    assert (asked["app"], asked["workers"], asked["factory"]) == (served.MODULE, 3, True)
    assert asked["prepared"] == Settings("a server", ("licet",), 7)
    monkeypatch.setattr(served, "application", lambda settings: settings)
    assert served.from_environment() == Settings("a server", ("licet",), 7)  # type: ignore[comparison-overlap]


def test_two_processes_serve_and_a_key_that_is_ended_stops_in_both(own: Path) -> None:
    port = _free_port()
    command = [sys.executable, "-m", "licet.cli.main", "serve", "--port", str(port), "--workers", "2"]
    with subprocess.Popen(
        command, env=os.environ | {"LICET_HOME": str(own)}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            link = [process.stdout.readline() for _ in range(3)][-1].strip()
            access = open_access()
            access.make_first(link.partition("#")[2], "Ada", PASSWORD)
            key = access.make_key(ROOT, "Ada", "tests", Role.READER)
            statuses = _until(port, key, 200, 60)
            assert statuses == [200] * len(statuses)
            access.end_key(ROOT, 1)
            ended = time.monotonic()
            _until(port, key, 401, 5)
            assert time.monotonic() - ended < 5
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture
def several() -> uvicorn.Config:
    """How two processes would serve something small, which says by whom it is asked."""
    if sys.platform != "linux":
        pytest.skip("processes that are made from one another")
    return uvicorn.Config(_small, factory=True, host="127.0.0.1", port=_free_port(), workers=2, log_level="critical")


def _small() -> FastAPI:
    app = FastAPI()
    app.get("/who")(os.getpid)
    return app


@contextmanager
def serving(config: uvicorn.Config) -> Iterator[set[int]]:
    """Several processes in a process of their own; which of them answered."""
    parent = multiprocessing.get_context("fork").Process(target=lambda: sys.exit(Processes(config).run()))
    parent.start()
    try:
        yield _who(config.port, 2)
    finally:
        parent.terminate()
        parent.join(20)
        assert parent.exitcode == 0


def _who(port: int, number: int, but: int = 0) -> set[int]:
    """The processes that answer, once there are so many, and none of them is the one that has ended."""
    found, until = set[int](), time.monotonic() + 20
    while time.monotonic() < until and len(found - {but}) < number:
        try:
            found.add(int(httpx.get(f"http://127.0.0.1:{port}/who", timeout=15).text))
        except httpx.TimeoutException:
            raise
        except httpx.TransportError:
            time.sleep(0.05)
    return found - {but}


def test_one_that_ends_is_followed_by_another_and_nobody_waits(several: uvicorn.Config) -> None:
    with serving(several) as first:
        assert len(first) == 2
        ended = min(first)
        os.kill(ended, signal.SIGKILL)
        began = time.monotonic()
        _who(several.port, 1, ended)  # what was under way in it fails at once, and nothing waits for it
        assert time.monotonic() - began < 15
        then = _who(several.port, 2, ended)
        assert len(then) == 2 and max(first) in then
    with pytest.raises(httpx.TransportError):
        httpx.get(f"http://127.0.0.1:{several.port}/who", timeout=5)


@pytest.mark.parametrize("wrong", [CaseError.one("E_LEDGER", "the ledger is gone"), ValueError("a fault")])
def test_where_none_can_begin_all_end(
    several: uvicorn.Config, wrong: Exception, capfd: pytest.CaptureFixture[str]
) -> None:
    def application() -> FastAPI:
        raise wrong

    several.app = application
    assert Processes(several).run() == STARTUP_FAILURE
    told = capfd.readouterr().err
    assert str(wrong) in told and ("Traceback" in told) is isinstance(wrong, ValueError)


def test_connections_are_dealt_out_evenly(several: uvicorn.Config) -> None:
    sockets = [listening.bound(several, beside_others=True) for _ in range(2)]
    for each in sockets:
        assert each.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
        each.listen(200)
        each.setblocking(False)
    clients = [socket.create_connection(("127.0.0.1", several.port)) for _ in range(200)]
    taken = [_taken(each) for each in sockets]
    assert sum(taken) == 200 and min(taken) > 50
    for each in (*sockets, *clients):
        each.close()


def _taken(listener: socket.socket) -> int:
    """How many connections wait at a socket."""
    found = 0
    while True:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            return found
        connection.close()
        found += 1


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _until(port: int, key: str, status: int, seconds: float) -> list[int]:
    """Ask anew, each time over another connection, until all of the last twenty answers were so."""
    until, found = time.monotonic() + seconds, list[int]()
    while time.monotonic() < until and (len(found) < 20 or found[-20:] != [status] * 20):
        try:
            headers = {"authorization": f"Bearer {key}"}
            found.append(httpx.get(f"http://127.0.0.1:{port}/v1/me", headers=headers).status_code)
        except httpx.TransportError:
            time.sleep(0.1)
    assert found[-20:] == [status] * 20
    return found
