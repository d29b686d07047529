"""Requests that come in while others are answered are answered together: they wait for the disk once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
MOST = 16  # answered together, so that others who wait for the same lock have their turn


@dataclass(slots=True, eq=False)
class Due(Generic[T, R]):
    """A request, and what came of it: its answer, or what went wrong."""

    what: T
    came: R | None = None
    wrong: BaseException | None = None

    @property
    def is_done(self) -> bool:
        """Whether it is answered, or something went wrong."""
        return self.came is not None or self.wrong is not None

    def answer(self) -> R:
        """The answer. Raises what went wrong."""
        if self.came is not None:
            return self.came
        assert self.wrong is not None
        raise self.wrong


class Together(Generic[T, R]):
    """Answers by `answer`, which one thread at a time calls, under the lock, with what is due then.

    Who asks waits in a thread, or in an event loop, for which one thread answers all that wait there.

    It says of each what came of it; who is told nothing comes next. Where it raises, that is what went wrong with each
    that nothing went wrong with before.
    """

    def __init__(self, lock: AbstractContextManager[object], answer: Callable[[Sequence[Due[T, R]]], None]) -> None:
        self.lock, self.answer, self.waiting = lock, answer, deque[Due[T, R]]()
        self.turn: asyncio.Future[None] | None = None  # of the thread that answers who waits in an event loop

    def ask(self, what: T) -> R:
        """The answer to a request. Raises what went wrong."""
        mine = Due[T, R](what)
        self.waiting.append(mine)
        with self.lock:
            while not mine.is_done:  # else who had the lock before took it along
                self._some()
        return mine.answer()

    async def asked(self, what: T) -> R:
        """The same for who waits in an event loop."""
        mine, loop = Due[T, R](what), asyncio.get_running_loop()
        self.waiting.append(mine)
        while not mine.is_done:
            turn = self.turn
            if turn is None or turn.done() or turn.get_loop() is not loop:
                turn = self.turn = loop.run_in_executor(None, self._turn)
            await asyncio.shield(turn)
        return mine.answer()

    def _turn(self) -> None:
        with self.lock:
            self._some()

    def _some(self) -> None:
        due = [self.waiting.popleft() for _ in range(min(len(self.waiting), MOST))]
        try:
            self.answer(due)
            self.waiting.extendleft(one for one in reversed(due) if not one.is_done)
        except BaseException as wrong:
            for one in due:
                one.came, one.wrong = None, one.wrong or wrong
            if not isinstance(wrong, Exception):
                raise
