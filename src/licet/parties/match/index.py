"""The index of names: finds the entries of lists that a party may be, one query or many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from licet.parties.entry import Entry
from licet.parties.match.build import Rows, build_finder, build_rows, build_vocabulary, read_forms
from licet.parties.match.bulk import in_chunks
from licet.parties.match.context import SURE, context, number_key
from licet.parties.match.find import Finder
from licet.parties.match.hit import DEFAULT_THRESHOLD, Hit, Query, Reason
from licet.parties.match.judge import Judge, Judged
from licet.parties.match.vocabulary import Vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CHUNK = 256
FOR_ALL_CORES = 1024  # so many queries are worth sharing out


@dataclass(slots=True)
class Index:
    """Names of entries, ready to be searched.

    `helping` are strings that are no words but help to find rows; `only` tells which entries may be found (None: all).
    """

    entries: Sequence[Entry]
    vocabulary: Vocabulary
    rows: Rows
    helping: dict[str, int]
    matrix: csr_array
    finder: Finder = field(init=False)
    judge: Judge = field(init=False)
    only: NDArray[np.bool_] | None = field(init=False, default=None)
    numbers: dict[str, list[int]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.finder = Finder(self.vocabulary, self.rows, self.helping, self.matrix)
        self.judge = Judge(self.entries, self.vocabulary, self.rows)

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> Index:
        """An index over these entries."""
        kept = list(entries)
        read = read_forms(kept)
        vocabulary = build_vocabulary(read)
        rows = build_rows(read, vocabulary)
        return cls(kept, vocabulary, rows, *build_finder(kept, read, vocabulary, rows))

    def among(self, only: NDArray[np.bool_]) -> Index:
        """The same index, in which only some of the entries (yes or no for each) are found."""
        made = copy(self)
        made.only, made.numbers, made.finder = only, None, self.finder.among(only)
        return made

    def search(self, query: Query, limit: int = 5, threshold: float = DEFAULT_THRESHOLD) -> list[Hit]:
        """The entries that a party may be, best first, with the reasons of their scores."""
        return [self.judge.hit(one) for one in self.judged([query], limit, threshold)[0]]

    def search_many(
        self, queries: Sequence[Query], limit: int = 5, threshold: float = DEFAULT_THRESHOLD
    ) -> list[list[Hit]]:
        """The same for many parties, on all cores where they are many."""
        return list(self.stream(queries, limit, threshold))

    def stream(
        self, queries: Sequence[Query], limit: int = 5, threshold: float = DEFAULT_THRESHOLD
    ) -> Iterator[list[Hit]]:
        """The same, one after the other as they are found."""
        chunks = [queries[start : start + CHUNK] for start in range(0, len(queries), CHUNK)]
        shared = len(queries) >= FOR_ALL_CORES
        for found in in_chunks(self, chunks, limit, threshold, shared):
            for judged in found:
                yield [self.judge.hit(one) for one in judged]

    def judged(self, queries: Sequence[Query], limit: int, threshold: float) -> list[list[Judged]]:
        """The entries that these parties may be, by number."""
        found = []
        for query, rows in zip(queries, self.finder.find(queries, threshold), strict=True):
            judged = self.judge.judge(query, rows, limit, threshold)
            short = self.finder.abbreviated(query)
            if len(short):
                judged = self.judge.abbreviated(query, short, judged, limit, threshold)
            if query.identifiers:
                judged = self._by_number(query, judged, limit, threshold)
            found.append(judged)
        return found

    def silent(self, queries: Sequence[Query], threshold: float = DEFAULT_THRESHOLD) -> list[bool]:
        """Whether nothing is found for each, among whichever of the entries: every row that could be is compared."""
        return [
            not query.identifiers and not found
            for start in range(0, len(queries), CHUNK)
            for query, found in self._everything(queries[start : start + CHUNK], threshold)
        ]

    def _everything(self, queries: Sequence[Query], threshold: float) -> Iterator[tuple[Query, list[Judged]]]:
        among = self.finder.find(queries, threshold, len(self.rows.entry))
        for query, rows in zip(queries, among, strict=True):
            judged = self.judge.judge(query, rows, 1, threshold)
            short = self.finder.abbreviated(query)
            yield query, self.judge.abbreviated(query, short, judged, 1, threshold) if len(short) else judged

    def _by_number(self, query: Query, judged: list[Judged], limit: int, threshold: float) -> list[Judged]:
        """Entries with a number that was asked for are found whatever their name."""
        if self.numbers is None:
            self.numbers = {}
            for place, entry in enumerate(self.entries):
                if self.only is not None and not self.only[place]:
                    continue
                for identifier in entry.identifiers:
                    self.numbers.setdefault(number_key(identifier.value), []).append(place)
        found = {one.entry: one for one in judged}
        same = {place for key in map(number_key, query.identifiers) if key for place in self.numbers.get(key, ())}
        for place in sorted(same) if threshold <= SURE else ():
            one = found.get(place) or Judged(place, 0, 0.0, ())
            if one.score < SURE:
                found[place] = replace(one, score=SURE, reasons=self._sure(query, one))
        return sorted(found.values(), key=lambda one: -one.score)[:limit]

    def _sure(self, query: Query, one: Judged) -> tuple[Reason, ...]:
        """The reasons of an entry whose number decides: what its name did not give is made up."""
        known = one.reasons or tuple(context(query, self.entries[one.entry]))
        rest = round(SURE - sum(reason.weight for reason in known), 4)
        words = "the name agrees less than the number" if one.reasons else "the name does not agree"
        return (Reason("name", words, rest), *known)
