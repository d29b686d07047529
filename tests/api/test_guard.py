"""What stands before every route: who asks, tokens, headers, names, bodies, how often, and what is written down."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketDisconnect

from licet.api import incoming, takes
from licet.api.guard import Guard
from licet.api.secure import CONTENT_POLICY
from licet.services.access.caller import Role
from licet.services.access.desk import Access
from licet.services.access.limits import Limits, Rate
from licet.services.access.sessions import COOKIE, HEADER
from licet.services.check import Checker
from tests.api.conftest import LOOSE, OFFICER, PASSWORD, ROOT, access_in, app_of, bare_client, keyed, signed
from tests.api.test_api import errors

JSON = {"content-type": "application/json"}


# --- who asks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        "Bearer",
        "Bearer ",
        "Bearer licet_",
        "Bearer licet_" + "A" * 43,
        "Basic YTpi",
        "licet_x",
        "Bearer \xe9",
        "Bearer " + "x" * 9_000,
    ],
)
def test_what_is_no_key_is_nobodys(app: FastAPI, access: Access, given: str) -> None:
    client, _ = signed(app, access)  # a key that is none is not made good by a cookie
    answer = client.get("/v1/me", headers=[(b"authorization", given.encode("latin-1"))])
    assert errors(answer, 401)[0]["code"] == "E_SIGN_IN" and answer.headers["www-authenticate"] == "Bearer"


def test_a_key_is_taken_however_its_scheme_is_written(app: FastAPI, access: Access) -> None:
    key = access.make_key(ROOT, OFFICER, "tests", Role.READER)
    for scheme in ("Bearer", "bearer", "BEARER "):
        answer = bare_client(app).get("/v1/me", headers={"authorization": f"{scheme} {key}"})
        assert answer.json() == {"name": OFFICER, "role": "reader"}


def test_a_key_stands_in_no_address_and_no_cookie(app: FastAPI, access: Access) -> None:
    key, client = access.make_key(ROOT, OFFICER, "tests", Role.READER), bare_client(app)
    client.cookies.set(COOKIE, key)
    assert client.get("/v1/me", params={"key": key, "access_token": key}).status_code == 401


def test_a_session_that_nobody_was_given_is_none(app: FastAPI, access: Access) -> None:
    client = bare_client(app)
    client.cookies.set(COOKIE, "A" * 43)  # of somebody who would fix it before the sign-in
    assert client.get("/v1/me").status_code == 401
    assert access.sign_in(OFFICER, PASSWORD, "") != "A" * 43
    assert client.get("/v1/me").status_code == 401


def test_nobody_is_sent_to_sign_in_and_back(app: FastAPI) -> None:
    client = bare_client(app)
    for path, location in (
        ("/", "/login"), ("/page?a=1&b=%2F", "/login?next=%2Fpage%3Fa%3D1%26b%3D%252F"),
        ("/nothing", "/login?next=%2Fnothing"),
    ):  # fmt: skip
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, location)
    answer = client.post("/page", data={"a": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert client.get("/login").text == "nobody"
    assert signed(app, access_of(app))[0].get("/login").text == OFFICER


def access_of(app: FastAPI) -> Access:
    found: Access = app.state.access
    return found


@pytest.mark.parametrize(
    "path",
    ["/login/", "/LOGIN", "/login/../page", "//login", "/loginx", "/staticx", "/static", "/healthz/x", "/welcome/x"],
)
def test_what_is_nearly_open_is_not(app: FastAPI, path: str) -> None:
    answer = bare_client(app).get(f"http://localhost{path}")
    assert answer.status_code == 303


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/../v1/me", "/v1/nothing", "/mcp", "/mcp/x", "/openapi.json"])
def test_programs_are_told_that_they_are_nobody(app: FastAPI, path: str) -> None:
    for method in ("GET", "POST", "DELETE", "OPTIONS"):
        assert bare_client(app).request(method, path).status_code == 401


# --- tokens ----------------------------------------------------------------------------------


def test_a_session_changes_something_only_with_its_token(app: FastAPI, access: Access) -> None:
    client, token = signed(app, access)
    _, other = signed(app, access)
    body = {"title": "t", "role": "reader"}
    for told in ({}, {HEADER: ""}, {HEADER: "x"}, {HEADER: other}):
        assert errors(client.post("/v1/keys", json=body, headers=told), 403)[0]["code"] == "E_TOKEN"
    assert access.keys() == []
    assert client.get("/v1/keys").status_code == 200
    assert client.post("/v1/keys", json=body, headers={HEADER: token}).status_code == 201
    assert client.delete("/v1/keys/1").status_code == 403
    assert client.delete("/v1/keys/1", headers={HEADER: token}).status_code == 204


def test_a_form_of_a_page_is_held_against_the_token_of_its_session(app: FastAPI, access: Access) -> None:
    client, token = signed(app, access)
    assert client.post("/page", data={"token": token}).text == f"{OFFICER} True"
    for data in ({}, {"token": ""}, {"token": "x"}):
        assert client.post("/page", data=data).status_code == 403
    assert keyed(app, access).post("/page", data={"token": ""}).status_code == 403


# --- browsers --------------------------------------------------------------------------------


def test_every_answer_says_what_a_browser_must_not_do(app: FastAPI, access: Access) -> None:
    client = keyed(app, access)
    asked = {
        "/v1/me": 200, "/v1/nothing": 404, "/v1/law?limit=x": 422, "/fault": 500, "/weak": 200, "/static/weak": 200,
        "/static/nothing": 404, "/healthz": 200, "/login": 200,
    }  # fmt: skip
    answers = [client.get(path) for path in asked]
    assert [answer.status_code for answer in answers] == [*asked.values()]
    answers += [bare_client(app).get(path) for path in ("/v1/me", "/page")]
    answers += [client.get("/v1/me", headers={"host": "evil.example"}), client.post("/page", content=b"x")]
    for answer in answers:
        told = answer.headers
        assert told.get_list("content-security-policy") == [CONTENT_POLICY]
        assert (told["x-content-type-options"], told["referrer-policy"]) == ("nosniff", "same-origin")
        assert (told["cross-origin-opener-policy"], told["cross-origin-resource-policy"]) == ("same-origin",) * 2
        assert "camera=()" in told["permissions-policy"] and "strict-transport-security" not in told
        static = answer.request.url.path.startswith(("/static/", "/healthz"))
        assert static or told.get_list("cache-control") == ["no-store"]
        assert "access-control-allow-origin" not in told and "server" not in told
    assert "something of the inside" not in answers[3].text
    assert client.get("/static/weak").headers["cache-control"] == "max-age=9"
    assert "unsafe" not in CONTENT_POLICY and CONTENT_POLICY.startswith("default-src 'none'")


def test_a_browser_that_came_by_https_comes_by_it_again(app: FastAPI) -> None:
    assert (
        bare_client(app, "https://localhost").get("/login").headers["strict-transport-security"] == "max-age=31536000"
    )


def test_other_names_of_this_server_are_those_it_was_told(checker: Checker, access: Access) -> None:
    client = keyed(app_of(checker, access, names=("Licet.Example.org",)), access)
    for host in ("licet.example.org", "LICET.example.org:443", "localhost:8642"):
        assert client.get("/v1/me", headers={"host": host}).status_code == 200
    for host in (
        "example.org",
        "x.licet.example.org",
        "licet.example.org.evil.example",
        "licet.example.org@evil.example",
        "192.0.2.1",
    ):
        assert errors(client.get("/v1/me", headers={"host": host}), 421)[0]["code"] == "E_HOST"
    watching = bare_client(app_of(checker, access)).get("/healthz", headers={"host": "192.0.2.1"})
    assert watching.json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("POST", {"origin": "https://evil.example"}, 403),
        ("POST", {"origin": "null"}, 403),
        ("POST", {"origin": "http://localhost:1"}, 403),
        ("POST", {"sec-fetch-site": "cross-site"}, 403),
        ("POST", {"sec-fetch-site": "same-site"}, 403),
        ("POST", {"origin": "http://localhost", "sec-fetch-site": "same-origin"}, 200),
        ("GET", {"sec-fetch-site": "cross-site"}, 403),  # the page is opened, and says that no token fits
    ],
)
def test_pages_of_other_sites_ask_nothing(
    app: FastAPI, access: Access, method: str, headers: dict[str, str], status: int
) -> None:
    client, token = signed(app, access)
    data = {"token": token} if method == "POST" else None
    answer = client.request(method, "/page", data=data, headers=headers)
    assert answer.status_code == status
    assert (answer.headers["content-type"] == "application/problem+json") is (status == 403 and method == "POST")
    if "sec-fetch-site" in headers and status == 403:
        assert client.get("/v1/me", headers=headers).status_code == 403


@pytest.mark.parametrize("name", ["host", "origin", "authorization", "content-type", "x-licet-token"])
def test_a_header_that_decides_stands_once(app: FastAPI, access: Access, name: str) -> None:
    headers = [(name, "localhost"), (name, "localhost")]
    answer = bare_client(app).get("/v1/me", headers=headers)
    assert errors(answer, 400)[0]["code"] == "E_HEADER"


def test_there_are_no_websockets(app: FastAPI) -> None:
    with pytest.raises(WebSocketDisconnect), bare_client(app).websocket_connect("/v1/me"):
        pass


# --- bodies ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind", "status"),
    [
        ("/v1/check", "application/json", 422), ("/v1/check", "multipart/form-data; boundary=x", 415),
        ("/v1/check", "", 415),
        ("/v1/check", "text/csv", 415), ("/page", "application/json", 415), ("/page", "text/plain", 415),
        ("/page", "application/x-www-form-urlencoded; charset=utf-8", 403), ("/login", "text/plain", 415),
    ],
)  # fmt: skip
def test_a_body_has_a_type_that_is_read_there(app: FastAPI, access: Access, path: str, kind: str, status: int) -> None:
    assert keyed(app, access).post(path, content=b"{}", headers={"content-type": kind}).status_code == status


def pieces(size: int) -> Iterator[bytes]:
    for _ in range(size // 100_000):
        yield b" " * 100_000


@pytest.mark.parametrize("path", ["/v1/check", "/v1/keys", "/page", "/login"])
def test_a_body_is_bounded_however_it_comes(app: FastAPI, access: Access, path: str) -> None:
    client, token = signed(app, access)
    kind = "application/json" if path.startswith("/v1") else "application/x-www-form-urlencoded"
    headers = {"content-type": kind, HEADER: token}
    whole = client.post(path, content=b" " * 1_000_001, headers=headers)
    assert errors(whole, 413)[0]["code"] == "E_TOO_LARGE"
    if path != "/login":  # which reads no body
        cut = client.post(path, content=pieces(1_100_000), headers=headers)
        assert "content-length" not in cut.request.headers and errors(cut, 413)[0]["code"] == "E_TOO_LARGE"
    for length in ("-1", "1e3", "x", "9" * 5_000):
        assert client.post(path, content=b"x", headers=headers | {"content-length": length}).status_code == 413


def test_files_are_taken_where_the_table_says_so(
    checker: Checker, access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(takes.UPLOADS, "/v1/books/{name}/file", ("text/csv", "multipart/form-data"))
    app = app_of(checker, access)
    client = keyed(app, access)
    headers = {"content-type": "text/csv"}
    large = b" " * 1_000_001
    assert client.post("/v1/books/a/file", content=large, headers=headers).status_code == 404
    assert client.post("/v1/books/a/file", content=b"{}", headers=JSON).status_code == 415
    assert client.post("/v1/books/a/b/file", content=large, headers=headers).status_code == 415
    assert (
        client.post("/v1/books/a/file", content=b"x", headers=headers | {"content-length": "200000001"}).status_code
        == 413
    )


def test_a_body_that_does_not_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> Any:
        await asyncio.sleep(10)

    async def read() -> str:
        stream = incoming.Incoming(never, 0)
        try:
            await stream()
        except Exception as error:
            assert stream.wrong is error
            return str(error)
        return ""

    monkeypatch.setattr(incoming, "SECONDS", 0.05)
    assert asyncio.run(read()).startswith("E_SLOW")


def test_a_client_that_goes_is_waited_for_as_long_as_an_answer_takes() -> None:
    messages = [{"type": "http.request", "body": b"x"}, {"type": "http.disconnect"}]

    async def read() -> list[str]:
        async def receive() -> Any:
            return messages.pop(0)

        stream = incoming.Incoming(receive, 1)
        return [(await stream())["type"], (await stream())["type"]]

    assert asyncio.run(read()) == ["http.request", "http.disconnect"]


def test_a_client_that_goes_amid_its_body_is_no_fault(app: FastAPI, access: Access) -> None:
    key = access.make_key(ROOT, OFFICER, "gone", Role.OFFICER)
    headers = [
        (b"host", b"localhost"), (b"authorization", f"Bearer {key}".encode()),
        (b"content-type", b"application/json"), (b"content-length", b"9"),
    ]  # fmt: skip
    scope = {
        "type": "http", "method": "POST", "path": "/v1/check", "raw_path": b"/v1/check", "query_string": b"",
        "headers": headers, "scheme": "http", "client": ("127.0.0.1", 1), "server": ("localhost", 80), "app": app,
        "http_version": "1.1", "root_path": "",
    }  # fmt: skip
    sent: list[Any] = []

    async def ask() -> None:
        async def receive() -> Any:
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        await app(scope, receive, send)

    asyncio.run(ask())
    assert sent == []


# --- how often, and what is written down -----------------------------------------------------


def test_who_asks_too_often_waits_and_others_do_not(checker: Checker, access: Access) -> None:
    app = app_of(checker, access, Limits(Rate(0.5, 3), Rate(0.5, 2)))
    client = keyed(app, access)
    assert [client.get("/v1/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get("/v1/me")
    assert errors(answer, 429)[0]["code"] == "E_TOO_MANY" and answer.headers["retry-after"] == "2"
    assert [bare_client(app).get("/login").status_code for _ in range(3)] == [200, 200, 429]
    access.add(ROOT, "Anna", Role.READER, PASSWORD)
    client.headers["authorization"] = f"Bearer {access.make_key(ROOT, 'Anna', 'tests', Role.READER)}"
    assert client.get("/v1/me").status_code == 200
    assert {one.why for one in access.denials()} == {"this is asked too often"}


def test_a_key_past_its_end_is_told_so_and_written_down(app: FastAPI, access: Access) -> None:
    key = access.make_key(ROOT, OFFICER, "tests", Role.READER, days=1)
    client = bare_client(app)
    client.headers["authorization"] = f"Bearer {key}"
    assert client.get("/v1/me").status_code == 200
    told = access.key_of(key)
    assert told.ends is not None
    later = told.ends.timestamp() + 1
    access.clock = lambda: later
    access.changed()
    why = f"key {told.number} ended by itself on {told.ends.date()}"
    answer = client.get("/v1/me")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert [(one["code"], one["message"]) for one in errors(answer, 401)] == [("E_SIGN_IN", why)]
    denial = access.denials(1)[0]
    assert (denial.who, denial.what, denial.why) == ("nobody from testclient", "GET /v1/me", why)


def test_what_was_refused_is_written_down(app: FastAPI, access: Access) -> None:
    key = access.make_key(ROOT, OFFICER, "tests", Role.READER)
    wrong = "licet_" + "W" * 43
    bare_client(app).get("/v1/me?secret=of-the-address", headers={"authorization": f"Bearer {wrong}"})
    bare_client(app).get("/v1/accounts", headers={"authorization": f"Bearer {key}"})
    bare_client(app).get("/v1/x%0A%1b[31m", headers={"host": "localhost"})
    bare_client(app).get("/page")
    bare_client(app).post("/login", headers={"origin": "https://evil.example"})
    signed(app, access)[0].post("/page", data={"token": "x"}, headers={"origin": "https://evil.example"})
    told = [(one.who, one.what, one.why) for one in access.denials()]
    assert told == [
        ("nobody from testclient", "POST /page", "pages of other sites may not ask this server"),
        ("nobody from testclient", "POST /login", "pages of other sites may not ask this server"),
        ("nobody from testclient", "GET /v1/x\ufffd\ufffd[31m", "nobody is signed in"),
        (f"{OFFICER} from testclient", "GET /v1/accounts", f"this takes the role administrator; {OFFICER} is reader"),
        ("nobody from testclient", "GET /v1/me", "this key is none, or was ended"),
    ]
    assert key not in str(told) and wrong not in str(told)


def test_nobody_is_let_in_where_accounts_cannot_be_read(app: FastAPI, access: Access, tmp_path: Path) -> None:
    client, _ = signed(app, access)
    access.close()
    for file in (tmp_path / "accounts").iterdir():
        file.unlink()
    (tmp_path / "accounts" / "accounts.sqlite3").write_bytes(b"no database" * 1_000)
    answer = client.get("/v1/me")
    assert errors(answer, 503)[0]["code"] == "E_ACCOUNTS"
    assert client.get("/page").status_code == 503


NAMES = st.sampled_from([
    b"host", b"origin", b"authorization", b"cookie", b"content-type", b"content-length", b"transfer-encoding",
    b"x-licet-token", b"sec-fetch-site", b"x-forwarded-for", b"x-forwarded-host", b"forwarded", b"x-original-url",
    b"x-http-method-override",
])  # fmt: skip
VALUES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([
        b"localhost", b"Bearer licet_" + b"A" * 43, b"licet_session=" + b"A" * 43, b"licet_session", b"/login",
        b"GET", b"0", b"chunked", b"application/json", b"http://localhost", b"none", b"same-origin",
    ]),
)  # fmt: skip
PATHS = st.one_of(
    st.text(max_size=20).map("/".__add__),
    st.lists(
        st.sampled_from(["login", "v1", "me", "static", "..", ".", "", "healthz", "welcome", "%2e", "//", "\0"])
    ).map(lambda parts: "/" + "/".join(parts)),
)


@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", ""]),
    path=PATHS,
    headers=st.lists(st.tuples(NAMES, VALUES), max_size=6),
    query=st.binary(max_size=20),
)
def test_whatever_is_sent_nobody_is_let_in_where_not_everybody_is(
    session_app: FastAPI, method: str, path: str, headers: list[tuple[bytes, bytes]], query: bytes
) -> None:
    reached, statuses = list[str](), list[int]()

    async def inner(scope: Any, _: Any, send: Any) -> None:
        reached.append(scope["path"])
        assert scope["state"]["caller"] is None
        await PlainTextResponse("in")(scope, _, send)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
            assert (b"content-security-policy", CONTENT_POLICY.encode()) in message["headers"]

    scope = {
        "type": "http", "method": method, "path": path, "query_string": query, "scheme": "http", "app": session_app,
        "headers": [(b"host", b"localhost"), *headers], "client": ("192.0.2.1", 1),
    }  # fmt: skip
    asyncio.run(Guard(inner, limits=LOOSE)(scope, receive, send))
    assert len(statuses) == 1 and statuses[0] < 500
    assert all(path in ("/login", "/welcome", "/healthz") or path.startswith("/static/") for path in reached)


@pytest.fixture(scope="module")
def session_app(checker: Checker, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return app_of(checker, access_in(tmp_path_factory.mktemp("all") / "accounts"))
