"""Bodies of requests, read within bounds."""

from __future__ import annotations

from fastapi import Request

from licet.facts.errors import CaseError

MAX_BYTES = 1_000_000


async def body_text(request: Request) -> str:
    """The text of a request. Raises CaseError where it is too long or no text."""
    size, chunks = 0, list[bytes]()
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BYTES:
            raise CaseError.one("E_TOO_LARGE", f"a request has at most {MAX_BYTES:,} bytes", hint="send one case")
        chunks.append(chunk)
    try:
        return b"".join(chunks).decode()
    except UnicodeDecodeError:
        raise CaseError.one("E_JSON", "the body is no UTF-8") from None
