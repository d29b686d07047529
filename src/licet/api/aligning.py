"""Routes about alignment: who controls a technology since when, and from where it can still be had."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from licet.api.asked import Desk, Reader
from licet.facts.plain import to_plain
from licet.services.align import Asked
from licet.services.align_read import names
from licet.services.home import law_root

routes = APIRouter(tags=["alignment"])
SCHEMA, FIRST = "licet.alignment/1", date(2018, 1, 1)
Words = Annotated[list[str] | None, Query(max_length=50)]


@routes.get("/align")
def technologies(_: Reader) -> dict[str, Any]:
    """The technologies that can be asked about."""
    return {"technologies": [*names(law_root())]}


@routes.get("/align/{technology}")
def align(
    desk: Desk,
    _: Reader,
    technology: str,
    to: Annotated[str, Query(description="Sold to this country.")] = "CN",
    item: Words = None,
    place: Words = None,
    first: Annotated[date, Query(alias="from", description="Begin on this day.")] = FIRST,
    until: Annotated[date | None, Query(description="End on this day instead of today.")] = None,
    on: Annotated[date | None, Query(description="Tell sources for this day; else the last day read.")] = None,
) -> JSONResponse:
    """The matrix (`licet.alignment/1`): each reference item at each place, over days.

    It is worked out by running the law, which takes seconds the first time.
    """
    asked = Asked(to.upper(), first, until or date.today(), on, tuple(item or ()), tuple(place or ()))
    answer = desk.alignments.ask(desk.checker, law_root(), technology, asked)
    return JSONResponse({"schema": SCHEMA} | to_plain(answer))
