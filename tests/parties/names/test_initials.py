"""Abbreviations: of names that describe, and only when typed as one."""

from __future__ import annotations

import pytest

from licet.parties.names.initials import abbreviations, asked


def _rare(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Harbin Institute of Technology", "hit"),
        ("Harbin Engineering University", "heu"),
        ("Beijing Institute of Technology", "bit"),
        ("National University of Defense Technology (NUDT)", "nudt"),
        ("University of Electronic Science and Technology of China", "uestc"),
        ("China Electronics Technology Group Corporation", "cetc"),
        ("Semiconductor Manufacturing International Corporation", "smic"),
        ("Semiconductor Manufacturing International (Beijing) Corporation", "smic"),
        ("China Aerospace Science and Industry Corporation Limited", "casic"),
        ("Atomic Energy Organization of Iran", "aeoi"),  # by the letters as written, though atomic is read as nuclear
        ("United Aircraft Corporation", "uac"),
    ],
)
def test_initials_of_what_describes(name: str, letters: str) -> None:
    assert letters in abbreviations(name, _rare)


@pytest.mark.parametrize(
    "name",
    [
        "Taiwan Semiconductor Manufacturing Company",  # no body that goes by its initials
        "Shenzhen Bright Technology Co., Ltd.",
        "Vektraneft Research Institute",  # a name of its own
        "CETC 14th Research Institute",
        "Research Institute",
        "哈尔滨工业大学",
        "",
    ],
)
def test_other_names_have_none(name: str) -> None:
    assert abbreviations(name, _rare) == set()


def test_a_word_that_many_names_have_describes_too() -> None:
    assert abbreviations("Vektra Research Institute", lambda word: word == "vektra") == {"vri"}


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("HIT", "hit"),
        (" CETC ", "cetc"),
        ("H.I.T.", "hit"),
        ("U.E.S.T.C", "uestc"),
        ("Hit", ""),
        ("HI", ""),
        ("HIT Group", ""),
        ("ABCDEFGHI", ""),
        ("ХИТ", ""),
        ("H1T", ""),
        ("", ""),
    ],
)
def test_what_is_typed_as_an_abbreviation(text: str, letters: str) -> None:
    assert asked(text) == letters
