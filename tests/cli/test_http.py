"""HTTP as it comes in: what has no end is refused before it fills the memory."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from socket import create_connection
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn import Config, Server

from licet.cli.listening import bound
from licet.cli.serve import HTTP

HEAD = b"POST /some?thing=1 HTTP/1.1\r\nhost: here\r\n"
SEEN: list[tuple[bytes, bytes]] = []


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Tells how many bytes of a body came; keeps the headers as they are when all of it is there."""
    assert scope["type"] == "http"
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    SEEN[:] = scope["headers"]
    body = f"{scope['path']} {size}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where it is served."""
    how: dict[str, Any] = {**HTTP, "host": "127.0.0.1", "port": 0, "lifespan": "off"}
    config = Config(echo, **how)
    server, listening = Server(config), bound(config, beside_others=False)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield int(listening.getsockname()[1])
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()


def answer(port: int, *pieces: bytes) -> bytes:
    """All that is answered to pieces of a request, until the connection ends or all is sent and answered."""
    found = b""
    with closing(create_connection(("127.0.0.1", port), 10)) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
            while part := connection.recv(1 << 16):
                found += part
                if b"200 OK" in found and found.rpartition(b"\r\n\r\n")[2]:
                    break
        except ConnectionError:  # it does not listen any more
            pass
    return found


@pytest.mark.parametrize(
    "begin",
    [
        pytest.param(b"", id="a method"),
        pytest.param(b"GET /", id="a path"),
        pytest.param(HEAD + b"x-long: ", id="a header"),
        pytest.param(HEAD + b"x-", id="the name of a header"),
        pytest.param(HEAD + b"transfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nx-long: ", id="a trailer"),
        pytest.param(HEAD + b"transfer-encoding: chunked\r\n\r\n2;", id="an extension of a chunk"),
    ],
)
def test_what_has_no_end_is_refused(port: int, begin: bytes) -> None:
    told = answer(port, begin, *[b"a" * 10_000] * 50)
    assert told.startswith(b"HTTP/1.1 400") or told == b""  # where it ended before the answer was read
    assert b"200 OK" not in told


def test_many_headers_that_end_are_too_much_too(port: int) -> None:
    told = answer(port, HEAD, *[b"x-a: b\r\n" * 1000] * 50)
    assert b"200 OK" not in told
    told = answer(port, HEAD + b"transfer-encoding: chunked\r\n\r\n0\r\n", *[b"x-a: b\r\n" * 1000] * 50)
    assert b"200 OK" not in told


def test_what_follows_a_body_is_no_header(port: int) -> None:
    told = answer(port, HEAD + b"transfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nx-forwarded-for: there\r\n\r\n")
    assert told.endswith(b"/some 2")
    assert [name for name, _ in SEEN] == [b"host", b"transfer-encoding"]


def test_a_body_may_be_larger_than_what_stands_beside_it(port: int) -> None:
    pieces = [b"1000\r\n" + b"x" * 4096 + b"\r\n"] * 100
    told = answer(port, HEAD + b"transfer-encoding: chunked\r\n\r\n", *pieces, b"0\r\n\r\n")
    assert told.endswith(b"/some 409600")


@pytest.mark.parametrize("wrong", [b"GET /\xc3\xa4 HTTP/1.1\r\n\r\n", b"\x00\x01\r\n\r\n"])
def test_what_is_no_http_is_refused(port: int, wrong: bytes) -> None:
    assert answer(port, wrong).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("upgrade", [b"h2c", b"websocket"])
def test_a_client_that_would_like_another_protocol_is_answered_in_this_one(port: int, upgrade: bytes) -> None:
    """Some ask for HTTP/2 with their first request, which has a body like any other."""
    head = HEAD + b"connection: Upgrade, HTTP2-Settings\r\nupgrade: " + upgrade + b"\r\nhttp2-settings: AAMAAABk\r\n"
    assert answer(port, head + b"content-length: 3\r\n\r\n", b"abc").endswith(b"/some 3")


@pytest.mark.parametrize("then", [b"GARBAGE\x00\r\n\r\n", b"GET / HTTP/1.1\r\nhost: here\r\nx: " + b"a" * 300_000])
def test_what_is_wrong_later_takes_no_answer_away(port: int, then: bytes) -> None:
    told = answer(port, HEAD + b"content-length: 2\r\n\r\nab" + then)
    assert told.startswith(b"HTTP/1.1 200") and b"/some 2" in told
