"""What an order book comes to: lines by outcome, and the questions that would settle the most of them."""

from __future__ import annotations

from dataclasses import dataclass

from licet.batch.parts import Parts

_OPEN = "outcome = 'unknown'"


@dataclass(frozen=True, slots=True)
class Count:
    """How many lines, of how many different items, and what they are worth."""

    name: str
    lines: int
    items: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: in how many open lines it is asked, in how many it is the only one, and of how many items."""

    fact: str
    lines: int
    alone: int
    items: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole book. `reasons` are the provisions that decide most lines."""

    lines: int
    outcomes: tuple[Count, ...]
    jurisdictions: tuple[Count, ...] = ()
    reasons: tuple[Count, ...] = ()
    questions: tuple[Asked, ...] = ()


def summary(parts: Parts, most: int = 12) -> Summary:
    """The summary of finished parts. Raises CaseError."""
    counted = "count(*), count(DISTINCT item), sum(value)"
    outcomes = parts.ask(f"SELECT outcome, {counted} FROM parts GROUP BY outcome ORDER BY 2 DESC, 1")
    jurisdictions = _unnested(parts, "jurisdictions", 1000)
    reasons = _unnested(parts, "because", most)
    questions = parts.ask(
        "SELECT fact, count(*), count(*) FILTER (WHERE few), count(DISTINCT item) FROM "
        f"(SELECT unnest(questions) AS fact, len(questions) = 1 AS few, item FROM parts WHERE {_OPEN}) "
        f"GROUP BY fact ORDER BY 3 DESC, 2 DESC, 1 LIMIT {int(most)}"
    )
    counts = tuple(Count(*row) for row in outcomes)
    return Summary(
        lines=sum(count.lines for count in counts),
        outcomes=counts,
        jurisdictions=jurisdictions,
        reasons=reasons,
        questions=tuple(Asked(*row) for row in questions),
    )


def _unnested(parts: Parts, column: str, most: int) -> tuple[Count, ...]:
    rows = parts.ask(
        f"SELECT name, count(*), count(DISTINCT item), sum(value) FROM "
        f"(SELECT unnest({column}) AS name, item, value FROM parts) GROUP BY name ORDER BY 2 DESC, 1 LIMIT {int(most)}"
    )
    return tuple(Count(*row) for row in rows)
