"""One's own account: the password, and keys for programs."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from licet.facts.errors import CaseError, Place, Problem
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.access.keyring import MOST_DAYS, YEAR
from licet.services.status import status_for
from licet.web.asked import Doors, Reader, Words, said
from licet.web.forms import Form
from licet.web.pages import page
from licet.web.problems import placed
from licet.web.sent import read_form
from licet.web.words import Said

routes = APIRouter()
_FIELDS = {"E_PASSWORD": "password", "E_SIGN_IN": "current", "E_TITLE": "title", "E_ROLE": "role"}


def role_of(form: Form) -> Role:
    """The role a form chooses. Raises CaseError."""
    found = next((role for role in Role if role.word == form.one("role")), None)
    if found is None:
        raise CaseError.one("E_VALUE", "there is no such role", Place(path="role"), "choose one of the list")
    return found


def roles_said(request: Request, most: Role) -> list[tuple[str, str]]:
    """The roles up to one, with their words."""
    return [(role.word, said(request).of("role", role.word)) for role in Role if role <= most]


@routes.get("/account")
def own(request: Request, doors: Doors, caller: Reader) -> Response:
    """One's own account."""
    return _shown(request, doors, caller)


@routes.post("/account")
async def change(request: Request, doors: Doors, caller: Reader, words: Words) -> Response:
    """Another password, a new key, or the end of one."""
    form = await read_form(request, caller)
    try:
        made = await run_in_threadpool(_changed, request, doors, caller, form, words)
    except CaseError as error:
        return _shown(request, doors, caller, form, placed(error, _FIELDS), status_for(error))
    if form.one("do") == "password":
        return RedirectResponse("/login", 303)
    return _shown(request, doors, caller, made=made) if made else RedirectResponse("/account", 303)


def _changed(request: Request, doors: Access, caller: Caller, form: Form, words: Said) -> str:
    """Do what a form says; a new key, which is told this once."""
    match form.one("do"):
        case "password":
            new, again, current = (form.fields.get(name, [""])[-1] for name in ("password", "again", "current"))
            if new != again:
                raise CaseError.one("E_SAID", words("sign.differ"), Place(path="again"))
            where = request.client.host if request.client else ""
            doors.set_password(caller, caller.name, new, current, where)
        case "key":
            return doors.make_key(caller, caller.name, form.one("title"), role_of(form), _days(form))
        case "end":
            number = form.one("number")
            doors.end_key(caller, int(number) if number.isdecimal() and len(number) < 18 else 0)
    return ""


def _days(form: Form) -> int:
    """After how many days a key ends, a year where that is not said; 0, which no key has, for what is no number."""
    said = form.one("days").strip()
    return YEAR if not said else int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 0


def _shown(
    request: Request, doors: Access, caller: Caller, form: Form | None = None, problems: tuple[Problem, ...] = (),
    status: int = 200, made: str = "",
) -> Response:  # fmt: skip
    return page(
        request,
        "account.html",
        status,
        keys=doors.keys(caller.name),
        now=doors.clock(),
        roles=[role.word for role in Role if role <= caller.role],
        named=roles_said(request, caller.role),
        form=form or Form(),
        problems=problems,
        made=made,
        days=YEAR,
        most=MOST_DAYS,
    )
