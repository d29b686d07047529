"""A damaged store says so; a program stopped at any point leaves the last good edition in use."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from licet.facts.errors import LicetError
from licet.parties.store import disk
from licet.parties.store.store import ListStore

from .making import entries, ids, load, store

ROOT = Path(__file__).parents[3]
LOADS = """
import os, signal, sys
from pathlib import Path
from licet.parties.store import disk
from tests.parties.store.making import entries, load, store

stop_at = int(sys.argv[2])
synced, flush = [], os.fsync
def fsync(handle):
    synced.append(handle)
    if len(synced) == stop_at:
        os.kill(os.getpid(), signal.SIGKILL)
    flush(handle)
disk.os.fsync = fsync
kept = store(Path(sys.argv[1]))
for day in range(2, 26):
    load(kept, entries("abcdefghijklmnopqrstuvwxyz"[:day - 1]), f"2026-07-{day:02}", f"2026-07-{day:02}")
    print(day, flush=True)
"""


def run(folder: Path, stop_at: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", LOADS, str(folder), str(stop_at)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "src:."}
    )


def last_whole(folder: Path) -> int:
    """The day of the edition in use, after every edition has been read."""
    found = store(folder)
    for edition in found.history("t.one"):
        loaded = found.on("t.one", edition.day, edition.at)
        assert loaded is not None
        assert len(loaded.entries) == edition.day.day - 1
    return found.history("t.one")[-1].day.day if found.history("t.one") else 1


@pytest.mark.parametrize("stop_at", [1, 2, 3, 4, 5, 6, 9, 14])
def test_killed_at_each_write_the_last_good_edition_is_whole(tmp_path: Path, stop_at: int) -> None:
    process = run(tmp_path, stop_at)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL
    done = int(out.split()[-1]) if out else 1
    assert last_whole(tmp_path) in (done, done + 1)
    assert load(store(tmp_path), entries("abc"), "2026-07-30").load
    assert not list((tmp_path / "lists").rglob(".writing-*"))


def test_killed_at_any_moment_the_last_good_edition_is_whole(tmp_path: Path) -> None:
    clock = random.Random(7)
    for turn in range(3):
        process = run(tmp_path / str(turn), 0)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(clock.random() * 0.05)
        process.kill()
        out, _ = process.communicate(timeout=30)
        done = int(out.split()[-1]) if out else 2
        assert last_whole(tmp_path / str(turn)) >= done


def test_two_loads_at_once_wait_for_each_other(tmp_path: Path) -> None:
    lock = tmp_path / "lists" / "lock"
    with disk.locked(lock), pytest.raises(LicetError, match="E_LISTS_BUSY"), disk.locked(lock, wait=0.1):
        pass
    with disk.locked(lock, wait=0.1):
        pass


def test_two_programs_loading_at_once_both_succeed(tmp_path: Path) -> None:
    both = [run(tmp_path, 0) for _ in range(2)]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert len(store(tmp_path).history("t.one")) == 24


def damaged(kept: ListStore, how: str) -> None:
    path = next(kept.entries_folder.iterdir()) if how != "manifest" else kept.manifest_path
    data = path.read_bytes()
    if how == "missing":
        path.unlink()
    elif how == "swapped":
        other = disk.packed(kept.entries_folder, disk.keep(kept.entries_folder, b"licet.list/1 t.one 0\n[]\n"))
        path.write_bytes(other.read_bytes())
    else:
        path.write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize("how", ["missing", "cut", "swapped", "manifest"])
def test_damage_is_an_error_and_never_skipped(tmp_path: Path, how: str) -> None:
    kept = store(tmp_path)
    load(kept, entries("ab"), "2026-07-01")
    damaged(kept, how)
    with pytest.raises(LicetError, match="E_LISTS_DAMAGED"):
        ListStore(kept.root, kept.catalogue).on("t.one")


def test_a_damaged_step_is_made_again(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, entries("ab"), "2026-07-01")
    load(kept, entries("bc"), "2026-07-02")
    (path,) = kept.steps_folder.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-3])
    assert [one.entry.id for one in kept.removals("t.one")] == ["a"]
    assert path.read_bytes() == whole


def test_a_store_of_another_version_is_not_touched(tmp_path: Path) -> None:
    kept = store(tmp_path)
    load(kept, entries("a"), "2026-07-01")
    text = kept.manifest_path.read_text(encoding="utf-8").replace("licet.lists/1", "licet.lists/2", 1)
    kept.manifest_path.write_text(text, encoding="utf-8")
    with pytest.raises(LicetError, match="another version"):
        store(tmp_path)


def test_a_full_disk_is_an_error_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = store(tmp_path)
    load(kept, entries("a"), "2026-07-01")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LicetError, match="E_LISTS_WRITE"):
        load(kept, entries("ab"), "2026-07-02")
    loaded = ListStore(kept.root, kept.catalogue).on("t.one")
    assert loaded is not None
    assert ids(loaded.entries) == "a"
