"""The desk as an application, and how it stands beside the HTTP interface."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Response
from starlette.applications import Starlette
from starlette.routing import Match, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from licet.services.access.desk import Access
from licet.services.serve import Service
from licet.web import (
    account,
    accounts,
    alignment,
    case,
    decision,
    errors,
    law,
    lawchanges,
    ledger,
    order,
    orders,
    record,
    screening,
    sign,
    start,
)
from licet.web.frame import Frame

STYLES = {"answer": "style.css", "align": "align.css", "impact": "impact.css"}
FRAME = frozenset(f"/static/{name}" for name in ("answer.css", "desk.css", "desk.js", "licet.svg"))  # of every page
API = ("/v1", "/openapi.json", "/mcp")  # what is never a page
ROUTES = (
    start.routes, sign.routes, case.routes, decision.routes, account.routes, accounts.routes,
    lawchanges.routes, law.routes, alignment.routes, ledger.routes, record.routes, screening.routes,
    orders.routes, order.routes,
)  # fmt: skip


def make_desk(service: Service, access: Access) -> FastAPI:
    """The pages over a service and accounts."""
    app = FastAPI(title="Licet desk", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.service, app.state.access = service, access
    app.state.addresses = {getattr(route, "path", "") for routes in ROUTES for route in routes.routes}
    app.add_middleware(Frame)
    errors.install(app)
    for routes in ROUTES:
        app.include_router(routes)
    for name, file in STYLES.items():
        app.add_api_route(f"/static/{name}.css", _style(file), methods=["GET", "HEAD"])
    app.mount("/static", StaticFiles(directory=Path(str(files("licet.web") / "static"))))
    return app


def _style(file: str) -> Callable[[], Response]:
    """A route that gives out a style of answers as files, which the desk shares."""
    text = (files("licet.render") / file).read_bytes()
    return lambda: Response(text, media_type="text/css")


class Pages(Mount):
    """Everything that is not the HTTP interface: errors there stay its own."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a request is for a page."""
        path = scope.get("path", "")
        if any(path == own or path.startswith(f"{own}/") for own in API):
            return Match.NONE, {}
        return super().matches(scope)


def add_desk(app: Starlette, desk: FastAPI) -> None:
    """Put the desk beside the HTTP interface, behind all its routes."""
    app.router.routes.append(Pages("/", desk))
    app.state.unlimited = FRAME  # a page that says that somebody asks too often can be read
    app.state.page_of = partial(errors.page_of, desk)
    app.state.login_with = partial(errors.login_with, desk)
