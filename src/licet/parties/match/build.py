"""Building an index of names from the entries of lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from licet.parties.entry import Entry
from licet.parties.match.score import is_chinese
from licet.parties.match.sparse import sparse
from licet.parties.match.vocabulary import CONSONANTS, INITIALS, PAIRS, READINGS, Ints, Vocabulary, hash_words
from licet.parties.match.weights import COMMON, weigh
from licet.parties.match.words import readings
from licet.parties.names.fold import skeleton
from licet.parties.names.form import CONSONANTS as CONSONANT_VIEW
from licet.parties.names.form import HAN, LATIN, Form, forms
from licet.parties.names.initials import abbreviations
from licet.parties.names.tables import same_words, surnames

if TYPE_CHECKING:
    from scipy.sparse import csr_array

VIEWS = ("latin", "han", "consonants", "spelt")
MAX_FORMS = 3  # readings of one name that are indexed
MIN_CONSONANTS = 3
ABBREVIATED = ("firm", "unknown")  # kinds of parties that go by their initials


@dataclass(slots=True)
class Rows:
    """One row for each reading of each name: entry, name within the entry, view; its words as numbers."""

    entry: Ints
    name: Ints
    view: NDArray[np.int8]
    start: Ints  # of each row's words in `words`, and the end of the last
    words: Ints
    totals: NDArray[np.float32]


def read_forms(entries: Sequence[Entry]) -> list[tuple[int, int, Form]]:
    """Every reading of every name, with its entry and name."""
    found = []
    for number, entry in enumerate(entries):
        seen: set[Form] = set()
        for place, name in enumerate(entry.names):
            for form in forms(name.text, entry.kind)[:MAX_FORMS]:
                if form not in seen:
                    seen.add(form)
                    found.append((number, place, form))
    return found


def build_vocabulary(read: Sequence[tuple[int, int, Form]]) -> Vocabulary:
    """The words of all rows, then the strings that only help to find rows."""
    counts: Counter[str] = Counter()
    for _, _, form in read:
        counts.update(set(form.words))
    words = list(dict.fromkeys([*counts, *_common_words()]))
    weights = weigh(words, counts, len(read))
    ids = {word: number for number, word in enumerate(words)}
    own = [number for number, word in enumerate(words) if word.isascii() and word.isalpha()]
    hashes, owners = hash_words(words, own)
    return Vocabulary(words, ids, weights, hashes, owners)


def _common_words() -> Iterable[str]:
    """Words of firms' names in any list, so that they are known for common ones in a short list as well."""
    return dict.fromkeys(same_words().values())


def build_rows(read: Sequence[tuple[int, int, Form]], vocabulary: Vocabulary) -> Rows:
    """The rows of an index."""
    start: Ints = np.zeros(len(read) + 1, np.int32)
    np.cumsum([len(form.words) for _, _, form in read], out=start[1:])
    words = np.fromiter((vocabulary.ids[word] for _, _, form in read for word in form.words), np.int32, start[-1])
    sums = np.concatenate(([0.0], np.cumsum(vocabulary.weights[words], dtype=np.float64)))
    totals = (sums[start[1:]] - sums[start[:-1]]).astype(np.float32)
    numbers = np.array([(entry, name) for entry, name, _ in read], np.int32).reshape(-1, 2)
    view = np.array([VIEWS.index(form.view) for _, _, form in read], np.int8)
    return Rows(numbers[:, 0].copy(), numbers[:, 1].copy(), view, start, words, totals)


def helpers(form: Form) -> dict[str, float]:
    """Strings that help to find a row and are no words of it, with how many of its words each may stand for."""
    found: dict[str, float] = {}
    words = form.words
    if form.view == HAN:
        return dict.fromkeys(pairs_of_characters(words), 0.8)
    if form.view == CONSONANT_VIEW:
        return {CONSONANTS + word: 0.8 for word in words}
    for one, other in pairwise(words):
        found[one + other] = 2.0
    if len(words) > 2:
        found["".join(words[:3])] = 3.0
    for word in words:
        bones = skeleton(word)
        if len(bones) >= MIN_CONSONANTS:
            found[CONSONANTS + bones] = 0.8
    return found | dict.fromkeys(chinese_names(words), float(len(words)))


def chinese_names(words: Sequence[str]) -> set[str]:
    """The Chinese persons a Latin name may stand for, in pinyin: the surname may be the first or the last word."""
    if not is_chinese(words):
        return set()
    ways = ((words[0], words[1:]), (words[-1], words[:-1]))
    return {
        f"{READINGS}{surname} {given}"
        for first, rest in ways
        for surname in surnames().get(first, ())
        for given in readings("".join(rest))
    }


def pairs_of_characters(words: Sequence[str]) -> set[str]:
    """The pairs of characters of a Chinese name."""
    text = "".join(words)
    return {PAIRS + text[at : at + 2] for at in range(len(text) - 1)}


def initials(entry: Entry, place: int, form: Form, vocabulary: Vocabulary) -> set[str]:
    """Strings for the abbreviations that a name of an entry goes by."""
    if form.view != LATIN or entry.kind not in ABBREVIATED:
        return set()
    ways = abbreviations(entry.names[place].text, lambda word: vocabulary.weight(word) < COMMON)
    return {INITIALS + letters for letters in ways}


def build_finder(
    entries: Sequence[Entry], read: Sequence[tuple[int, int, Form]], vocabulary: Vocabulary, rows: Rows
) -> tuple[dict[str, int], csr_array]:
    """Numbers of the helping strings (after those of the words), and the matrix of strings by rows."""
    numbers: dict[str, int] = {}
    strings: list[int] = []
    places: list[int] = []
    weights: list[float] = []
    for row, (entry, place, form) in enumerate(read):
        own = Counter(vocabulary.ids[word] for word in form.words)
        strings.extend(own)
        weights.extend(vocabulary.weights[number] * times for number, times in own.items())
        extra = helpers(form) | dict.fromkeys(initials(entries[entry], place, form, vocabulary), 1.0)
        share = float(rows.totals[row]) / max(1, len(form.words))
        strings.extend(len(vocabulary.words) + numbers.setdefault(text, len(numbers)) for text in extra)
        weights.extend(share * part for part in extra.values())
        places.extend([row] * (len(own) + len(extra)))
    shape = (len(vocabulary.words) + len(numbers), len(read))
    matrix = sparse((np.array(weights, np.float32), (np.array(strings), np.array(places))), shape=shape)
    return numbers, matrix
