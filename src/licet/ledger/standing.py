"""What stands against erasing: duties to keep a record, holds, and how long it is told who did something to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy.engine import Connection

from licet.ledger import store as tables
from licet.ledger.record import HOLD, KEPT, RELEASE, Kept, Record, kept_by

WORDS_YEARS = 5  # who held, released, erased or began, and why, is told at least so long


def against(connection: Connection, record: Record, day: date) -> list[str]:
    """Why a record cannot be erased on a day, each reason in words; empty where it can.

    Of a record that tells what was done to another, the names and the reason go: not while that one must be kept
    or is held, and not before some years have passed.
    """
    if record.kind in KEPT:
        return [*_of(connection, record, day)]
    found = [*_young(record, day)]
    about = tables.one(connection, record.about) if record.about else None
    return found if about is None else [*found, *_of(connection, about, day)]


def _of(connection: Connection, record: Record, day: date) -> Iterator[str]:
    yield from (kept.text() for kept in kept_by(record.says) if kept.stands(day))
    for held in holds(tables.about(connection, record.number)):
        yield f"hold {held.number} of {held.says['at'][:10]}"


def _young(record: Record, day: date) -> Iterator[str]:
    made = date.fromisoformat(record.says["at"][:10])
    kept = Kept("who did it, and why", f"{WORDS_YEARS} years", years_after(made, WORDS_YEARS))
    if kept.stands(day):
        yield kept.text()


def years_after(day: date, years: int) -> date:
    """The same day so many years later."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def holds(after: Iterable[Record]) -> list[Record]:
    """The holds that stand, of the records about a record."""
    found: list[Record] = []
    for record in after:
        if record.kind == HOLD:
            found.append(record)
        elif record.kind == RELEASE:
            found = []
    return found
