"""The columns of a result."""

from __future__ import annotations

from dataclasses import asdict

from licet.batch.tables_write import Cell, Column
from licet.services.brief import Brief

LISTS = ("jurisdictions", "because", "open", "policies", "questions")
COLUMNS = (
    Column("row", "BIGINT", 9),
    Column("line", width=18),
    Column("on", width=11),
    Column("item", width=24),
    Column("value", "DOUBLE", 14),
    Column("outcome", width=22),
    Column("best", width=22),
    Column("worst", width=22),
    Column("coverage", width=10),
    Column("exit_code", "BIGINT", 9),
    *(Column(name, "VARCHAR[]", 36) for name in LISTS),
)
REJECTED = (Column("row", "BIGINT", 9), Column("line", width=18), Column("reason", width=80))


def shown(answer: Brief) -> list[Cell]:
    """An answer as the columns after the first five show it."""
    held = asdict(answer)
    return [held[column.name] for column in COLUMNS[5:]]
