"""Two names without an index."""

from __future__ import annotations

import pytest

from licet.parties.match.index import Index
from licet.parties.match.pairs import comparable, plain_weight, score_pair, sides
from licet.parties.names.form import CONSONANTS, HAN, LATIN, SPELT, Form

from .making import ENTRIES


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (LATIN, LATIN, True),
        (HAN, HAN, True),
        (CONSONANTS, CONSONANTS, True),
        (LATIN, SPELT, True),
        (LATIN, CONSONANTS, True),
        (SPELT, SPELT, False),  # two names in characters are held against each other as they are
        (HAN, LATIN, False),
        (HAN, SPELT, False),
        (CONSONANTS, SPELT, False),
    ],
)
def test_what_can_be_compared(one: str, other: str, expected: bool) -> None:
    assert comparable(Form(("a",), view=one), Form(("a",), view=other)) is expected
    assert comparable(Form(("a",), view=other), Form(("a",), view=one)) is expected


def test_words_weigh_by_what_is_known_of_them() -> None:
    words = ["of", "v", "technology", "muhammad", "14", "vektra"]
    assert [plain_weight(word) for word in words] == sorted(plain_weight(word) for word in words)


def test_words_weigh_as_in_a_vocabulary() -> None:
    vocabulary = Index.build(ENTRIES).vocabulary
    one, other = "China Electronics Vektra", "China Electronics Dahua"
    assert score_pair(one, other, "firm", vocabulary).score != score_pair(one, other, "firm").score
    assert score_pair(one, one, "firm", vocabulary).score == 1.0


def test_an_arabic_name_is_compared_by_consonants() -> None:
    mine, theirs = sides(Form(("mhmd",), view=CONSONANTS), Form(("the", "muhammad")), None)
    assert (mine.words, theirs.words) == (["mhmd"], ["mhmd"])


@pytest.mark.parametrize(("one", "other"), [("", ""), ("...", "Huawei"), ("Huawei", "华"), ("محمد", "محمد...")])
def test_any_two_texts_have_a_score(one: str, other: str) -> None:
    assert 0.0 <= score_pair(one, other).score <= 1.0
