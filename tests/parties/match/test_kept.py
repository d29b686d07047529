"""An index kept on disk: the same answers, and nothing worse than building it anew."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from licet.parties.entry import Entry, Name
from licet.parties.match import kept
from licet.parties.match.hit import Query
from licet.parties.match.index import Index

from .making import ENTRIES, ROWS, entry, found

QUERIES = [Query(name, kind) for _, kind, names in ROWS for name in names] + [Query("HIT", "firm"), Query("Hauwei")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "index.npz"
    kept.save(place, Index.build(ENTRIES))
    return place


def test_a_kept_index_gives_the_same_hits(path: Path) -> None:
    loaded = kept.load(path, ENTRIES)
    assert loaded is not None
    assert loaded.search_many(QUERIES) == Index.build(ENTRIES).search_many(QUERIES)


def test_nothing_but_the_index_is_left(path: Path) -> None:
    assert list(path.parent.iterdir()) == [path]


def test_an_empty_index_is_kept_too(tmp_path: Path) -> None:
    kept.save(tmp_path / "a.npz", Index.build([]))
    loaded = kept.load(tmp_path / "a.npz", [])
    assert loaded is not None
    assert loaded.search(Query("Huawei")) == []


@pytest.mark.parametrize("data", [b"", b"PK", b"not an index", b"\x93NUMPY", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_index_is_none(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert kept.load(path, ENTRIES) is None


def test_a_damaged_index_is_none_or_whole(path: Path) -> None:
    whole, random = path.read_bytes(), Random(5)
    right = Index.build(ENTRIES).search(Query("Huawei"))
    for _ in range(60):
        damaged = bytearray(whole)
        damaged[random.randrange(len(whole))] ^= 1 << random.randrange(8)
        path.write_bytes(bytes(damaged))
        loaded = kept.load(path, ENTRIES)
        assert loaded is None or loaded.search(Query("Huawei")) == right
    for size in range(0, len(whole), len(whole) // 40):
        path.write_bytes(whole[:size])
        assert kept.load(path, ENTRIES) is None


def test_other_arrays_are_none(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", words=np.arange(3))
    np.savez(tmp_path / "b.npz", texts=np.array([{"a": 1}], object), allow_pickle=True)
    assert kept.load(tmp_path / "a.npz", ENTRIES) is None
    assert kept.load(tmp_path / "b.npz", ENTRIES) is None
    assert kept.load(tmp_path / "missing.npz", ENTRIES) is None
    assert kept.load(tmp_path, ENTRIES) is None


def test_the_index_of_other_entries_is_none(path: Path) -> None:
    assert kept.load(path, ENTRIES[:3]) is None
    assert kept.load(path, []) is None
    assert kept.load(path, [replace(one, names=one.names[:1]) for one in ENTRIES]) is None


def test_open_builds_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "new" / "folder"
    first = kept.open_index(ENTRIES, ["a"], folder)
    monkeypatch.setattr(Index, "build", None)  # a second build would fail
    second = kept.open_index(ENTRIES, ["a"], folder)
    assert first.search_many(QUERIES) == second.search_many(QUERIES)
    assert len(list(folder.iterdir())) == 1


def test_open_mends_what_is_damaged(tmp_path: Path) -> None:
    kept.open_index(ENTRIES, ["a"], tmp_path)
    path = next(tmp_path.iterdir())
    path.write_bytes(path.read_bytes()[:500])
    assert found(kept.open_index(ENTRIES, ["a"], tmp_path), "Huawei") == ["huawei"]
    assert kept.load(path, ENTRIES) is not None


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for folder in (None, tmp_path / "file", tmp_path / "file" / "below", Path("/proc/none")):
        assert found(kept.open_index(ENTRIES, ["a"], folder), "Huawei") == ["huawei"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    assert found(kept.open_index(ENTRIES, ["a"], tmp_path), "Huawei") == ["huawei"]
    assert list(tmp_path.iterdir()) == []


def test_what_it_was_made_of_names_it() -> None:
    keys = [
        kept.index_key(ENTRIES, ["a"]),
        kept.index_key(ENTRIES, ["b"]),
        kept.index_key(ENTRIES[1:], ["a"]),
        kept.index_key(ENTRIES, ["a", "b"]),
    ]
    assert len(set(keys)) == 4
    assert keys[0] == kept.index_key(list(ENTRIES), ["a"])


def test_old_ones_are_forgotten(tmp_path: Path) -> None:
    for at in range(kept.KEPT_FILES + 3):
        kept.open_index(ENTRIES[:1], [str(at)], tmp_path)
    assert len(list(tmp_path.glob("*.npz"))) == kept.KEPT_FILES


def test_names_from_elsewhere_are_kept_with_it(tmp_path: Path) -> None:
    def named(entries: Sequence[Entry]) -> list[Entry]:
        more = Name("海康威视", "added", "a source")
        return [replace(one, names=(*one.names, more)) if one.id == "1" else one for one in entries]

    own = [entry("1", "Hikvision"), entry("2", "Dahua")]
    built = kept.open_index(own, ["a"], tmp_path, named)
    loaded = kept.open_index(own, ["a"], tmp_path, lambda _: pytest.fail("built again"))
    for one in (built, loaded):
        hit = one.search(Query("海康威视", "firm"))[0]
        assert (hit.entry.id, hit.alias_kind, hit.score) == ("1", "added", 1.0)
        assert hit.entry.names[-1].cite == "a source"


def test_another_edition_of_what_spells_names_builds_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept.code_hash()
    kept.code_hash.cache_clear()
    monkeypatch.setattr(kept, "version", lambda name: f"{name} of tomorrow")
    assert kept.code_hash() != before
    kept.code_hash.cache_clear()


def test_what_a_stopped_program_left_is_removed_after_a_day(tmp_path: Path) -> None:
    old, new = tmp_path / ".writing-old", tmp_path / ".writing-new"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    kept.open_index(ENTRIES, ["a"], tmp_path)
    assert (old.exists(), new.exists()) == (False, True)
