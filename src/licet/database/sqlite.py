"""A file of SQLite that several processes write to: what is committed is on disk, what is deleted is overwritten."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

WAIT_SECONDS = 30  # for another writer
READS = {"writes": False}  # the option of an engine whose connections only read
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON")
_OWNER_ONLY = 0o600


def sqlite_engine(url: str | sa.URL) -> Engine:
    """An engine whose transactions take the place of the writer at their beginning, unless it has the option `READS`.

    So none fails half-way because another process wrote meanwhile; one that reads has one view and stops no writer.
    """
    engine = sa.create_engine(url, connect_args={"timeout": WAIT_SECONDS})

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, _: object) -> None:
        connection.isolation_level = None  # so that nothing but the next line begins a transaction
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def make_private(file: Path) -> None:
    """Make the file of a database, readable by its owner only, where there is none. SQLite's helpers get its rights.

    Raises OSError.
    """
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, _OWNER_ONLY))
