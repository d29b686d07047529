"""What is taken, what is refused, and that a refusal changes nothing."""

from __future__ import annotations

import gzip
import json
import stat
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from licet.parties.store.catalogue import Carried
from licet.parties.store.load import REFUSED_KEPT, Outcome
from licet.parties.store.store import ListStore

from .making import at, entries, entry, ids, load, publication, store

STRICT = publication(lists=(Carried("t.one", "First", 2, Decimal("0.1"), ("Firm a",)), Carried("t.two", "Second")))
TEN = entries("abcdefghij")


def in_use(from_store: ListStore, list_id: str = "t.one") -> str:
    loaded = ListStore(from_store.root, from_store.catalogue).on(list_id)
    return ids(loaded.entries) if loaded else ""


def codes(outcome: Outcome) -> list[str]:
    return [one.code for one in outcome.refused]


def test_a_load_is_kept_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, entries("ab"), "2026-07-01", "2026-07-02")
    outcome = load(kept, (*entries("b"), entry("a", policy="denial"), entry("c")), "2026-07-03", "2026-07-04")
    again = ListStore(kept.root, kept.catalogue)
    assert outcome.load == again.history("t.one")[-1]
    (snapshot,) = again.history("t.one")[-1].snapshots
    assert (snapshot.entries, snapshot.names, snapshot.added, snapshot.changed, snapshot.removed) == (3, 3, 1, 1, 0)
    (file,) = again.history("t.one")[-1].files
    with gzip.open(kept.files_folder / f"{file.sha256}.gz") as raw:
        assert b"2026-07-03" in raw.read()
    assert in_use(kept) == "abc"


def test_everything_is_for_this_user_only(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, entries("a"), "2026-07-01")
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (kept.root, *kept.root.rglob("*"))}
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items()), modes


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"t.one": TEN[:8]}, "E_LIST_SHRINKS"),
        ({"t.one": TEN[:1]}, "E_LIST_FEW"),
        ({"t.one": TEN[1:]}, "E_LIST_MISSES"),
        ({"t.two": entries("x", "t.two")}, "E_LIST_LACKS"),
        ({"t.one": ()}, "E_LIST_EMPTY"),
        ({"t.one": TEN, "t.two": entries("x")}, "E_LIST_READER"),
        ({"t.one": TEN, "../x": entries("x", "../x")}, "E_LIST_ID"),
        ({"t.one": tuple(replace(one, names=one.names[:1]) for one in TEN)}, "E_LIST_SHRINKS"),
    ],
)
def test_a_refusal_leaves_the_last_good_edition_in_use(tmp_path: Path, second: dict[str, tuple[()]], code: str) -> None:
    kept = store(tmp_path, STRICT)
    first = tuple(replace(one, names=(*one.names, *one.names)) for one in TEN)
    assert load(kept, {"t.one": first, "t.two": entries("x", "t.two")}, "2026-07-01").load
    before = kept.manifest_path.read_bytes()
    outcome = load(kept, second, "2026-07-02", "2026-08-02")
    assert code in codes(outcome)
    assert outcome.load is None
    assert kept.manifest_path.read_bytes() == before
    assert in_use(kept) == "abcdefghij"
    (folder,) = (kept.root / "refused").iterdir()
    reason = json.loads((folder / "reason.json").read_text(encoding="utf-8"))
    assert code in [one["code"] for one in reason["problems"]]
    assert (folder / f"{reason['files'][0]['sha256']}.gz").is_file()


def test_a_shrunken_load_is_taken_knowingly_and_that_is_recorded(tmp_path: Path) -> None:
    kept = store(tmp_path, STRICT)
    load(kept, {"t.one": TEN, "t.two": entries("x", "t.two")}, "2026-07-01")
    outcome = load(kept, TEN[:5], "2026-07-02", accept_shrink=True)
    assert outcome.load
    assert [text.split(":")[0] for text in outcome.load.accepted] == ["E_LIST_SHRINKS", "E_LIST_LACKS"]
    assert (in_use(kept), in_use(kept, "t.two")) == ("abcde", "")
    assert kept.on("t.two") is not None


def test_what_a_reader_got_wrong_cannot_be_waived(tmp_path: Path) -> None:
    kept = store(tmp_path, STRICT)
    assert codes(load(kept, {"t.one": entries("ab", "t.two")}, "2026-07-01", accept_shrink=True)) == ["E_LIST_READER"]


def test_a_file_with_only_the_changes_is_no_list(tmp_path: Path) -> None:
    kept = store(tmp_path)
    assert codes(load(kept, TEN, "2026-07-01", form="eu.journal.amendment", accept_shrink=True)) == ["E_LIST_PART"]


def test_a_date_still_to_come_is_refused(tmp_path: Path) -> None:
    kept = store(tmp_path)
    assert codes(load(kept, TEN, "2026-08-03", "2026-08-01", accept_shrink=True)) == ["E_LIST_FUTURE"]
    assert load(kept, TEN, "2026-08-02", "2026-08-01").load


def test_a_list_that_may_vanish_is_then_empty(tmp_path: Path) -> None:
    lists = (Carried("t.one", "First"), Carried("t.two", "Second", 0, Decimal(1)))
    kept = store(tmp_path, publication(lists=lists))
    load(kept, {"t.one": TEN, "t.two": entries("x", "t.two")}, "2026-07-01")
    assert load(kept, TEN, "2026-07-02").load
    loaded = kept.on("t.two")
    assert loaded is not None
    assert (loaded.entries, loaded.edition) == ((), date(2026, 7, 2))


def test_the_same_edition_again_is_no_second_load_but_a_sign_of_life(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, TEN, "2026-07-01", "2026-07-02", served=True)
    assert load(kept, TEN, "2026-07-01", "2026-07-05", served=True).same
    assert load(kept, TEN, "2026-07-01", "2026-07-06").same
    (only,) = kept.history("t.one")
    assert only.confirmed == (at("2026-07-02"), at("2026-07-05"))
    assert only.current_to(at("2026-07-04")) == date(2026, 7, 2)


def test_the_same_edition_again_mends_what_was_damaged(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, TEN, "2026-07-01")
    for path in (*kept.entries_folder.iterdir(), *kept.files_folder.iterdir()):
        path.write_bytes(b"")
    load(kept, TEN, "2026-07-01")
    assert in_use(kept) == "abcdefghij"


def test_an_older_edition_does_not_replace_a_newer_one(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, entries("ab"), "2026-07-10", "2026-07-11")
    outcome = load(kept, entries("a"), "2026-07-01", "2026-07-12", served=True)
    assert (outcome.newest, in_use(kept)) == (False, "ab")
    assert outcome.load is not None
    assert outcome.load.confirmed == ()


def test_a_file_of_no_publication_known_is_checked_against_the_one_before(tmp_path: Path) -> None:
    kept = store(tmp_path)
    for keys, good in (("abcdefghij", True), ("abc", False)):
        rows = {"own.customers": entries(keys, "own.customers")}
        assert bool(load(kept, rows, pub="none").load) is good


def test_only_so_many_refused_files_are_kept(tmp_path: Path) -> None:
    kept = store(tmp_path, STRICT)
    for day in range(1, REFUSED_KEPT + 4):
        load(kept, TEN[:1], f"2026-07-{day:02}", f"2026-07-{day:02}")
    names = sorted(path.name for path in (kept.root / "refused").iterdir())
    assert len(names) == REFUSED_KEPT
    assert names[0].startswith("20260704")
