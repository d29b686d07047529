"""The body of a request, bounded in size and time as it comes in."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive

from licet.facts.errors import CaseError, LicetError

SECONDS, MIN_SPEED = 30, 50_000  # a body may take so long, and a second more for so many bytes of the most it may have


class Incoming:
    """Reads a body, and raises CaseError where it is too large or takes too long; `wrong` is what was raised."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.most, self.size = receive, most, 0
        self.until, self.whole = 0.0, False
        self.wrong: LicetError | None = None

    async def __call__(self) -> Message:
        """The next piece; once all are read, what comes when the client goes."""
        if self.whole:
            return await self.receive()
        self.until = self.until or asyncio.get_running_loop().time() + SECONDS + self.most / MIN_SPEED
        try:
            async with asyncio.timeout_at(self.until):
                message = await self.receive()
        except TimeoutError:
            raise self._stop("E_SLOW", "the body takes too long") from None
        if message["type"] == "http.request":
            self.size += len(message.get("body", b""))
            self.whole = not message.get("more_body", False)
        if self.size > self.most:
            raise self._stop("E_TOO_LARGE", f"a request has at most {self.most:,} bytes")
        return message

    def _stop(self, code: str, text: str) -> LicetError:
        self.wrong = CaseError.one(code, text, hint="send less at a time")
        return self.wrong
