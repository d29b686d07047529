"""The tables of accounts. Moments are seconds since 1970 (UTC)."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

META = sa.MetaData()
VERSION = 3  # of these tables: what an older one lacks is added, a newer one is not touched

accounts = sa.Table(
    "licet_account",
    META,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("folded", sa.Text, nullable=False, unique=True),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("role", sa.Integer, nullable=False),
    sa.Column("made", sa.Float, nullable=False),
    sa.Column("last", sa.Float),
    sa.Column("off", sa.Float),
    sqlite_autoincrement=True,
)
sessions = sa.Table(
    "licet_session",
    META,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("account", sa.Integer, sa.ForeignKey("licet_account.number"), nullable=False, index=True),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("made", sa.Float, nullable=False),
    sa.Column("used", sa.Float, nullable=False),
)
keys = sa.Table(
    "licet_key",
    META,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
    sa.Column("account", sa.Integer, sa.ForeignKey("licet_account.number"), nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("role", sa.Integer, nullable=False),
    sa.Column("made", sa.Float, nullable=False),
    sa.Column("last", sa.Float),
    sa.Column("ended", sa.Float),
    sa.Column("ends", sa.Float),  # None: of one made before keys ended by themselves
    sqlite_autoincrement=True,
)
ADDED = ((keys.name, keys.c.ends.name, "FLOAT"),)  # columns that a table made by an older version lacks
tries = sa.Table(
    "licet_try",
    META,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
denials = sa.Table(
    "licet_denial",
    META,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
acts = sa.Table(
    "licet_act",
    META,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
first = sa.Table(
    "licet_first",
    META,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("made", sa.Float, nullable=False),
)


def guards() -> Iterator[str]:
    """What makes the database itself refuse to change or drop what was written down."""
    for table in ("licet_denial", "licet_act"):
        for what in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {table}_never_{what.lower()} BEFORE {what} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'what was written down stays'); END"
            )
