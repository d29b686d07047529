"""Errors a user can act on.

LicetError              one or more problems, each with a code, a place and what to do
├── CaseError           the case, or what was asked of it, cannot be read   (exit code 2)
└── LawError            a law file is wrong                                 (exit code 2)
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input: a file name, a line and column counted from 1, and the path of keys."""

    file: str = ""
    line: int = 0
    column: int = 0
    path: str = ""

    def __str__(self) -> str:
        spot = self.file
        if self.line:
            spot += f":{self.line}:{self.column}" if self.column else f":{self.line}"
        return " ".join(part for part in (spot, f"at {self.path}" if self.path else "") if part)


NOWHERE = Place()
SHOWN = 60  # characters of a wrong word that a message repeats


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `code` is stable; `hint` says what to do."""

    code: str
    message: str
    place: Place = NOWHERE
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.code}: {self.message}"
        if str(self.place):
            text = f"{self.place}: {text}"
        return f"{text} - {self.hint}" if self.hint else text


class LicetError(Exception):
    """Carries its problems, in the order of the input."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def one(cls, code: str, message: str, place: Place = NOWHERE, hint: str = "") -> LicetError:
        """An error with a single problem."""
        return cls([Problem(code, message, place, hint)])


class CaseError(LicetError):
    """The case, or what was asked of it, cannot be read."""


class LawError(LicetError):
    """A law file is wrong."""


def quoted(text: str) -> str:
    """What the input says, in quotes for a message; long texts are cut."""
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


def nearest(word: str, known: Iterable[str], count: int = 3) -> str:
    """A hint naming the known words closest to `word`, or an empty string."""
    if len(word) > SHOWN:
        return ""
    close = difflib.get_close_matches(word, list(known), n=count, cutoff=0.6)
    return f"did you mean {' or '.join(close)}?" if close else ""
