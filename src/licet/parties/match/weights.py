"""What a word of a name says: rare words much, common ones little, legal small words next to nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from licet.parties.names.tables import han_words

STOP_WORDS = frozenset(
    ["of", "and", "the", "for", "in", "by", "to", "at", "on", "no", "named", "bin", "ibn", "bint", "company"]
)
STOP_WEIGHT, LETTER_WEIGHT, NUMBER_WEIGHT, LEAST_WEIGHT = 0.06, 0.3, 0.75, 0.12
SHAPE = 1.25  # how much more a rare word says than a common one
SHORT_SHARE = {2: 0.6, 3: 0.8}  # words of so few letters say less
BONES = {0: 0.0, 1: 0.2, 2: 0.45, 3: 0.7}  # by how many consonants a word has
HAN_WEIGHTS = {"word": 0.32, "place": 0.42, "legal": LEAST_WEIGHT}
COMMON = 0.8  # a word lighter than this is common
NEW_AMONG = 1000  # a word that no list has weighs as the rarest of so many names


def weigh(words: Sequence[str], counts: Counter[str], rows: int) -> NDArray[np.float32]:
    """The weight of each word: rare words say more; stop words, letters and numbers have their own."""
    top = log(max(rows, 10))
    return np.array([weight_of(word, counts[word], rows, top) for word in words], np.float32)


def weight_of(word: str, count: int, rows: int, top: float) -> float:
    """The weight of a word that this many of the rows have; `top` is the logarithm of all."""
    if word in STOP_WORDS:
        return STOP_WEIGHT
    if word.isdigit():
        return NUMBER_WEIGHT
    if len(word) == 1 and word.isascii():
        return LETTER_WEIGHT
    if not word.isascii() and word in han_words():
        return HAN_WEIGHTS[han_words()[word][0]]  # few names are in Chinese, so counts would make each of them rare
    rare = (log(max(rows, 10) / max(count, 1)) / top) ** SHAPE
    return float(max(LEAST_WEIGHT, rare * SHORT_SHARE.get(len(word), 1.0) if word.isascii() else rare))


@lru_cache(maxsize=1 << 16)
def new_weight(word: str) -> float:
    """The weight of a word that no row has."""
    return weight_of(word, 1, NEW_AMONG, log(NEW_AMONG))


def bone_weight(bones: str) -> float:
    """The weight of a word of which only the consonants count."""
    return BONES.get(len(bones), 0.9)
