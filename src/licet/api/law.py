"""Routes about the law: what is in force, and a provision as it stands on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query

from licet.api.asked import Day, Desk, Reader
from licet.api.paging import After, Limit, cut, following
from licet.services import lawcoverage, lawdiff, lawtime, lawview

routes = APIRouter(tags=["law"])
First = Annotated[date, Query(alias="from", description="The earlier day.")]
Second = Annotated[date, Query(alias="to", description="The later day.")]


@routes.get("/law")
def provisions(
    desk: Desk,
    _: Reader,
    on: Day = None,
    kind: str = "",
    jurisdiction: str = "",
    after: Annotated[str, Query(description="Begin behind this id.")] = "",
    limit: Limit = 100,
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


@routes.get("/law/diff")
def difference(
    desk: Desk, _: Reader, first: First, second: Second, after: After = 0, limit: Limit = 100
) -> dict[str, Any]:
    """What changed between two days (`licet.law-diff/1`): provisions and groups, then rows of the known parties.

    `counts` are of all of it, a page has so many of both together.
    """
    found, counts = lawdiff.part(desk.checker.law, desk.checker.known, (first, second), after, limit)
    return lawdiff.as_json(found) | {"counts": counts, "next": following(sum(counts.values()), after, limit)}


@routes.get("/law/changes")
def changes(
    desk: Desk,
    _: Reader,
    first: First,
    second: Second,
    jurisdiction: str = "",
    after: After = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """The versions of provisions that begin in a span of days, in their order, with what each says it changed."""
    found = [*lawtime.begun(desk.checker.law, first, second, jurisdiction)]
    shown = found[after : after + limit]
    return {
        "law": desk.checker.law.hash,
        "changes": [
            {"day": day.isoformat(), "id": rule.id, "kind": rule.kind, "cite": rule.cite, "title": rule.title}
            | {key: value for key, value in lawtime.versions(rule)[number - 1].items() if key != "start"}
            for day, rule, number in shown
        ],
        "next": following(len(found), after, limit),
    }


@routes.get("/law/coverage")
def coverage(
    desk: Desk, _: Reader, on: Day = None, jurisdiction: str = "", after: After = 0, limit: Limit = 100
) -> dict[str, Any]:
    """What of the law is encoded, partly encoded or not, section by section, then by categories of entries.

    `counts` are of all of it, a page has so many of both together.
    """
    found = lawcoverage.as_json(lawcoverage.coverage(desk.checker.law, on or date.today(), jurisdiction))
    return cut(found, ("sections", "entries"), after, limit)


@routes.get("/law/{rule}/timeline")
def timeline(desk: Desk, _: Reader, rule: str) -> dict[str, Any]:
    """All versions of a provision, the oldest first, with what each changed and its sources."""
    law = desk.checker.law
    found = lawview.find(law, rule)
    head = {"id": found.id, "kind": found.kind, "cite": found.cite, "title": found.title}
    return {"law": law.hash} | head | {"versions": lawtime.versions(found)}


@routes.get("/law/{rule}")
def provision(desk: Desk, _: Reader, rule: str, on: Day = None) -> dict[str, Any]:
    """A provision as it stands on a day: its versions, sources and conditions, and what names it."""
    law = desk.checker.law
    found = lawview.as_json(lawview.provision(law, lawview.find(law, rule), on or date.today(), 0))
    del found["tests"], found["file"]  # of the folder of the law, which a server need not have
    return found
