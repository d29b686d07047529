"""The table of an impact: a row for each line that moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from licet.services.impact.model import Cause, ImpactAnswer

# Name, type and width of the columns of the table; all but the last are columns of the comparison.
COLUMNS = (
    ("row", "BIGINT", 9),
    ("line", "VARCHAR", 18),
    ("item", "VARCHAR", 24),
    ("value", "DOUBLE", 14),
    ("kind", "VARCHAR", 10),
    *((f"{name}_{side}", kind, width) for name, kind, width in (
        ("on", "VARCHAR", 11), ("outcome", "VARCHAR", 22), ("because", "VARCHAR[]", 36), ("open", "VARCHAR[]", 36),
        ("jurisdictions", "VARCHAR[]", 36), ("policies", "VARCHAR[]", 30),
    ) for side in ("before", "after")),
    ("changes", "VARCHAR[]", 60),
    ("first_day", "VARCHAR", 11),
)  # fmt: skip
NAMES = tuple(
    name.replace("_before", "_a").replace("_after", "_b") for name, *_ in COLUMNS if name != "first_day"
)  # as the comparison calls them


def rows(answer: ImpactAnswer, found: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows of the comparison, with the changes in words instead of by number, and the first day of them."""
    said = {change.number: [_said(cause) for cause in change.causes] for change in answer.changes}
    days = {change.number: [cause.day for cause in change.causes if cause.day] for change in answer.changes}
    for *rest, numbers in found:
        listed = [text for number in numbers or () for text in said[number]]
        first = min((day for number in numbers or () for day in days[number]), default="")
        yield (*rest, listed, first)


def _said(cause: Cause) -> str:
    parts = [cause.cite or cause.title, f"{cause.what} {cause.day}".strip(), cause.text]
    return ": ".join(part for part in parts if part)
