"""Compiled law that goes on to serve on another day: never where anything it rests on has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licet.facts.case import read_case
from licet.facts.yamltext import read_yaml
from licet.logic.carried import Dependents
from licet.logic.decide import Decider
from licet.rules.snapshot import snapshot
from licet.services.brief import brief
from licet.services.check import Checker, Options
from tests.examples import CASES

FIRST, LAST = date(2022, 9, 1), date(2026, 7, 1)
DAYS = st.integers(0, (LAST - FIRST).days).map(lambda days: FIRST + timedelta(days=days))


@settings(max_examples=20)  # each compiles the law of several days anew
@given(days=st.lists(DAYS, min_size=2, max_size=3), number=st.integers(0, len(CASES) - 1))
def test_answers_are_those_of_law_compiled_anew(checker: Checker, days: list[date], number: int) -> None:
    text = CASES[number].read_text(encoding="utf-8")
    chained = Checker(checker.law, checker.known, {})
    for day in days:
        own = Checker(checker.law, checker.known, {})
        answers = [
            brief(one, read_case(read_yaml(text, "case"), checker.law.dictionary), Options(on=day))
            for one in (chained, own)
        ]
        assert answers[0] == answers[1]


def test_what_rests_on_a_changed_provision_is_compiled_anew_and_the_rest_is_not(checker: Checker) -> None:
    """On 2 December 2024 the entry 3A090 gained a paragraph c, and many rules that read it stand as they did."""
    before, after = (snapshot(checker.law, day) for day in (date(2024, 12, 1), date(2024, 12, 2)))
    unstable = Dependents(checker.law).unstable(before, after)
    assert "us.ear.ccl.3A090.c" in unstable
    assert "us.ear.rs.advanced_computing_hbm" in unstable
    assert "jp.goods.7.6.i" not in unstable
    first = Decider(before)
    first.evaluator.node("jp.goods.7.6.i")
    second = Decider(after, first, unstable)
    assert second.evaluator.nodes["jp.goods.7.6.i"] is first.evaluator.nodes["jp.goods.7.6.i"]


@pytest.mark.parametrize("name", ["us.group.D5", "us.ear.ccl.3A090.a"])
def test_a_group_or_entry_that_changed_takes_its_readers_along(name: str, checker: Checker) -> None:
    before = snapshot(checker.law, date(2024, 6, 1))
    after = snapshot(checker.law, date(2024, 6, 1))
    held = before.rules[name]
    after.rules[name] = replace(held, members=held.members | {"ZZ"}, known=not held.known)
    graph = Dependents(checker.law)
    assert graph.unstable(before, before) == set()
    assert graph.of[name] <= graph.unstable(before, after)
