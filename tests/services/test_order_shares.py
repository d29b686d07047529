"""The distinct cases of some lines, and how they are shared out over processes."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from licet.services.orders.jobs import Gathered, Jobs, together
from licet.services.orders.work import Shares

FIRST = date(2024, 1, 1)
PLACES = ((0,), (1, 2), (2,), ())
CELLS = st.tuples(*[st.sampled_from("abc")] * 3)
LINES = st.lists(st.tuples(CELLS, st.sampled_from([None, FIRST, FIRST + timedelta(days=1)])), max_size=30)


def _gathered(lines: list[tuple[tuple[str, ...], date | None]]) -> tuple[Jobs, list[int]]:
    gathered = Gathered(PLACES)
    of = [gathered.add(cells, day, row) for row, (cells, day) in enumerate(lines)]
    return gathered.jobs(), of


def _said(cells: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cells[place] for place in places) for places in PLACES)


@given(LINES)
def test_a_job_says_what_its_lines_say_and_no_two_say_the_same(
    lines: list[tuple[tuple[str, ...], date | None]],
) -> None:
    jobs, of = _gathered(lines)
    assert [(jobs.said(number), jobs.day(number)) for number in of] == [(_said(cells), day) for cells, day in lines]
    told = [(jobs.said(number), jobs.day(number)) for number in range(len(jobs))]
    assert len(set(told)) == len(told)
    assert [of[row] for row in jobs.rows.tolist()] == [*range(len(jobs))]


@given(LINES, st.data())
def test_some_jobs_say_what_they_said(lines: list[tuple[tuple[str, ...], date | None]], data: st.DataObject) -> None:
    jobs, _ = _gathered(lines)
    numbers = [number for number in range(len(jobs)) if data.draw(st.booleans())]
    some = jobs.some(np.array(numbers, np.int64))
    for place, number in enumerate(numbers):
        assert (some.said(place), some.day(place)) == (jobs.said(number), jobs.day(number))
        assert some.rows[place] == jobs.rows[number]
    for texts, of in zip(some.texts, some.of, strict=True):
        assert {*of.tolist()} == {*range(len(texts))}


@given(LINES)
def test_jobs_on_one_more_day(lines: list[tuple[tuple[str, ...], date | None]]) -> None:
    jobs, _ = _gathered(lines)
    twice, day = jobs.also_on(date(2030, 1, 1)), date(2030, 1, 1)
    assert len(twice) == 2 * len(jobs)
    for number in range(len(jobs)):
        assert (twice.said(number), twice.day(number)) == (jobs.said(number), jobs.day(number))
        assert (twice.said(len(jobs) + number), twice.day(len(jobs) + number)) == (jobs.said(number), day)


@given(st.lists(st.tuples(*[st.integers(-2, 3)] * 3), max_size=40))
def test_rows_told_apart(rows: list[tuple[int, int, int]]) -> None:
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    first, which = together([*columns])
    assert [rows[at] for at in first[which].tolist()] == rows
    assert len({rows[at] for at in first.tolist()}) == len(first) == len({*rows})


def _jobs(days: int, count: int = 1_000) -> Jobs:
    return _gathered([((f"line {number}", "", ""), FIRST + timedelta(days=number % days)) for number in range(count)])[
        0
    ]


def _of(shares: Shares, day: date | None) -> int:
    return int(shares.of(_gathered([(("x", "", ""), day)])[0])[0])


def test_by_day_where_there_are_many() -> None:
    jobs = _jobs(100)
    shares = Shares(jobs, 4)
    whose = shares.of(jobs).tolist()
    assert all(180 < lines < 320 for lines in Counter(whose).values())
    assert len({whose[number] for number in range(len(jobs)) if jobs.day(number) == FIRST}) == 1
    assert _of(shares, FIRST + timedelta(days=5_000)) == 3
    assert _of(shares, FIRST - timedelta(days=5_000)) == _of(shares, None) == 0


def test_one_day_is_shared_out_too_and_a_line_stays_where_it_was() -> None:
    jobs = _jobs(1)
    shares = Shares(jobs, 2)
    whose = shares.of(jobs)
    assert all(400 < lines < 600 for lines in Counter(whose.tolist()).values())
    other = _gathered([((f"line {number}", "", ""), date(2026, 1, 1)) for number in range(999, -1, -1)])[0]
    assert shares.of(other).tolist() == whose[::-1].tolist()


def test_no_lines() -> None:
    assert Shares(_jobs(1, 0), 2).of(_jobs(1, 3)).tolist()
