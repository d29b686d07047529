"""What forms send, read within bounds."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from licet.facts.errors import CaseError

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


async def read_fields(request: Request, most: int = MOST_FIELDS) -> Form:
    """The form of at most so many fields that a request brings, whoever sent it. Raises CaseError."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return await (_with_files(request, most) if kind == MULTIPART else _plain(request, most))


async def _bounded(request: Request) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            raise CaseError.one("E_TOO_LARGE", f"a form has at most {MOST_BYTES:,} bytes", hint="send less at a time")
        yield chunk


async def _plain(request: Request, most: int) -> Form:
    form = Form()
    body = b"".join([chunk async for chunk in _bounded(request)])
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=most, errors="strict")
    except ValueError:
        raise CaseError.one("E_FORM", "the form cannot be read") from None
    for name, value in pairs:
        form.add(name, value)
    return form


async def _with_files(request: Request, most: int) -> Form:
    form = Form()
    reader = MultiPartParser(request.headers, _bounded(request), max_files=1, max_fields=most, max_part_size=MOST_BYTES)
    try:
        for name, value in (await reader.parse()).multi_items():
            if isinstance(value, UploadFile):
                form.files[name] = await value.read()
            else:
                form.add(name, value)
    except (MultiPartException, FormParserError, UnicodeDecodeError):
        raise CaseError.one("E_FORM", "the form cannot be read") from None
    return form
