"""How far two names agree: words paired, what is left over on either side weighed.

What only one side has (a patronymic, a dropped word) speaks mildly against a match; what both sides have and
disagree on (two given names, engineering university and institute of technology) speaks strongly against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from licet.parties.match.weights import COMMON, bone_weight
from licet.parties.match.words import CONSONANTS, DIFFERENT, EDIT, INITIAL, SAME, likeness, readings
from licet.parties.names.fold import skeleton
from licet.parties.names.form import MAX_CHINESE
from licet.parties.names.tables import trades

CONFLICT, EXTRA, SPELLING = 1.7, 0.66, 1.0
LONG = 7  # two common words that differ by letters are two words, no mistake, unless they are this long
FEW = 5  # a whole name of so few letters is an abbreviation (SMIC, SOMIC), and each letter counts
MAX_JOINED = 3
SMALL_WORDS = frozenset(("the", "bin", "ibn", "and", "of"))
MAX_OFF = 2  # letters that a word may be longer or shorter than the run it is written for


@dataclass(frozen=True, slots=True)
class Side:
    """One name: its words, the weight of each, and the sum of the weights."""

    words: Sequence[str]
    weights: Sequence[float]
    total: float


def bones(side: Side) -> Side:
    """A name by the consonants of its words, as it is held against one in Arabic or Hebrew letters."""
    words = [found for word in side.words if word not in SMALL_WORDS and (found := skeleton(word))]
    weights = [bone_weight(word) for word in words]
    return Side(words, weights, sum(weights))


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of one side that stand for words of the other: positions, likeness and what it rests on."""

    mine: tuple[int, ...]
    theirs: tuple[int, ...]
    alike: float
    how: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """The score from 0 to 1, the words paired, and the share of each side's weight that found no partner."""

    score: float
    pairs: tuple[Pair, ...]
    mine_left: float
    theirs_left: float


def agree(mine: Side, theirs: Side) -> Agreement:
    """How far two names agree; not at all where nothing is left of one (a Latin name of vowels, by its consonants)."""
    if not mine.total or not theirs.total:
        return Agreement(0.0, (), 1.0, 1.0)
    pairs = _same(mine.words, theirs.words)
    free_mine = sorted(set(range(len(mine.words))).difference(*(pair.mine for pair in pairs)))
    free_theirs = sorted(set(range(len(theirs.words))).difference(*(pair.theirs for pair in pairs)))
    if free_mine and free_theirs:
        pairs += _alike(mine, theirs, free_mine, free_theirs)
    left_mine, left_theirs, spelt = _left(mine, theirs, pairs)
    score = float(worth(left_mine, left_theirs, mine.total, theirs.total)) - 2 * SPELLING * spelt / (
        mine.total + theirs.total
    )
    return Agreement(max(0.0, score), tuple(pairs), left_mine / mine.total, left_theirs / theirs.total)


def worth(left_mine: Any, left_theirs: Any, mine: Any, theirs: Any) -> Any:
    """The score of two names (or arrays of them) by the weight left over on each side and the whole weight of each."""
    low, high = (min, max) if isinstance(theirs, float) else (np.minimum, np.maximum)
    conflict, extra = low(left_mine, left_theirs), abs(left_mine - left_theirs)
    return 1 - 2 * CONFLICT * conflict / (mine + theirs) - EXTRA * extra / high(mine, theirs)


def _left(mine: Side, theirs: Side, pairs: list[Pair]) -> tuple[float, float, float]:
    """The weight of each side that found no partner, and what is lost where partners are spelt differently."""
    left_mine, left_theirs, spelt = mine.total, theirs.total, 0.0
    for pair in pairs:
        weight = sum([mine.weights[at] for at in pair.mine])
        other = sum([theirs.weights[at] for at in pair.theirs])
        left_mine -= weight
        left_theirs -= other
        spelt += (1 - pair.alike) * max(weight, other)
    return max(0.0, left_mine), max(0.0, left_theirs), spelt


