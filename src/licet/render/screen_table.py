"""A screen as a table: one row for each hit, and one for each party without any."""

from __future__ import annotations

from collections.abc import Iterator

from licet.batch.tables_write import Cell, Column
from licet.facts.truth import word
from licet.render.screen_words import ScreenWords
from licet.services.screen_model import Found, Screened

COLUMNS = (
    Column("row", "INTEGER", 6),
    Column("name", width=34),
    Column("role"),
    Column("country", width=10),
    Column("result", width=10),
    Column("complete", width=10),
    Column("why_not_complete", width=30),
    Column("score", "DOUBLE", 8),
    Column("list", width=12),
    Column("entry", width=20),
    Column("entry_name", width=34),
    Column("alias", width=30),
    Column("alias_kind", width=10),
    Column("entry_countries", width=12),
    Column("reasons", width=40),
    Column("since", width=12),
    Column("cite", width=18),
    Column("says", width=40),
    Column("bites", width=60),
    Column("may_bite", width=60),
    Column("decided", width=30),
    Column("would_rule_out", width=40),
    Column("notes", width=30),
    Column("lists", width=20),
)


def rows(screened: Screened, words: ScreenWords) -> Iterator[tuple[Cell, ...]]:
    """The rows of one party."""
    for found in screened.hits or (None,):
        yield (*_query(screened), *(_hit(found, words) if found else (None,) * 15), *_rest(screened))


def _query(screened: Screened) -> tuple[Cell, ...]:
    asked = screened.query
    return (
        asked.row or None,
        asked.name,
        ", ".join(asked.roles),
        ", ".join(asked.countries),
        screened.result,
        word(screened.complete),
        "; ".join(screened.why),
    )


def _hit(found: Found, words: ScreenWords) -> tuple[Cell, ...]:
    hit, row = found.hit, found.row
    return (
        round(hit.score, 4),
        hit.entry.list,
        hit.entry.id,
        hit.entry.name,
        hit.alias,
        hit.alias_kind,
        ", ".join(hit.entry.countries),
        words.reasons(hit),
        row.start.isoformat() if row.start else "",
        row.cite,
        words.row(row, hit.entry.programmes),
        " | ".join(words.line(one) for one in found.effect if one.bites is True) or found.note,
        " | ".join(words.line(one) for one in found.effect if one.bites is None),
        words.decided(found.decided) if found.decided else "",
        "; ".join(clue.ask for clue in found.clues),
    )


def _rest(screened: Screened) -> tuple[Cell, ...]:
    problem = screened.query.problem
    return "; ".join((*screened.query.notes, *((problem.message,) if problem else ()))), screened.lists.snapshot
