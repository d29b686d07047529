"""Where accounts lie: for the owner's eyes, whole with several processes, and denials for good."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from licet.accounts import acts, keys, people, refused, tables
from licet.accounts.acts import Act
from licet.accounts.refused import Refusal
from licet.accounts.store import FILE, Store, open_store
from licet.facts.errors import CaseError


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "accounts")


@pytest.mark.skipif(os.name != "posix", reason="rights of files as POSIX has them")
def test_nobody_else_can_read_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "accounts"
    folder.mkdir(mode=0o755)
    (folder / FILE).touch(mode=0o644)
    before = os.umask(0)
    try:
        store = open_store(folder)
        with store.writing() as connection:
            people.insert(connection, "Anna", "anna", "hash", 1, 0)
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()} == {
            FILE: 0o600, f"{FILE}-wal": 0o600, f"{FILE}-shm": 0o600
        }  # fmt: skip
    finally:
        os.umask(before)


DONE = (("UPDATE", " SET who = 'x'"), ("DELETE FROM", ""))


def test_what_was_written_down_stays(store: Store) -> None:
    with store.writing() as connection:
        refused.insert(connection, Refusal(1.0, "nobody", "GET /", "why"))
        acts.insert(connection, Act(1.0, "Ada", "made Anna reader"))
    tables_and_all = [f"{do} {table}{end}" for table in ("licet_denial", "licet_act") for do, end in DONE]
    for statement in tables_and_all:
        with pytest.raises(CaseError, match="what was written down stays"), store.writing() as connection:
            connection.exec_driver_sql(statement)
    with store.reading() as connection:
        assert refused.newest(connection, 5) == [Refusal(1.0, "nobody", "GET /", "why", 1)]


def test_a_change_is_made_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(CaseError), store.writing() as connection:
        people.insert(connection, "Anna", "anna", "hash", 1, 0)
        people.insert(connection, "ANNA", "anna", "hash", 1, 0)
    with store.reading() as connection:
        assert not people.any_there(connection)


def test_a_database_of_another_version_or_none_at_all_is_told(store: Store, tmp_path: Path) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {tables.VERSION + 1}")
    store.close()
    with pytest.raises(CaseError, match="newer version"):
        open_store(tmp_path / "accounts")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / FILE).write_text("this is no database" * 100, encoding="utf-8")
    with pytest.raises(CaseError, match="E_ACCOUNTS"):
        open_store(tmp_path / "other")
    (tmp_path / "file").touch()
    with pytest.raises(CaseError, match="cannot be kept"):
        open_store(tmp_path / "file")


PROCESS = """
import sys
from pathlib import Path
from licet.accounts import refused
from licet.accounts.refused import Refusal
from licet.accounts.store import open_store
store = open_store(Path(sys.argv[1]))
for number in range(20):
    with store.writing() as connection:
        refused.insert(connection, Refusal(number, sys.argv[2], "what", "why"))
"""


def test_what_an_older_version_lacks_is_added(store: Store, tmp_path: Path) -> None:
    with store.writing() as connection:
        people.insert(connection, "Anna", "anna", "hash", 1, 0)
        for statement in ("DROP TABLE licet_act", "PRAGMA user_version = 1"):
            connection.exec_driver_sql(statement)
    store.close()
    with open_store(tmp_path / "accounts").writing() as connection:
        acts.insert(connection, Act(1.0, "Ada", "made Anna reader"))
        assert people.named(connection, "anna") and acts.newest(connection, 2)[0].who == "Ada"


def test_keys_of_an_older_version_stay_and_have_no_end(tmp_path: Path) -> None:
    folder = tmp_path / "accounts"
    folder.mkdir()
    with sqlite3.connect(folder / FILE) as old:  # as version 2 made it
        old.executescript("""
            CREATE TABLE licet_account (number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,
                folded TEXT NOT NULL UNIQUE, password TEXT NOT NULL, role INTEGER NOT NULL, made FLOAT NOT NULL,
                last FLOAT, off FLOAT);
            CREATE TABLE licet_key (number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL UNIQUE,
                account INTEGER NOT NULL REFERENCES licet_account (number), title TEXT NOT NULL,
                role INTEGER NOT NULL, made FLOAT NOT NULL, last FLOAT, ended FLOAT);
            INSERT INTO licet_account VALUES (1, 'Anna', 'anna', 'x', 2, 5.0, NULL, NULL);
            INSERT INTO licet_key VALUES (1, 'ab', 1, 'ERP', 2, 5.0, 6.0, NULL);
            PRAGMA user_version = 2;
        """)
    old.close()
    for _ in range(2):
        store = open_store(folder)
        with store.writing() as connection:
            found = keys.by_hash(connection, "ab")
            assert found is not None and (found.title, found.last, found.ends) == ("ERP", 6.0, None)
            keys.end(connection, 1, 7.0)
            assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == tables.VERSION
        store.close()


def test_several_processes_open_it_at_once_and_write(tmp_path: Path) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", PROCESS, str(tmp_path / "accounts"), str(number)])
        for number in range(4)
    ]
    assert [process.wait(60) for process in started] == [0] * 4
    with open_store(tmp_path / "accounts").reading() as connection:
        assert len(refused.newest(connection, 1_000)) == 80
