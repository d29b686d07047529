"""HTTP as uvicorn reads it by llhttp, which is several times as fast as h11, with the limits that it lacks."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST = 64 << 10  # bytes of a request beside its body: of its first line and its headers, or of what follows its body


class Protocol(HttpToolsProtocol):
    """A connection. Without limits a request whose headers never end would fill the memory before anybody looks at it.

    What follows a body that came in chunks is read over: a proxy in front looks at headers, and not there.
    """

    unused = 0  # bytes that came since something was last made of them
    is_body = False

    def data_received(self, data: bytes) -> None:
        """Take bytes in."""
        self.unused += len(data)
        super().data_received(data)
        if self.unused > MOST and not self.transport.is_closing():
            self.send_400_response("A request has too much beside its body.")

    def on_message_begin(self) -> None:
        """A request begins."""
        self.is_body = False
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header has come."""
        if not self.is_body:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """All headers have come. Raises ValueError where they are too much, which ends the connection."""
        self.unused, self.is_body = 0, True
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MOST:
            raise ValueError
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body has come."""
        self.unused = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request has ended."""
        self.unused = 0
        super().on_message_complete()
