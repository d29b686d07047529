"""Several processes that serve one address, each by a socket of its own.

At a socket that all share, whichever looks first takes every connection that waits there, and may be left with nearly
all of them. Between sockets that share only their address Linux deals them out evenly.
"""

from __future__ import annotations

import socket
import sys

from uvicorn import Config
from uvicorn.supervisors import Multiprocess


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
    made.set_inheritable(True)
    return made


class Evenly(Multiprocess):
    """Gives each process that it starts the next socket."""

    def __init__(self, config: Config) -> None:
        bound(config, beside_others=False).close()  # so that nobody else serves here: the next ones would not notice
        self.given: list[socket.socket] = []
        super().__init__(config, [])

    @property
    def sockets(self) -> list[socket.socket]:
        """A socket for the process that is started next. Connections to one that nobody serves would wait for ever."""
        self.let_go()
        self.given = [bound(self.config, beside_others=True)]
        return self.given

    @sockets.setter
    def sockets(self, _: list[socket.socket]) -> None:
        """Nothing is shared."""

    def let_go(self) -> None:
        """Close what belongs to a process that has started."""
        for each in self.given:
            each.close()
        self.given = []

    def keep_subprocess_alive(self) -> None:
        """Start anew what has ended."""
        self.let_go()
        super().keep_subprocess_alive()


def by_several(config: Config) -> None:
    """Serve by as many processes as the configuration says."""
    if sys.platform == "linux":
        Evenly(config).run()
    else:
        Multiprocess(config, sockets=[bound(config, beside_others=False)]).run()
