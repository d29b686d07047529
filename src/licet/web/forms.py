"""What forms send, read within bounds; a form that was not sent from one of our own pages is refused."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from licet.facts.errors import CaseError
from licet.services.access.caller import Caller
from licet.services.access.sessions import FIELD, same_token

MOST_BYTES = 1_000_000
MOST_FIELDS = 2_000
MULTIPART = "multipart/form-data"


@dataclass(slots=True)
class Form:
    """The fields of a form; `files` the texts of files that were chosen."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The value of a field, without white space around it; empty where there is none."""
        values = self.fields.get(name)
        return values[-1].strip() if values else ""

    def all(self, name: str) -> list[str]:
        """The values of a field that may be given several times."""
        return [value.strip() for value in self.fields.get(name, ())]

    def add(self, name: str, value: str) -> None:
        """One more value."""
        self.fields.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\0", ""))


async def read_form(request: Request, caller: Caller | None) -> Form:
    """The form a request brings. Raises CaseError where it is too large, cannot be read, or is not from our pages."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    form = await (_with_files(request) if kind == MULTIPART else _plain(request))
    if caller is not None and not same_token(caller, form.one(FIELD)):
        raise CaseError.one(
            "E_TOKEN", "this form was not sent from a page of your session", hint="open the page again and send it anew"
        )
    return form


async def _bounded(request: Request) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            raise CaseError.one("E_TOO_LARGE", f"a form has at most {MOST_BYTES:,} bytes", hint="send less at a time")
        yield chunk


async def _plain(request: Request) -> Form:
    form = Form()
    body = b"".join([chunk async for chunk in _bounded(request)])
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise CaseError.one("E_FORM", "the form cannot be read") from None
    for name, value in pairs:
        form.add(name, value)
    return form


async def _with_files(request: Request) -> Form:
    form = Form()
    reader = MultiPartParser(
        request.headers, _bounded(request), max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES
    )
    try:
        for name, value in (await reader.parse()).multi_items():
            if isinstance(value, UploadFile):
                form.files[name] = await value.read()
            else:
                form.add(name, value)
    except (MultiPartException, FormParserError, UnicodeDecodeError):
        raise CaseError.one("E_FORM", "the form cannot be read") from None
    return form
