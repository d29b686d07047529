"""Errors as problem details (RFC 9457), under the codes of the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from licet.facts.errors import LicetError, Place, Problem
from licet.services.access.limits import TooMany
from licet.services.status import UNPROCESSABLE, status_for

MEDIA_TYPE = "application/problem+json"
UNKNOWN = 401
_TITLES = {
    400: "The request cannot be read",
    401: "Nobody is signed in",
    403: "This is not allowed",
    404: "There is no such thing",
    405: "This cannot be done here",
    408: "The request took too long",
    409: "Something stands against it",
    410: "It has been erased",
    413: "The request is too large",
    415: "This is no form that is read",
    421: "This is another server's name",
    422: "The request says what cannot be",
    429: "This was asked too often",
    500: "A fault of Licet",
    503: "What is kept cannot be used",
}


@dataclass(frozen=True)
class Told:
    """One thing that is wrong: a code, where, and what to do."""

    code: str
    message: str
    path: str = ""
    hint: str = ""


@dataclass(frozen=True)
class ProblemDetails:
    """What went wrong (RFC 9457). `type` is `urn:licet:CODE` of the first error."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Told] = field(default_factory=list)


RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ProblemDetails},
    "5XX": {"model": ProblemDetails},
}


def problem(status: int, errors: list[Told], headers: dict[str, str] | None = None) -> JSONResponse:
    """The answer that tells of these errors."""
    first = errors[0]
    title = _TITLES.get(status, "This cannot be done")
    body: dict[str, Any] = {
        "type": f"urn:licet:{first.code}", "title": title, "status": status, "detail": first.message,
        "errors": [vars(error) for error in errors],
    }  # fmt: skip
    headers = {"WWW-Authenticate": "Bearer"} | (headers or {}) if status == UNKNOWN else headers
    return JSONResponse(body, status, headers, MEDIA_TYPE)


def problem_of(error: LicetError) -> JSONResponse:
    """The answer that tells of an error."""
    wait = {"Retry-After": str(error.wait)} if isinstance(error, TooMany) else None
    return problem(status_for(error), [told(one) for one in error.problems], wait)


def fault(error: Exception) -> JSONResponse:
    """The answer that tells of a fault of Licet, and nothing of its inside."""
    return problem(500, [Told("E_INTERNAL", type(error).__name__, hint="please report this with the request")])


def told(error: Problem) -> Told:
    """A problem as it is told over HTTP: a file name of this machine is left out, a path in the case is not."""
    return Told(error.code, error.message, error.place.path or _path(error.place), error.hint)


def _path(place: Place) -> str:
    """A field of the body, or a file that was sent, with the line in it."""
    if "/" in place.file or "\\" in place.file:
        return ""
    return f"{place.file}:{place.line}" if place.file and place.line else place.file


def install(app: FastAPI) -> None:
    """Let every error of an application end in problem details."""

    @app.exception_handler(LicetError)
    async def _licet(request: Request, error: LicetError) -> JSONResponse:
        request.state.why = error.problems[0].message  # for the book of denials
        return problem_of(error)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        found = [Told("E_VALUE", one["msg"], ".".join(map(str, one["loc"]))) for one in error.errors()]
        return problem(UNPROCESSABLE, found)

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, [Told("E_HTTP", str(error.detail))])
