"""What was done to accounts and keys: written down with it, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from licet.accounts.tables import acts


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did; the book numbers it (0: it is not in it yet)."""

    at: float
    who: str
    what: str
    number: int = 0


def insert(connection: Connection, act: Act) -> None:
    """Write down what somebody did."""
    connection.execute(sa.insert(acts).values(at=act.at, who=act.who, what=act.what))


def newest(connection: Connection, limit: int, before: int = 0) -> list[Act]:
    """What was done last, the newest first; with `before` only what was done before one, by its number."""
    query = sa.select(acts.c.at, acts.c.who, acts.c.what, acts.c.number)
    if before:
        query = query.where(acts.c.number < before)
    return [Act(*row) for row in connection.execute(query.order_by(acts.c.number.desc()).limit(limit))]
