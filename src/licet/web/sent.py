"""Forms of a session: one that was not sent from a page of it is refused."""

from __future__ import annotations

from fastapi import Request

from licet.services.access.caller import Caller
from licet.services.access.sessions import FIELD, same_token
from licet.web.forms import Form, read_fields
from licet.web.unsent import NotOfSession, unsent_of


async def read_form(request: Request, caller: Caller) -> Form:
    """The form a request brings. Raises CaseError where it is too large or cannot be read, NotOfSession."""
    form = await read_fields(request)
    check_token(request, caller, form)
    return form


def check_token(request: Request, caller: Caller, form: Form, files: bool = False) -> None:
    """Raises NotOfSession where a form does not hold the token of the caller's session. `files`: some were chosen."""
    if not same_token(caller, form.one(FIELD)):
        raise NotOfSession(unsent_of(request, form, files))
