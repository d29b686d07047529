"""Routes about the law: what is in force, and a provision as it stands on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query

from licet.api.asked import Desk, Reader
from licet.services import lawtime, lawview

routes = APIRouter(tags=["law"])
Day = Annotated[date | None, Query(description="The day; today without it.")]


@routes.get("/law")
def provisions(
    desk: Desk,
    _: Reader,
    on: Day = None,
    kind: str = "",
    jurisdiction: str = "",
    after: Annotated[str, Query(description="Begin behind this id.")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """The provisions and how they stand on a day, by their ids; `next` is what to give as `after` for more."""
    law, day = desk.checker.law, on or date.today()
    rows = [row for row in lawtime.listed(law, day, kind, jurisdiction) if row.id > after]
    rows.sort(key=lambda row: row.id)
    shown = rows[:limit]
    return {
        "law": law.hash,
        "on": day.isoformat(),
        "provisions": [
            {"id": row.id, "kind": row.kind, "cite": row.cite, "title": row.title, "status": row.status}
            for row in shown
        ],
        "next": shown[-1].id if len(rows) > limit else None,
    }


@routes.get("/law/{rule}")
def provision(desk: Desk, _: Reader, rule: str, on: Day = None) -> dict[str, Any]:
    """A provision as it stands on a day: its versions, sources and conditions, and what names it."""
    law = desk.checker.law
    found = lawview.as_json(lawview.provision(law, lawview.find(law, rule), on or date.today(), 0))
    del found["tests"], found["file"]  # of the folder of the law, which a server need not have
    return found
