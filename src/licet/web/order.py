"""One order book: how far it is, what it came to, and what a change does to it."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from licet.facts.dictionary import own_name
from licet.facts.errors import CaseError
from licet.facts.plain import from_plain
from licet.render.impact_svg import picture
from licet.services.access.caller import Caller
from licet.services.impact.model import ImpactAnswer
from licet.services.jobs.counter import Found, counter
from licet.services.jobs.model import ANSWER, BATCH, DONE, SUMMARY
from licet.services.serve import Service
from licet.web.asked import Analyst, Desk
from licet.web.forms import Form
from licet.web.labels import Labels, labels_of
from licet.web.orders import drafts
from licet.web.pages import page
from licet.web.sent import read_form
from licet.web.tongue import Tongue

routes = APIRouter()
Kind = Annotated[str, Path(max_length=60)]
Name = Annotated[str, Path(max_length=60)]
CHANGES = 20  # that are told one by one


@routes.get("/orders/{kind}/{name}")
def job(request: Request, desk: Desk, caller: Analyst, kind: Kind, name: Name) -> Response:
    """How far it is; when it is done, what it came to."""
    found = counter().find(caller, name, kind)
    labels = labels_of(desk.checker.law.dictionary, Tongue(request.state.language))
    if found.progress.state != DONE:
        return page(request, "order_job.html", job=found.job, progress=found.progress)
    if kind == BATCH:
        said = _read(found, SUMMARY)
        questions = [_question(desk, one, labels, Tongue(request.state.language)) for one in said["questions"]]
        return page(
            request,
            "order_done.html",
            job=found.job,
            progress=found.progress,
            said=said,
            questions=questions,
            spell=labels,
        )
    answer = from_plain(ImpactAnswer, _read(found, ANSWER))
    chart = picture(answer, styled=False)
    return page(request, "order_impact.html", job=found.job, answer=answer, chart=chart, most=CHANGES)


def _read(found: Found, name: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((found.folder / name).read_text(encoding="utf-8"))
    return said


def _question(desk: Service, asked: dict[str, Any], labels: Labels, tongue: Tongue) -> dict[str, Any]:
    """A question of a summary with its words."""
    fact = desk.checker.law.dictionary.find(own_name(asked["fact"]))
    ask = "" if fact is None else fact.ask(tongue.base)
    return asked | {"label": labels.fact(asked["fact"]), "ask": ask}


@routes.post("/orders/{kind}/{name}")
async def act(request: Request, caller: Analyst, kind: Kind, name: Name) -> Response:
    """Stop a job and remove all of it, or ask about its table again."""
    form = await read_form(request, caller)
    return await run_in_threadpool(_act, caller, kind, name, form)


def _act(caller: Caller, kind: str, name: str, form: Form) -> Response:
    if form.one("do") == "stop":
        counter().remove(caller, name, kind)
        return RedirectResponse("/orders", 303)
    if form.one("do") != "again":
        raise CaseError.one("E_FORM", "the form does not say what to do")
    found = counter().find(caller, name, kind)
    draft = drafts(caller).of(found)
    wish = found.job.wish
    query = urlencode({key: value for key, value in (("encoding", wish.encoding), ("sheet", wish.sheet)) if value})
    return RedirectResponse(f"/orders/draft/{draft.id}" + (f"?{query}" if query else ""), 303)
