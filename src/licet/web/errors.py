"""Errors as pages: what happened, where, and what to do."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope

from licet.facts.errors import LicetError, Place, Problem
from licet.services.status import UNPROCESSABLE, status_for
from licet.web.asked import NotSignedIn
from licet.web.frame import language_of
from licet.web.pages import page
from licet.web.resend import asked_in, offer
from licet.web.unsent import NotOfSession, own, read_unsent

_TITLED = (400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 421, 422, 429, 500, 503)


def failed(request: Request, status: int, problems: tuple[Problem, ...] = ()) -> Response:
    """The page that tells what went wrong."""
    return page(request, "error.html", status, code=status if status in _TITLED else UNPROCESSABLE, problems=problems)


def login(request: Request) -> Response:
    """To the page where one signs in, and back from there."""
    wanted = quote(request.url.path) + (f"?{request.url.query}" if request.url.query else "")
    back = {"next": wanted} if request.method == "GET" and wanted != "/" else {}
    return RedirectResponse(f"/login?{urlencode(back)}" if back else "/login", 303)


async def login_with(desk: FastAPI, scope: Scope, receive: Receive) -> Response | None:
    """The page where one signs in, with what a form sent when nobody was signed in; None where that is nothing."""
    request = Request({**scope, "app": desk}, receive)
    request.state.language = language_of(scope)
    unsent = await read_unsent(request)
    return None if unsent is None else asked_in(request, unsent=unsent)


def page_of(desk: FastAPI, scope: Scope, refused: Response) -> Response:
    """The page for what was refused before it came to the desk, told as problem details."""
    request = Request({**scope, "app": desk})
    request.state.language = language_of(scope)
    told = json.loads(bytes(refused.body))["errors"]
    problems = tuple(Problem(one["code"], one["message"], Place(path=one["path"]), one["hint"]) for one in told)
    page = failed(request, refused.status_code, problems)
    page.headers.update({key: value for key, value in refused.headers.items() if key == "retry-after"})
    return page


def install(app: FastAPI) -> None:
    """Let every error of the desk end in a page."""

    @app.exception_handler(NotSignedIn)
    async def _nobody(request: Request, _: NotSignedIn) -> Response:
        return login(request)

    @app.exception_handler(LicetError)
    async def _licet(request: Request, error: LicetError) -> Response:
        request.state.why = error.problems[0].message  # for the book of denials
        return failed(request, status_for(error), error.problems)

    @app.exception_handler(NotOfSession)
    async def _other_session(request: Request, error: NotOfSession) -> Response:
        request.state.why = error.problems[0].message
        status = status_for(error)
        unsent = own(error.unsent, request.state.caller)
        return failed(request, status, error.problems) if unsent is None else offer(request, unsent, status)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        return failed(request, error.status_code)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        problems = tuple(
            Problem("E_REQUEST", str(one["msg"]), Place(path=".".join(map(str, one["loc"][1:]))))
            for one in error.errors()
        )
        return failed(request, UNPROCESSABLE, problems)

    @app.exception_handler(Exception)
    async def _fault(request: Request, _: Exception) -> Response:
        return failed(request, 500)
