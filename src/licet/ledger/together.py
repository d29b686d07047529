"""What several threads have ready to be kept at one time goes to the disk together: that is what takes longest."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True, eq=False)
class Due(Generic[T, R]):
    """Something to be kept, and what came of it: what it was kept as, or why it was not."""

    what: T
    came: R | None = None
    wrong: BaseException | None = None


class Together(Generic[T, R]):
    """Keeps by `write`, which is called by one thread at a time with all that is due then.

    It says of each what came of it; where it raises, nothing of them was kept.
    """

    def __init__(self, write: Callable[[Sequence[Due[T, R]]], None]) -> None:
        self.write, self.waiting, self.lock = write, deque[Due[T, R]](), Lock()

    def keep(self, what: T) -> R:
        """Keep something, beside what others have ready meanwhile. Raises what went wrong."""
        mine = Due[T, R](what)
        self.waiting.append(mine)
        with self.lock:
            if mine.came is None and mine.wrong is None:  # else who had the lock before took it along
                self._all([self.waiting.popleft() for _ in range(len(self.waiting))])
        if mine.wrong is not None:
            raise mine.wrong
        assert mine.came is not None
        return mine.came

    def _all(self, due: Sequence[Due[T, R]]) -> None:
        try:
            self.write(due)
        except BaseException as wrong:
            for one in due:
                one.came, one.wrong = None, wrong
            if not isinstance(wrong, Exception):
                raise
