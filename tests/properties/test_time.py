"""The answer on a day depends only on law in force on that day, and at an hour on the moment alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.facts.case import parse_day, read_case
from licet.facts.elements import line
from licet.facts.numbers import minute_number
from licet.facts.truth import Truth
from licet.facts.yamltext import read_yaml
from licet.logic.decide import Decider
from licet.logic.decision import Decision
from licet.rules.law import Law
from licet.rules.model import Rule, Version
from licet.rules.snapshot import Span, _end, snapshot
from licet.rules.tree import Always
from licet.services.check import Checker, Options
from tests.properties.cases import EXAMPLES, checker, often
from tests.properties.laws import case_of, law, rule, version

RUNS = [
    ("h800-to-china.yaml", "2022-10-25"),
    ("h800-to-china.yaml", "2023-11-20"),
    ("rtx4090-desktop-to-china.yaml", "2024-04-04"),
    ("etch-tool-to-ymtc.yaml", "2022-12-16"),
    ("nxt1980i-to-china.yaml", "2024-09-10"),
    ("machining-centre-to-bishkek.yaml", "2024-03-10"),
    ("quantum-computer-from-jp.yaml", "2024-09-08"),
    ("lng-wind-down-us.yaml", "2024-01-31T00:00-05:00"),
]


def decide(judge: Checker, file: str, when: str) -> Decision:
    """The decision of an example on a day or at a moment."""
    path: Path = EXAMPLES / file
    day, moment = parse_day(when)
    case = read_case(read_yaml(path.read_text(encoding="utf-8"), file), judge.law.dictionary)
    return judge.check(case, Options(on=day, moment=moment))


def changed_elsewhere(whole: Law, span: Span) -> Law:
    """The same law with every version that does not touch the day turned into its opposite, or something else."""
    rules = {
        rule.id: replace(rule, versions=tuple(_changed(rule, v, span) for v in rule.versions))
        for rule in whole.rules.values()
    }
    return replace(whole, rules=rules)


def _changed(rule: Rule, held: Version, span: Span) -> Version:
    if rule.clock != "act" or span.touches(held.start, _end(rule, held)):
        return held
    when = None if held.when is None else Always(value=True)
    return replace(held, when=when, members=("CN", "RU", "NL"), change="changed", status="in_force", sources=())


@pytest.mark.parametrize(("file", "when"), RUNS)
def test_changing_law_of_other_days_changes_nothing(file: str, when: str) -> None:
    day, moment = parse_day(when)
    other = Checker(changed_elsewhere(checker().law, Span(day, moment is not None)), checker().known, {})
    assert decide(other, file, when) == decide(checker(), file, when)


@pytest.mark.parametrize(("file", "when"), RUNS)
def test_what_was_never_law_on_the_day_can_be_left_out_of_the_law(file: str, when: str) -> None:
    day, moment = parse_day(when)
    held = snapshot(checker().law, day, moment is not None).rules
    rules = {name: rule for name, rule in checker().law.rules.items() if name in held or rule.kind == "measure"}
    smaller = Checker(replace(checker().law, rules=rules), checker().known, {})
    first, second = decide(smaller, file, when), decide(checker(), file, when)
    assert (first.outcome, first.bounds, first.coverage) == (second.outcome, second.bounds, second.coverage)


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [
        ("2024-01-31T00:00-05:00", "relief_available"),
        ("2024-01-31T05:00+00:00", "relief_available"),
        ("2024-01-31T13:00+08:00", "relief_available"),
        ("2024-01-30T19:00-10:00", "relief_available"),
        ("2024-01-31T00:01-05:00", "prohibited"),
        ("2024-01-31T05:01+00:00", "prohibited"),
        ("2024-01-31T13:01+08:00", "prohibited"),
        ("2024-01-30T19:01-10:00", "prohibited"),
        ("2024-01-31T08:01+03:00", "prohibited"),
    ],
)
def test_the_wind_down_licence_ends_at_its_last_minute_in_every_zone(moment: str, outcome: str) -> None:
    assert decide(checker(), "lng-wind-down-us.yaml", moment).outcome == outcome


def test_the_last_day_of_the_wind_down_licence_without_its_hour_is_open_and_asks_for_it() -> None:
    found = decide(checker(), "lng-wind-down-us.yaml", "2024-01-31")
    assert (found.outcome, found.bounds.best, found.bounds.worst) == ("unknown", "relief_available", "prohibited")
    assert "case.minute" in {question.fact for question in found.questions}


@pytest.mark.parametrize(("day", "outcome"), [("2024-01-30", "relief_available"), ("2024-02-01", "prohibited")])
def test_the_days_around_it_need_no_hour(day: str, outcome: str) -> None:
    assert decide(checker(), "lng-wind-down-us.yaml", day).outcome == outcome


ZONES = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
MOMENTS = st.builds(
    lambda minutes, zone: (datetime(2024, 1, 31, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(zone),
    st.integers(-4000, 4000),
    ZONES,
)


def at(rules: Rule, moment: datetime) -> Truth:
    """The value of a rule for an act at a moment."""
    judge = Decider(snapshot(law(rules), moment.date(), hour_known=True))
    case = case_of()
    case.root.facts["case.minute"] = (minute_number(moment),) * 2
    return judge.value(rules.id, line(case.root, None))


@often(200)
@given(MOMENTS, MOMENTS, MOMENTS)
def test_at_an_hour_a_version_holds_from_its_first_moment_until_its_last_in_whatever_zone(
    one: datetime, other: datetime, act: datetime
) -> None:
    start, end = sorted((one, other))
    held = rule("need", "requirement", version(Always(value=True), start, end))
    assert at(held, act) is (start <= act < end)


@often(100)
@given(MOMENTS, MOMENTS)
def test_at_an_hour_the_later_version_takes_over_at_its_moment(change: datetime, act: datetime) -> None:
    held = rule("need", "requirement", version(Always(value=False)), version(Always(value=True), change))
    assert at(held, act) is (act >= change)


@often(60)
@given(st.dates(date(2024, 1, 1), date(2024, 1, 20)), st.dates(date(2024, 1, 1), date(2024, 1, 20)), st.integers(0, 9))
def test_a_version_holds_on_its_first_and_on_its_last_day(day: date, start: date, days: int) -> None:
    end = start + timedelta(days=days)
    held = rule("need", "requirement", version(Always(value=True), start, end))
    judge = Decider(snapshot(law(held), day))
    assert judge.value(held.id, line(case_of().root, None)) is (start <= day <= end)
