"""Routes about jobs: whole order books, and what a change of law does to them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from licet.api.asked import Analyst, Desk, at_least
from licet.api.cases import Key
from licet.api.document import IMPACT as IMPACT_SCHEMA
from licet.api.document import answer
from licet.api.jobforms import BATCH_FIELDS, IMPACT_FIELDS, MAP_FIELDS, encoding_of, form_body, short, wish_of
from licet.api.uploads import receive
from licet.facts.errors import CaseError
from licet.facts.plain import from_plain, to_plain
from licet.render.impact_svg import picture
from licet.services.access.caller import Role
from licet.services.impact.model import ImpactAnswer
from licet.services.jobs.counter import Found, counter
from licet.services.jobs.given import TABLE, is_soon_read
from licet.services.jobs.model import ANSWER, BATCH, DONE, FAILED, IMPACT, QUEUED, RUNNING, SUMMARY, Job, Progress
from licet.services.orders.propose import propose
from licet.services.orders.wanted import rejects_of
from licet.services.screen_tables import open_table

routes = APIRouter(tags=["jobs"])
LOOK, LONGEST = 0.4, 3_600.0  # seconds between two looks of who listens, and after which they have to come again
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
Told = dict[int | str, dict[str, Any]]
_FILE: Told = {200: {"content": {kind.partition(";")[0]: {} for kind in MEDIA.values()}, "description": "The table."}}
_CSV: Told = {200: {"content": {"text/csv": {}}, "description": "The table."}}
_TEXT, _COUNT = {"type": "string"}, {"type": "integer", "minimum": 0}
_STATE: dict[str, Any] = {
    **dict.fromkeys(("id", "kind", "owner", "made", "table", "form", "events", "result", "at", "text"), _TEXT),
    **dict.fromkeys(("number", "lines", "cases", "rejected", "cut"), _COUNT),
    "state": {"enum": [QUEUED, RUNNING, DONE, FAILED]},
    "done": {"type": "number", "minimum": 0, "maximum": 1},
    "errors": {"type": "array", "items": {"type": "object"}},
}
_JOB: dict[str, Any] = {"type": "object", "properties": _STATE, "required": [*_STATE], "additionalProperties": False}
_JOBS = answer(
    {
        "type": "object",
        "properties": {"jobs": {"type": "array", "items": _JOB}, "next": {"type": ["string", "null"]}},
        "required": ["jobs", "next"],
    }
)
_ACCEPTED: Told = answer(_JOB, 202)
After = Annotated[str, Query(description="Begin behind this job.", max_length=64)]
Limit = Annotated[int, Query(ge=1, le=100)]


def as_json(job: Job, progress: Progress) -> dict[str, Any]:
    """A job as it is told."""
    wish, path = job.wish, f"/v1/{job.wish.kind}/{job.id}"
    whose = {"id": job.id, "kind": wish.kind, "owner": job.owner, "made": job.made}
    asked = {"table": wish.table, "form": wish.form, "events": f"{path}/events", "result": f"{path}/result"}
    state: dict[str, Any] = to_plain(progress)
    return whose | asked | state


# --- handing in --------------------------------------------------------------------------------


async def _handed_in(request: Request, desk: Desk, caller: Any, key: str, kind: str) -> JSONResponse:
    jobs = counter()
    with jobs.opened() as folder:
        found = await receive(request, folder, BATCH_FIELDS if kind == BATCH else IMPACT_FIELDS)
        wish = wish_of(found, folder, kind)
        job = await run_in_threadpool(jobs.hand_in, caller, folder, wish, key, desk.checker.law.dictionary)
    return JSONResponse(as_json(job.job, job.progress), 202, headers={"Location": f"/v1/{kind}/{job.job.id}"})


@routes.post("/batch", status_code=202, responses=_ACCEPTED, openapi_extra=form_body(BATCH_FIELDS, [TABLE, "map"]))
async def start_batch(request: Request, desk: Desk, caller: Analyst, key: Key = "") -> Response:
    """May all of these go? A table and its map, to be decided line by line as a job."""
    return await _handed_in(request, desk, caller, key, BATCH)


@routes.post("/impact", status_code=202, responses=_ACCEPTED, openapi_extra=form_body(IMPACT_FIELDS, [TABLE, "map"]))
async def start_impact(request: Request, desk: Desk, caller: Analyst, key: Key = "") -> Response:
    """Which lines of a table flip when the law changes? Two days, a proposal or two moments of the lists, as a job."""
    return await _handed_in(request, desk, caller, key, IMPACT)


@routes.post("/batch/map", openapi_extra=form_body(MAP_FIELDS, [TABLE]))
async def propose_map(request: Request, desk: Desk, _: Analyst) -> dict[str, Any]:
    """A map proposed for the columns of a table, to be looked at and corrected; nothing is decided by it as it is."""
    with counter().opened() as folder:
        found = await receive(request, folder, MAP_FIELDS)
        if TABLE not in found.files:
            raise CaseError.one("E_FORM", "no table was sent", hint="send it as a file called table")
        path, encoding, sheet = folder / TABLE / found.files[TABLE], encoding_of(found), short(found, "sheet")

        def proposed() -> dict[str, Any]:
            if not is_soon_read(path):
                hint = "send its first rows, or a CSV"
                raise CaseError.one("E_TOO_LARGE", "this workbook is too large to be looked at", hint=hint)
            table = open_table(path, encoding, sheet)
            made = propose(table, desk.checker.law.dictionary)
            means = {target: column for target, (column, _) in made.found.items()}
            return {"map": made.text(), "columns": [*table.columns], "found": means, "left": made.left}

        return await run_in_threadpool(proposed)


# --- asking ------------------------------------------------------------------------------------


def _of(kind: str) -> Callable[..., Found]:
    """What finds a job of a kind for the caller."""

    def found(job: str, caller: Annotated[Any, Depends(at_least(Role.ANALYST))]) -> Found:
        return counter().find(caller, job, kind)

    return found


Batch = Annotated[Found, Depends(_of(BATCH))]
Impact = Annotated[Found, Depends(_of(IMPACT))]
Last = Annotated[str, Header(alias="Last-Event-ID", max_length=20)]


def _page(caller: Any, kind: str, after: str, limit: int) -> JSONResponse:
    rows = counter().listed(caller, kind)
    places = [place for place, (job, _) in enumerate(rows, 1) if job.id == after]
    if after and not places:
        raise CaseError.one("E_NO_JOB", "there is no such job of yours", hint="begin without after")
    start = places[0] if places else 0
    shown = rows[start : start + limit]
    more = len(rows) > start + limit
    following = shown[-1][0].id if more and shown else None
    return JSONResponse({"jobs": [as_json(*row) for row in shown], "next": following})


@routes.get("/batch", responses=_JOBS)
def batches(caller: Analyst, after: After = "", limit: Limit = 50) -> JSONResponse:
    """Your jobs of this kind, the newest first; officers see all."""
    return _page(caller, BATCH, after, limit)


@routes.get("/impact", responses=_JOBS)
def impacts(caller: Analyst, after: After = "", limit: Limit = 50) -> JSONResponse:
    """Your jobs of this kind, the newest first; officers see all."""
    return _page(caller, IMPACT, after, limit)


@routes.get("/batch/{job}", responses=answer(_JOB))
def batch_state(found: Batch) -> JSONResponse:
    """How far it is."""
    return JSONResponse(as_json(found.job, found.progress))


@routes.get("/impact/{job}", responses=answer(_JOB))
def impact_state(found: Impact) -> JSONResponse:
    """How far it is."""
    return JSONResponse(as_json(found.job, found.progress))


async def _told(found: Found, last: str) -> AsyncIterable[ServerSentEvent]:
    """The state of a job each time it changes, until it has ended or is gone."""
    number = int(last) if last.isdecimal() else 0
    shelf, loop = counter().shelf, asyncio.get_running_loop()
    until = loop.time() + LONGEST
    while loop.time() < until:
        progress = await run_in_threadpool(shelf.progress, found.job.id)
        if progress is None:
            return
        if progress.number > number:
            number = progress.number
            said = as_json(found.job, progress)
            yield ServerSentEvent(data=said, event=progress.state, id=str(number), retry=2_000)
        if progress.ended:
            return
        await asyncio.sleep(LOOK)


@routes.get("/batch/{job}/events", response_class=EventSourceResponse)
async def batch_events(found: Batch, last: Last = "") -> AsyncIterable[ServerSentEvent]:
    """Server-sent events: the job each time it is further, named by its state, until done or failed."""
    async for event in _told(found, last):
        yield event


@routes.get("/impact/{job}/events", response_class=EventSourceResponse)
async def impact_events(found: Impact, last: Last = "") -> AsyncIterable[ServerSentEvent]:
    """Server-sent events: the job each time it is further, named by its state, until done or failed."""
    async for event in _told(found, last):
        yield event


@routes.delete("/batch/{job}", status_code=204)
def stop_batch(found: Batch) -> Response:
    """Stop it and remove all of it."""
    counter().shelf.remove(found.job.id)
    return Response(status_code=204)


@routes.delete("/impact/{job}", status_code=204)
def stop_impact(found: Impact) -> Response:
    """Stop it and remove all of it."""
    counter().shelf.remove(found.job.id)
    return Response(status_code=204)


# --- fetching ----------------------------------------------------------------------------------


def _table(found: Found) -> Response:
    sent = found.finished()
    name = f"{sent.table.stem}.{found.job.wish.kind}.{sent.wish.form}"
    return FileResponse(sent.out, media_type=MEDIA[sent.wish.form], filename=name)


def _rejected(found: Found) -> Response:
    """The lines that could not be decided; a table without rows where there are none."""
    sent = found.finished()
    path, name = rejects_of(sent.out), f"{sent.table.stem}.rejected.csv"
    if path.exists():
        return FileResponse(path, media_type=MEDIA["csv"], filename=name)
    headers = {"Content-Disposition": 'attachment; filename="rejected.csv"'}
    return Response("row,line,reason\n", media_type=MEDIA["csv"], headers=headers)


def _read(found: Found, name: str) -> dict[str, Any]:
    found.finished()
    said: dict[str, Any] = json.loads((found.folder / name).read_text(encoding="utf-8"))
    return said


@routes.get("/batch/{job}/result", response_class=Response, responses=_FILE)
def batch_result(found: Batch) -> Response:
    """The decided lines, in the form that was asked for."""
    return _table(found)


@routes.get("/batch/{job}/rejected", response_class=Response, responses=_CSV)
def batch_rejected(found: Batch) -> Response:
    """The lines that could not be decided, with the reason."""
    return _rejected(found)


@routes.get("/batch/{job}/summary")
def batch_summary(found: Batch) -> JSONResponse:
    """Lines by outcome, and the questions that would settle the most of them (`licet.batch-summary/1`)."""
    return JSONResponse(_read(found, SUMMARY))


@routes.get("/impact/{job}/result", responses=answer(IMPACT_SCHEMA))
def impact_result(found: Impact) -> JSONResponse:
    """What flips, from what to what, because of which change (`licet.impact/1`)."""
    return JSONResponse(_read(found, ANSWER))


@routes.get("/impact/{job}/lines", response_class=Response, responses=_FILE)
def impact_lines(found: Impact) -> Response:
    """The lines that moved, in the form that was asked for."""
    return _table(found)


@routes.get("/impact/{job}/rejected", response_class=Response, responses=_CSV)
def impact_rejected(found: Impact) -> Response:
    """The lines that could not be decided on a side, with the reason."""
    return _rejected(found)


_SVG: Told = {200: {"content": {"image/svg+xml": {}}, "description": "The picture."}}


@routes.get("/impact/{job}/picture", response_class=Response, responses=_SVG)
def impact_picture(found: Impact) -> Response:
    """The picture of it, as SVG."""
    answer = from_plain(ImpactAnswer, _read(found, ANSWER))
    return Response(f"{picture(answer)}\n", media_type="image/svg+xml")
