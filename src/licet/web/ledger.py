"""The ledger: what is kept, the newest first, whether anything was changed, and the whole of it as a file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from licet.facts.errors import CaseError, LicetError
from licet.ledger import store as tables
from licet.ledger.intact import check_intact
from licet.ledger.ledger import Ledger
from licet.ledger.record import ERASURE, HOLD, KEPT, RELEASE, ROTATION, START, Record
from licet.ledger.verify import Verified, verify
from licet.services.access.caller import Role
from licet.services.ledger.export import export_aside
from licet.services.ledger.opening import make_checkpoint, own_checkpoints
from licet.services.serve import Service
from licet.web.asked import Desk, Officer, Reader
from licet.web.pages import page
from licet.web.sent import read_form

routes = APIRouter()
EACH, MOST = 50, 2**63 - 1
SHOWN = (*KEPT, HOLD, RELEASE, ERASURE, ROTATION, START)  # kinds one can ask for


@dataclass(frozen=True, slots=True)
class Line:
    """A record in the list: what it says at a glance. Of one that was changed behind Licet's back, only that it was."""

    record: Record
    at: str
    address: str
    changed: bool


def ledger_of(desk: Service) -> Ledger:
    """The ledger of this server. Raises CaseError where there is none."""
    if desk.keeper is None:
        raise CaseError.one("E_NO_LEDGER", "no ledger is set up", hint="licet ledger start")
    return desk.keeper.ledger


def written(at: str) -> str:
    """A moment of a record as it is read."""
    return f"{at[:16].replace('T', ' ')} UTC"


def line_of(record: Record) -> Line:
    """How a record stands in the list."""
    try:
        check_intact(record, {})
        at, changed = written(record.says["at"]), False
    except LicetError:
        at, changed = "", True
    return Line(record, at, f"/ledger/{record.number}", changed)


@routes.get("/ledger")
def records(
    request: Request,
    desk: Desk,
    _: Reader,
    kind: Annotated[str, Query(max_length=20)] = "",
    before: Annotated[int, Query(ge=0, le=MOST)] = 0,
) -> Response:
    """The records, the newest first."""
    if desk.keeper is None:
        return page(request, "ledger_none.html")
    return _listed(request, desk, kind if kind in SHOWN else "", before, None)


def _listed(request: Request, desk: Service, kind: str, before: int, found: Verified | None) -> Response:
    with ledger_of(desk).store.reading() as connection:
        rows = [*islice(tables.each(connection, kind, newest=True, before=before), EACH + 1)]
    lines = [line_of(record) for record in rows[:EACH]]
    return page(
        request,
        "ledger.html",
        lines=lines,
        kind=kind,
        kinds=SHOWN,
        kept=KEPT,
        more=lines[-1].record.number if len(rows) > EACH else 0,
        before=before,
        verified=found,
        may_export=request.state.caller.role >= Role.OFFICER,
    )


@routes.post("/ledger/verify")
async def look(request: Request, desk: Desk, caller: Reader) -> Response:
    """Whether anything was changed."""
    await read_form(request, caller)
    ledger = ledger_of(desk)
    found = await run_in_threadpool(verify, ledger.store, own_checkpoints())
    return await run_in_threadpool(_listed, request, desk, "", 0, found)


@routes.post("/ledger/checkpoint")
async def checkpoint(request: Request, desk: Desk, caller: Officer) -> Response:
    """A checkpoint of now, to be given to somebody else."""
    await read_form(request, caller)
    made = await run_in_threadpool(make_checkpoint, ledger_of(desk))
    name = f"licet-checkpoint-{made.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(made.text(), media_type="application/json", headers=headers)


@routes.post("/ledger/export")
async def whole(request: Request, desk: Desk, caller: Officer) -> Response:
    """The whole ledger as a ZIP file."""
    await read_form(request, caller)
    made = await run_in_threadpool(export_aside, ledger_of(desk).store)
    headers, gone = {"Cache-Control": "no-store"}, BackgroundTask(made.remove)
    return FileResponse(
        made.path, media_type="application/zip", filename=made.path.name, headers=headers, background=gone
    )
