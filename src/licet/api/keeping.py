"""Routes that do something to the ledger: hold, release, erase, a new key, a checkpoint, and the whole as a file."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from licet.api.asked import Administrator, Desk, Officer, Text
from licet.api.bodies import fields, json_body, object_of, word
from licet.api.document import answer
from licet.api.ledger import Number, ledger_of
from licet.ledger.ledger import MAX_WORDS
from licet.ledger.record import Record
from licet.services.ledger.export import export_aside
from licet.services.ledger.opening import make_checkpoint
from licet.services.ledger.opening import rotate as turn

routes = APIRouter(prefix="/ledger", tags=["ledger"])
_REASON = json_body(
    object_of(
        {"reason": {"type": "string", "minLength": 1, "maxLength": MAX_WORDS, "description": "Why."}},
        ["reason"],
    )
)
_RECORD = answer(
    {
        "type": "object",
        "description": "The record that says what was done.",
        "properties": {
            "number": {"type": "integer"},
            "kind": {"type": "string"},
            "about": {"type": "integer", "description": "The record that it was done to; 0: to the ledger."},
            "hash": {"type": "string"},
        },
        "required": ["number", "kind", "about", "hash"],
    }
)
_CHECKPOINT = answer(
    {
        "type": "object",
        "description": "`licet.checkpoint/1`: how far the chain has come, signed.",
        "required": ["schema", "ledger", "number", "hash", "at", "key", "signature"],
    }
)
_ZIP: dict[int | str, dict[str, Any]] = {200: {"content": {"application/zip": {}}, "description": "The ledger."}}


def _why(text: str) -> str:
    return word(fields(text, ("reason",)), "reason")


async def _plain(do: Any, *given: Any) -> dict[str, Any]:
    record: Record = await run_in_threadpool(do, *given)
    return record.plain()


@routes.post("/{number}/hold", openapi_extra=_REASON, responses=_RECORD)
async def hold(desk: Desk, caller: Officer, number: Number, text: Text) -> dict[str, Any]:
    """A legal hold: nobody can erase the record while it stands."""
    return await _plain(ledger_of(desk).hold, number, caller.name, _why(text))


@routes.post("/{number}/release", openapi_extra=_REASON, responses=_RECORD)
async def release(desk: Desk, caller: Officer, number: Number, text: Text) -> dict[str, Any]:
    """End all holds on a record."""
    return await _plain(ledger_of(desk).release, number, caller.name, _why(text))


@routes.post("/{number}/erase", openapi_extra=_REASON, responses=_RECORD)
async def erase(desk: Desk, caller: Administrator, number: Number, text: Text) -> dict[str, Any]:
    """Erase what a record rests on for good; the chain stays whole. Refused (409) while something stands against it."""
    return await _plain(ledger_of(desk).erase, number, caller.name, _why(text), datetime.now(UTC).date())


@routes.post("/rotate", openapi_extra=_REASON, responses=_RECORD)
async def rotate(desk: Desk, caller: Administrator, text: Text) -> dict[str, Any]:
    """A new key in the place of the one that signs; `key` of the answer is the public one. Keep a copy of its file."""
    ledger_of(desk)
    ledger, record = await run_in_threadpool(turn, caller.name, _why(text))
    ledger.store.close()
    return record.plain()


@routes.post("/checkpoint", responses=_CHECKPOINT)
async def checkpoint(desk: Desk, _: Officer) -> dict[str, Any]:
    """A checkpoint of now (`licet.checkpoint/1`): give it to somebody else."""
    return asdict(await run_in_threadpool(make_checkpoint, ledger_of(desk)))


@routes.get("/export", response_class=FileResponse, responses=_ZIP)
async def whole(desk: Desk, _: Officer) -> FileResponse:
    """The whole ledger as a ZIP that others can hold against its hashes without Licet; its README says how."""
    made = await run_in_threadpool(export_aside, ledger_of(desk).store)
    headers, gone = {"Cache-Control": "no-store"}, BackgroundTask(made.remove)
    name = made.path.name
    return FileResponse(made.path, media_type="application/zip", filename=name, headers=headers, background=gone)
