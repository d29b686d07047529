"""Who may ask what: every route of the application as nobody and as every role, against one table.

A route that is not in the table fails: whoever adds one says here whom it is for.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Mount

from licet.api.takes import JSON, UPLOADS, Takes
from licet.cli.served import Settings, together
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.access.sessions import COOKIE, HEADER
from licet.services.check import Checker
from licet.services.serve import Service
from tests.api.conftest import PASSWORD, access_in

EVERYBODY = None
READER, ANALYST, OFFICER, ADMINISTRATOR = Role
# Where a form says what to do, there is a line for each.
RIGHTS: dict[str, Role | None] = {
    # the HTTP interface
    "GET /openapi.json": READER,
    "POST /v1/check": ANALYST,
    "POST /v1/classify": ANALYST,
    "POST /v1/ask": ANALYST,
    "POST /v1/bom": ANALYST,
    "POST /v1/own": ANALYST,
    "POST /v1/screen": ANALYST,
    "POST /v1/match/{dataset}": ANALYST,
    "GET /v1/reconcile": ANALYST,
    "POST /v1/reconcile": ANALYST,
    "POST /v1/batch": ANALYST,
    "POST /v1/batch/map": ANALYST,
    "GET /v1/batch": ANALYST,
    "GET /v1/batch/{job}": ANALYST,
    "DELETE /v1/batch/{job}": ANALYST,
    "GET /v1/batch/{job}/events": ANALYST,
    "GET /v1/batch/{job}/rejected": ANALYST,
    "GET /v1/batch/{job}/result": ANALYST,
    "GET /v1/batch/{job}/summary": ANALYST,
    "POST /v1/impact": ANALYST,
    "GET /v1/impact": ANALYST,
    "GET /v1/impact/{job}": ANALYST,
    "DELETE /v1/impact/{job}": ANALYST,
    "GET /v1/impact/{job}/events": ANALYST,
    "GET /v1/impact/{job}/lines": ANALYST,
    "GET /v1/impact/{job}/picture": ANALYST,
    "GET /v1/impact/{job}/rejected": ANALYST,
    "GET /v1/impact/{job}/result": ANALYST,
    "GET /v1/lists": READER,
    "GET /v1/lists/{name}": READER,
    "GET /v1/lists/{name}/history": READER,
    "GET /v1/lists/{name}/changes": READER,
    "GET /v1/law": READER,
    "GET /v1/law/diff": READER,
    "GET /v1/law/changes": READER,
    "GET /v1/law/coverage": READER,
    "GET /v1/law/{rule}": READER,
    "GET /v1/law/{rule}/timeline": READER,
    "GET /v1/align": READER,
    "GET /v1/align/{technology}": READER,
    "GET /v1/ledger": READER,
    "GET /v1/ledger/verify": READER,
    "GET /v1/ledger/{number}": READER,
    "POST /v1/ledger/{number}/replay": ANALYST,
    "POST /v1/ledger/{number}/hold": OFFICER,
    "POST /v1/ledger/{number}/release": OFFICER,
    "POST /v1/ledger/{number}/erase": ADMINISTRATOR,
    "POST /v1/ledger/rotate": ADMINISTRATOR,
    "POST /v1/ledger/checkpoint": OFFICER,
    "GET /v1/ledger/export": OFFICER,
    "GET /v1/me": READER,
    "GET /v1/accounts": ADMINISTRATOR,
    "POST /v1/accounts": ADMINISTRATOR,
    "PATCH /v1/accounts/{name}": ADMINISTRATOR,  # one's own password apart (test_accounts)
    "GET /v1/keys": READER,  # one's own
    "POST /v1/keys": READER,  # one's own, with a session
    "DELETE /v1/keys/{number}": READER,  # one's own
    "GET /v1/denials": ADMINISTRATOR,
    "GET /v1/acts": ADMINISTRATOR,
    "GET /healthz": EVERYBODY,
    # the desk
    "GET /": READER,
    "GET /account": READER,
    "POST /account": READER,
    "GET /accounts": ADMINISTRATOR,
    "POST /accounts": ADMINISTRATOR,
    "GET /case": ANALYST,
    "POST /case": ANALYST,
    "GET /case/{name}": ANALYST,
    "POST /case/{name}": ANALYST,
    "GET /case/{name}/text": ANALYST,
    "POST /case/{name}/text": ANALYST,
    "GET /case/{name}/file": ANALYST,
    "GET /case/{name}/decision": ANALYST,
    "POST /case/{name}/decide": ANALYST,
    "POST /case/{name}/drop": ANALYST,
    "GET /law": READER,
    "GET /law/changes": READER,
    "GET /law/{rule}": READER,
    "GET /ledger": READER,
    "POST /ledger/verify": READER,
    "POST /ledger/checkpoint": OFFICER,
    "POST /ledger/export": OFFICER,
    "GET /ledger/{number}": READER,
    "POST /ledger/{number} do=replay": ANALYST,
    "POST /ledger/{number} do=today": ANALYST,
    "POST /ledger/{number} do=hold": OFFICER,
    "POST /ledger/{number} do=release": OFFICER,
    "POST /ledger/{number} do=erase": ADMINISTRATOR,
    "GET /screening": ANALYST,
    "POST /screening": ANALYST,
    "GET /screening/hits": READER,
    "POST /screening/hits": OFFICER,
    "GET /screening/{number}": READER,
    "POST /screening/{number}/again": ANALYST,
    "POST /screening/{number}/hit": OFFICER,
    "GET /decision/{number}": READER,
    "POST /decision/{number}/again": ANALYST,
    "GET /alignment": READER,
    "GET /orders": ANALYST,
    "POST /orders": ANALYST,
    "GET /orders/draft/{name}": ANALYST,
    "POST /orders/draft/{name}": ANALYST,
    "GET /orders/{kind}/{name}": ANALYST,
    "POST /orders/{kind}/{name}": ANALYST,
    "GET /static/answer.css": EVERYBODY,
    "GET /static/align.css": EVERYBODY,
    "GET /static/impact.css": EVERYBODY,
    "GET /static/*": EVERYBODY,
    "GET /login": EVERYBODY,
    "POST /login": EVERYBODY,
    "GET /welcome": EVERYBODY,
    "POST /welcome": EVERYBODY,
    "POST /logout": READER,  # the last, since it ends the session
}
# What a route needs to be sent, so that it comes to ask who may; none of it is there, so that nothing is changed.
BODIES: dict[str, dict[str, Any]] = {
    "PATCH /v1/accounts/{name}": {"off": True},
    "POST /v1/classify": {"nothing": "of it"},
    **{f"POST /v1/ledger/{{number}}/{what}": {"reason": "x"} for what in ("hold", "release", "erase")},
    "POST /v1/ledger/rotate": {"reason": "x"},
}
VALUES = {"number": "987654321", "kind": "batch"}


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path that an application answers."""
    return _routes(app.routes, "")


