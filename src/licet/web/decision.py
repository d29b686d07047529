"""A decision as a page: one just made and not kept, and those of the ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from licet.facts.case import Case, read_case
from licet.facts.dictionary import level, own_name
from licet.facts.elements import Element
from licet.facts.errors import CaseError, Place
from licet.facts.jsontext import read_json
from licet.facts.plain import from_plain
from licet.ledger.record import DECISION
from licet.logic.decision import Decision, Question
from licet.render.build import Builder
from licet.render.html import HtmlPage
from licet.render.page import Page
from licet.render.words import Words as Phrases
from licet.rules.law import Law
from licet.services import drafts
from licet.services.access.caller import Caller
from licet.services.check import Options
from licet.services.interview_paths import key_of, paths
from licet.services.ledger.show import Shown, read_shown
from licet.services.serve import Service
from licet.web import making
from licet.web.asked import Analyst, Desk, Reader, said
from licet.web.forms import Form
from licet.web.pages import page
from licet.web.reasons import reasons
from licet.web.sent import read_form
from licet.web.tongue import Tongue

routes = APIRouter()
Name = Annotated[str, Path(max_length=60)]
MOST = 2**63 - 1
Number = Annotated[int, Path(ge=1, le=MOST)]
MOST_DAYS = 3660
Days = Annotated[int, Query(ge=0, le=MOST_DAYS)]
WHOLE = "whole"
Proof = Annotated[str, Query(max_length=5)]  # `whole`: the page has the proof, which is much of it, else a link to it


@dataclass(frozen=True, slots=True)
class Open:
    """A question that is still open, with the key by which it is answered in the case."""

    question: Question
    key: str


@routes.post("/case/{name}/decide")
async def decide(request: Request, desk: Desk, caller: Analyst, name: Name) -> Response:
    """Decide a case in the making; where there is a ledger, the decision is kept."""
    form = await read_form(request, caller)
    return await run_in_threadpool(_decided, request, desk, caller, name, form)


def _decided(request: Request, desk: Service, caller: Caller, name: str, form: Form) -> Response:
    state, days = drafts.read(caller.name, name), _days(form.one("law_age"))
    if desk.keeper is None:
        return RedirectResponse(f"/case/{name}/decision?law_age={days}", 303)
    options = Options(language=Tongue(request.state.language).base, proof=True, law_age=timedelta(days=days))
    given = desk.check(json.dumps(state.case), options, f"desk {name} {form.one('once')[:64]}", caller.name)
    return RedirectResponse(f"/decision/{given.record}?case={name}", 303)


def _days(text: str) -> int:
    """How old the law may be. Raises CaseError."""
    if not text:
        return 0
    if not text.isdecimal() or len(text) > 4 or int(text) > MOST_DAYS:
        raise CaseError.one(
            "E_VALUE", f"{text[:20]!r} is no number of days", Place(path="law_age"), f"0 to {MOST_DAYS}"
        )
    return int(text)


@routes.get("/case/{name}/decision")
def unkept(request: Request, desk: Desk, caller: Analyst, name: Name, law_age: Days = 0, proof: Proof = "") -> Response:
    """The decision of a case in the making, where no ledger keeps it."""
    if desk.keeper is not None:  # one that could be kept is asked for by the button
        return RedirectResponse(f"/case/{name}", 303)
    state, tongue = drafts.read(caller.name, name), Tongue(request.state.language)
    options = Options(language=tongue.base, proof=proof == WHOLE, law_age=timedelta(days=law_age))
    given = desk.check(json.dumps(state.case), options)
    decision = from_plain(Decision, given.answer)
    return _page(
        request, desk, decision, desk.checker.law, f"/case/{name}", json.dumps(state.case), None, proof == WHOLE
    )


@routes.get("/decision/{number}")
def kept(
    request: Request, desk: Desk, caller: Reader, number: Number,
    case: Annotated[str, Query(max_length=60)] = "", proof: Proof = "",
) -> Response:  # fmt: skip
    """A decision of the ledger, as it was kept."""
    shown = read_shown(_store(desk), number, desk.checker.law)
    if shown.record.kind != DECISION:
        raise CaseError.one("E_NO_RECORD", f"record {number} is no decision", hint="the ledger shows it")
    back = f"/case/{case}" if case and _is_own(caller, case) else ""
    if shown.decision is None or shown.law is None:
        return page(request, "decision_gone.html", shown=shown, back=back)
    return _page(request, desk, shown.decision, shown.law, back, shown.case, shown, proof == WHOLE)


@routes.post("/decision/{number}/again")
async def again(request: Request, desk: Desk, caller: Analyst, number: Number) -> Response:
    """Go on with the case of a decision, as a draft of one's own."""
    form = await read_form(request, caller)
    return await run_in_threadpool(_again, desk, caller, number, form.one("key"))


