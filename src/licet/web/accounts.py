"""Accounts of a server, for its administrators."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from licet.facts.errors import CaseError, Problem
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.access.model import Denial
from licet.services.status import status_for
from licet.web.account import role_of, roles_said
from licet.web.asked import Administrator, Doors
from licet.web.forms import Form
from licet.web.pages import page
from licet.web.problems import placed
from licet.web.sent import read_form

routes = APIRouter()
DENIALS = 50
_FIELDS = {"E_NAME": "name", "E_PASSWORD": "password"}


@routes.get("/accounts")
def accounts(request: Request, doors: Doors, caller: Administrator) -> Response:
    """Who has an account, their keys, and what was denied."""
    return _shown(request, doors, caller)


@routes.post("/accounts")
async def change(request: Request, doors: Doors, caller: Administrator) -> Response:
    """A new account, another role or password, off or on, or the end of a key."""
    form = await read_form(request, caller)
    try:
        await run_in_threadpool(_changed, doors, caller, form)
    except CaseError as error:
        return _shown(request, doors, caller, form, placed(error, _FIELDS), status_for(error))
    return RedirectResponse("/accounts", 303)


def _changed(doors: Access, caller: Caller, form: Form) -> None:
    name, password = form.one("name"), form.fields.get("password", [""])[-1]
    match form.one("do"):
        case "add":
            doors.add(caller, name, role_of(form), password)
        case "role":
            doors.set_role(caller, name, role_of(form))
        case "password":
            doors.set_password(caller, name, password)
        case "off":
            doors.switch_off(caller, name)
        case "on":
            doors.switch_on(caller, name)
        case "end":
            number = form.one("number")
            doors.end_key(caller, int(number) if number.isdecimal() and len(number) < 18 else 0)


def _alike(denials: Iterable[Denial]) -> list[tuple[Denial, int]]:
    """Denials, the newest of those that follow each other and are alike with their number."""
    runs = groupby(denials, lambda one: (one.who, one.what, one.why))
    return [(alike[0], len(alike)) for alike in (list(run) for _, run in runs)]


def _shown(
    request: Request, doors: Access, caller: Caller, form: Form | None = None, problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:  # fmt: skip
    form = form or Form()
    adding = form.one("do") == "add"
    return page(
        request,
        "accounts.html",
        status,
        accounts=doors.accounts(),
        keys=[key for key in doors.keys(None) if not key.over(doors.clock())],
        denials=_alike(doors.denials(DENIALS)),
        roles=[role.word for role in Role],
        named=roles_said(request, caller.role),
        form=form if adding else Form(),
        problems=problems,
        beside=problems if adding else (),
        own=caller.name,
    )