def _routes(found: Any, before: str) -> Iterator[tuple[str, str]]:
    for route in found:
        if hasattr(route, "effective_candidates"):  # of a router that is included
            yield from _routes(route.effective_candidates(), before)
        elif hasattr(route, "methods"):
            yield from ((method, before + route.path) for method in route.methods - {"HEAD"})
        elif isinstance(route, Mount) and route.routes:
            yield from _routes(route.routes, before + route.path)
        else:
            assert isinstance(route, Mount), f"what is {route}?"
            yield "GET", f"{before}{route.path}/*"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty folder of Licet's own, and no network."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home")
        patch.setenv("LICET_HOME", str(folder))

        def none(*_: object, **__: object) -> None:
            raise OSError("there is no network")

        patch.setattr(socket, "getaddrinfo", none)
        yield folder


@pytest.fixture(scope="module")
def access(home: Path) -> Access:
    """With an account of each role, which is called by it."""
    found = access_in(home / "accounts")
    for role in Role:
        found.add(Caller("", Role.ADMINISTRATOR), role.word, role, PASSWORD)
    return found


@pytest.fixture(scope="module")
def app(checker: Checker, access: Access) -> FastAPI:
    """What `licet serve` serves."""
    return together(Service(replace(checker, screening=None)), access, Settings("nobody", rate=100_000))


