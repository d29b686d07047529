"""rapidfuzz as people use it: every listed name compared with every query, words sorted, on all cores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz, process, utils

from benchmarks.names.engines import LIMIT, Answer, Engine
from benchmarks.names.lists import key
from benchmarks.names.pairs import Score
from licet.parties.entry import Entry
from licet.parties.match.hit import Query

_CHUNK = 64
_LEAST = 50.0


def prepared(text: str) -> str:
    """A name in ASCII and lower case with its words sorted, so that a plain ratio is the token sort ratio."""
    return " ".join(sorted(utils.default_process(anyascii(text)).split()))


class RapidFuzz:
    """A full scan in the form that its documentation recommends: `cdist`, a cutoff, as many workers as cores."""

    name = "rapidfuzz token_sort"
    threshold = 0.85

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.keys = [key(entry) for entry in entries for _ in entry.names]
        self.names = [prepared(name.text) for entry in entries for name in entry.names]

    def find(self, queries: Sequence[Query]) -> list[Answer]:
        """See `Engine`."""
        answers: list[Answer] = []
        for start in range(0, len(queries), _CHUNK):
            texts = [prepared(query.name) for query in queries[start : start + _CHUNK]]
            table = process.cdist(texts, self.names, scorer=fuzz.ratio, score_cutoff=_LEAST, workers=-1)
            answers += [self._best(row) for row in table]
        return answers

    def _best(self, row: np.ndarray[tuple[int], np.dtype[np.float32]]) -> Answer:
        top = np.argpartition(row, -4 * LIMIT)[-4 * LIMIT :]
        best: dict[str, float] = {}
        for at in top[np.argsort(-row[top], kind="stable")]:
            if row[at] > 0:
                best.setdefault(self.keys[at], float(row[at]) / 100)
        return list(best.items())[:LIMIT]


def engine(name: str, entries: Sequence[Entry]) -> Engine:
    """The engine."""
    return RapidFuzz(entries)


def scorer(name: str) -> Score:
    """The score of two names."""
    return lambda one, other, kind: fuzz.ratio(prepared(one), prepared(other)) / 100
