"""How the lines of an order book are shared out over processes."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from licet.services.orders.work import Job, Shares

FIRST = date(2024, 1, 1)


def _jobs(days: int, count: int = 1_000) -> list[Job]:
    return [Job((f"line {number}",), FIRST + timedelta(days=number % days), number) for number in range(count)]


def test_by_day_where_there_are_many() -> None:
    jobs = _jobs(100)
    shares = Shares(jobs, 4)
    assert all(180 < lines < 320 for lines in Counter(map(shares.of, jobs)).values())
    assert len({shares.of(job) for job in jobs if job.day == FIRST}) == 1
    assert shares.of(Job(("later",), FIRST + timedelta(days=5_000), 1)) == 3
    assert shares.of(Job(("earlier",), FIRST - timedelta(days=5_000), 1)) == shares.of(Job(("none",), None, 1)) == 0


def test_one_day_is_shared_out_too_and_a_line_stays_where_it_was() -> None:
    jobs = _jobs(1)
    shares = Shares(jobs, 2)
    assert all(400 < lines < 600 for lines in Counter(map(shares.of, jobs)).values())
    assert all(shares.of(job) == shares.of(job._replace(day=date(2026, 1, 1))) for job in jobs)


def test_no_lines() -> None:
    assert Shares([], 2).of(Job(("x",), FIRST, 1)) in (0, 1)