def _again(desk: Service, caller: Caller, number: int, key: str) -> Response:
    shown = read_shown(_store(desk), number, desk.checker.law)
    if not shown.case:
        raise CaseError.one("E_ERASED", "the case of this record has been erased")
    name = drafts.keep(caller.name, drafts.begin(making.from_text(shown.case, desk)))
    query = f"?{making.edit_query(key)}#ask" if key else ""
    return RedirectResponse(f"/case/{name}{query}", 303)


def _store(desk: Service) -> Any:
    if desk.keeper is None:
        raise CaseError.one("E_NO_LEDGER", "no ledger is set up", hint="licet ledger start")
    return desk.keeper.ledger.store


def _is_own(caller: Caller, name: str) -> bool:
    try:
        return bool(drafts.read(caller.name, name))
    except CaseError:
        return False


def _page(
    request: Request,
    desk: Service,
    decision: Decision,
    law: Law,
    back: str,
    case: str,
    shown: Shown | None,
    whole: bool,
) -> Response:
    tongue = Tongue(request.state.language)
    laid: Page = Builder(law, tongue.answer).page(decision, proof=whole)
    phrases = Phrases(tongue.answer)
    return page(
        request,
        "decision.html",
        laid=laid,
        used=reasons(laid.law, said(request)),
        html=HtmlPage(laid, phrases, 1),
        decision=decision,
        columns=[place for place in laid.places if place.has_say],
        others=[place for place in laid.places if not place.has_say],
        questions=_questions(desk, decision, case),
        shown=shown,
        back=back,
        whole=whole,
        folded=not whole and (shown is None or bool(decision.proof)),
        addresses=_addresses(request),
    )


def _addresses(request: Request) -> dict[bool, str]:
    """Where this page is with the whole proof, and where without."""
    rest = [(key, value) for key, value in request.query_params.multi_items() if key not in ("proof", "lang")]
    asked = {True: [*rest, ("proof", WHOLE)], False: rest}
    return {
        whole: f"{request.url.path}?{urlencode(query)}" if query else request.url.path for whole, query in asked.items()
    }


def _questions(desk: Service, decision: Decision, text: str) -> list[Open]:
    """The open questions with their places in the case, where the case is still there and names them."""
    try:
        dictionary = desk.checker.law.dictionary
        case = read_case(read_json(text), dictionary)
    except CaseError:
        return [Open(question, "") for question in decision.questions]
    spots = paths(case)
    named = {(element.label, kind): spots[id(element)] for element, kind in _elements(case) if id(element) in spots}
    found = []
    for question in decision.questions:
        kind = level(own_name(question.fact))
        spot = named.get((question.of, kind), named.get((question.of, ""))) if question.of else ""
        found.append(Open(question, "" if spot is None else key_of(question.fact, spot)))
    return found


def _elements(case: Case) -> list[tuple[Element, str]]:
    """Each thing and party of a case, once under its kind and once under none."""
    found: list[tuple[Element, str]] = []
    pending = [(item, "item") for item in case.items]
    pending += [(party, "party") for party in case.root.lists.get("parties", [])]
    while pending:
        element, kind = pending.pop()
        found += [(element, kind), (element, "")]
        pending += [(one, "item") for one in element.lists.get("components", [])]
        pending += [(one, "party") for one in element.lists.get("owners", [])]
    return found
