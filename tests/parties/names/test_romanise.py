"""Other scripts in Latin letters."""

from __future__ import annotations

import pytest

from licet.parties.names.fold import skeleton
from licet.parties.names.romanise import abjad, cyrillic, korean, latin


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("владимир", "vladimir"),
        ("щукин", "shchukin"),
        ("юрий андропов", "iurii andropov"),
        ("київ", "kiiv"),
        ("ђорђевић", "djordjevic"),
        ("объект", "obekt"),
        ("abc", "abc"),
    ],
)
def test_cyrillic(text: str, spelt: str) -> None:
    assert cyrillic(text) == spelt


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("김정은", "kim jong un"),
        ("박근혜", "pak kun hye"),  # the ends of syllables are said k, t, p
        ("김석덕", "kim sok tok"),
        ("이영덕", "ri yong tok"),
        ("강", "kang"),
        ("sk하이닉스", "sk ha i nik seu"),
        ("lg전자 (주)", "lg jeon ja ( ju )"),
        ("abc", "abc"),
    ],
)
def test_korean(text: str, spelt: str) -> None:
    assert korean(text)[0] == spelt


@pytest.mark.parametrize(
    ("text", "consonants"),
    [("محمد", "mhmd"), ("تهران", "trn"), ("پارس", "brs"), ("قاسم", "ksm"), ("گاز", "gz"), ("שלום", "slvm")],
)
def test_arabic_persian_hebrew_by_consonants(text: str, consonants: str) -> None:
    assert skeleton(abjad(text)) == consonants


def test_what_has_no_table_of_its_own_is_spelt_too() -> None:
    assert latin("Αλέξης").lower() == "alexis"
    assert latin("ไทย").isascii()
