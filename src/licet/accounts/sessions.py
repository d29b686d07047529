"""Sessions: who has signed in. A session is known by the hash of its cookie."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from licet.accounts.tables import accounts, sessions


@dataclass(frozen=True, slots=True)
class Session:
    """A session, and of its account what tells what it may do."""

    token: str
    made: float
    used: float
    name: str
    role: int
    off: float | None


# Asked with every request of a page, so it is put together once.
_BY_HASH = (
    sa.select(sessions.c.token, sessions.c.made, sessions.c.used, accounts.c.name, accounts.c.role, accounts.c.off)
    .join(accounts, accounts.c.number == sessions.c.account)
    .where(sessions.c.hash == sa.bindparam("hashed"))
)


def insert(connection: Connection, hashed: str, account: int, token: str, now: float) -> None:
    """Begin a session."""
    connection.execute(sa.insert(sessions).values(hash=hashed, account=account, token=token, made=now, used=now))


def one(connection: Connection, hashed: str) -> Session | None:
    """A session by the hash of its cookie."""
    row = connection.execute(_BY_HASH, {"hashed": hashed}).first()
    return None if row is None else Session(*row)


def touch(connection: Connection, hashed: str, now: float) -> None:
    """Remember when a session was last used."""
    connection.execute(sa.update(sessions).where(sessions.c.hash == hashed).values(used=now))


def delete(connection: Connection, hashed: str) -> None:
    """End a session."""
    connection.execute(sa.delete(sessions).where(sessions.c.hash == hashed))


def delete_old(connection: Connection, made: float, used: float) -> None:
    """Drop sessions begun before one moment or last used before another."""
    connection.execute(sa.delete(sessions).where((sessions.c.made < made) | (sessions.c.used < used)))
