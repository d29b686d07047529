"""Misspelt words of trades and legal forms, and two words written as one."""

from __future__ import annotations

import pytest

from licet.parties.names.mend import mend, split


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("cmpany", "company"),
        ("compny", "company"),
        ("companny", "company"),
        ("trahsportation", "transportation"),
        ("technolgy", "technology"),
        ("limted", "limited"),
        ("company", "company"),
        ("huawei", "huawei"),
        ("bark", "bark"),  # too short to say whether a bank is meant
        ("zz", "zz"),
    ],
)
def test_one_letter_wrong(word: str, mended: str) -> None:
    assert mend(word) == mended


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("yingsaeirelectronic", ("yingsaeir", "electronic")),
        ("huaweitechnology", ("huawei", "technology")),
        ("technologyhuawei", ("technology", "huawei")),
        ("petro", ("petro",)),
        ("electronics", ("electronics",)),
        ("morgan", ("morgan",)),
    ],
)
def test_two_words_in_one(word: str, parts: tuple[str, ...]) -> None:
    assert split(word) == parts
