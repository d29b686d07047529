"""Signing in and out, and the first account of a server."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from licet.facts.errors import CaseError, Place, Problem
from licet.services.access.limits import TooMany
from licet.services.access.sessions import COOKIE
from licet.services.status import status_for
from licet.web.asked import Doors, Words, caller
from licet.web.forms import Form, read_fields
from licet.web.pages import page
from licet.web.problems import placed
from licet.web.resend import asked_in, offer
from licet.web.sent import read_form
from licet.web.unsent import Unsent, carried_by, own

routes = APIRouter()
WEEK = 7 * 24 * 3600
Short = Annotated[str, Query(max_length=2000)]


@routes.get("/login")
def login(request: Request, doors: Doors, next: Short = "") -> Response:
    """Where one signs in."""
    if request.state.caller is not None:
        return RedirectResponse(ours(next), 303)
    return asked_in(request, next=ours(next), first=doors.first_link_open())


@routes.post("/login")
async def enter(request: Request, doors: Doors, said: Words) -> Response:
    """Begin a session."""
    form = await read_fields(request)
    back, unsent, name = ours(form.one("next")), carried_by(request, form), form.one("name")
    try:
        return await run_in_threadpool(_entered, request, doors, name, _secret(form, "password"), back, unsent)
    except CaseError as error:
        text = said("sign.wait", seconds=error.wait) if isinstance(error, TooMany) else said("sign.wrong")
        problems = (Problem("E_SAID", text, Place(path="name")),)
        answer = asked_in(request, status_for(error), next=back, form=form, problems=problems, unsent=unsent)
        if isinstance(error, TooMany):
            answer.headers["Retry-After"] = str(error.wait)
        return answer


def _entered(
    request: Request, doors: Doors, name: str, password: str, back: str, unsent: Unsent | None = None
) -> Response:
    cookie = doors.sign_in(name, password, _where(request))
    if unsent is not None:
        request.state.caller = doors.caller_of_cookie(cookie)
        unsent = own(unsent, request.state.caller)
    answer = RedirectResponse(back, 303) if unsent is None else offer(request, unsent)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, cookie, max_age=WEEK, path="/", secure=secure, httponly=True, samesite="strict")
    return answer


@routes.post("/logout")
async def leave(request: Request, doors: Doors) -> Response:
    """End the session."""
    await read_form(request, caller(request))
    await run_in_threadpool(doors.sign_out, request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return answer


@routes.get("/welcome")
def welcome(request: Request, doors: Doors, secret: Short = "") -> Response:
    """Where the first administrator is made, by the link that `licet serve` prints."""
    if not doors.first_link_open():
        return RedirectResponse("/login", 303)
    form = Form()
    form.add("secret", secret)
    return page(request, "welcome.html", form=form, problems=())


@routes.post("/welcome")
async def first(request: Request, doors: Doors, said: Words) -> Response:
    """Make the first administrator, who is signed in at once."""
    form = await read_fields(request)
    name, password = form.one("name"), _secret(form, "password")
    try:
        if password != _secret(form, "again"):
            raise CaseError.one("E_SAID", said("sign.differ"), Place(path="again"))
        await run_in_threadpool(doors.make_first, form.one("secret"), name, password, _where(request))
        return await run_in_threadpool(_entered, request, doors, name, password, "/")
    except CaseError as error:
        fields = {"E_PASSWORD": "password", "E_NAME": "name", "E_SIGN_IN": "secret"}
        return page(request, "welcome.html", status_for(error), form=form, problems=placed(error, fields))


def ours(address: str) -> str:
    """Where to go on: a path of this server, else its start. No other server, however it is written."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain else "/"


def _secret(form: Form, name: str) -> str:
    """A password, whose spaces count."""
    values = form.fields.get(name)
    return values[-1] if values else ""


def _where(request: Request) -> str:
    return request.client.host if request.client else ""
