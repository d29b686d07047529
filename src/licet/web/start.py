"""Where one comes in."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from licet.web.asked import Reader
from licet.web.pages import page

routes = APIRouter()


@routes.get("/")
def begin(request: Request, _: Reader) -> Response:
    """What there is to do."""
    return page(request, "start.html")
