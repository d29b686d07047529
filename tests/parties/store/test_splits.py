"""In whatever order and at whatever times editions are loaded, equal knowledge gives equal answers."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from licet.parties.entry import Entry
from licet.parties.store.store import ListStore

from .making import at, entry, load, store

FIRST = date(2026, 1, 10)
DAYS = st.integers(-15, 45).map(lambda count: FIRST + timedelta(days=count))
ENTRY = st.builds(
    lambda key, start, end, policy: entry(key, start=start, end=end, policy=policy),
    st.sampled_from("abcde"), st.none() | DAYS, st.none() | DAYS, st.sampled_from(["", "denial"]),
)  # fmt: skip
EDITION = st.lists(ENTRY, min_size=1, max_size=4, unique_by=lambda one: one.id)
EDITIONS = st.lists(EDITION, min_size=1, max_size=3)
ISSUED = ("2026-01-10", "2026-01-20", "2026-01-30")


def loaded_in(folder: Path, editions: list[list[Entry]], order: list[int], hours: list[int]) -> ListStore:
    """Editions loaded in an order, on the first of March and so many days after."""
    kept = store(folder)
    for turn, index in enumerate(order):
        when = date(2026, 3, 1) + timedelta(days=sum(hours[: turn + 1]))
        assert load(kept, editions[index], ISSUED[index], when.isoformat()).load
    return kept


def answer(kept: ListStore, on: date | None, known: str = "") -> object:
    """All that a screen sees of a list, but for when it was loaded."""
    loaded = kept.on("t.one", on, at(known) if known else None)
    if loaded is None:
        return None
    return (
        loaded.entries,
        loaded.edition,
        loaded.dated_later,
        loaded.undated,
        loaded.leaving,
        loaded.doubts,
        loaded.coming,
        loaded.hash,
    )


@settings(max_examples=40)
@given(st.data(), EDITIONS, st.none() | DAYS)
def test_any_split_of_time_gives_the_same_answer(
    data: st.DataObject, editions: list[list[Entry]], on: date | None
) -> None:
    order = data.draw(st.permutations(range(len(editions))))
    hours = data.draw(st.lists(st.integers(0, 3), min_size=len(editions), max_size=len(editions)))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        straight = loaded_in(Path(one), editions, list(range(len(editions))), [0] * len(editions))
        shuffled = loaded_in(Path(two), editions, list(order), hours)
        assert answer(straight, on) == answer(shuffled, on)
        assert straight.snapshot_id(on) == shuffled.snapshot_id(on)
        assert straight.removals("t.one") == shuffled.removals("t.one")


@settings(max_examples=40)
@given(st.data(), EDITIONS, DAYS)
def test_what_is_loaded_later_changes_no_earlier_answer(
    data: st.DataObject, editions: list[list[Entry]], on: date
) -> None:
    order = data.draw(st.permutations(range(len(editions))))
    with tempfile.TemporaryDirectory() as folder:
        known, answers = [], []
        kept = store(Path(folder))
        for turn, index in enumerate(order):
            when = (date(2026, 3, 1) + timedelta(days=turn)).isoformat()
            load(kept, editions[index], ISSUED[index], when)
            known.append(when)
            answers.append(answer(kept, on))
        assert [answer(kept, on, when) for when in known] == answers


@settings(max_examples=40)
@given(EDITIONS, DAYS)
def test_it_is_the_plain_rule(editions: list[list[Entry]], on: date) -> None:
    """Against the rule written out: the ground by its own dates, ends learnt later, and later rows dated by then."""
    with tempfile.TemporaryDirectory() as folder:
        found = loaded_in(Path(folder), editions, list(range(len(editions))), [0] * len(editions)).on("t.one", on)
    assert found is not None
    days = [date.fromisoformat(text) for text in ISSUED[: len(editions)]]
    base = max((index for index, day in enumerate(days) if day <= on), default=0)

    def stands(one: Entry) -> bool:
        return (one.start is None or one.start <= on) and (one.end is None or on <= one.end)

    expected = {one.id: one for one in editions[base] if stands(one)}
    known = {one.id for one in editions[base]}
    for before, after in zip(editions[base:], editions[base + 1 :], strict=False):
        was = {one.id: one for one in before}
        for one in after:
            if one.id in was and was[one.id].end is None and one.end is not None and one.end < on:
                if one.start is None or one.start <= days[base]:
                    expected.pop(one.id, None) if one.id in known else None
            elif one.id not in was and one.id not in known and one.start is not None and stands(one):
                expected.setdefault(one.id, one)
    assert {one.id: one for one in found.entries} == expected
    assert found.certain is (days[0] <= on)
