"""A real HTTPS server and a real CONNECT proxy on this machine, for the tests of fetching."""

from __future__ import annotations

import select
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

OPENSSL = shutil.which("openssl")
CA_FILE = "ca.pem"


def make_certificate(folder: Path, name: str = "localhost") -> Path:
    """A certificate that signs itself, with its key, for one host."""
    if OPENSSL is None:
        pytest.skip("the command openssl is not here")
    path = folder / f"{name}.pem"
    command = [
        OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", str(path),
        "-out", str(folder / f"{name}.crt"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    certificate = (folder / f"{name}.crt").read_text(encoding="ascii")
    (folder / CA_FILE).write_text(certificate, encoding="ascii")
    path.write_text(path.read_text(encoding="ascii") + certificate, encoding="ascii")
    return path


@dataclass
class Served:
    """What the server answers, by path, and what it was asked."""

    answers: dict[str, list[Callable[[BaseHTTPRequestHandler], None]]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    def url(self, path: str, host: str = "localhost") -> str:
        """The address of a path."""
        return f"https://{host}:{self.port}/{path}"

    def on(self, path: str, *answers: Callable[[BaseHTTPRequestHandler], None]) -> None:
        """What to answer, one after the other; the last one again and again."""
        self.answers[path] = list(answers)

    def headers(self, turn: int = -1) -> dict[str, str]:
        """What one request said."""
        return self.asked[turn][1]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, served: Served, *details: object) -> None:
        self.served = served
        super().__init__(*details)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].lstrip("/")
        self.served.asked.append((path, {key.lower(): value for key, value in self.headers.items()}))
        answers = self.served.answers.get(path)
        if not answers:
            self.send_error(404)
            return
        (answers.pop(0) if len(answers) > 1 else answers[0])(self)

    def log_message(self, *_details: object) -> None:
        """Nothing is written."""


@contextmanager
def serving(certificate: Path) -> Iterator[Served]:
    """The server, on a port of its own."""
    served = Served()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, served))
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *_details: None  # type: ignore[method-assign]
    served.port = server.server_address[1]
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def file(data: bytes, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer with a file."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        _begin(handler, 200, len(data), headers)
        handler.wfile.write(data)

    return answer


def status(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer with a status and no content."""
    return lambda handler: _begin(handler, code, 0, headers)


def unless_known(data: bytes, etag: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer with a file, or with "not changed" where the request names its tag."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == etag
        (status(304) if known else file(data, ETag=etag))(handler)

    return answer


def cut_short(data: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Announce a file and send half of it."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        _begin(handler, 200, len(data), {})
        handler.wfile.write(data[: len(data) // 2])
        handler.wfile.flush()
        handler.close_connection = True

    return answer


def slowly(data: bytes, pause: float) -> Callable[[BaseHTTPRequestHandler], None]:
    """Send a file byte by byte."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        _begin(handler, 200, len(data), {})
        for byte in data:
            try:
                handler.wfile.write(bytes([byte]))
            except OSError:
                return
            time.sleep(pause)

    return answer


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Send without end, and without saying how much."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True
    try:
        while True:
            handler.wfile.write(b"x" * 65_536)
    except OSError:
        return


def _begin(handler: BaseHTTPRequestHandler, code: int, size: int, headers: dict[str, str]) -> None:
    handler.send_response(code)
    handler.send_header("Content-Length", str(size))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()


@contextmanager
def proxying() -> Iterator[tuple[str, list[str]]]:
    """A proxy that knows CONNECT only: its address, and the hosts it was asked for."""
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_accept, args=(listening, asked), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", asked


def _accept(listening: socket.socket, asked: list[str]) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_tunnel, args=(client, asked), daemon=True).start()


def _tunnel(client: socket.socket, asked: list[str]) -> None:
    with client:
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        target = head.split(b" ")[1].decode()
        asked.append(target)
        with socket.create_connection(("127.0.0.1", int(target.rpartition(":")[2]))) as server:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            while True:
                ready, _, _ = select.select([client, server], [], [], 5)
                for one in ready:
                    data = one.recv(65_536)
                    if not data:
                        return
                    (server if one is client else client).sendall(data)
                if not ready:
                    return
