"""Licet's own index as an engine of the benchmark."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.names.engines import LIMIT, Answer, Engine
from benchmarks.names.lists import key
from licet.parties.entry import Entry
from licet.parties.match.hit import DEFAULT_THRESHOLD, Query
from licet.parties.match.index import Index

_LEAST = 0.5


class Own:
    """The index, searched in bulk; `least` is the score under which it need not answer."""

    threshold = DEFAULT_THRESHOLD

    def __init__(self, index: Index, name: str = "Licet", least: float = _LEAST) -> None:
        self.index, self.name, self.least = index, name, least

    def find(self, queries: Sequence[Query]) -> list[Answer]:
        """See `Engine`."""
        found = self.index.search_many(queries, limit=LIMIT, threshold=self.least)
        return [[(key(hit.entry), hit.score) for hit in hits] for hits in found]


def engine(name: str, entries: Sequence[Entry]) -> Engine:
    """The engine."""
    return Own(Index.build(entries))
