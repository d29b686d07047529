"""A list as it stood on a day: which edition it rests on, what its own dates add and take, and what cannot be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from licet.parties.entry import Entry
from licet.parties.store.model import Loaded
from licet.parties.store.store import ListStore

from .making import at, entries, entry, ids, load, publication, store


def day(text: str) -> date:
    return date.fromisoformat(text)


def stood(kept: ListStore, on: str, known: str = "") -> Loaded:
    loaded = kept.on("t.one", day(on), at(known, 23) if known else None)
    assert loaded is not None
    return loaded


@pytest.fixture
def kept(tmp_path: Path) -> ListStore:
    """Editions of 1 March (a b), 1 May (b c), 1 July (b d e; e listed on 10 April), loaded a day or more later."""
    made = store(tmp_path)
    load(made, entries("ab"), "2026-03-01", "2026-03-02")
    load(made, entries("bc"), "2026-05-01", "2026-06-02")
    load(made, (*entries("bd"), entry("e", start=day("2026-04-10"))), "2026-07-01", "2026-07-02")
    return made


def test_the_latest_edition_issued_by_the_day_decides(kept: ListStore) -> None:
    assert ids(stood(kept, "2026-03-01").entries) == "ab"
    assert ids(stood(kept, "2026-04-09").entries) == "ab"
    assert (stood(kept, "2026-04-09").edition, stood(kept, "2026-04-09").certain) == (day("2026-03-01"), True)
    assert ids(stood(kept, "2026-08-01").entries) == "bde"


def test_an_entry_of_a_later_edition_that_was_listed_by_then_is_added_with_a_mark(kept: ListStore) -> None:
    loaded = stood(kept, "2026-04-10")
    assert (ids(loaded.entries), set(loaded.dated_later)) == ("abe", {"e"})
    assert stood(kept, "2026-07-01").dated_later == frozenset()


def test_only_what_had_been_loaded_counts(kept: ListStore) -> None:
    assert kept.on("t.one", day("2026-04-10"), at("2026-03-01")) is None
    assert ids(stood(kept, "2026-06-15", known="2026-06-01").entries) == "ab"
    assert ids(stood(kept, "2026-06-15", known="2026-06-02").entries) == "bc"
    assert ids(stood(kept, "2026-06-15").entries) == "bce"


def test_what_left_before_the_next_edition_stays_with_a_mark(kept: ListStore) -> None:
    leaving = stood(kept, "2026-04-01").leaving["a"]
    assert (leaving.last_seen, leaving.first_missing) == (day("2026-03-01"), day("2026-05-01"))
    assert [(one.entry.id, one.last_seen, one.first_missing) for one in kept.removals("t.one")] == [
        ("a", day("2026-03-01"), day("2026-05-01")),
        ("c", day("2026-05-01"), day("2026-07-01")),
    ]
    assert kept.removals("t.one", at("2026-03-05")) == ()


def test_what_came_with_the_next_edition_without_a_date_may_have_come_by_then(kept: ListStore) -> None:
    assert ids(stood(kept, "2026-04-01").coming) == "c"
    assert ids(stood(kept, "2026-05-01").coming) == "d"
    assert stood(kept, "2026-07-01").coming == ()
    assert stood(kept, "2026-02-01").coming == ()


def test_before_the_first_edition_nothing_is_certain(kept: ListStore) -> None:
    loaded = stood(kept, "2026-02-01")
    assert (ids(loaded.entries), set(loaded.undated), loaded.certain) == ("ab", {"a", "b"}, False)
    assert loaded.edition is None
    assert [doubt.code for doubt in loaded.doubts] == ["no_edition", "undated_rows"]
    assert "2026-03-01" in loaded.why


def test_dated_entries_before_the_first_edition_still_leave_a_doubt(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, [entry("a", start=day("2026-01-01")), entry("b", start=day("2026-02-02"))], "2026-03-01")
    loaded = stood(kept, "2026-02-01")
    assert (ids(loaded.entries), [doubt.code for doubt in loaded.doubts]) == ("a", ["no_edition"])
    assert not loaded.undated


@pytest.mark.parametrize(
    ("on", "there"), [("2026-02-28", ""), ("2026-03-01", "a"), ("2026-04-30", "a"), ("2026-05-01", "")]
)
def test_its_own_dates_put_an_entry_on_and_off_the_list(tmp_path: Path, on: str, there: str) -> None:
    kept = store(tmp_path)
    load(kept, [entry("a", start=day("2026-03-01"), end=day("2026-04-30"))], "2026-01-01")
    assert ids(stood(kept, on).entries) == there
    whole = kept.on("t.one")
    assert whole is not None
    assert ids(whole.entries) == "a"


def test_an_end_that_a_later_edition_gives_is_heeded(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, entries("ab"), "2026-03-01", "2026-03-02")
    ended: tuple[Entry, ...] = (replace(entry("a"), end=day("2026-04-15")), entry("b"))
    load(kept, ended, "2026-05-01", "2026-05-02")
    assert ids(stood(kept, "2026-04-15").entries) == "ab"
    assert ids(stood(kept, "2026-04-16").entries) == "b"
    assert ids(stood(kept, "2026-04-16", known="2026-04-20").entries) == "ab"


def test_an_end_of_a_later_listing_does_not_end_the_one_before(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, entries("a"), "2026-03-01")
    load(kept, [entry("a", start=day("2026-03-20"), end=day("2026-04-01"))], "2026-05-01")
    assert ids(stood(kept, "2026-04-16").entries) == "a"


def test_an_entry_numbered_anew_is_not_added_twice(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, [entry("a", names=("Firm x",))], "2026-03-01")
    load(kept, [entry("7", names=("Firm x",), start=day("2026-02-01"))], "2026-05-01")
    assert ids(stood(kept, "2026-04-01").entries) == "a"
    assert kept.removals("t.one") == ()


def test_two_editions_of_one_day_are_ordered_by_their_loading(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, entries("a"), "2026-03-01", "2026-03-01")
    load(kept, entries("ab"), "2026-03-01", "2026-03-02")
    assert ids(stood(kept, "2026-03-01").entries) == "ab"
    assert ids(stood(kept, "2026-03-01", known="2026-03-01").entries) == "a"


@pytest.mark.parametrize(
    ("own", "both", "on", "used"),
    [
        ("2026-07-01", "2026-07-01", "2026-08-01", "own"),  # as recent: the list's own publication
        ("2026-06-01", "2026-07-01", "2026-08-01", "both"),
        ("2026-06-01", "2026-07-01", "2026-06-15", "own"),
        ("2026-07-01", "2026-06-01", "2026-06-15", "both"),
        ("2026-07-01", "2026-06-01", "2026-05-15", "both"),  # neither was issued: the earlier one
    ],
)
def test_of_two_publications_the_more_recent_is_used(tmp_path: Path, own: str, both: str, on: str, used: str) -> None:
    kept = store(tmp_path, publication("both", consolidation=True), publication("own"))
    load(kept, entries("a"), own, pub="own")
    load(kept, entries("b"), both, pub="both")
    assert stood(kept, on).publication == used


def test_an_old_file_without_a_date_does_not_take_the_place_of_a_dated_one(tmp_path: Path) -> None:
    kept = store(tmp_path, publication("both", consolidation=True), publication("own"))
    load(kept, entries("b"), "2026-06-01", pub="both")
    load(kept, entries("a"), "", "2026-08-01", pub="own")
    assert stood(kept, "2026-08-02").publication == "both"
    latest = kept.on("t.one")
    assert latest is not None
    assert latest.publication == "both"


def test_a_sign_of_life_makes_an_older_edition_the_more_recent(tmp_path: Path) -> None:
    kept = store(tmp_path, publication("both", consolidation=True), publication("own"))
    load(kept, entries("a"), "2026-06-01", "2026-07-20", pub="own", served=True)
    load(kept, entries("b"), "2026-07-10", "2026-07-20", pub="both")
    assert stood(kept, "2026-07-20").publication == "own"
    assert stood(kept, "2026-07-11").publication == "own"
    assert kept.on("t.one", day("2026-07-11"), at("2026-07-19")) is None


def test_the_snapshot_changes_with_what_a_screen_rests_on_and_with_nothing_else(kept: ListStore) -> None:
    first = kept.snapshot_id(day("2026-08-01"))
    assert first == ListStore(kept.root, kept.catalogue).snapshot_id(day("2026-08-01"))
    assert first != kept.snapshot_id(day("2026-06-01"))
    assert kept.snapshot_id(day("2026-06-01"), at("2026-06-03")) != kept.snapshot_id(day("2026-06-01"))
    load(kept, entries("bdef"), "2026-07-02", "2026-07-03")
    assert first != kept.snapshot_id(day("2026-08-01"))
    assert first == kept.snapshot_id(day("2026-08-01"), at("2026-07-02"))
