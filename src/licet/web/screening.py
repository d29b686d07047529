"""Screening: who the parties may be on the lists of a day, and what an officer decides of a hit."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from licet.facts.errors import CaseError, LicetError, Problem
from licet.facts.plain import from_plain
from licet.ledger.canonical import canonical, digest
from licet.ledger.record import SCREENING, Record
from licet.parties.store.model import ListState
from licet.services import hits_serve
from licet.services.access.caller import Caller, Role
from licet.services.ledger.parts import ANSWER, BY, INPUTS
from licet.services.ledger.replay import read_kept
from licet.services.lists_view import not_loaded
from licet.services.screen import Settings
from licet.services.screen_answer import ScreeningAnswer
from licet.services.screen_known import PUBLICATION
from licet.services.screen_rows import Told
from licet.services.serve import Screens, Service
from licet.web.asked import Analyst, Desk, Reader, said
from licet.web.countries import countries
from licet.web.days import read_day
from licet.web.forms import Form
from licet.web.labels import labels_of
from licet.web.ledger import MOST, ledger_of
from licet.web.pages import page
from licet.web.paging import Paging
from licet.web.reasons import reasons
from licet.web.screenform import Party, parties
from licet.web.screenhits import HitWords, ShownParty, places, shown
from licet.web.sent import read_form
from licet.web.tongue import Tongue

routes = APIRouter()
Number = Annotated[int, Path(ge=1, le=MOST)]
KINDS = ("person", "firm", "vessel", "aircraft")
_ONCE = 64
EACH = 25  # parties whose hits stand on a page


@dataclass(frozen=True, slots=True)
class Look:
    """What of a screening is looked at: the hits of a party, or a page of them; and whether one was just decided."""

    at: int = 0
    page: int = 1
    done: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """The lists in use, and those of the catalogue of which nothing is loaded."""

    states: tuple[ListState, ...]
    missing: tuple[str, ...]

    @property
    def loaded(self) -> bool:
        """Whether any published list is loaded."""
        return any(state.publication != PUBLICATION for state in self.states)


def _standing(desk: Service) -> Standing:
    with desk.lock:
        lists = desk.lists()
        return Standing(tuple(lists.state(None, None, date.today())), not_loaded(lists.store))


@routes.get("/screening")
def ask(request: Request, desk: Desk, _: Analyst) -> Response:
    """Whom to screen, and on which lists that can be done."""
    return _form(request, desk, Form(), ())


def _form(request: Request, desk: Service, form: Form, problems: tuple[Problem, ...]) -> Response:
    labels = labels_of(desk.checker.law.dictionary, Tongue(request.state.language))
    roles = desk.checker.law.dictionary.facts["party.roles"].values
    return page(
        request,
        "screening.html",
        422 if problems else 200,
        standing=_standing(desk),
        form=form,
        problems=problems,
        once=secrets.token_hex(16),
        roles=[(role, labels.word(role)) for role in roles],
        kinds=[(kind, said(request).of("partykind", kind)) for kind in KINDS],
        countries=list(countries(labels)),
        today=date.today().isoformat(),
        few=PUBLICATION,
        keeps=desk.keeper is not None,
    )


@routes.post("/screening")
async def screen(request: Request, desk: Desk, caller: Analyst) -> Response:
    """Screen them; where there is a ledger, it is kept."""
    form = await read_form(request, caller)
    return await run_in_threadpool(_screen, request, desk, caller, form)


def _screen(request: Request, desk: Service, caller: Caller, form: Form) -> Response:
    try:
        settings = Settings(read_day(form.one("on"), "on", date.today()))
        found = _screened(desk, caller, parties(form), settings, form.one("once")[:_ONCE])
    except LicetError as error:
        return _form(request, desk, form, error.problems)
    if found.record:
        return RedirectResponse(f"/screening/{found.record}", 303)
    answers = [from_plain(ScreeningAnswer, answer) for answer in found.answers]
    return _results(request, desk, answers, found.result, None, "")


def _screened(desk: Service, caller: Caller, whom: list[Party], settings: Settings, once: str) -> Screens:
    sent = canonical([[[name, _told(told)] for name, told in whom], settings.on.isoformat()])
    key = f"{caller.name}\0desk {once} {digest(sent)}" if once else ""  # the same form sent twice is kept once
    return desk.screen(whom, settings, key, caller.name, sent.decode())


def _told(told: Told) -> list[str]:
    return [getattr(told, name) for name in Told.__slots__]


@routes.get("/screening/hits")
def decisions(request: Request, desk: Desk, _: Reader) -> Response:
    """The decisions on hits that count."""
    return _decisions(request, desk, ())


def _decisions(request: Request, desk: Service, problems: tuple[Problem, ...]) -> Response:
    made = hits_serve.standing(desk)
    may = request.state.caller.role >= Role.OFFICER
    given = {"made": made, "may": may, "keeps": desk.keeper is not None, "problems": problems}
    return page(request, "screening_hits.html", 422 if problems else 200, **given)


@routes.post("/screening/hits")
async def forget(request: Request, desk: Desk, caller: Reader) -> Response:
    """Let a decision count no more."""
    form = await read_form(request, caller)
    caller.need(Role.OFFICER)
    return await run_in_threadpool(_forget, request, desk, caller, form)


def _forget(request: Request, desk: Service, caller: Caller, form: Form) -> Response:
    text = form.one("number")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
    try:
        hits_serve.forget(desk, number, caller.name, form.one("reason"))
    except LicetError as error:
        return _decisions(request, desk, error.problems)
    return RedirectResponse("/screening/hits", 303)


@routes.get("/screening/{number}")
def kept(
    request: Request,
    desk: Desk,
    _: Reader,
    number: Number,
    done: Annotated[str, Query(max_length=10)] = "",
    at: Annotated[int, Query(ge=0, le=MOST)] = 0,
    leaf: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """A screening of the ledger, with what was decided of its hits since; `at` is a party whose hits are shown."""
    return _kept(request, desk, number, Look(at, leaf, done == "yes"))


def _kept(request: Request, desk: Service, number: int, look: Look, problems: tuple[Problem, ...] = ()) -> Response:
    found = read_kept(ledger_of(desk).store, number, with_law=False)
    if found.record.kind != SCREENING:
        raise CaseError.one("E_NO_RECORD", f"record {number} is no screening", hint="the ledger shows it")
    if ANSWER not in found.parts:
        return RedirectResponse(f"/ledger/{number}", 303)
    answers = [from_plain(ScreeningAnswer, answer) for answer in found.parts[ANSWER]]
    by = str(found.parts.get(BY, ""))
    return _results(request, desk, answers, found.record.says["result"], found.record, by, look, problems)


def _results(
    request: Request,
    desk: Service,
    answers: list[ScreeningAnswer],
    result: str,
    record: Record | None,
    by: str,
    look: Look = Look(),
    problems: tuple[Problem, ...] = (),
) -> Response:
    found: list[ShownParty] = shown(answers, hits_serve.decided_now(desk, places(answers)))
    told = [party for party in found if party.hits or len(found) == 1]
    place = next((place for place, party in enumerate(told) if party.number == look.at), None)
    leaf = look.page if place is None else place // EACH + 1
    paging = Paging(f"/screening/{record.number}" if record is not None else "", {}, leaf, len(told), EACH)
    labels = labels_of(desk.checker.law.dictionary, Tongue(request.state.language))
    why = record.says["why"] if record is not None else answers[0].query.why if answers else ()
    return page(
        request,
        "screened.html",
        422 if problems else 200,
        found=found,
        result=result,
        record=record,
        by=by,
        why=reasons(why, said(request)),
        complete=answers[0].query.complete if answers else "unknown",
        day=answers[0].query.on if answers else "",
        words=HitWords(labels, said(request)),
        counts={one: sum(party.result == one for party in found) for one in ("hits", "unclear", "failed", "clear")},
        turned=any(hit.since is not None for party in found for hit in party.hits),
        may_decide=request.state.caller.role >= Role.OFFICER and desk.own is not None,
        may_screen=request.state.caller.role >= Role.ANALYST,
        done=look.done,
        told=told[paging.span],
        paging=paging,
        problems=problems,
    )


@routes.post("/screening/{number}/again")
async def again(request: Request, desk: Desk, caller: Analyst, number: Number) -> Response:
    """Screen the same parties again, on the lists of now and for the same day."""
    await read_form(request, caller)
    return await run_in_threadpool(_again, desk, caller, number)


def _again(desk: Service, caller: Caller, number: int) -> Response:
    found = read_kept(ledger_of(desk).store, number, with_law=False)
    if found.record.kind != SCREENING or INPUTS not in found.parts:
        raise CaseError.one("E_ERASED", "what was asked for has been erased, or this is no screening")
    whom = [_party(one) for one in found.parts[INPUTS]["parties"]]
    settings = Settings(date.fromisoformat(found.record.says["on"]))
    made = _screened(desk, caller, whom, settings, "")
    return RedirectResponse(f"/screening/{made.record}", 303)


def _party(one: dict[str, Any]) -> Party:
    told = Told(
        role=";".join(one["roles"]),
        country=";".join(one["countries"]),
        address="\n".join(one["addresses"]),
        born=";".join(one["births"]),
        id=";".join(one["identifiers"]),
        kind="" if one["kind"] == "unknown" else one["kind"],
    )
    return one["name"], told


@routes.post("/screening/{number}/hit")
async def decide(request: Request, desk: Desk, caller: Reader, number: Number) -> Response:
    """Decide whether a hit is the party."""
    form = await read_form(request, caller)
    caller.need(Role.OFFICER)
    return await run_in_threadpool(_decide, request, desk, caller, number, form)


def _decide(request: Request, desk: Service, caller: Caller, number: int, form: Form) -> Response:
    found = read_kept(ledger_of(desk).store, number, with_law=False)
    whom, at = _whole(form.one("party")), _whole(form.one("hit"))
    answers = [from_plain(ScreeningAnswer, answer) for answer in found.parts.get(ANSWER, ())]
    if found.record.kind != SCREENING or not (0 < whom <= len(answers) and 0 < at <= len(answers[whom - 1].hits)):
        raise CaseError.one("E_FORM", "there is no such hit", hint="open the screening again")
    query, place = [*places([answers[whom - 1]])][at - 1]
    reason = hits_serve.Reason(form.one("decision"), caller.name, form.one("reason"))
    try:
        hits_serve.decide(desk, query, place, reason)
    except LicetError as error:
        return _kept(request, desk, number, Look(whom), error.problems)
    return RedirectResponse(f"/screening/{number}?done=yes&at={whom}#p{whom}", 303)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
