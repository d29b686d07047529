"""What was done to accounts and keys: written down with it, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from licet.accounts.tables import acts


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did."""

    at: float
    who: str
    what: str


def insert(connection: Connection, act: Act) -> None:
    """Write down what somebody did."""
    connection.execute(sa.insert(acts).values(at=act.at, who=act.who, what=act.what))


def newest(connection: Connection, limit: int) -> list[Act]:
    """What was done last, the newest first."""
    query = sa.select(acts.c.at, acts.c.who, acts.c.what).order_by(acts.c.number.desc()).limit(limit)
    return [Act(*row) for row in connection.execute(query)]
