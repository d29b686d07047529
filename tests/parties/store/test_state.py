"""How old a list is, whether it is stale, and that in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from licet.parties.store.model import ListState

from .making import at, entries, load, publication, store

TODAY = date(2026, 8, 10)


def state(folder: Path, published: str, served: str = "", on: str = "", **more: object) -> ListState:
    kept = store(folder, publication(**more))  # type: ignore[arg-type]
    load(kept, entries("ab"), published, served or ("2026-08-10" if published else "2026-08-01"), served=bool(served))
    (found,) = kept.state(date.fromisoformat(on) if on else None, None, TODAY)
    return found


@pytest.mark.parametrize(
    ("published", "served", "on", "age", "stale", "words"),
    [
        ("2026-08-10", "", "", 0, False, "t.one: edition of 2026-08-10, 0 days old"),
        ("2026-08-09", "", "", 1, False, "t.one: edition of 2026-08-09, 1 day old"),
        ("2026-08-05", "", "", 5, False, "t.one: edition of 2026-08-05, 5 days old"),
        ("2026-08-04", "", "", 6, True, "t.one: edition of 2026-08-04, 6 days old, the publisher issues it daily"),
        ("2026-07-01", "2026-08-08", "", 2, False,
         "t.one: edition of 2026-07-01, still the latest on 2026-08-08, 2 days old"),
        ("", "2026-08-08", "", 2, False, "t.one: served by the publisher on 2026-08-08, 2 days old"),
        ("", "", "", None, True,
         "t.one: loaded 2026-08-01, the publisher's date is not known, the publisher issues it daily"),
        ("2026-07-01", "", "2026-07-03", 2, False, "t.one: edition of 2026-07-01, 2 days before 2026-07-03"),
        ("2026-07-01", "2026-08-08", "2026-07-20", 0, False,
         "t.one: edition of 2026-07-01, still the latest on 2026-08-08"),
        ("2026-07-01", "", "2026-07-20", 19, True,
         "t.one: edition of 2026-07-01, 19 days before 2026-07-20, the publisher issues it daily"),
        ("2026-07-01", "", "2026-06-01", None, True,
         "t.one: no edition issued by 2026-06-01 is loaded, the first is of 2026-07-01"),
    ],
)  # fmt: skip
def test_age_and_words(
    tmp_path: Path, published: str, served: str, on: str, age: int | None, stale: bool, words: str
) -> None:
    found = state(tmp_path, published, served, on)
    assert (found.age, found.stale, found.words) == (age, stale, words)


def test_a_list_that_is_issued_as_it_changes(tmp_path: Path) -> None:
    found = state(tmp_path, "2026-08-01", every=None, stale_after=7)
    assert found.stale
    assert found.words.endswith(", the publisher issues it as it changes, so it is stale after 7 days")


def test_a_list_of_ones_own_has_no_rhythm(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, {"own.customers": entries("a", "own.customers")}, pub="none")
    (found,) = kept.state(None, None, TODAY)
    assert (found.stale, found.age, found.title) == (False, None, "")


def test_counts_and_title_stand_without_reading_a_single_entry(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, entries("ab"), "2026-08-01", "2026-08-02")
    for path in kept.entries_folder.iterdir():
        path.unlink()
    (found,) = kept.state(None, None, TODAY)
    assert (found.title, found.entries, found.names, found.edition, found.loaded_at) == (
        "First", 2, 2, date(2026, 8, 1), at("2026-08-02"),
    )  # fmt: skip
    assert kept.state(None, at("2026-08-01"), TODAY) == []
