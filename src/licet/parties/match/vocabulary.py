"""The words of all names in an index: their weights, and which of them a word with typing errors may stand for.

Neighbours are found by deletions: two words a few edits apart become the same string when letters are dropped
from both. The hashes of all such strings of the indexed words lie sorted in one array.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from licet.parties.match.weights import new_weight
from licet.parties.match.words import AS_SPELLING, EDIT_COST, LEAST
from licet.parties.names.fold import key

Ints: TypeAlias = NDArray[np.int32]
LONG = 7  # keys from this length on are found with two letters wrong, shorter ones with one
SHORTEST = 4
MOST_EDITS = 3
LONGEST = 24  # of a longer key only the beginning is looked up
READINGS, CONSONANTS, PAIRS, INITIALS = "=", "~", "%", "^"  # marks of strings that are not words of names themselves


@dataclass(slots=True)
class Vocabulary:
    """Words by number with their weights (0 to 1), and the sorted hashes of their keys with letters dropped."""

    words: list[str]
    ids: dict[str, int]
    weights: NDArray[np.float32]
    hashes: NDArray[np.uint32]
    owners: Ints  # the word of each hash

    def weight(self, word: str) -> float:
        """The weight of a word, also of one that no row has."""
        number = self.ids.get(word)
        return float(self.weights[number]) if number is not None else new_weight(word)

    def near(self, words: Sequence[str]) -> list[list[tuple[int, float]]]:
        """For each word the indexed words that it may stand for, itself included, and about how alike they are.

        The likeness is that of the letters alone (see `likeness`), for all words at once.
        """
        found: list[list[tuple[int, float]]] = [[] for _ in words]
        for word, near in zip(words, found, strict=True):
            own = self.ids.get(word)
            if own is not None:
                near.append((own, 1.0))
        keys = [key(word) for word in words]
        places, others = self._close(keys, [word in self.ids for word in words])
        mine, theirs = [words[place] for place in places.tolist()], [self.words[other] for other in others.tolist()]
        longest = np.array([max(len(one), len(other)) for one, other in zip(mine, theirs, strict=True)], np.float32)
        spelt = 1 - EDIT_COST * _distances(mine, theirs) / longest
        keyed = AS_SPELLING * (
            1 - EDIT_COST * _distances([keys[place] for place in places.tolist()], list(map(key, theirs))) / longest
        )
        alike = np.maximum(spelt, keyed)
        kept = np.flatnonzero((alike >= LEAST) & (alike < 1))
        for place, other, how in zip(places[kept].tolist(), others[kept].tolist(), alike[kept].tolist(), strict=True):
            found[place].append((other, how))
        return found

    def _close(self, keys: list[str], known: list[bool]) -> tuple[Ints, Ints]:
        """Places of keys, and for each an indexed word whose key becomes the same when letters are dropped."""
        # A word that lists have is seldom a mistake for another one, so one letter less is dropped from it.
        # One with a digit is the same or another, never nearly the same.
        asked = [
            dropped(text, 1 if is_known else 2) if text.isalpha() else set()
            for text, is_known in zip(keys, known, strict=True)
        ]
        places: Ints = np.repeat(np.arange(len(keys), dtype=np.int32), [len(codes) for codes in asked])
        flat = np.fromiter((code for codes in asked for code in codes), np.uint32, len(places))
        first = np.searchsorted(self.hashes, flat, "left")
        size = np.searchsorted(self.hashes, flat, "right") - first
        starts: NDArray[np.int64] = np.repeat(first - np.concatenate(([0], np.cumsum(size)[:-1])), size)
        owners = self.owners[starts + np.arange(len(starts))]
        both = np.unique(np.repeat(places, size).astype(np.int64) << 32 | owners)
        return (both >> 32).astype(np.int32), (both & 0xFFFFFFFF).astype(np.int32)


def _distances(mine: list[str], theirs: list[str]) -> NDArray[np.float32]:
    """The edits between words, pair by pair; more than a few count as many."""
    return cpdist(mine, theirs, scorer=OSA.distance, score_cutoff=MOST_EDITS, dtype=np.float32)


def dropped(text: str, most: int = 2) -> set[int]:
    """The hashes of a key and of what is left of it without one letter (`most` letters, where it is long)."""
    text = text[:LONGEST]
    found = {crc32(text.encode())}
    if len(text) < SHORTEST:
        return found
    for count in range(1, (most if len(text) >= LONG else 1) + 1):
        for gone in combinations(range(len(text)), count):
            left = text[: gone[0]] + (
                text[gone[0] + 1 : gone[1]] + text[gone[1] + 1 :] if count == 2 else text[gone[0] + 1 :]
            )
            found.add(crc32(left.encode()))
    return found


def hash_words(words: Sequence[str], own: Iterable[int]) -> tuple[NDArray[np.uint32], Ints]:
    """The sorted hashes of these words' keys with letters dropped, and the word of each."""
    codes: list[int] = []
    owners: list[int] = []
    for number in own:
        found = dropped(key(words[number]))
        codes.extend(found)
        owners.extend([number] * len(found))
    hashes = np.array(codes, np.uint32)
    order = np.argsort(hashes, kind="stable")
    return hashes[order], np.array(owners, np.int32)[order]
