"""What words weigh."""

from __future__ import annotations

from collections import Counter

import pytest

from licet.parties.match.weights import (
    LEAST_WEIGHT,
    LETTER_WEIGHT,
    NUMBER_WEIGHT,
    STOP_WEIGHT,
    bone_weight,
    new_weight,
    weigh,
)


def test_rare_words_say_more_than_common_ones() -> None:
    counts = Counter({"vektraneft": 1, "petrov": 50, "technology": 900})
    weights = weigh(["vektraneft", "petrov", "technology"], counts, 1000).tolist()
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == pytest.approx(1.0)
    assert weights[2] == pytest.approx(LEAST_WEIGHT)


@pytest.mark.parametrize(
    ("word", "weight"), [("of", STOP_WEIGHT), ("14", NUMBER_WEIGHT), ("v", LETTER_WEIGHT), ("华", 1.0), ("vektra", 1.0)]
)
def test_words_of_their_own_kind(word: str, weight: float) -> None:
    assert new_weight(word) == pytest.approx(weight)


def test_short_words_say_less() -> None:
    assert new_weight("ab") < new_weight("abc") < new_weight("abcd")


def test_a_word_of_a_tiny_list_is_no_common_one() -> None:
    assert weigh(["huawei"], Counter({"huawei": 1}), 1).tolist() == [1.0]


def test_consonants_weigh_by_their_number() -> None:
    weights = [bone_weight("bcdfg"[:size]) for size in range(5)]
    assert weights == sorted(weights)
    assert weights[0] == 0
