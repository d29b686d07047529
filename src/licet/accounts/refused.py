"""What was refused: sign-ins that were tried, as long as they count, and denials for good. And the one-time link."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from licet.accounts.tables import accounts, denials, first, tries
from licet.accounts.tokens import same


@dataclass(frozen=True, slots=True)
class Refusal:
    """A denial as it is kept; the book numbers it (0: it is not in it yet)."""

    at: float
    who: str
    what: str
    why: str
    number: int = 0


def insert(connection: Connection, refusal: Refusal) -> None:
    """Write a denial down."""
    values = {"at": refusal.at, "who": refusal.who, "what": refusal.what, "why": refusal.why}
    connection.execute(sa.insert(denials).values(values))


def newest(connection: Connection, limit: int, before: int = 0) -> list[Refusal]:
    """The newest denials, the last one first; with `before` only those before one, by its number."""
    query = sa.select(denials.c.at, denials.c.who, denials.c.what, denials.c.why, denials.c.number)
    if before:
        query = query.where(denials.c.number < before)
    return [Refusal(*row) for row in connection.execute(query.order_by(denials.c.number.desc()).limit(limit))]


# --- sign-ins tried --------------------------------------------------------------------------


def tried(connection: Connection, name: str, address: str, since: float) -> tuple[list[float], list[float]]:
    """When sign-ins were tried under a name and from an address, the oldest first."""
    query = sa.select(tries.c.at).where(tries.c.at > since).order_by(tries.c.at)
    under, away = query.where(tries.c.name == name), query.where(tries.c.address == address)
    return [*connection.execute(under).scalars()], [*connection.execute(away).scalars()]


def insert_try(connection: Connection, name: str, address: str, now: float) -> int:
    """Count a sign-in that is being tried; its number."""
    done = connection.execute(sa.insert(tries).values(at=now, name=name, address=address))
    (number,) = done.inserted_primary_key or (0,)
    return int(number)


def forget_try(connection: Connection, number: int) -> None:
    """Do not count one that was right."""
    connection.execute(sa.delete(tries).where(tries.c.number == number))


def forget_name(connection: Connection, name: str) -> None:
    """Count nothing that was tried under a name."""
    connection.execute(sa.delete(tries).where(tries.c.name == name))


def forget_old(connection: Connection, before: float) -> None:
    """Drop what counts no more."""
    connection.execute(sa.delete(tries).where(tries.c.at <= before))


# --- the one-time link -----------------------------------------------------------------------


def keep_first(connection: Connection, hashed: str, now: float) -> None:
    """Keep the hash of a one-time secret; one before it dies."""
    drop_first(connection)
    connection.execute(sa.insert(first).values(hash=hashed, made=now))


def is_open(connection: Connection, since: float) -> bool:
    """Whether there is a one-time secret made since a moment, and no account."""
    there = sa.exists(sa.select(accounts.c.number))
    return connection.execute(sa.select(first.c.hash).where(first.c.made > since, ~there)).first() is not None


def opens(connection: Connection, hashed: str, since: float) -> bool:
    """Whether this is the hash of such a secret."""
    kept = connection.execute(sa.select(first.c.hash)).scalar()
    return same(hashed, kept or "") and is_open(connection, since)


def drop_first(connection: Connection) -> None:
    """Let the one-time secret die."""
    connection.execute(sa.delete(first))
