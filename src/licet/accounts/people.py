"""Accounts: who there is."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from licet.accounts.tables import accounts, sessions


@dataclass(frozen=True, slots=True)
class Person:
    """An account as it is kept. `off` is since when it is switched off."""

    number: int
    name: str
    folded: str
    password: str
    role: int
    made: float
    last: float | None
    off: float | None


def everybody(connection: Connection) -> list[Person]:
    """All accounts, by name."""
    return [Person(*row) for row in connection.execute(sa.select(accounts).order_by(accounts.c.folded))]


def any_there(connection: Connection) -> bool:
    """Whether there is an account."""
    return connection.execute(sa.select(accounts.c.number).limit(1)).first() is not None


def named(connection: Connection, folded: str) -> Person | None:
    """The account of a folded name."""
    row = connection.execute(sa.select(accounts).where(accounts.c.folded == folded)).first()
    return None if row is None else Person(*row)


def numbered(connection: Connection, number: int) -> Person | None:
    """The account of a number."""
    row = connection.execute(sa.select(accounts).where(accounts.c.number == number)).first()
    return None if row is None else Person(*row)


def insert(connection: Connection, name: str, folded: str, password: str, role: int, now: float) -> None:
    """Add an account."""
    connection.execute(sa.insert(accounts).values(name=name, folded=folded, password=password, role=role, made=now))


def set_role(connection: Connection, number: int, role: int) -> None:
    """Give an account another role."""
    connection.execute(sa.update(accounts).where(accounts.c.number == number).values(role=role))


def set_password(connection: Connection, number: int, password: str) -> None:
    """Keep another hash of a password."""
    connection.execute(sa.update(accounts).where(accounts.c.number == number).values(password=password))


def set_off(connection: Connection, number: int, since: float | None) -> None:
    """Switch an account off, or on with None."""
    connection.execute(sa.update(accounts).where(accounts.c.number == number).values(off=since))


def signed_in(connection: Connection, number: int, now: float) -> None:
    """Remember when somebody last signed in."""
    connection.execute(sa.update(accounts).where(accounts.c.number == number).values(last=now))


def end_sessions(connection: Connection, number: int) -> None:
    """End every session of an account."""
    connection.execute(sa.delete(sessions).where(sessions.c.account == number))


def is_last(connection: Connection, number: int, role: int) -> bool:
    """Whether an account is the only one of a role that is not switched off."""
    query = sa.select(accounts.c.number).where(accounts.c.role == role, accounts.c.off.is_(None))
    return [*connection.execute(query).scalars()] == [number]
