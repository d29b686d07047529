"""Questions of the dictionary as pages ask them."""

from __future__ import annotations

import pytest

from licet.facts.dictionary import FactType
from licet.services.check import Checker
from licet.web.controls import asked
from licet.web.labels import labels_of
from licet.web.tongue import Tongue

FACT = FactType(
    "item.test",
    "enum",
    values=("none", "cvd", "plasma_cvd", "cvd_other"),
    ask_en="Is it none or other: plasma_cvd (see 740.plasma_cvd), cvd_other?",
    ask_zh="是none还是plasma_cvd?(cvd)",
    ask_ja="none か plasma_cvd のどれですか（cvd）。",
)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Is it none or other: “plasma CVD” (see 740.plasma_cvd), “cvd other”?"),
        ("zh-Hans", "是“无”还是“等离子体 CVD”?(cvd)"),
        ("ja", "「なし」か「プラズマ CVD」のどれですか（cvd）。"),
    ],
)
def test_a_question_names_its_choices_as_they_are_shown(checker: Checker, language: str, shown: str) -> None:
    assert asked(FACT, labels_of(checker.law.dictionary, Tongue(language))) == shown


def test_a_question_that_a_language_lacks_is_asked_in_english() -> None:
    fact = FactType("item.test", "yes_no", ask_en="Is it?", ask_zh="是吗?")
    assert [fact.ask(language) for language in ("en", "zh", "ja", "de")] == ["Is it?", "是吗?", "Is it?", "Is it?"]
