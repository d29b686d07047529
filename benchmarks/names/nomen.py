"""nomenklatura as its command `match` uses it: candidates from its index, each scored by one of its algorithms.

Its packages are imported when the engine is asked for, since they come with the extra `bench` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from benchmarks.names.engines import LIMIT, Answer, Engine
from benchmarks.names.lists import key
from benchmarks.names.pairs import Score
from licet.parties.entry import Entry
from licet.parties.match.hit import Query

_SCHEMATA = {"firm": "Organization", "person": "Person", "vessel": "Vessel", "aircraft": "Airplane"}
_NUMBERS = count()  # it remembers the names of an entity by its id, so no id may come twice


class Nomenklatura:
    """The index in memory and DuckDB, and an algorithm over its candidates."""

    threshold = 0.70

    def __init__(self, algorithm: str, entries: Sequence[Entry]) -> None:
        part = import_module
        self.name = f"nomenklatura {algorithm}"
        self.algorithm = part("nomenklatura.matching").get_algorithm(algorithm)
        self.config = self.algorithm.default_config()
        self.dataset = part("followthemoney.dataset").Dataset({"name": "bench", "title": "bench"})
        self.entity = part("followthemoney").StatementEntity
        store = part("nomenklatura.store.memory").MemoryStore(self.dataset, self._resolver())
        writer = store.writer()
        self.listed = {}
        for entry in entries:
            entity = self.made(key(entry), [name.text for name in entry.names], entry.kind)
            self.listed[key(entry)] = entity
            writer.add_entity(entity)
        writer.flush()
        self.index = part("nomenklatura.blocker.index").Index(store.view(self.dataset), Path(mkdtemp()))
        self.index.build()

    def _resolver(self) -> Any:
        return import_module("nomenklatura.resolver").Linker({})

    def made(self, name: str, names: list[str], kind: str) -> Any:
        """An entity of this kind with these names."""
        data = {"id": name, "schema": _SCHEMATA.get(kind, "LegalEntity"), "properties": {"name": names}}
        return self.entity.from_data(self.dataset, data)

    def find(self, queries: Sequence[Query]) -> list[Answer]:
        """See `Engine`."""
        numbered = zip(queries, _NUMBERS, strict=False)
        asked = {f"q{number}": self.made(f"q{number}", [query.name], query.kind) for query, number in numbered}
        answers: dict[str, Answer] = {}
        for identifier, candidates in self.index.match_entities(asked.values()):
            name = str(identifier)
            scored = [(str(listed), self._score(asked[name], str(listed))) for listed, _ in candidates]
            answers[name] = sorted(scored, key=lambda pair: -pair[1])[:LIMIT]
        return [answers.get(name, []) for name in asked]

    def _score(self, query: Any, listed: str) -> float:
        return float(self.algorithm.compare(query, self.listed[listed], self.config).score)


def engine(name: str, entries: Sequence[Entry]) -> Engine:
    """The engine with this algorithm."""
    return Nomenklatura(name, entries)


def scorer(name: str) -> Score:
    """The score of two names."""
    engine = Nomenklatura(name, [])

    def score(one: str, other: str, kind: str) -> float:
        asked, listed = (engine.made(f"p{next(_NUMBERS)}", [name], kind) for name in (one, other))
        return float(engine.algorithm.compare(asked, listed, engine.config).score)

    return score
