"""Long answers, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query

MOST_LEFT_OUT = 1_000_000
After = Annotated[int, Query(ge=0, le=MOST_LEFT_OUT, description="Leave out so many; `next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=500)]


def following(count: int, after: int, limit: int) -> int | None:
    """What to give as `after` for more; None where a page is the last one of so many."""
    return after + limit if count > after + limit else None


def cut(found: dict[str, Any], parts: Sequence[str], after: int, limit: int) -> dict[str, Any]:
    """A page of an answer with several long lists, one behind the other; `counts` are of all of each."""
    counts, start, shown = {part: len(found[part]) for part in parts}, 0, dict[str, Any]()
    for part, count in counts.items():
        shown[part] = found[part][max(0, after - start) : max(0, after + limit - start)]
        start += count
    return found | shown | {"counts": counts, "next": following(start, after, limit)}
