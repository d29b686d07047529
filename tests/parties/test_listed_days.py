"""The dated rows of the parties of `law/parties`: who stood on which list, on the first day and on the day before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from licet.parties.known import KnownParties, Row, read_parties

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of `listed_days.tsv`."""

    name: str
    list: str
    first: date
    last: date | None
    footnotes: tuple[str, ...]
    cite: str


def golden() -> list[Listed]:
    lines = (Path(__file__).parent / "listed_days.tsv").read_text(encoding="utf-8").splitlines()
    return [line(text) for text in lines if not text.startswith("#")]


def line(text: str) -> Listed:
    name, list_id, first, last, footnotes, cite = text.split("\t")
    end = None if last == "-" else date.fromisoformat(last)
    marks = () if footnotes == "-" else tuple(footnotes.split())
    return Listed(name, list_id, date.fromisoformat(first), end, marks, cite)


GOLDEN = golden()


@pytest.fixture(scope="module")
def known() -> KnownParties:
    return read_parties(Path(__file__).parents[2] / "law")


def rows(known: KnownParties, case: Listed, day: date) -> list[Row]:
    """The rows of this list and these footnotes that stood on a day."""
    party = known.find(case.name)
    assert party is not None, f"{case.name} is not known"
    stood = [row for row in party.rows if row.list == case.list and row.in_force(day)]
    return [row for row in stood if row.footnotes == case.footnotes]


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case.name} {case.list} {case.first}")
def test_a_row_begins_and_ends_on_the_day_its_source_gives(known: KnownParties, case: Listed) -> None:
    assert rows(known, case, case.first), "listed on the first day"
    assert not rows(known, case, case.first - DAY), "not on the day before"
    later = case.last or date(2026, 7, 31)
    if case.footnotes or case.last:
        assert rows(known, case, later), "still on the last day"
    if case.last:
        assert not rows(known, case, case.last + DAY), "and not on the day after"


def test_the_golden_list_is_broad_and_sourced() -> None:
    assert len({case.name for case in GOLDEN}) >= 60
    assert all(case.cite.strip() for case in GOLDEN)


@pytest.mark.parametrize("list_id", ["us.el", "us.uvl", "us.sdn"])
def test_no_two_spans_of_a_row_overlap(known: KnownParties, list_id: str) -> None:
    """A change of footnotes ends one span the day before the next begins; two rows of a list are named here."""
    two_rows = {"cobber"}
    for party in known.parties.values():
        spans = sorted((row.start, row.end or date.max) for row in party.rows if row.list == list_id)
        gaps = [(before[1], after[0]) for before, after in pairwise(spans)]
        assert party.entity in two_rows or all(end < start for end, start in gaps), party.entity


def test_a_policy_is_one_of_those_the_law_knows_and_a_limited_row_says_what_it_covers(known: KnownParties) -> None:
    policies = {"", "case_by_case", "presumption_of_denial", "policy_of_denial"}
    for party in known.parties.values():
        for row in party.rows:
            assert row.policy in policies, party.entity
            assert row.scope != "limited" or row.scope_text, party.entity
            assert row.list != "us.el" or row.exceptions_barred, party.entity
            assert row.cite, party.entity