def _same(mine: Sequence[str], theirs: Sequence[str]) -> list[Pair]:
    """Words that both sides have."""
    where: dict[str, list[int]] = {}
    for at, word in enumerate(theirs):
        where.setdefault(word, []).append(at)
    return [Pair((at,), (where[word].pop(0),), 1.0, SAME) for at, word in enumerate(mine) if where.get(word)]


def _alike(mine: Side, theirs: Side, free_mine: list[int], free_theirs: list[int]) -> list[Pair]:
    """Pairs among the words still free, the best first; also words that are written as one on the other side."""
    found: list[Pair] = []
    for one in free_mine:
        for other in free_theirs:
            alike, how = likeness(mine.words[one], theirs.words[other])
            if how == DIFFERENT or (how in (EDIT, CONSONANTS) and _two_words(mine, theirs, one, other)):
                continue
            found.append(Pair((one,), (other,), alike, how))
    for joined in _joined(mine.words, free_mine):
        found.extend(_as_one(mine, theirs, joined, free_theirs))
    for joined in _joined(theirs.words, free_theirs):
        found.extend(Pair(p.theirs, p.mine, p.alike, p.how) for p in _as_one(theirs, mine, joined, free_mine))
    found.sort(key=lambda pair: _rank(mine, theirs, pair))
    taken_mine: set[int] = set()
    taken_theirs: set[int] = set()
    pairs = []
    for pair in found:
        if taken_mine.isdisjoint(pair.mine) and taken_theirs.isdisjoint(pair.theirs):
            taken_mine.update(pair.mine)
            taken_theirs.update(pair.theirs)
            pairs.append(pair)
    return pairs


def _rank(mine: Side, theirs: Side, pair: Pair) -> tuple[float, list[list[str]]]:
    """What a pair explains of both names, the most first; the same whichever name is asked for."""
    weight = sum([mine.weights[at] for at in pair.mine]) + sum([theirs.weights[at] for at in pair.theirs])
    words = [[mine.words[at] for at in pair.mine], [theirs.words[at] for at in pair.theirs]]
    return -pair.alike * weight, sorted(words)


def _two_words(mine: Side, theirs: Side, one: int, other: int) -> bool:
    """Whether two words that differ by a letter are two common words (Jing and Ling) and not one misspelt."""
    longest = max(len(mine.words[one]), len(theirs.words[other]))
    if longest <= FEW and len(mine.words) == len(theirs.words) == 1:
        return True
    if is_chinese(mine.words) and is_chinese(theirs.words):
        return True
    common = max(mine.weights[one], theirs.weights[other]) < COMMON
    return common and min(len(mine.words[one]), len(theirs.words[other])) < LONG


def is_chinese(words: Sequence[str]) -> bool:
    """Whether a name reads as a Chinese person's: two to four words of Mandarin syllables."""
    return 2 <= len(words) <= MAX_CHINESE and all(readings(word) and word not in trades() for word in words)


def _joined(words: Sequence[str], free: list[int]) -> list[tuple[int, ...]]:
    """Runs of two or three free words that stand side by side."""
    runs = []
    for size in range(2, MAX_JOINED + 1):
        for start in range(len(free) - size + 1):
            run = tuple(free[start : start + size])
            if run[-1] - run[0] == size - 1 and len(words) >= size:
                runs.append(run)
    return runs


def _as_one(mine: Side, theirs: Side, run: tuple[int, ...], free: list[int]) -> list[Pair]:
    """A run of words against each free word of the other side."""
    word = "".join([mine.words[at] for at in run])
    found = []
    for other in free:
        if abs(len(theirs.words[other]) - len(word)) > MAX_OFF:
            continue
        alike, how = likeness(word, theirs.words[other])
        if how not in (DIFFERENT, INITIAL):
            found.append(Pair(run, (other,), alike, how))
    return found
