"""Order books: a table and its map, to be decided line by line, or compared on two sides of a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from licet.facts.errors import CaseError, LicetError, Place, Problem
from licet.parties.store.disk import write
from licet.services.access.caller import Caller
from licet.services.jobs.counter import counter
from licet.services.jobs.drafts import Draft, Drafts
from licet.services.jobs.fields import age_of, day_of, encoding_of, short_of
from licet.services.jobs.given import MAP, MAP_FILE, PATCH, TABLE
from licet.services.jobs.model import BATCH, FORMS, IMPACT, Job, Progress, Wish
from licet.services.orders.propose import Proposal, propose
from licet.services.screen_tables import open_table
from licet.services.serve import Service
from licet.web.asked import Analyst, Desk
from licet.web.forms import Form
from licet.web.labels import labels_of
from licet.web.pages import page
from licet.web.tongue import Tongue
from licet.web.uploads import Sent, receive

routes = APIRouter()
Name = Annotated[str, Path(max_length=60)]
Text = Annotated[str, Query(max_length=100)]
JOINED = "joined"
WAYS = ("batch", "days", "proposal")  # what is done with a table


@dataclass(frozen=True, slots=True)
class Line:
    """A job in the list."""

    job: Job
    progress: Progress
    address: str


def drafts(caller: Caller) -> Drafts:
    """The tables of a caller that wait for their map. Raises CaseError."""
    return Drafts(counter().shelf, caller)


@routes.get("/orders")
def books(request: Request, caller: Analyst) -> Response:
    """The jobs of a caller, and where a table is handed in."""
    return _books(request, caller, ())


def _books(request: Request, caller: Caller, problems: tuple[Problem, ...]) -> Response:
    rows = [row for kind in (BATCH, IMPACT) for row in counter().listed(caller, kind)]
    rows.sort(key=lambda row: row[0].made, reverse=True)
    lines = [Line(job, progress, f"/orders/{job.wish.kind}/{job.id}") for job, progress in rows]
    return page(request, "orders.html", 422 if problems else 200, lines=lines, problems=problems)


@routes.post("/orders")
async def send(request: Request, desk: Desk, caller: Analyst) -> Response:
    """Take a table in; its map is looked at next."""
    sent = await receive(request, caller)
    try:
        return await run_in_threadpool(_sent, request, desk, caller, sent)
    finally:
        await sent.close()


def _sent(request: Request, desk: Service, caller: Caller, sent: Sent) -> Response:
    own = drafts(caller)
    draft = own.new()
    try:
        if len(sent.files.get(TABLE, ())) != 1:
            raise CaseError.one("E_FORM", "no table was sent", Place(path=TABLE), "choose one file")
        sent.put(TABLE, draft.folder / TABLE)
        read = {"encoding": encoding_of(sent.form.one("encoding")), "sheet": short_of(sent.form.one("sheet"), "sheet")}
        _proposed(desk, draft, **read)
    except LicetError as error:
        own.drop(draft)
        return _books(request, caller, tuple(_at(one, TABLE) for one in error.problems))
    query = urlencode({name: value for name, value in read.items() if value})
    return RedirectResponse(f"/orders/draft/{draft.id}" + (f"?{query}" if query else ""), 303)


def _at(problem: Problem, field: str) -> Problem:
    """A problem of a file, at the field it came by: where it lies here is nobody's business."""
    return Problem(problem.code, problem.message, Place(path=problem.place.path or field), problem.hint)


@routes.get("/orders/draft/{name}")
def draft(request: Request, desk: Desk, caller: Analyst, name: Name, encoding: Text = "", sheet: Text = "") -> Response:
    """A table with the map that is proposed for it, to be corrected."""
    found, form = drafts(caller).find(name), Form()
    form.add("encoding", encoding)
    form.add("sheet", sheet)
    proposal = _proposed(desk, found, encoding, sheet)
    form.add(MAP, found.map or proposal.text())
    return _draft(request, desk, found, form, proposal, ())


def _proposed(desk: Service, found: Draft, encoding: str, sheet: str) -> Proposal:
    return propose(open_table(found.table, encoding, sheet), desk.checker.law.dictionary)


def _draft(
    request: Request, desk: Service, found: Draft, form: Form, proposal: Proposal, problems: tuple[Problem, ...]
) -> Response:
    return page(
        request,
        "order_draft.html",
        422 if problems else 200,
        draft=found,
        form=form,
        proposal=proposal,
        labels=labels_of(desk.checker.law.dictionary, Tongue(request.state.language)),
        problems=problems,
        forms=FORMS,
        ways=WAYS,
        way=form.one("way") if form.one("way") in WAYS else WAYS[0],
        today=date.today().isoformat(),
    )


@routes.post("/orders/draft/{name}")
async def hand_in(request: Request, desk: Desk, caller: Analyst, name: Name) -> Response:
    """Make a table and its map a job, or let it go."""
    sent = await receive(request, caller)
    try:
        return await run_in_threadpool(_handed_in, request, desk, caller, name, sent)
    finally:
        await sent.close()


def _handed_in(request: Request, desk: Service, caller: Caller, name: str, sent: Sent) -> Response:
    own = drafts(caller)
    found, form = own.find(name), sent.form
    if form.one("do") == "drop":
        own.drop(found)
        return RedirectResponse("/orders", 303)
    read = encoding_of(form.one("encoding")), short_of(form.one("sheet"), "sheet")
    try:
        (found.folder / MAP).mkdir(mode=0o700, exist_ok=True)
        sent.put(JOINED, found.folder / MAP)
        write(found.folder / MAP / MAP_FILE, form.one(MAP).encode())
        wish = _wish(found, sent)
        job = counter().hand_in(caller, found.folder, wish, "", desk.checker.law.dictionary)
    except LicetError as error:
        problems = tuple(_at(one, _field(one)) for one in error.problems)
        return _draft(request, desk, found, form, _proposed(desk, found, *read), problems)
    return RedirectResponse(f"/orders/{wish.kind}/{job.job.id}", 303)


def _field(problem: Problem) -> str:
    """The field of the form that a problem belongs to."""
    return {"E_DATE": "from", "E_VALUE": "law_age"}.get(problem.code, MAP)


def _wish(found: Draft, sent: Sent) -> Wish:
    """What a form wishes. Raises CaseError."""
    form = sent.form
    way = form.one("way")
    first, second = ("", "")
    if way == "days":
        first, second = (day_of(form.one(name), name) for name in ("from", "to"))
        if not (first and second and first < second):
            raise CaseError.one("E_DATE", "say an earlier and a later day", Place(path="from"))
    patch = sent.put(PATCH, found.folder / PATCH, "proposal.yaml") if way == "proposal" else []
    if way == "proposal" and not patch:
        raise CaseError.one(
            "E_ASK", "no proposal was sent", Place(path=PATCH), "docs/law-form.md says how one is written"
        )
    return Wish(
        kind=BATCH if way not in ("days", "proposal") else IMPACT,
        table=found.table.name,
        form=form.one("format") if form.one("format") in FORMS else FORMS[0],
        on="" if way == "days" else day_of(form.one("on"), "on"),
        law_age=age_of(form.one("law_age")),
        encoding=encoding_of(form.one("encoding")),
        sheet=short_of(form.one("sheet"), "sheet"),
        lists=form.one("lists") == "yes",
        first=first,
        second=second,
        patch=patch[0] if patch else "",
    )
