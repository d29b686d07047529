"""A record of the ledger: what it says, what was done to it since, and what can be done with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from licet.facts.errors import CaseError, LicetError, Place, Problem
from licet.ledger import store as tables
from licet.ledger.intact import check_intact
from licet.ledger.ledger import Ledger, missing
from licet.ledger.record import DECISION, KEPT, SCREENING, Record, kept_by
from licet.ledger.standing import against, holds
from licet.services.access.caller import Caller, Role
from licet.services.ledger.replay import Replay, replay, replay_today
from licet.services.serve import Service
from licet.web.asked import Desk, Reader, said
from licet.web.forms import Form
from licet.web.labels import labels_of
from licet.web.ledger import MOST, ledger_of, written
from licet.web.pages import page
from licet.web.reasons import reasons
from licet.web.recordfound import MOST as MOST_FOUND
from licet.web.recordfound import KeptWords, kept_of
from licet.web.sent import read_form
from licet.web.tongue import Tongue

routes = APIRouter()
Number = Annotated[int, Path(ge=1, le=MOST)]
ROLES = {
    "replay": Role.ANALYST,
    "today": Role.ANALYST,
    "hold": Role.OFFICER,
    "release": Role.OFFICER,
    "erase": Role.ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class Event:
    """What was done to a record: by a record of its own, when, and who and why as far as not erased."""

    number: int
    kind: str
    at: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A record with all that is shown of it. `parts` are what is kept beside it and not erased, by name."""

    record: Record
    at: str
    parts: dict[str, Any]
    duties: tuple[str, ...]
    held: bool
    against: tuple[str, ...]
    events: tuple[Event, ...]

    @property
    def says(self) -> dict[str, Any]:
        """The body as data."""
        return self.record.says

    @property
    def shown_at(self) -> str:
        """Where what it keeps is shown; empty where this page shows it."""
        place = {DECISION: "decision", SCREENING: "screening"}.get(self.record.kind)
        return f"/{place}/{self.record.number}" if place and "answer" in self.parts else ""

    @property
    def is_kept(self) -> bool:
        """Whether it is something that is kept, and not what tells of another record."""
        return self.record.kind in KEPT


def read_whole(ledger: Ledger, number: int) -> Whole:
    """A record with what stands beside it. Raises CaseError."""
    with ledger.store.reading() as connection:
        record = tables.one(connection, number)
        if record is None:
            raise missing(number)
        after = tables.about(connection, number)
        events = tuple(_event(one, tables.parts(connection, one.number)) for one in after)
        parts = _read(record, tables.parts(connection, number))
        stands = tuple(against(connection, record, datetime.now(UTC).date()))
    duties = tuple(kept.text() for kept in kept_by(record.says))
    return Whole(record, written(record.says["at"]), parts, duties, bool(holds(after)), stands, events)


def _read(record: Record, parts: dict[str, tuple[bytes, bytes]]) -> dict[str, Any]:
    check_intact(record, parts)
    return {name: json.loads(data) for name, (_, data) in parts.items()}


def _event(record: Record, parts: dict[str, tuple[bytes, bytes]]) -> Event:
    said = _read(record, parts)
    at = written(record.says["at"])
    return Event(record.number, record.kind, at, str(said.get("by", "")), str(said.get("reason", "")))


@routes.get("/ledger/{number}")
def record(
    request: Request, desk: Desk, _: Reader, number: Number, done: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """A record."""
    return _page(request, desk, number, done=done if done in ROLES else "")


def _page(
    request: Request,
    desk: Service,
    number: int,
    *,
    done: str = "",
    problems: tuple[Problem, ...] = (),
    form: Form | None = None,
    replayed: Replay | None = None,
    today: bool = False,
) -> Response:
    whole = read_whole(ledger_of(desk), number)
    caller: Caller = request.state.caller
    return page(
        request,
        "record.html",
        422 if problems else 200,
        whole=whole,
        why=reasons(whole.says.get("why", ()), said(request)),
        kept=kept_of(whole.record.kind, whole.parts),
        words=KeptWords(labels_of(desk.checker.law.dictionary, Tongue(request.state.language))),
        most=MOST_FOUND,
        may={what: caller.role >= role for what, role in ROLES.items()},
        done=done,
        problems=problems,
        form=form or Form(),
        replayed=replayed,
        today=today,
    )


@routes.post("/ledger/{number}")
async def act(request: Request, desk: Desk, caller: Reader, number: Number) -> Response:
    """Make it again, hold it, release it, or erase it."""
    form = await read_form(request, caller)
    what = form.one("do")
    if what not in ROLES:
        raise CaseError.one("E_FORM", "the form does not say what to do")
    caller.need(ROLES[what])
    return await run_in_threadpool(_act, request, desk, caller, number, form)


def _act(request: Request, desk: Service, caller: Caller, number: int, form: Form) -> Response:
    what, ledger = form.one("do"), ledger_of(desk)
    if what in ("replay", "today"):
        return _page(request, desk, number, replayed=_again(desk, number, what == "today"), today=what == "today")
    if what == "erase" and form.one("sure") != "yes":
        return _page(request, desk, number, problems=(_unsure(request),), form=form)
    reason = form.one("reason")
    do: dict[str, Callable[[], Record]] = {
        "hold": lambda: ledger.hold(number, caller.name, reason),
        "release": lambda: ledger.release(number, caller.name, reason),
        "erase": lambda: ledger.erase(number, caller.name, reason, datetime.now(UTC).date()),
    }
    try:
        do[what]()
    except LicetError as error:
        return _page(request, desk, number, problems=error.problems, form=form)
    return RedirectResponse(f"/ledger/{number}?done={what}", 303)


def _again(desk: Service, number: int, today: bool) -> Replay:
    store = ledger_of(desk).store
    if not today:
        return replay(store, number)
    with desk.lock:
        return replay_today(store, number, desk.checker)


def _unsure(request: Request) -> Problem:
    return Problem("E_SAID", said(request)("ledger.not_sure"), Place(path="sure"))
