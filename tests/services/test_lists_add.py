"""Lists from disk: read, checked, kept; several files as one where they belong together."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from licet.facts.errors import CaseError, LicetError
from licet.parties.store.store import ListStore
from licet.services.lists import Reading, Report, add, groups, open_store

from .lists_files import catalogue, csl, ofac

PLAIN = Reading()
NOW = datetime(2026, 8, 1, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> ListStore:
    return ListStore(tmp_path / "lists", catalogue({"csl": (), "ofac": ()}))


def written(folder: Path, files: dict[str, bytes]) -> list[Path]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def added(store: ListStore, folder: Path, files: dict[str, bytes], reading: Reading = PLAIN) -> list[Report]:
    return add(store, written(folder, files), reading, NOW)


def test_a_file_of_several_lists(store: ListStore, tmp_path: Path) -> None:
    (report,) = added(store, tmp_path, {"csl.json": csl("abc", "xy")})
    assert (report.status, report.load and report.load.publication) == ("loaded", "csl")
    assert {one.list: one.entries for one in store.history("us.el")[-1].snapshots} == {"us.el": 3, "us.sdn": 2}
    assert store.history("us.el")[-1].published == date(2026, 7, 31)
    assert not any((store.root / "incoming").iterdir())


@pytest.mark.parametrize("given", [["sdn.csv"], ["sdn.csv", "alt.csv", "add.csv"], ["add.csv", "alt.csv", "sdn.csv"]])
def test_files_that_belong_together_are_one_load(store: ListStore, tmp_path: Path, given: list[str]) -> None:
    written(tmp_path, ofac(["ALPHA", "BETA"], [(101, "ALPHA TWO")]))
    (report,) = add(store, [tmp_path / name for name in given], Reading(published=date(2026, 7, 31)), NOW)
    assert report.load is not None
    assert {file.name for file in report.load.files} == {"sdn.csv", "alt.csv", "add.csv"}
    assert (report.load.publication, report.load.snapshots[0].names, report.load.published) == (
        "ofac",
        3,
        date(2026, 7, 31),
    )


def test_files_that_do_not_are_several(tmp_path: Path) -> None:
    paths = written(tmp_path, {"one.json": b"", "two.json": b"", **ofac(["A"])})
    assert [[path.name for path in group] for group in groups(paths)] == [
        ["one.json"], ["two.json"], ["sdn.csv", "alt.csv", "add.csv"],
    ]  # fmt: skip


def test_the_triple_without_its_other_names_has_shrunk(store: ListStore, tmp_path: Path) -> None:
    added(store, tmp_path, ofac(["ALPHA", "BETA"], [(101, "ALPHA TWO"), (102, "BETA TWO")]))
    (tmp_path / "alone").mkdir()
    (report,) = added(store, tmp_path / "alone", {"sdn.csv": ofac(["ALPHA", "BETA"])["sdn.csv"]})
    codes = [one.code for one in report.problems]
    assert (report.status, codes) == ("refused", ["E_LIST_PARTS", "E_LIST_SHRINKS"])


def test_the_other_names_missing_from_the_first_is_refused_until_somebody_takes_it(
    store: ListStore, tmp_path: Path
) -> None:
    alone = {"sdn.csv": ofac(["ALPHA"])["sdn.csv"]}
    (report,) = added(store, tmp_path, alone, Reading(latest=True))
    assert (report.status, [one.code for one in report.problems]) == ("refused", ["E_LIST_PARTS"])
    assert "alt.csv" in report.problems[0].message
    assert store.lists() == ()
    (taken,) = added(store, tmp_path, alone, Reading(accept_shrink=True))
    assert taken.load is not None
    assert taken.load.accepted[0].startswith("E_LIST_PARTS")


@pytest.mark.parametrize(
    ("data", "code"),
    [(csl("abc", "xyz")[:-20], "P_CUT_SHORT"), (b"\x00\x01\x02", "P_"), (b"", "P_"), (b"<!DOCTYPE x><x/>", "P_")],
)
def test_what_cannot_be_read_is_refused_and_kept_aside(
    store: ListStore, tmp_path: Path, data: bytes, code: str
) -> None:
    added(store, tmp_path, {"csl.json": csl("abc", "xyz")})
    (report,) = added(store, tmp_path, {"csl.json": data})
    assert report.status == "refused"
    assert not report.good
    assert report.problems[0].code.startswith(code)
    (folder,) = (store.root / "refused").iterdir()
    assert json.loads((folder / "reason.json").read_text(encoding="utf-8"))["problems"][0]["code"].startswith(code)
    assert store.history("us.el")[-1].snapshots[0].entries == 3


def test_one_refused_file_stops_no_other(store: ListStore, tmp_path: Path) -> None:
    reports = added(store, tmp_path, {"bad.json": b"{", "csl.json": csl("abc")})
    assert [report.status for report in reports] == ["refused", "loaded"]


def test_a_file_without_a_date_says_so(store: ListStore, tmp_path: Path) -> None:
    (report,) = added(store, tmp_path, ofac(["ALPHA"]))
    (note,) = report.notes
    assert note.startswith("its age is not known")
    assert store.state(None, None, NOW.date())[0].stale


def test_a_list_of_ones_own(store: ListStore, tmp_path: Path) -> None:
    (report,) = added(store, tmp_path, {"mine.json": csl("abc")}, Reading(list_id="own.watch"))
    assert (report.status, store.lists()) == ("loaded", ("own.watch",))


def test_a_date_that_differs_from_the_files_is_an_error(store: ListStore, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="E_PUBLISHED"):
        added(store, tmp_path, {"csl.json": csl("abc")}, Reading(published=date(2026, 7, 30)))
    assert added(store, tmp_path, {"csl.json": csl("abc")}, Reading(published=date(2026, 7, 31)))[0].good


def test_a_user_may_say_that_it_is_the_latest(store: ListStore, tmp_path: Path) -> None:
    added(store, tmp_path, {"csl.json": csl("abc", made="2026-01-31")})
    assert store.state(None, None, NOW.date())[0].stale
    (report,) = added(store, tmp_path, {"csl.json": csl("abc", made="2026-01-31")}, Reading(latest=True))
    assert report.status == "same"
    assert not store.state(None, None, NOW.date())[0].stale


def test_a_file_that_is_missing_is_an_error(store: ListStore, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="E_NO_FILE"):
        add(store, [tmp_path / "none.json"], Reading(), NOW)


def test_the_store_lies_in_licets_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICET_HOME", str(tmp_path / "own"))
    assert open_store().root == tmp_path / "own" / "lists"
    assert not (tmp_path / "own").exists()


def test_a_disk_that_is_full_and_a_file_that_cannot_be_read(
    store: ListStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(LicetError, match=r"E_LISTS_WRITE.*No space left"):
        added(store, tmp_path, {"csl.json": csl("abc")})
    monkeypatch.setattr(Path, "open", lambda *_: full())
    with pytest.raises(CaseError, match=r"E_NO_FILE.*cannot be read"):
        add(store, [tmp_path / "csl.json"], PLAIN, NOW)
