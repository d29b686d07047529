"""Which rows of an index are worth comparing with a query: those that share weighty words, however they are spelt."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from licet.parties.match.build import ABBREVIATED, MIN_CONSONANTS, Rows, chinese_names, pairs_of_characters
from licet.parties.match.hit import Query
from licet.parties.match.score import worth
from licet.parties.match.sparse import sparse
from licet.parties.match.vocabulary import CONSONANTS, INITIALS, Ints, Vocabulary
from licet.parties.match.weights import bone_weight
from licet.parties.names.fold import skeleton
from licet.parties.names.form import CONSONANTS as CONSONANT_VIEW
from licet.parties.names.form import HAN, Form, query_forms
from licet.parties.names.initials import asked

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MAX_ROWS = 24  # rows that are compared for one form of a query
MAX_TIED = 240  # the same where so many names are alike that only a birth date or a country tells them apart
TIED = 1e-4
MARGIN = 0.12  # how much better words may agree than their strings promise (words run together)
BUDGET = 6000  # rows that the words of one form may touch: the commonest words are left out, the rarest never
MAX_FORMS = 4
MAX_LOOKED = 1 << 17  # words whose neighbours are remembered
Looked = list[tuple[int, float]]


class Finder:
    """Finds rows by the words of a form."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        rows: Rows,
        helping: dict[str, int],
        matrix: csr_array,
    ) -> None:
        self.vocabulary, self.rows, self.helping, self.matrix = vocabulary, rows, helping, matrix
        self.only: NDArray[np.bool_] | None = None
        self.counts = np.diff(matrix.indptr)
        self.looked: dict[str, Looked] = {}

    def among(self, only: NDArray[np.bool_]) -> Finder:
        """The same, in which only rows of some entries are found; it shares what was looked up."""
        made = copy(self)
        made.only = only[self.rows.entry]
        return made

    def find(self, queries: Sequence[Query], threshold: float, most: int = MAX_ROWS) -> list[list[tuple[Form, Ints]]]:
        """For each query its forms with the rows to compare each with, the likeliest rows first, and at `most` so many.

        A few more are compared where so many are equally likely.
        """
        read = [query_forms(query.name, query.kind, self.vocabulary.ids)[:MAX_FORMS] for query in queries]
        flat = [form for found in read for form in found]
        self._look_up({word for form in flat if form.view not in (HAN, CONSONANT_VIEW) for word in form.words})
        places = iter(self._rows(flat, threshold - MARGIN, most))
        return [[(form, next(places)) for form in found] for found in read]

    def abbreviated(self, query: Query) -> Ints:
        """The rows whose initials are asked for; none where the name is not typed as an abbreviation."""
        letters = asked(query.name) if query.kind in ABBREVIATED else ""
        helper = self.helping.get(INITIALS + letters) if letters else None
        if helper is None:
            return np.zeros(0, np.int32)
        at = len(self.vocabulary.words) + helper
        found: Ints = self.matrix.indices[self.matrix.indptr[at] : self.matrix.indptr[at + 1]].astype(np.int32)
        return found if self.only is None else found[self.only[found]]

    def _look_up(self, words: set[str]) -> None:
        """Find the indexed words near these, once for each."""
        if len(self.looked) > MAX_LOOKED:
            self.looked.clear()
        new = [word for word in words if word not in self.looked and word.isascii()]
        for word, near in zip(new, self.vocabulary.near(new), strict=True):
            self.looked[word] = near

    def _rows(self, flat: list[Form], least: float, most: int) -> list[Ints]:
        """The rows for each form."""
        wanted = [self._strings(form) for form in flat]
        start: NDArray[np.int64] = np.zeros(len(flat) + 1, np.int64)
        np.cumsum([len(strings) for strings, _ in wanted], out=start[1:])
        numbers = np.fromiter((n for strings, _ in wanted for n in strings), np.int64, start[-1])
        alike = np.fromiter((a for strings, _ in wanted for a in strings.values()), np.float32, start[-1])
        asked = sparse((alike, numbers, start), shape=(len(flat), self.matrix.shape[0]))
        met = asked @ self.matrix
        return [
            self._best(met.indices[a:b], met.data[a:b], total, least, most)
            for a, b, (_, total) in zip(met.indptr, met.indptr[1:], wanted, strict=False)
        ]

    def _best(
        self,
        places: NDArray[np.int64],
        met: NDArray[np.float32] | NDArray[np.float64],
        total: tuple[float, float],
        least: float,
        most: int,
    ) -> Ints:
        """The rows that share most with a form of this weight; the weight of words left out may be shared by all."""
        whole, left_out = total
        if self.only is not None:
            among = self.only[places]
            places, met = places[among], met[among]
        theirs = self.rows.totals[places]
        met = np.minimum(met, whole) + left_out
        left_mine, left_theirs = np.maximum(0.0, whole - met), np.maximum(0.0, theirs - met)
        reach = worth(left_mine, left_theirs, whole, theirs)
        kept = np.flatnonzero(reach >= least)
        if len(kept) > most:
            tied = int(np.count_nonzero(reach[kept] >= reach[kept].max() - TIED))
            size = min(max(most, tied), MAX_TIED)
            kept = kept[np.argpartition(-reach[kept], size - 1)[:size]]
        best: Ints = places[kept[np.argsort(-reach[kept])]].astype(np.int32)
        return best

    def _strings(self, form: Form) -> tuple[dict[int, float], tuple[float, float]]:
        """The strings to look for with their likeness; the form's weight, and the weight of words left out."""
        found: dict[int, float] = {}
        whole, left_out, used = 0.0, 0.0, 0
        ranked = []
        for word in form.words:
            weight = bone_weight(word) if form.view == CONSONANT_VIEW else self.vocabulary.weight(word)
            ranked.append((weight, self._near(word, form)))
        for weight, near in sorted(ranked, key=lambda item: -item[0]):
            whole += weight
            cost = int(sum(self.counts[number] for number, _ in near))
            if used and used + cost > BUDGET:
                left_out += weight
                continue
            used += cost
            for number, alike in near:
                found[number] = max(found.get(number, 0.0), alike)
        for text, alike in self._helping(form):
            helper = self.helping.get(text)
            if helper is not None:
                found.setdefault(len(self.vocabulary.words) + helper, alike)
        for text in _runs(form):
            joined = self.vocabulary.ids.get(text)
            if joined is not None:
                found.setdefault(joined, 1.0)
        return found, (whole, left_out)

    def _near(self, word: str, form: Form) -> Looked:
        if form.view == CONSONANT_VIEW:
            return []
        if word.isascii() and form.view != HAN:
            return self.looked[word]
        number = self.vocabulary.ids.get(word)
        return [] if number is None else [(number, 1.0)]

    def _helping(self, form: Form) -> list[tuple[str, float]]:
        """Strings other than words: runs written as one, pairs of characters, consonants, Chinese names in pinyin."""
        words = form.words
        if form.view == HAN:
            return [(pair, 0.5) for pair in pairs_of_characters(words)]
        if form.view == CONSONANT_VIEW:
            return [(CONSONANTS + word, 1.0) for word in words]
        found = [(word, 1.0) for word in words if len(word) > 3]
        for word in words:
            if word not in self.vocabulary.ids and len(skeleton(word)) >= MIN_CONSONANTS:
                found.append((CONSONANTS + skeleton(word), 0.6))
        return found + [(name, 1.0) for name in chinese_names(words)]


def _runs(form: Form) -> list[str]:
    """Words that stand side by side, written as one: a row may have them so."""
    words = form.words
    if form.view in (HAN, CONSONANT_VIEW) or len(words) < 2:
        return []
    return [*map("".join, pairwise(words)), "".join(words[:3])]
