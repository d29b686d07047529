"""Forms with files that are too large for memory: they lie on disk until they are written where they belong."""

from __future__ import annotations

import shutil
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from licet.facts.errors import CaseError, Place
from licet.services.access.caller import Caller
from licet.services.jobs.given import safe_name
from licet.web.forms import MULTIPART, Form
from licet.web.sent import check_token, read_form

MOST_FILES, MOST_FIELDS, MOST_FIELD = 12, 60, 1_000_000


@dataclass(slots=True)
class Sent:
    """The fields of a form, and the files that were chosen, by field; those without a name were not."""

    form: Form = field(default_factory=Form)
    files: dict[str, list[UploadFile]] = field(default_factory=dict)

    async def close(self) -> None:
        """Let go of the files: what is larger than a megabyte lies on disk until then."""
        for file in (file for files in self.files.values() for file in files):
            await file.close()

    def put(self, name: str, folder: Path, fixed: str = "") -> list[str]:
        """Write the files of a field into a folder, under their names or a fixed one. Raises CaseError."""
        called = []
        for file in self.files.get(name, ()):
            called.append(fixed or safe_name(file.filename or ""))
            try:
                folder.mkdir(mode=0o700, exist_ok=True)
                with (folder / called[-1]).open("wb") as out:
                    shutil.copyfileobj(file.file, out, 1 << 20)
            except OSError as bad:
                message = f"what was sent cannot be kept: {bad.strerror}"
                raise CaseError.one("E_DISK", message, Place(path=name), "try again later") from None
        return called


async def receive(request: Request, caller: Caller) -> Sent:
    """The form a request brings. Raises CaseError where it cannot be read, NotOfSession."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MULTIPART:
        return Sent(await read_form(request, caller))
    reader = MultiPartParser(
        request.headers, _stream(request), max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD
    )
    found = Sent()
    try:
        for name, value in (await reader.parse()).multi_items():
            if not isinstance(value, UploadFile):
                found.form.add(name, value)
            elif value.filename:
                found.files.setdefault(name, []).append(value)
    except (MultiPartException, FormParserError, UnicodeDecodeError, KeyError, AssertionError):
        raise CaseError.one("E_FORM", "the form cannot be read") from None
    try:
        check_token(request, caller, found.form, bool(found.files))
    except CaseError:
        await found.close()
        raise
    return found


async def _stream(request: Request) -> AsyncGenerator[bytes, None]:
    async for chunk in request.stream():  # its size is bounded where it comes in
        yield chunk
