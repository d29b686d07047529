"""What requests ask with, beside their bodies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import Depends, Query, Request

from licet.api.bodies import body_text
from licet.services.check import Options
from licet.services.serve import Service

MOST_DAYS = 3660


def service(request: Request) -> Service:
    """The service of the application."""
    found: Service = request.app.state.service
    return found


def options(
    on: Annotated[date | None, Query(description="Decide for this day instead of that of the case.")] = None,
    lang: Annotated[str, Query(pattern="^(en|zh)$", description="The language of questions.")] = "en",
    proof: Annotated[bool, Query(description="With every step of the proof.")] = False,
    law_age: Annotated[
        int, Query(ge=0, le=MOST_DAYS, description="Accept law read up to so many days before the day.")
    ] = 0,
) -> Options:
    """How to decide."""
    return Options(on, lang, proof, timedelta(days=law_age))


Desk = Annotated[Service, Depends(service)]
How = Annotated[Options, Depends(options)]
Text = Annotated[str, Depends(body_text)]
