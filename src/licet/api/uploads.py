"""Files that a request sends, written into a folder as they come."""

from __future__ import annotations

import shutil
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import Request
from python_multipart.exceptions import FormParserError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from licet.facts.errors import CaseError, LicetError, Place, nearest, quoted
from licet.services.jobs.given import MAP, MAP_FILE, PATCH, TABLE, safe_name

MOST_FILES, MOST_FIELDS, MOST_FIELD = 12, 40, 1_000_000
JOINED = "joined"
_FOLDERS = {TABLE: TABLE, MAP: MAP, JOINED: MAP, PATCH: PATCH}


@dataclass(slots=True)
class Upload:
    """The fields of a form, and the names of the files that were written."""

    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """A field; empty where it was not sent."""
        return self.fields.get(name, "").strip()


async def receive(request: Request, folder: Path, known: Mapping[str, Any]) -> Upload:
    """Write the files of a form into a folder; `known` are its fields. Raises CaseError."""
    reader = MultiPartParser(
        request.headers, _stream(request), max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD
    )
    try:
        form = await reader.parse()
    except (MultiPartException, FormParserError, UnicodeDecodeError, KeyError, AssertionError):
        raise CaseError.one("E_FORM", "the form cannot be read", hint="send multipart/form-data") from None
    try:
        found = Upload()
        for name, value in form.multi_items():
            if name not in known:
                raise CaseError.one("E_UNKNOWN_KEY", f"there is no field {quoted(name)}", hint=nearest(name, known))
            if name in found.fields or (name in found.files and name != JOINED):
                raise CaseError.one("E_FORM", f"the field {name} stands twice", Place(path=name))
            if isinstance(value, UploadFile):
                await run_in_threadpool(_take, folder, name, value, found)
            elif name in _FOLDERS and name != MAP:
                raise CaseError.one(
                    "E_FORM", f"{name} is a file", Place(path=name), f"send it with a name: -F {name}=@FILE"
                )
            else:
                found.fields[name] = value
        return found
    finally:
        await form.close()


async def _stream(request: Request) -> AsyncGenerator[bytes, None]:
    async for chunk in request.stream():  # its size is bounded where it comes in
        yield chunk


def _take(folder: Path, name: str, file: UploadFile, found: Upload) -> None:
    if name not in _FOLDERS:
        raise CaseError.one("E_FORM", f"{name} is no file", Place(path=name), "send it as a field")
    called = MAP_FILE if name == MAP else safe_name(file.filename or "")
    target = folder / _FOLDERS[name] / called
    if target.exists() or (name == JOINED and called == MAP_FILE):
        raise CaseError.one("E_FORM", f"two files are called {called}", Place(path=name))
    found.files[name] = called
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with target.open("wb") as out:
            shutil.copyfileobj(file.file, out, 1 << 20)
    except OSError as bad:
        raise _full(bad) from None


def write_field(folder: Path, name: str, text: str) -> None:
    """A file that was sent as a field. Raises CaseError."""
    target = folder / _FOLDERS[name] / MAP_FILE
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        target.write_text(text, encoding="utf-8", errors="surrogateescape")
    except OSError as bad:
        raise _full(bad) from None


def _full(bad: OSError) -> LicetError:
    return CaseError.one("E_DISK", f"what was sent cannot be kept: {bad.strerror}", hint="try again later")
