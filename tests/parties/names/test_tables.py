"""The word tables: each is read, sound in itself, and says what it should."""

from __future__ import annotations

from collections import Counter

import pytest

from licet.parties.names import tables


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("technologies", "technology"),
        ("tekhnologii", "technology"),
        ("zavod", "plant"),
        ("nauchnoproizvodstvennoe", "science"),  # by its beginning
        ("mohammed", "muhammad"),
        ("huawei", "huawei"),
    ],
)
def test_words_that_mean_the_same(word: str, kept: str) -> None:
    assert tables.same_word(word) == kept


@pytest.mark.parametrize(
    "name", ["words.tsv", "given_names.tsv", "stems.tsv", "syllables.tsv", "chinese_surnames.tsv", "legal_forms.tsv"]
)
def test_tables_of_two_columns(name: str) -> None:
    rows = list(tables.rows(name))
    assert rows
    assert all(len(row) == 2 and all(cell == cell.strip() != "" for cell in row) for row in rows)


@pytest.mark.parametrize("name", ["words.tsv", "given_names.tsv", "stems.tsv", "chinese_surnames.tsv"])
def test_no_row_is_given_twice(name: str) -> None:
    counts = Counter(row[0] for row in tables.rows(name))
    assert [word for word, count in counts.items() if count > 1] == []


def test_what_is_kept_stays_as_it_is() -> None:
    kept = set(tables.same_words().values())
    assert {word: tables.same_word(word) for word in kept if tables.same_word(word) != word} == {}


def test_characters_stand_in_one_set() -> None:
    assert {"有限公司", "大学", "北京"} <= set(tables.han_words())
    assert {kind for kind, _ in tables.han_words().values()} == {"legal", "place", "word"}


def test_surnames_and_syllables_by_spelling() -> None:
    assert "zhang" in tables.surnames()["chang"]
    assert "chen" in tables.surnames()["chan"]
    assert tables.syllables()["chang"] >= {"chang", "zhang"}


def test_readings_by_place() -> None:
    assert tables.han_readings("surname")["曾"] == "zeng"
    assert tables.han_readings("nowhere") == {}
