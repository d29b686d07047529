"""What a job tells while it is done."""

from __future__ import annotations

from typing import Protocol


class Tell(Protocol):
    """Takes how much is done (0 to 1), a word on it, and how many lines, cases and rejected lines there are."""

    def __call__(self, done: float, text: str, lines: int = 0, cases: int = 0, rejected: int = 0) -> None:
        """Tell it."""
