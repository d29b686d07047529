"""Requests that come in while others are answered are answered together: they wait for the disk once."""

from __future__ import annotations

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


class Together(Generic[T, R]):
    """Answers by `answer`, which one thread at a time calls, under the lock, with what is due then.

    It says of each what came of it; who is told nothing comes next. Where it raises, that is what went wrong with each
    that nothing went wrong with before.
    """

    def __init__(self, lock: AbstractContextManager[object], answer: Callable[[Sequence[Due[T, R]]], None]) -> None:
        self.lock, self.answer, self.waiting = lock, answer, deque[Due[T, R]]()

    def ask(self, what: T) -> R:
        """The answer to a request. Raises what went wrong."""
        mine = Due[T, R](what)
        self.waiting.append(mine)
        with self.lock:
            while mine.came is None and mine.wrong is None:  # else who had the lock before took it along
                self._some([self.waiting.popleft() for _ in range(min(len(self.waiting), MOST))])
        if mine.came is not None:
            return mine.came
        assert mine.wrong is not None
        raise mine.wrong

    def _some(self, due: Sequence[Due[T, R]]) -> None:
        try:
            self.answer(due)
            self.waiting.extendleft(one for one in reversed(due) if one.came is None and one.wrong is None)
        except BaseException as wrong:
            for one in due:
                one.came, one.wrong = None, one.wrong or wrong
            if not isinstance(wrong, Exception):
                raise
