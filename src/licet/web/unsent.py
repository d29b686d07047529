"""What a form sent when its session had ended: the pages carry it until somebody signs in, sees it and sends it again.

Nothing of it is kept on the server, and nothing of it is done: it comes back as a form that has to be sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import Request

from licet.facts.errors import CaseError, Problem
from licet.services.access.caller import Caller
from licet.services.access.sessions import FIELD, is_of
from licet.web.forms import Form, read_fields

MOST_BYTES, MOST_FIELDS = 500_000, 500  # more is no form that somebody filled in
PLACES = ("/case", "/decision", "/screening", "/orders", "/ledger")  # where something is typed that is worth it
ACTS = frozenset({"decide", "again", "drop", "hit", "verify", "checkpoint", "export"})  # ends of paths that are no page
_PATH = re.compile(rf"({'|'.join(PLACES)})(/[A-Za-z0-9_.:-]+)*")
SECRETS = frozenset({FIELD, "password", "again", "current", "secret"})
MARK, TO, FILES, WHOSE = (
    "unsent~",
    "unsent-to",
    "unsent-files",
    "unsent-whose",
)  # names of fields on the page where one signs in


@dataclass(frozen=True, slots=True)
class Unsent:
    """The fields of a form with the path it goes to. `files`: files were chosen, which cannot be carried.

    `whose` is the token of the form, by which it is known whose it was: nobody else is shown what they typed.
    """

    to: str
    fields: tuple[tuple[str, str], ...]
    files: bool = False
    whose: str = ""

    @property
    def page(self) -> str:
        """The page that has the form."""
        rest, _, act = self.to.rpartition("/")
        return rest if act in ACTS else self.to

    @property
    def carried(self) -> Iterable[tuple[str, str]]:
        """The fields of a page that carries it."""
        yield TO, self.to
        yield WHOSE, self.whose
        if self.files:
            yield FILES, "yes"
        for name, value in self.fields:
            yield MARK + name, value


class NotOfSession(CaseError):
    """A form that holds no token of the session; `unsent` is what it says, where that may be sent again."""

    def __init__(self, unsent: Unsent | None) -> None:
        self.unsent = unsent
        message = "this form was not sent from a page of your session"
        super().__init__([Problem("E_TOKEN", message, hint="open the page again and send it anew")])


def unsent_of(request: Request, form: Form, files: bool = False) -> Unsent | None:
    """What may be sent again of a form; None where it is not from a page of ours, too large, or of another place."""
    fields = tuple((name, one) for name, values in form.fields.items() if name not in SECRETS for one in values)
    files = files or any(form.files.values())
    return _allowed(request.url.path, fields, files, form.one(FIELD)) if is_ours(request) else None


def own(unsent: Unsent | None, caller: Caller | None) -> Unsent | None:
    """What was sent in vain, where it is the caller's own: another person may sign in at the same browser."""
    return unsent if unsent is not None and caller is not None and is_of(caller, unsent.whose) else None


def is_ours(request: Request) -> bool:
    """Whether the browser says that this came from a page of this server, so that no other site made it up.

    `licet.api.guard` has refused every other `Origin`; a request that says nothing is not believed.
    """
    return "origin" in request.headers or request.headers.get("sec-fetch-site") == "same-origin"


def carried_by(request: Request, form: Form) -> Unsent | None:
    """What the page where one signs in has carried."""
    named = ((name.removeprefix(MARK), values) for name, values in form.fields.items() if name.startswith(MARK))
    fields = tuple((name, one) for name, values in named if name not in SECRETS for one in values)
    return _allowed(form.one(TO), fields, bool(form.one(FILES)), form.one(WHOSE)) if is_ours(request) else None


def _allowed(to: str, fields: tuple[tuple[str, str], ...], files: bool, whose: str) -> Unsent | None:
    known = _PATH.fullmatch(to) is not None and ".." not in to
    size = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    fits = size <= MOST_BYTES and len(fields) <= MOST_FIELDS
    return Unsent(to, fields, files, whose) if known and fits and fields else None


async def read_unsent(request: Request) -> Unsent | None:
    """What a form says that nobody sent; None where it cannot be carried. Raises LicetError where it is too slow."""
    if not is_ours(request):
        return None
    try:
        return unsent_of(request, await read_fields(request, MOST_FIELDS))
    except CaseError as error:
        if error.problems[0].code == "E_SLOW":
            raise
        return None
