"""A part of the labelled test set over the real list, where it is at ../shared/data. Nothing is timed."""

from __future__ import annotations

from random import Random

import pytest
from benchmarks.names import chinese, clean, make, measure
from benchmarks.names.lists import CSL, Book, read
from benchmarks.names.measure import Run
from benchmarks.names.own import Own

from licet.parties.match.index import Index

pytestmark = pytest.mark.skipif(not CSL.exists(), reason="the real lists are not at ../shared/data")

FIRST, FOUND, PRECISION = 0.95, 0.93, 0.90
MOST_ALERTS = 40.0  # in 1,000 clean names
SHARE, QUIET = 0.2, 400


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(read())


@pytest.fixture(scope="module")
def run(book: Book) -> Run:
    cases = make.make(book, make.HELD_OUT, SHARE)
    return measure.run(Own(Index.build(book.entries)), cases, clean.make(book, make.HELD_OUT, QUIET))


def test_the_cases_come_in_their_numbers(run: Run) -> None:
    assert len(run.asked) == 196


def test_changed_names_are_found_and_clean_ones_are_not(run: Run) -> None:
    assert measure.recall_first(run.asked) >= FIRST
    assert measure.recall(run.asked, run.threshold) >= FOUND
    assert measure.precision(run, run.threshold) >= PRECISION
    assert measure.alerts(run.silence, run.threshold) <= MOST_ALERTS


def test_the_chinese_pairs_name_entries_of_the_list(book: Book) -> None:
    assert len(chinese.held_out(book, Random(1), 1000)) >= 50
