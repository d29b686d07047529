"""How alike two words are, and why."""

from __future__ import annotations

import pytest

from licet.parties.match.words import (
    CHINESE,
    CONSONANTS,
    DIFFERENT,
    EDIT,
    INITIAL,
    LEAST,
    SAME,
    SPELLING,
    likeness,
    readings,
)

CASES = [
    ("huawei", "huawei", SAME),
    ("mikhail", "mihail", SPELLING),
    ("dmitry", "dmitrii", SPELLING),
    ("chang", "zhang", CHINESE),
    ("chan", "chen", CHINESE),  # Cantonese
    ("tsolin", "zuolin", CHINESE),  # Wade-Giles
    ("wong", "wang", CHINESE),
    ("husayn", "hasan", DIFFERENT),  # two known names with the same consonants
    ("murtadha", "mortadi", CONSONANTS),
    ("huawei", "hauwei", EDIT),
    ("zavyalkin", "zavyalkyn", SPELLING),
    ("vladimir", "vladimirr", SPELLING),
    ("vektraneft", "vektranft", EDIT),
    ("v", "vladimir", INITIAL),
    ("v", "boris", DIFFERENT),
    ("wei", "wen", DIFFERENT),  # short words are the same or others
    ("14", "15", DIFFERENT),
    ("b52", "b52h", DIFFERENT),
    ("aah", "aaa", DIFFERENT),  # one vowel is left of both
    ("石油化工", "石油", EDIT),
    ("工业大学", "工程大学", DIFFERENT),  # two known words
    ("华为", "华威", DIFFERENT),
    ("赛思倍斯特", "赛思贝斯特", EDIT),
    ("高石早苗", "高市早苗", DIFFERENT),
    ("김정은", "김정운", DIFFERENT),
]


@pytest.mark.parametrize(("one", "other", "how"), CASES)
def test_pairs_of_words(one: str, other: str, how: int) -> None:
    alike, why = likeness(one, other)
    assert why == how
    assert alike == 0 if how == DIFFERENT else LEAST <= alike <= 1
    assert likeness(other, one) == (alike, why)


def test_the_nearer_the_higher() -> None:
    pairs = [
        ("huawei", "huawei"),
        ("mikhail", "mihail"),
        ("chang", "zhang"),
        ("technologia", "tecnologa"),
        ("v", "vova"),
    ]
    scores = [likeness(*pair)[0] for pair in pairs]
    assert scores == sorted(scores, reverse=True)


def test_readings_of_a_spelling() -> None:
    assert "zhang" in readings("chang")
    assert "chen" in readings("chan")
    assert readings("taiming") >= {"taiming", "daiming"}
    assert readings("smith") == frozenset()
    assert readings("x" * 500) == frozenset()
