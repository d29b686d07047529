"""Answers that are used again, for other lines and other days, are those that a check made anew would give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from benchmarks import orders
from hypothesis import given, settings
from hypothesis import strategies as st

from licet.facts.case import Case, read_case
from licet.facts.errors import CaseError
from licet.facts.yamltext import read_yaml
from licet.services.check import Checker, Options
from licet.services.orders.changes import Changes
from licet.services.orders.decide import Decisions
from licet.services.orders.mapping import parse_map
from licet.services.orders.rows import Rows
from tests.examples import FOLDER

DAY = timedelta(days=1)
Make = Callable[[], Case]


class Desk:
    """Keeps answers, and holds each against one made anew."""

    def __init__(self, checker: Checker, law_age: int = 0) -> None:
        self.checker = Checker(checker.law, checker.known, {})
        self.options = Options(law_age=timedelta(days=law_age))
        self.decisions = Decisions(checker, self.options)
        self.rows = Rows(
            parse_map(read_yaml(orders.MAP, "map"), checker.law.dictionary, Path()),
            orders.COLUMNS,
            "book",
            checker.law.dictionary,
        )

    def read(self, text: str, day: date) -> Make:
        """A case as written, on another day."""

        def make() -> Case:
            case = read_case(read_yaml(text, "case"), self.checker.law.dictionary)
            case.on, case.moment = day, None
            return case

        return make

    def line(self, cells: tuple[str, ...], day: date) -> Make:
        """A line of an order book on another day."""

        def make() -> Case:
            case = read_case(self.rows.case(self.rows.said(cells), 1), self.checker.law.dictionary)
            case.on = day
            return case

        return make

    def kept(self, make: Make) -> object:
        """The answer that is kept, if one is."""
        try:
            told = self.decisions.answer(make())
        except CaseError as error:
            return [problem.message for problem in error.problems]
        bounds = (told.outcome, told.best, told.worst, told.coverage, told.exit_code)
        return bounds, sorted(told.jurisdictions), sorted(told.questions)

    def anew(self, make: Make) -> object:
        """The answer of a check."""
        if len(self.checker.deciders) > 4:
            self.checker.deciders.clear()
        try:
            told = self.checker.check(make(), self.options)
        except CaseError as error:
            return [problem.message for problem in error.problems]
        bounds = (told.outcome, told.bounds.best, told.bounds.worst, told.coverage.level, told.exit_code)
        say = sorted(f"{each.id} {each.outcome}" for each in told.jurisdictions if each.say != "no")
        return bounds, say, sorted({question.fact for question in told.questions})

    def same(self, *made: Make) -> None:
        """Decide them in this order, each as it is kept and anew."""
        for make in made:
            assert self.kept(make) == self.anew(make)


@pytest.fixture(scope="module")
def desk(checker: Checker) -> Desk:
    return Desk(checker)


def _example(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def test_a_provision_that_was_suspended_is_asked_about_when_it_is_back(desk: Desk) -> None:
    text = _example("bom/camera-buyer.yaml")
    days = [date(2025, 11, 10), date(2025, 11, 9), date(2025, 11, 8), date(2026, 11, 10), date(2026, 11, 9)]
    desk.same(*(desk.read(text, day) for day in days))


def test_an_answer_stands_for_days_between_which_nothing_turned(desk: Desk) -> None:
    text = _example("quantum-computer-from-fr.yaml")
    desk.kept(desk.read(text, date(2025, 5, 5)))
    before = desk.decisions.evaluated
    for day in (date(2025, 5, 6), date(2025, 5, 5)):
        desk.kept(desk.read(text, day))
    assert desk.decisions.evaluated == before


def test_a_contradiction_names_its_own_line_and_day(desk: Desk) -> None:
    text = (
        "case: x\non: 2024-03-05\nact: in_country_transfer\nshipment: {from: DE, to: FR}\n"
        "parties: [{role: [end_user], name: A firm}]\nitems: [{kind: integrated_circuit, tpp: 4000, rates: "
        "[{tops: 100, bits: 8}]}]\n"
    )
    desk.same(*(desk.read(text.replace("4000", tpp), date(2024, 3, day)) for tpp in ("4000", "3") for day in (5, 6)))


def test_papers_count_by_their_days(desk: Desk) -> None:
    text = (
        "case: x\non: 2024-03-05\nact: export\nshipment: {from: DE, to: CN, exporter_country: DE}\n"
        "complete: [items, parties]\nparties: [{role: [purchaser, end_user], name: A firm, country: CN}]\n"
        "items: [{kind: machine_tool, declared: {eu: 2B001.b, us: EAR99}}]\nheld: [{id: l, kind: licence, "
        "for: eu.dual-use, covers_item: yes, from: 2024-03-01, until: 2024-03-10}]\n"
    )
    days = [date(2024, 3, day) for day in (5, 10, 11, 1)] + [date(2024, 2, 29)]
    desk.same(*(desk.read(text, day) for day in days))


def test_numbers_count_by_the_lines_they_lie_between(desk: Desk) -> None:
    said = {"kind": "integrated_circuit", "to": "CN", "country": "CN", "from": "US", "customer": "A firm"}
    figures = ("4799", "4800", "4801", "1600", "1599.99", "2400", "1600..4800", "4799..4801", "")
    cells = [
        tuple((said | {"tpp": tpp, "density": "5.92"}).get(name, "") for name in orders.COLUMNS) for tpp in figures
    ]
    desk.same(*(desk.line(each, day) for day in (date(2023, 11, 16), date(2023, 11, 17)) for each in cells))


def test_an_old_law_is_accepted_as_far_as_asked(checker: Checker) -> None:
    desk = Desk(checker, law_age=30)
    text = _example("quantum-computer-from-fr.yaml")
    ends = sorted({each.checked_to for each in checker.law.instruments.values()})
    days = [end + timedelta(days=age) for end in (ends[0], ends[-1]) for age in (30, 31, 0, 1)]
    desk.same(*(desk.read(text, day) for day in days))


@given(st.data())
@settings(max_examples=settings().max_examples // 12)
def test_lines_of_a_book_on_days_around_changes_of_law(desk: Desk, data: st.DataObject) -> None:
    turns = [day for day in desk.decisions.changes.calendar.days if date(2022, 1, 1) <= day <= date(2026, 12, 31)]
    line = data.draw(st.sampled_from([*orders.rows(6, distinct=False, seed=4)]))
    turn = data.draw(st.sampled_from(turns))
    desk.same(*(desk.line(line, day) for day in (turn - DAY, turn)))


def test_a_group_that_is_not_there_yet_matters_to_what_is_open(checker: Checker) -> None:
    changes = Changes(checker.law)
    found = ((bit, rule.versions[0].start) for bit, rule in changes.exact.items())
    bit, start = next((bit, start) for bit, start in found if date(2015, 1, 1) < start)
    assert changes._moved(bit, changes.calendar.stretch(start - DAY), changes.calendar.stretch(start)) is None
