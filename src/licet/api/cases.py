"""Routes about cases: check and classify."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from licet.api.asked import Analyst, Desk, How, Text
from licet.api.bodies import json_body
from licet.api.document import CASE, DECISION, answer, ref
from licet.services.findings_serve import Sender, classified
from licet.services.ledger.findings import ItemsGiven
from licet.services.ledger.keep import JSON

routes = APIRouter(tags=["cases"])
RECORD = "Licet-Record"  # the header that names the record of the ledger
KEPT = {RECORD: {"description": "The record of the ledger, where there is one.", "schema": {"type": "string"}}}
DECIDED = answer(DECISION, headers=KEPT)
_CASE = json_body(ref(CASE))
_ITEM = json_body({"type": "object", "description": "A case, or one item."})
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=255,
        description="A request that is sent again under its key is answered as before, and kept once.",
    ),
]


@routes.post("/check", openapi_extra=_CASE, responses=DECIDED)
async def check(desk: Desk, caller: Analyst, how: How, text: Text, key: Key = "") -> Response:
    """May this go? The decision (`licet.decision/1`) for a case (`licet.case/1`) in JSON."""
    given = await desk.checked(text, how, key, caller.name)
    headers = {RECORD: str(given.record)} if given.record else None
    return Response(given.body, media_type="application/json", headers=headers)


@routes.post("/classify", openapi_extra=_ITEM, responses=answer({"type": "object"}, headers=KEPT))
async def classify(
    desk: Desk,
    caller: Analyst,
    how: How,
    text: Text,
    scheme: Annotated[list[str] | None, Query(max_length=20)] = None,
    key: Key = "",
) -> JSONResponse:
    """Which entries of the control lists describe an item, or the items of a case (`licet.classification/1`)."""
    given = ItemsGiven(text, JSON, tuple(scheme or ()))
    found = await run_in_threadpool(classified, desk, given, how.on, Sender(caller.name, key))
    return JSONResponse(found.answer, headers={RECORD: str(found.record)} if found.record else None)
