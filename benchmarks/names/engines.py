"""What is measured: engines that look names up in a list, each loaded when asked for, since peers may be missing."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from licet.parties.entry import Entry
from licet.parties.match.hit import Query

LIMIT = 5  # hits kept for a name
Answer = list[tuple[str, float]]


class Engine(Protocol):
    """An engine with its list loaded. `threshold`: from which score it alerts, as its makers set it."""

    name: str
    threshold: float

    def find(self, queries: Sequence[Query]) -> list[Answer]:
        """For each name the entries, as `lists.key` gives them, with a score of 0 to 1, best first, at most LIMIT."""
        ...


MODULES = {"licet": "own", "rapidfuzz": "fuzzy", "logic-v2": "nomen", "name-based": "nomen"}


class Missing(Exception):
    """An engine is not installed."""


def load(name: str, entries: Sequence[Entry]) -> Engine:
    """The engine of this name over these entries; `Missing` says what to install."""
    try:
        module = import_module(f"benchmarks.names.{MODULES[name]}")
        return cast(Engine, module.engine(name, entries))
    except ModuleNotFoundError as error:
        raise Missing(f"{name}: needs {error.name} (pip install 'licet[bench]')") from error
