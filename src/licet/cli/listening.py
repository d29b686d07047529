"""Addresses at which one serves: whether it can be done, and sockets for it.

At a socket that several processes share, whichever looks first takes every connection that waits there, and may be left
with nearly all of them. Between sockets that share only their address Linux deals them out evenly.
"""

from __future__ import annotations

import errno
import socket
import sys

from uvicorn import Config

from licet.facts.errors import CaseError

_TAKEN = (errno.EADDRINUSE, errno.EACCES)


def check_address(host: str, port: int) -> None:
    """Raises CaseError where nothing can be served at an address, before anything is said of it."""
    wrong = list[OSError]()
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as bad:
        found, wrong = [], [bad]
    for family, kind, _, _, address in found:
        try:
            with socket.socket(family, kind) as tried:
                if sys.platform != "win32":  # where it would let two serve at one address
                    tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    tried.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                tried.bind(address)
        except OSError as bad:
            wrong.append(bad)
    # A name may stand for an address that this machine has not, beside one that it has.
    if wrong and (len(wrong) >= len(found) or any(bad.errno in _TAKEN for bad in wrong)):
        first = next((bad for bad in wrong if bad.errno in _TAKEN), wrong[0])
        text = f"nothing can be served at port {port} of {host}: {first.strerror}"
        hint = (
            "name another one with --port" if first.errno in _TAKEN else "name an address of this machine with --host"
        )
        raise CaseError.one("E_ADDRESS", text, hint=hint)


def bound(config: Config, beside_others: bool) -> socket.socket:
    """A socket at the address of the configuration. Ends the program where the address is in use."""
    made = config.bind_socket() if not beside_others else _beside(config)
    # It is not said to be TCP, so asyncio would let the end of an answer wait for word of its beginning: 40 ms each.
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _beside(config: Config) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in config.host else socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind((config.host, config.port))
    return made
