"""Who asks for a page, and what it is made from, told in the loop itself (as `licet.api.asked`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.serve import Service
from licet.web.words import Said


class NotSignedIn(Exception):
    """Nobody is signed in, and the page is for somebody."""


def caller(request: Request) -> Caller:
    """Who asks (`licet.api.guard` found out). Raises NotSignedIn."""
    found: Caller | None = getattr(request.state, "caller", None)
    if found is None:
        raise NotSignedIn
    return found


def at_least(role: Role) -> Callable[[Request], Awaitable[Caller]]:
    """What tells a page who asks, and refuses who has not this role."""

    async def asked(request: Request) -> Caller:
        found = caller(request)
        found.need(role)
        return found

    return asked


async def service(request: Request) -> Service:
    """The service the pages are made by."""
    found: Service = request.app.state.service
    return found


async def access(request: Request) -> Access:
    """The accounts."""
    found: Access = request.app.state.access
    return found


def said(request: Request) -> Said:
    """The words in the language of a request."""
    return Said(request.state.language)


async def _words(request: Request) -> Said:
    return said(request)


Reader = Annotated[Caller, Depends(at_least(Role.READER))]
Analyst = Annotated[Caller, Depends(at_least(Role.ANALYST))]
Officer = Annotated[Caller, Depends(at_least(Role.OFFICER))]
Administrator = Annotated[Caller, Depends(at_least(Role.ADMINISTRATOR))]
Doors = Annotated[Access, Depends(access)]
Desk = Annotated[Service, Depends(service)]
Words = Annotated[Said, Depends(_words)]
