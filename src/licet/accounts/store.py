"""Where accounts lie: a file of SQLite that only its owner can read, used by several processes at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from licet.accounts import tables
from licet.database.sqlite import READS, make_private, sqlite_engine
from licet.facts.errors import CaseError, LicetError, Place

FILE = "accounts.sqlite3"


class Store:
    """The tables of accounts."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One view of the tables, which no writer disturbs. Raises CaseError."""
        with _told(), self.engine.execution_options(**READS).connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A change that is made whole or not at all, one after the other, over all processes. Raises CaseError."""
        with _told(), self.engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def open_store(folder: Path) -> Store:
    """The tables in a folder, made where there are none. Raises CaseError."""
    file = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _private(folder, file)
    except OSError as bad:
        raise CaseError.one("E_ACCOUNTS", f"accounts cannot be kept: {bad.strerror}", Place(str(folder))) from None
    store = Store(sqlite_engine(sa.URL.create("sqlite", database=str(file))))
    with store.writing() as connection:  # the second of two processes finds what the first one made
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version < tables.VERSION:
            tables.META.create_all(connection)
            for statement in (*_columns(connection), *tables.guards(), f"PRAGMA user_version = {tables.VERSION}"):
                connection.exec_driver_sql(statement)
        elif version > tables.VERSION:
            hint = "use the version of Licet that made them"
            raise CaseError.one("E_ACCOUNTS", "these accounts are of a newer version", Place(str(file)), hint)
    return store


def _columns(connection: Connection) -> list[str]:
    """What adds the columns that tables made by an older version lack."""
    there = {
        name: {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")} for name, *_ in tables.ADDED
    }
    return [
        f"ALTER TABLE {name} ADD COLUMN {column} {kind}"
        for name, column, kind in tables.ADDED
        if column not in there[name]
    ]


def _private(folder: Path, file: Path) -> None:
    """Let nobody but the owner read what is there, also where it was there before."""
    make_private(file)
    for path, mode in ((folder, 0o700), (file, 0o600)):
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(mode)


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong in the database, as an error that shows nothing of what is in it."""
    try:
        yield
    except DatabaseError as bad:
        raise _broken(" ".join(str(bad.orig).split())) from None
    except SQLAlchemyError as bad:
        raise _broken(type(bad).__name__) from None


def _broken(reason: str) -> LicetError:
    text = f"the database of accounts says: {reason}"
    return CaseError.one("E_ACCOUNTS", text, hint="nobody is let in; see that the disk has room and the file is whole")
