"""The entries that stand on a day, picked at once or one by one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from licet.parties.entry import Entry, Name
from licet.parties.store.dated import KEPT, Dated

FIRST = date(2024, 1, 1)
DAYS = st.one_of(st.none(), st.integers(0, 30).map(lambda more: FIRST + timedelta(days=more)))


def _stands(entry: Entry, on: date) -> bool:
    return (entry.start is None or entry.start <= on) and (entry.end is None or on <= entry.end)


@given(st.lists(st.tuples(DAYS, DAYS), max_size=12), st.sets(st.integers(0, 11)), st.lists(st.integers(-1, 31)))
def test_those_that_stand(spans: list[tuple[date | None, date | None]], gone: set[int], days: list[int]) -> None:
    entries = tuple(
        Entry("us.el", str(number), (Name(f"Firm {number}"),), start=start, end=end)
        for number, (start, end) in enumerate(spans)
    )
    dated, ended = Dated(entries), {str(number) for number in gone}
    assert dated.ids == {entry.id for entry in entries}
    for more in days:
        on = FIRST + timedelta(days=more)
        there = dated.standing(on, ended)
        assert there.entries == tuple(entry for entry in entries if _stands(entry, on) and entry.id not in ended)
        assert there.undated == {entry.id for entry in there.entries if entry.start is None}


def test_days_that_differ_in_nothing_share_what_they_hold() -> None:
    entries = tuple(
        Entry("us.el", str(n), (Name(f"Firm {n}"),), start=FIRST + timedelta(days=10 * n)) for n in range(2 * KEPT)
    )
    dated = Dated(entries)
    assert dated.standing(FIRST, set()).entries is dated.standing(FIRST + timedelta(days=9), set()).entries
    assert dated.standing(FIRST + timedelta(days=10), set()).entries == entries[:2]
    for number in range(2 * KEPT):
        dated.standing(FIRST + timedelta(days=10 * number), set())
    assert len(dated.known) == KEPT
