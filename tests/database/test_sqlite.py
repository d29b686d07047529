"""How a file of SQLite is opened: alike for all who keep something in one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from licet.accounts.store import FILE
from licet.accounts.store import open_store as open_accounts
from licet.database.sqlite import READS, make_private, sqlite_engine
from licet.ledger.store import open_store as open_ledger


def engine(file: Path) -> Engine:
    return sqlite_engine(f"sqlite:///{file}")


def told(found: Engine, pragma: str) -> object:
    with found.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()


@pytest.mark.parametrize("whose", ["accounts", "ledger"])
def test_accounts_and_the_ledger_are_opened_alike(tmp_path: Path, whose: str) -> None:
    store = (
        open_accounts(tmp_path)
        if whose == "accounts"
        else open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}", create=True)
    )
    found = {name: told(store.engine, name) for name in ("journal_mode", "synchronous", "secure_delete")}
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}
    assert told(store.engine, "foreign_keys") == 1
    store.close()
    file = tmp_path / (FILE if whose == "accounts" else "ledger.sqlite3")
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_who_writes_has_the_place_from_the_beginning_and_who_reads_stops_nobody(tmp_path: Path) -> None:
    file = tmp_path / "one.sqlite3"
    mine = engine(file)
    with mine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (n INTEGER)")
    with closing(sqlite3.connect(file, timeout=0)) as other:
        with mine.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO t VALUES (1)")
        with mine.execution_options(**READS).connect() as reading:
            before = reading.exec_driver_sql("SELECT count(*) FROM t").scalar_one()
            other.execute("INSERT INTO t VALUES (1)")
            other.commit()
            assert (before, reading.exec_driver_sql("SELECT count(*) FROM t").scalar_one()) == (0, 0)
    with mine.connect() as later:
        assert later.exec_driver_sql("SELECT count(*) FROM t").scalar_one() == 1
    mine.dispose()


def test_a_change_that_fails_leaves_nothing(tmp_path: Path) -> None:
    mine = engine(tmp_path / "one.sqlite3")
    with mine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (n INTEGER PRIMARY KEY)")
    with pytest.raises(sa.exc.IntegrityError), mine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
    assert told(mine, "user_version") == 0
    with mine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM t").scalar_one() == 0
    mine.dispose()


def test_a_file_that_is_there_keeps_what_is_in_it(tmp_path: Path) -> None:
    file = tmp_path / "one.sqlite3"
    file.write_bytes(b"something")
    make_private(file)
    assert file.read_bytes() == b"something"
    with pytest.raises(OSError, match="No such file"):
        make_private(tmp_path / "nowhere" / "one.sqlite3")
    mine = engine(file)
    with pytest.raises((OperationalError, sa.exc.DatabaseError)):
        mine.connect().close()
