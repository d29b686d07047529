"""Answers short enough for a model to read whole: lists and texts are cut, and what was cut is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from licet.services.proposed.model import Built

T = TypeVar("T")
MOST, MOST_TEXT = 25, 400  # members of a list, characters of a text
_OPTIONS = {"--law-age": "law_age_days", "--list": "lists", "--on": "on"}
NEVER_CLEAR = "Unknown is never a clear"


class Short:
    """Cuts the lists of one answer and keeps what it left out."""

    def __init__(self) -> None:
        self.more: list[str] = []

    def first(self, values: Iterable[T], what: str, most: int = MOST, hint: str = "") -> list[T]:
        """The first of a list; how many more there are is told, with what to do to see them."""
        every = [*values]
        if len(every) > most:
            self.more.append(f"and {len(every) - most:,} more {what}{': ' + hint if hint else ''}")
        return every[:most]


def clip(text: str, most: int = MOST_TEXT) -> str:
    """A text, or its beginning."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def in_arguments(text: str) -> str:
    """A text that speaks of options of the command line, with the arguments that they are here."""
    for option, argument in _OPTIONS.items():
        text = text.replace(option, f"`{argument}`")
    return text


def some(words: Sequence[str], most: int = 4) -> str:
    """A few words in a row, and how many more there are."""
    rest = f" and {len(words) - most} more" if len(words) > most else ""
    return ", ".join(words[:most]) + rest


def things(built: Built) -> dict[str, str]:
    """The things of the case by the keys under which facts say `of`, with what answers call them."""
    return {key: label for label, key in [*built.keys.items()][:MOST]}
