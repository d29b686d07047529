"""Whoever writes to a file of SQLite without pause lets others have their turn."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Thread

import pytest

from licet.database import turns
from licet.database.locks import try_lock
from licet.database.turns import turn


def is_locked(file: Path) -> bool:
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        return not try_lock(handle)
    finally:
        os.close(handle)


def test_who_waits_is_next_even_where_the_other_goes_on_at_once(tmp_path: Path) -> None:
    file, order = tmp_path / "ledger.sqlite3", list[str]()

    def wait() -> None:
        with turn(file):
            order.append("who waited")

    for _ in range(20):
        waiting = Thread(target=wait)
        with turn(file):
            waiting.start()
            while not is_locked(tmp_path / "ledger.sqlite3-next"):
                pass
            order.append("first")
        with turn(file):
            order.append("first again")
        waiting.join()
    assert order == ["first", "who waited", "first again"] * 20


def test_one_writes_at_a_time(tmp_path: Path) -> None:
    file, order = tmp_path / "ledger.sqlite3", list[str]()

    def write(name: str) -> None:
        for _ in range(50):
            with turn(file):
                order.append(name)
                time.sleep(0.0001)
                order.append(name)

    threads = [Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order[::2] == order[1::2]
    assert sorted(order[::2]) == [name for name in "abc" for _ in range(50)]


def test_who_waits_too_long_goes_on_and_the_database_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.05)
    file = tmp_path / "ledger.sqlite3"
    with turn(file), turn(file):
        assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.sqlite3-next", "ledger.sqlite3-turn"]


def test_a_folder_that_nobody_can_write_to_has_no_turns(tmp_path: Path) -> None:
    with turn(tmp_path / "no such folder" / "ledger.sqlite3"):
        assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_the_files_are_their_owners_only(tmp_path: Path) -> None:
    with turn(tmp_path / "ledger.sqlite3"):
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
