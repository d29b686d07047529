"""The application: every route under `/v1`, described by OpenAPI 3.1 at `/openapi.json`."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import FastAPI

from licet import __version__
from licet.api import (
    accounts,
    aligning,
    asking,
    cases,
    chains,
    document,
    jobs,
    keeping,
    law,
    ledger,
    lists,
    matching,
    problems,
    reconcile,
    screening,
)
from licet.api.guard import Guard
from licet.services.access.desk import Access
from licet.services.access.limits import Limits
from licet.services.serve import Service

ABOUT = "May this go, to them, on this day, and why? Decisions of export control law as dated, cited data."


def make_app(service: Service, access: Access, names: Iterable[str] = (), limits: Limits | None = None) -> FastAPI:
    """The application over a service and accounts. It answers to names of this machine, and to those given."""
    app = FastAPI(title="Licet", version=__version__, description=ABOUT, docs_url=None, redoc_url=None)
    app.state.service, app.state.access = service, access
    app.add_middleware(Guard, names=names, limits=limits)
    problems.install(app)
    document.describe(app, service.checker.law.dictionary)
    shells = (cases, asking, chains, screening, matching, reconcile, lists, jobs, law, aligning)
    for routes in (shell.routes for shell in (*shells, keeping, ledger, accounts)):
        app.include_router(routes, prefix="/v1", responses=problems.RESPONSES)

    @app.get("/healthz", include_in_schema=False)
    def health() -> dict[str, str]:
        """Whether this process answers, told to everybody."""
        return {"status": "ok"}

    return app
