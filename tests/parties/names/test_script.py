"""Which script a name is in, and look-alike letters put right."""

from __future__ import annotations

import pytest

from licet.parties.names.script import clean, is_han, one_script, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Zürich Łódź", "latin"),
        ("Привет", "cyrillic"),
        ("华为", "han"),
        ("華為", "han"),
        ("Huawei 华为", "han"),
        ("ルネサス東京", "han"),
        ("トヨタ", "kana"),
        ("삼성", "hangul"),
        ("سلام", "abjad"),
        ("שלום", "abjad"),
        ("Αθήνα", "greek"),
        ("हिन्दी", "other"),
        ("123", "other"),
        ("", "other"),
    ],
)
def test_the_script_that_decides(text: str, script: str) -> None:
    assert script_of(text) == script
    assert is_han(text) == (script == "han")


@pytest.mark.parametrize(
    ("mixed", "one"),
    [
        ("Сбeрбанк", "Сбербанк"),  # a Latin e
        ("ПAO", "ПАО"),  # most letters are Latin, but П has no Latin look-alike
        ("ПPABO", "ПРАВО"),
        ("Pоссия", "Россия"),
        ("BМW", "BMW"),  # W has no Cyrillic look-alike
        ("CARGO", "CARGO"),
        ("Карго Trans", "Карго Trans"),  # two words, each in one script
        ("COMПANY", "COMПANY"),  # neither script has all of it
    ],
)
def test_words_of_two_scripts(mixed: str, one: str) -> None:
    assert one_script(mixed) == one


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("A\u200fB\u202e C\u00ad\x00", "AB C"),
        ("Ｆｕｌｌ\tｗｉｄｅ", "Full wide"),
        ("㈱東芝", "(株)東芝"),
        ("a\nb\u2028c", "a b c"),
        ("\ud800x", "x"),
        ("plain", "plain"),
        ("Huawei™ \U0001f642\U0001f3fd", "Huawei    "),  # spelt in letters these would be words of the name
        ("Huawei® ★", "Huawei   "),
        ("№ 5 °", "No 5  "),
    ],
)
def test_marks_that_do_not_show_are_gone(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
