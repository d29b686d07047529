"""Rows of known parties that came, went or changed between two days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from licet.parties.known import Party, Row


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row of a known party that came, went or changed."""

    entity: str
    name: str
    list: str
    what: str
    day: str
    cite: str
    detail: str


def changed_rows(party: Party, first: date, second: date) -> Iterator[ChangedRow]:
    """Rows that stood on one of the days only; one that took another's place on the same list changed it."""
    came = [row for row in party.rows if row.in_force(second) and not row.in_force(first)]
    went = [row for row in party.rows if row.in_force(first) and not row.in_force(second)]
    for row in came:
        earlier = next((old for old in went if old.list == row.list), None)
        if earlier is not None:
            went.remove(earlier)
        yield _row(party, row, "changed" if earlier else "came", row.start, _detail(row, earlier))
    for row in went:
        yield _row(party, row, "went", row.end or second, "")


def _row(party: Party, row: Row, what: str, day: date, detail: str) -> ChangedRow:
    return ChangedRow(party.entity, party.names[0], row.list, what, day.isoformat(), row.cite, detail)


def _detail(row: Row, earlier: Row | None) -> str:
    """Footnotes, scope and policy of a new row; of a changed one, only what is different."""
    parts = []
    for key in ("footnotes", "scope", "policy"):
        value, before = getattr(row, key), getattr(earlier, key) if earlier else ()
        if value and value != before:
            parts.append(f"{key} {', '.join(value) if isinstance(value, tuple) else value.replace('_', ' ')}")
    return "; ".join(parts)
