"""The words of all names in an index: their weights, and which of them a word with typing errors may stand for.

Neighbours are found by deletions: two words a few edits apart become the same string when letters are dropped
from both. The hashes of all such strings of the indexed words lie sorted in one array.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from licet.parties.match.words import DIFFERENT, likeness
from licet.parties.names.fold import key

Ints = NDArray[np.int32]
LONG = 7  # keys from this length on are found with two letters wrong, shorter ones with one
SHORTEST = 4
LONGEST = 24  # of a longer key only the beginning is looked up
KEY, CONSONANTS, PAIRS, INITIALS = "=", "~", "%", "^"  # marks of strings that are not words of names themselves


@dataclass(slots=True)
class Vocabulary:
    """Words by number with their weights (0 to 1); keys of words, and the sorted hashes of keys with letters dropped."""

    words: list[str]
    ids: dict[str, int]
    weights: NDArray[np.float32]
    hashes: NDArray[np.uint32]
    owners: Ints  # the word of each hash

    def near(self, words: Sequence[str]) -> list[list[tuple[int, float]]]:
        """For each word the indexed words that it may stand for, with their likeness; itself included."""
        if not words:
            return []
        asked = [dropped(key(word)) for word in words]
        flat = np.fromiter((code for codes in asked for code in codes), np.uint32)
        first = np.searchsorted(self.hashes, flat, "left")
        last = np.searchsorted(self.hashes, flat, "right")
        found: list[list[tuple[int, float]]] = []
        at = 0
        for word, codes in zip(words, asked, strict=True):
            near: set[int] = set()
            for place in range(at, at + len(codes)):
                if last[place] > first[place]:
                    near.update(self.owners[first[place] : last[place]].tolist())
            at += len(codes)
            found.append(self._judged(word, near))
        return found

    def _judged(self, word: str, near: set[int]) -> list[tuple[int, float]]:
        own = self.ids.get(word)
        if own is not None:
            near.add(own)
        judged = ((other, likeness(word, self.words[other])) for other in near)
        return [(other, alike) for other, (alike, how) in judged if how != DIFFERENT]


def dropped(text: str) -> set[int]:
    """The hashes of a key and of what is left of it without one letter (two, where it is long)."""
    text = text[:LONGEST]
    found = {crc32(text.encode())}
    if len(text) < SHORTEST:
        return found
    for count in (1, 2) if len(text) >= LONG else (1,):
        for gone in combinations(range(len(text)), count):
            left = text[: gone[0]] + (text[gone[0] + 1 : gone[1]] + text[gone[1] + 1 :] if count == 2 else text[gone[0] + 1 :])
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