@pytest.fixture(scope="module")
def clients(app: FastAPI, access: Access) -> dict[str, TestClient]:
    """A client for nobody, and for each role one that is signed in and one that has a key."""
    found = {"nobody": TestClient(app, "http://localhost", raise_server_exceptions=False, follow_redirects=False)}
    for role in Role:
        cookie = access.sign_in(role.word, PASSWORD, "here")
        caller = access.caller_of_cookie(cookie)
        assert caller is not None
        signed = TestClient(app, "http://localhost", raise_server_exceptions=False, follow_redirects=False)
        signed.cookies.set(COOKIE, cookie)
        signed.headers[HEADER] = caller.token
        keyed = TestClient(app, "http://localhost", raise_server_exceptions=False, follow_redirects=False)
        key = access.make_key(Caller("", Role.ADMINISTRATOR), role.word, "tests", role)
        keyed.headers["authorization"] = f"Bearer {key}"
        found |= {f"{role.word} session": signed, f"{role.word} key": keyed}
    return found


def ask(client: TestClient, route: str) -> Any:
    method, path, *form = route.split(" ")
    path = re.sub(r"\{(\w+)[^}]*\}", lambda match: VALUES.get(match[1], "nobody-knows-this"), path).replace(
        "*", "desk.css"
    )
    body = BODIES.get(route, {})
    if method == "GET":
        return client.get(path)
    types, _ = Takes(UPLOADS).of(path, path.startswith("/v1/"))
    if types == JSON:
        return client.request(method, path, json=body)
    said = {"token": client.headers.get(HEADER, ""), **body, **dict(each.split("=") for each in form)}
    files = {"nothing": b"of it"} if types == {"multipart/form-data"} else None
    return client.request(method, path, data=said, files=files)


def test_every_route_is_in_the_table_and_nothing_else(app: FastAPI) -> None:
    there = {f"{method} {path}" for method, path in routes(app)}
    told = {" ".join(route.split(" ")[:2]) for route in RIGHTS}
    assert sorted(there - told) == [], "say in RIGHTS whom these routes are for"
    assert sorted(told - there) == [], "these routes are gone"


@pytest.mark.parametrize("route", RIGHTS)
def test_a_route_is_for_its_role_and_those_above(clients: dict[str, TestClient], route: str) -> None:
    needed = RIGHTS[route]
    nobody = ask(clients["nobody"], route)
    if needed is EVERYBODY:
        assert nobody.status_code != 403 and "www-authenticate" not in nobody.headers
        assert nobody.status_code != 303 or (route, nobody.headers["location"]) == ("GET /welcome", "/login")  # no link
        return
    if re.match(r"\S+ /(v1/|openapi|mcp)", route):
        assert (nobody.status_code, nobody.headers["www-authenticate"]) == (401, "Bearer")
        assert nobody.json()["errors"][0]["code"] == "E_SIGN_IN"
    else:
        assert nobody.status_code == 303 and nobody.headers["location"].startswith("/login")
    for role in Role:
        for kind in ("session", "key"):
            if kind == "key" and route == "POST /v1/keys":
                continue  # test_accounts
            answer = ask(clients[f"{role.word} {kind}"], route)
            form = route.startswith("POST /") and not route.startswith("POST /v1/")  # forms are for sessions
            may = role >= needed and not (form and kind == "key")
            assert (answer.status_code not in (401, 403)) is may, f"{role.word} by {kind}: {answer.status_code}"
            assert answer.status_code < 500, answer.text
            assert not answer.headers.get("location", "").startswith("/login?next")
            if not may and "json" in answer.headers["content-type"]:
                assert answer.json()["errors"][0]["code"] == "E_ROLE"
