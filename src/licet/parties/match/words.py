"""How alike two words are, from 0 to 1, and why."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from licet.parties.names.fold import key, skeleton
from licet.parties.names.script import is_han
from licet.parties.names.tables import given_names, han_words, surnames, syllables

SAME, SPELLING, CHINESE, CONSONANTS, EDIT, INITIAL, DIFFERENT = range(7)
LEAST = 0.62  # below it two words are simply different
AS_SPELLING, _AS_CHINESE, _AS_SURNAME, _AS_CONSONANTS, _AS_INITIAL = 0.97, 0.93, 0.82, 0.86, 0.72
EDIT_COST = 1.15
_FIRST_LETTER = 0.08  # the first letter of a word is seldom mistyped
_LONGEST_CHINESE = 14  # letters of two or three syllables
_HALF = 0.5  # words that share their consonants must be alike by as much
_SHORT = 3  # words up to this length must be the same


@lru_cache(maxsize=1 << 18)
def likeness(one: str, other: str) -> tuple[float, int]:
    """The likeness of two words and what it rests on."""
    if one == other:
        return 1.0, SAME
    if not one.isascii() or not other.isascii():
        return _characters(one, other)
    if not one.isalpha() or not other.isalpha():
        return 0.0, DIFFERENT
    first, second = key(one), key(other)
    if first == second and min(len(one), len(other)) >= _SHORT and len(first) > 1:
        return AS_SPELLING, SPELLING
    chinese = _chinese(one, other)
    if chinese:
        return chinese, CHINESE
    if len(one) == 1 or len(other) == 1:
        return (_AS_INITIAL, INITIAL) if one[0] == other[0] else (0.0, DIFFERENT)
    return _spelt(one, other, first, second)


def _chinese(one: str, other: str) -> float:
    """The likeness of two words as spellings of one Chinese word; two words in good pinyin can only be one surname."""
    if readings(one).isdisjoint(readings(other)):
        return 0.0
    if one in _pinyin(one) and other in _pinyin(other):
        mine, theirs = surnames().get(one), surnames().get(other)
        return _AS_SURNAME if mine and theirs and not mine.isdisjoint(theirs) else 0.0
    return _AS_CHINESE


@lru_cache(maxsize=1 << 16)
def _pinyin(word: str) -> frozenset[str]:
    return frozenset(_syllables(word)) if len(word) <= _LONGEST_CHINESE else frozenset()


@lru_cache(maxsize=1 << 16)
def readings(word: str) -> frozenset[str]:
    """The pinyin that a word may stand for: as a surname, or as syllables in pinyin or Wade-Giles; else none."""
    return surnames().get(word, frozenset()) | _pinyin(word)


def _syllables(word: str) -> set[str]:
    """A word as up to three Mandarin syllables, each in pinyin."""
    if not word:
        return {""}
    table = syllables()
    found: set[str] = set()
    for size in range(min(6, len(word)), 0, -1):
        first = table.get(word[:size])
        if first and (rest := _syllables(word[size:])):
            found.update(one + more for one in first for more in rest)
    return found


def _spelt(one: str, other: str, first: str, second: str) -> tuple[float, int]:
    """Two Latin words by their letters: as spelt and by their keys, whichever is nearer.

    Two given names that are known (Husayn, Hasan) are two names.
    """
    shorter = min(len(one), len(other))
    if shorter <= _SHORT or (one in given_names() and other in given_names()):
        return 0.0, DIFFERENT
    near = max(_edits(one, other), _edits(first, second) * AS_SPELLING)
    if one[0] != other[0] and first[0] != second[0]:
        near -= _FIRST_LETTER
    bones = skeleton(one)
    if _HALF <= near < _AS_CONSONANTS and len(bones) >= _SHORT and bones == skeleton(other) and one[0] == other[0]:
        return _AS_CONSONANTS, CONSONANTS
    return (near, EDIT) if near >= LEAST else (0.0, DIFFERENT)


def _edits(one: str, other: str) -> float:
    longest = max(len(one), len(other))
    if abs(len(one) - len(other)) * 3 > longest:
        return 0.0
    return 1 - EDIT_COST * OSA.distance(one, other, score_cutoff=longest // 3 + 1) / longest


def _characters(one: str, other: str) -> tuple[float, int]:
    """Two parts of Chinese names: one character more or less in a longer part is near, another character is not.

    Two known words (工业大学, 工程大学) are two words, however many of their characters they share.
    """
    if not (is_han(one) or is_han(other)):
        return _spelt_other(one, other)
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if len(shorter) >= 2 and shorter in longer:
        return max(LEAST, len(shorter) / len(longer)), EDIT
    if len(shorter) >= 4 and not (one in han_words() and other in han_words()):
        near = 1 - 1.6 * OSA.distance(one, other) / len(longer)
        return (near, EDIT) if near >= LEAST else (0.0, DIFFERENT)
    return 0.0, DIFFERENT


def _spelt_other(one: str, other: str) -> tuple[float, int]:
    near = _edits(one, other)
    return (near, EDIT) if near >= LEAST else (0.0, DIFFERENT)
