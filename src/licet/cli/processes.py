"""Several processes that serve one address.

On Linux each is made from one that has read the law and loaded the program, so all of them start in the time of one and
share what none of them changes; and each has a socket of its own (`licet.cli.listening`).
"""

from __future__ import annotations

import multiprocessing
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess

from fastapi import FastAPI
from uvicorn import Config, Server
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from licet.cli.listening import bound
from licet.facts.errors import LicetError

ENDS = (signal.SIGINT, signal.SIGTERM)
LOOK_SECONDS, CALM_SECONDS, LAST_SECONDS = 0.5, 1.0, 30.0  # between looks; before one is started anew; to end


class Processes:
    """Processes that serve what `application` makes in each of them. One that ends is followed by another."""

    def __init__(self, config: Config) -> None:
        self.config, self.running = config, list[ForkProcess]()
        self.ending = False
        self.failed = 0

    def run(self) -> int:
        """Serve until a signal comes; the exit code."""
        before = [signal.signal(end, self._end) for end in ENDS]
        try:
            self.running = [self._start() for _ in range(self.config.workers)]
            while not self.ending:
                wait([each.sentinel for each in self.running], LOOK_SECONDS)
                self._follow()
        finally:
            self._end_all()
            for end, handler in zip(ENDS, before, strict=True):
                signal.signal(end, handler)
        return self.failed

    def _end(self, *_: object) -> None:
        self.ending = True

    def _start(self) -> ForkProcess:
        """A process with a socket, which stays open nowhere else: connections to one that nobody serves would wait."""
        listening = bound(self.config, beside_others=True)
        process = multiprocessing.get_context("fork").Process(target=_serve, args=(self.config, listening))
        process.start()
        listening.close()
        return process

    def _follow(self) -> None:
        """Start another for each that has ended; end all where one could not begin."""
        for place, process in enumerate(self.running):
            if process.is_alive() or self.ending:
                continue
            if process.exitcode == STARTUP_FAILURE:
                self.ending, self.failed = True, STARTUP_FAILURE
                return
            print(f"A process that serves has ended ({process.exitcode}); another one follows.", file=sys.stderr)
            time.sleep(CALM_SECONDS)
            self.running[place] = self._start()

    def _end_all(self) -> None:
        for process in self.running:
            process.terminate()
        until = time.monotonic() + LAST_SECONDS
        for process in self.running:
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()


def _serve(config: Config, listening: socket.socket) -> None:
    for end in ENDS:  # until the server has its own
        signal.signal(end, signal.SIG_DFL)
    try:
        config.load()
    except Exception as wrong:
        told = [str(wrong)] if isinstance(wrong, LicetError) else traceback.format_exception(wrong)
        print("".join(told), file=sys.stderr)
        sys.exit(STARTUP_FAILURE)
    Server(config).run([listening])


def by_several(how: Callable[..., Config], prepared: Callable[[], FastAPI], module: str) -> int:
    """Serve what `prepared` makes, or where processes cannot be made so what a `module` names; the exit code."""
    if sys.platform == "linux":
        code = Processes(how(app=prepared)).run()
    else:
        config, code = how(app=module), 0
        Multiprocess(config, sockets=[bound(config, beside_others=False)]).run()
    return code
