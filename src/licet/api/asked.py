"""What requests ask with, beside their bodies.

All of it is told without waiting, and `async`, since each of these would else be asked for in another thread.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Annotated

from fastapi import Depends, Query, Request

from licet.api.bodies import body_text
from licet.facts.errors import CaseError
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.check import Options
from licet.services.serve import Service

MOST_DAYS = 3660
KEY_HINT = "send Authorization: Bearer KEY; licet account key makes one"


async def service(request: Request) -> Service:
    """The service of the application."""
    found: Service = request.app.state.service
    return found


async def access(request: Request) -> Access:
    """The accounts of the application."""
    found: Access = request.app.state.access
    return found


def at_least(role: Role) -> Callable[[Request], Awaitable[Caller]]:
    """What tells a route who asks, and refuses who has not this role (`licet.api.guard` finds out who it is)."""

    async def caller(request: Request) -> Caller:
        found: Caller | None = request.state.caller
        if found is None:
            raise CaseError.one("E_SIGN_IN", "nobody is signed in", hint=KEY_HINT)
        found.need(role)
        return found

    return caller


async def options(
    on: Annotated[date | None, Query(description="Decide for this day instead of that of the case.")] = None,
    lang: Annotated[str, Query(pattern="^(en|zh|ja)$", description="The language of questions.")] = "en",
    proof: Annotated[bool, Query(description="With every step of the proof.")] = False,
    law_age: Annotated[
        int, Query(ge=0, le=MOST_DAYS, description="Accept law read up to so many days before the day.")
    ] = 0,
) -> Options:
    """How to decide."""
    return Options(on, lang, proof, timedelta(days=law_age))


Day = Annotated[date | None, Query(description="The day; today without it.")]
Reader = Annotated[Caller, Depends(at_least(Role.READER))]
Analyst = Annotated[Caller, Depends(at_least(Role.ANALYST))]
Officer = Annotated[Caller, Depends(at_least(Role.OFFICER))]
Administrator = Annotated[Caller, Depends(at_least(Role.ADMINISTRATOR))]
Accounts = Annotated[Access, Depends(access)]
Desk = Annotated[Service, Depends(service)]
How = Annotated[Options, Depends(options)]
Text = Annotated[str, Depends(body_text)]
