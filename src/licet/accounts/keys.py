"""API keys, known by their hash. A key that has ended stays as a row, so that who had one can be told."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from licet.accounts.tables import accounts, keys


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is kept, and of its account what tells what it may do.

    `ended` is when somebody ended it, `ends` when it ends by itself (None: it does not).
    """

    number: int
    title: str
    role: int
    made: float
    last: float | None
    ended: float | None
    ends: float | None
    account: str
    account_role: int
    account_off: float | None


_QUERY: sa.Select[Any] = sa.select(
    keys.c.number, keys.c.title, keys.c.role, keys.c.made, keys.c.last, keys.c.ended, keys.c.ends,
    accounts.c.name, accounts.c.role, accounts.c.off,
).join(accounts, accounts.c.number == keys.c.account)  # fmt: skip


_BY_HASH = _QUERY.where(keys.c.hash == sa.bindparam("hashed"))


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key to keep: its hash, of which account, for what, and from when to when."""

    hash: str
    account: int
    title: str
    role: int
    made: float
    ends: float


def insert(connection: Connection, new: NewKey) -> None:
    """Keep a new key."""
    connection.execute(sa.insert(keys).values(asdict(new)))


def by_hash(connection: Connection, hashed: str) -> ApiKey | None:
    """A key by its hash."""
    row = connection.execute(_BY_HASH, {"hashed": hashed}).first()
    return None if row is None else ApiKey(*row)


def by_number(connection: Connection, number: int) -> ApiKey | None:
    """A key by its number."""
    row = connection.execute(_QUERY.where(keys.c.number == number)).first()
    return None if row is None else ApiKey(*row)


def each(connection: Connection, folded: str = "") -> list[ApiKey]:
    """All keys, or those of an account, the newest first."""
    query = _QUERY.where(accounts.c.folded == folded) if folded else _QUERY
    return [ApiKey(*row) for row in connection.execute(query.order_by(keys.c.number.desc()))]


def touch(connection: Connection, number: int, now: float) -> None:
    """Remember when a key was last used."""
    connection.execute(sa.update(keys).where(keys.c.number == number).values(last=now))


def end(connection: Connection, number: int, now: float) -> None:
    """End a key for good."""
    connection.execute(sa.update(keys).where(keys.c.number == number, keys.c.ended.is_(None)).values(ended=now))
