"""From the text of a case to a decision: days, moments, languages, the age of the law."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from licet.facts.case import Case, parse_day, read_case
from licet.facts.errors import CaseError
from licet.facts.yamltext import read_yaml
from licet.services.check import Checker, Options
from tests.examples import CASES

EXAMPLES = Path(__file__).parents[2] / "examples"


def example(checker: Checker, name: str) -> Case:
    text = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    return read_case(read_yaml(text, name), checker.law.dictionary)


def test_the_day_of_the_options_goes_before_that_of_the_case(checker: Checker) -> None:
    found = checker.check(example(checker, "h800-to-china"), Options(on=date(2022, 10, 25)))
    assert found.on == "2022-10-25"


def test_the_same_case_gives_the_same_decision_twice(checker: Checker) -> None:
    first, second = (checker.check(example(checker, "nxt1980i-to-china"), Options(proof=True)) for _ in range(2))
    assert first == second


def test_deciding_other_cases_in_between_changes_nothing(checker: Checker) -> None:
    before = checker.check(example(checker, "etch-tool-to-cxmt"))
    for path in CASES:
        checker.check(example(checker, path.stem))
    assert checker.check(example(checker, "etch-tool-to-cxmt")) == before


def test_the_language_changes_words_and_nothing_else(checker: Checker) -> None:
    english, chinese = (
        checker.check(example(checker, "etch-tool-to-cxmt"), Options(language=language)) for language in ("en", "zh")
    )
    assert (english.outcome, english.bounds, english.exit_code) == (chinese.outcome, chinese.bounds, chinese.exit_code)
    assert [(q.fact, q.of) for q in english.questions] == [(q.fact, q.of) for q in chinese.questions]
    assert any(a.ask != b.ask for a, b in zip(english.questions, chinese.questions, strict=True))


def test_the_proof_is_built_only_when_asked_for_and_changes_nothing_else(checker: Checker) -> None:
    plain, proved = (checker.check(example(checker, "h800-to-china"), Options(proof=proof)) for proof in (False, True))
    assert plain.proof == ()
    assert proved.proof
    assert plain.jurisdictions == proved.jurisdictions


def test_the_age_of_the_law_is_accepted_only_as_far_as_said(checker: Checker) -> None:
    last = max(i.checked_to for i in checker.law.instruments.values())
    late = last + timedelta(days=30)
    for age, old in ((0, True), (29, True), (2000, False)):
        found = checker.check(
            example(checker, "rtx4090-laptop-to-china"), Options(on=late, law_age=timedelta(days=age))
        )
        assert found.law.as_read is old


@pytest.mark.parametrize("on", ["2022-10-06", "2010-01-01"])
def test_a_day_before_any_law_is_encoded_is_refused_with_the_first_day(checker: Checker, on: str) -> None:
    first = checker.law.encoded_from
    day = min(date.fromisoformat(on), first - timedelta(days=1))
    with pytest.raises(CaseError) as caught:
        checker.check(example(checker, "h800-to-china"), Options(on=day))
    (problem,) = caught.value.problems
    assert problem.code == "E_BEFORE_LAW"
    assert first.isoformat() in problem.hint


def test_several_items_come_to_the_worst_of_them(checker: Checker) -> None:
    text = (EXAMPLES / "rtx4090-desktop-to-china.yaml").read_text(encoding="utf-8")
    other = text.replace(
        "items:\n", "items:\n  - {id: cable, kind: other, components: [], complete: [components]}\n", 1
    )
    one, two = (checker.check(read_case(read_yaml(words, "case"), checker.law.dictionary)) for words in (text, other))
    assert two.bounds.best == one.bounds.best == "licence_required"


def test_a_case_without_items_is_decided_as_a_whole(checker: Checker) -> None:
    case = read_case(
        read_yaml("on: 2024-04-04\nact: support\nshipment: {from: US, to: CN}", "case"), checker.law.dictionary
    )
    assert checker.check(case).outcome == "unknown"


def test_a_moment_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        parse_day("2024-01-31T00:01")
