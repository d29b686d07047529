"""The indexed words near a word."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from licet.parties.match.vocabulary import Vocabulary, dropped, hash_words
from licet.parties.match.weights import weigh

WORDS = ["huawei", "vektraneft", "zavyalkin", "mikhail", "putin", "dahua", "ltd14", "wei"]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    weights = weigh(WORDS, Counter(WORDS), 100)
    own = [number for number, word in enumerate(WORDS) if word.isalpha()]
    return Vocabulary(WORDS, {word: number for number, word in enumerate(WORDS)}, weights, *hash_words(WORDS, own))


def near(vocabulary: Vocabulary, word: str) -> dict[str, float]:
    return {vocabulary.words[number]: alike for number, alike in vocabulary.near([word])[0]}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("hauwei", "huawei"),  # two letters changed places
        ("huawe", "huawei"),
        ("huaweii", "huawei"),
        ("vectraneft", "vektraneft"),
        ("vektranft", "vektraneft"),
        ("zavialkin", "zavyalkin"),  # romanised otherwise
        ("mihail", "mikhail"),
        ("poutine", "putin"),
    ],
)
def test_a_misspelt_word_finds_its_own(vocabulary: Vocabulary, word: str, meant: str) -> None:
    found = near(vocabulary, word)
    assert list(found) == [meant]
    assert 0.6 < found[meant] < 1


def test_a_word_finds_itself_first(vocabulary: Vocabulary) -> None:
    for word in WORDS:
        assert vocabulary.near([word])[0][0] == (WORDS.index(word), 1.0)


@pytest.mark.parametrize("word", ["ltd15", "wen", "xyz", "a", "b" * 500])
def test_what_is_another_word_finds_none(vocabulary: Vocabulary, word: str) -> None:
    assert near(vocabulary, word) == {}


def test_many_words_at_once_find_what_each_finds(vocabulary: Vocabulary) -> None:
    asked = ["hauwei", "putin", "nothing", "ltd14"]
    assert vocabulary.near(asked) == [vocabulary.near([word])[0] for word in asked]
    assert vocabulary.near([]) == []


def test_a_new_word_weighs_as_a_rare_one(vocabulary: Vocabulary) -> None:
    assert vocabulary.weight("zzyzx") == pytest.approx(1.0)
    assert vocabulary.weight("huawei") == pytest.approx(float(vocabulary.weights[0]))


def test_strings_without_letters_are_few() -> None:
    assert len(dropped("abc")) == 1
    assert len(dropped("abcdef")) == 7
    assert len(dropped("abcdefgh")) == 1 + 8 + 28
    assert len(dropped("abcdefgh", 1)) == 9
    assert len(dropped("abcdefghijklmnopqrstuvwxyz" * 20)) <= 1 + 24 + 24 * 23 // 2


def test_hashes_are_sorted() -> None:
    hashes, owners = hash_words(WORDS, range(len(WORDS)))
    assert (np.diff(hashes.astype(np.int64)) >= 0).all()
    assert len(hashes) == len(owners)
