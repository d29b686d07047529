"""What stands around every page: language, headers, errors, and the HTTP interface beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from licet.services.access.caller import Role
from licet.services.access.desk import Access
from licet.services.access.limits import Limits, Rate
from licet.services.serve import Service
from licet.web.app import FRAME
from licet.web.language import LANGUAGES
from tests.web.conftest import Visitor, app_of

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_chosen_once_and_kept(desk: Visitor, language: str) -> None:
    answer = desk.get(f"/nothing?a=1&lang={language}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/nothing?a=1")
    page = desk.get("/")
    assert f'<html lang="{language}">' in page.text


def test_the_address_of_another_server_is_never_where_one_is_sent(desk: Visitor) -> None:
    for path in ("//evil.example/x", "/%2f/evil.example", "/\\evil.example"):
        answer = desk.get(f"{path}?lang=ja", follow_redirects=False)
        location = answer.headers.get("location", "/")
        assert location.startswith("/") and not location.startswith(("//", "/\\"))


def test_pages_say_what_a_browser_may_do(desk: Visitor) -> None:
    for path in ("/", "/nothing", "/static/desk.css"):
        headers = desk.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_errors_are_pages_here_and_problems_there(desk: Visitor) -> None:
    page = desk.get("/nothing")
    assert page.status_code == 404 and page.headers["content-type"].startswith("text/html")
    assert "There is no such page" in page.text
    told = desk.get("/v1/nothing")
    assert (told.status_code, told.headers["content-type"]) == (404, "application/problem+json")
    assert (
        desk.client.put("/v1/law", json={}, headers={"X-Licet-Token": desk.token}).headers["content-type"]
        == "application/problem+json"
    )
    assert desk.get("/openapi.json").json()["openapi"].startswith("3.1")


def test_forms_of_other_sites_and_forms_at_the_interface_are_refused(desk: Visitor) -> None:
    ask = desk.client.post
    assert ask("/case", data={"token": desk.token}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert ask("/v1/check", data={"a": "1"}, headers={"X-Licet-Token": desk.token}).status_code == 415
    assert ask("/", data={"a": "1"}).status_code == 405


@pytest.mark.parametrize("token", ["", "another", "x" * 5000, "\u202e"])
def test_a_form_without_the_token_of_the_session_is_refused_with_a_page(desk: Visitor, token: str) -> None:
    for path in ("/case", "/accounts", "/account", "/logout"):
        answer = desk.client.post(path, data={"token": token, "do": "off", "name": "analyst"})
        assert answer.status_code == 403 and "This is not allowed" in answer.text
        assert "not sent from a page of your session" in answer.text


def test_bodies_that_are_no_forms_are_refused(desk: Visitor) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    for body in (b"\xff\xfe=%zz", b"token=%ff%fe", b"&".join(b"a=1" for _ in range(3000))):
        answer = desk.client.post("/case", content=body, headers=headers)
        assert answer.status_code == 400 and "cannot be read" in answer.text
    multipart = {"content-type": "multipart/form-data; boundary=x"}
    for body in (b"--y\r\n", b"--x\r\nContent-Disposition: nonsense\r\n\r\n\r\n--x--", b""):
        assert desk.client.post("/case", content=body, headers=multipart).status_code in (400, 403)
    large = desk.client.post("/case", data={"token": "x", "text": "y" * 1_100_000})
    assert large.status_code == 413 and "This is too large" in large.text


def test_what_is_refused_before_it_comes_to_a_page_is_told_by_one(desk: Visitor) -> None:
    desk.get("/?lang=ja")
    answer = desk.client.post("/case", data={"a": "1"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403 and '<html lang="ja">' in answer.text and "許可されていません" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    elsewhere = desk.client.get("/", headers={"Host": "evil.example"})
    assert elsewhere.status_code == 421 and "evil" not in elsewhere.text


@pytest.mark.parametrize(
    ("status", "sent", "told"),
    [
        (421, {"headers": {"Host": "evil.example"}}, "その名前では利用できません"),
        (400, {"headers": [("Origin", "http://localhost"), ("Origin", "http://localhost")]}, "疑わしい要求"),
        (403, {"headers": {"Sec-Fetch-Site": "same-site"}}, "別のサイト"),
        (415, {"content": b"{}", "headers": {"Content-Type": "application/json"}}, "画面のフォーム"),
        (413, {"content": b"x" * 1_000_001, "headers": FORM}, "大きすぎます"),
        (413, {"content": (b"x" * 100_000 for _ in range(11)), "headers": FORM}, "大きすぎます"),
    ],
)
def test_who_is_refused_in_a_browser_reads_in_their_language_why_and_what_to_do(
    desk: Visitor, status: int, sent: dict[str, Any], told: str
) -> None:
    desk.get("/?lang=ja")
    answer = desk.client.post("/case", **sent)
    assert answer.status_code == status and answer.headers["content-type"].startswith("text/html")
    assert '<html lang="ja">' in answer.text and re.search(told, answer.text)


def test_who_asks_too_often_or_has_not_the_role_reads_it_too(service: Service, doors: Access, own_home: Path) -> None:
    reader = Visitor(service, doors, Role.READER.word)
    page = reader.get("/accounts", headers={"accept-language": "zh-TW"})
    assert page.status_code == 403 and "您的角色無權執行此操作" in page.text and 'lang="en"' in page.text
    app = app_of(service, doors, Limits(Rate(0.01, 1), Rate(0.01, 1)))
    client = TestClient(app, base_url="http://localhost", headers={"accept-language": "zh-CN"})
    answers = [client.get("/login") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 429] and "请求过于频繁" in answers[1].text
    assert int(answers[1].headers["retry-after"]) > 0
    assert client.get("/v1/law").headers["content-type"] == "application/problem+json"


def test_what_pages_are_made_of_is_served(desk: Visitor) -> None:
    for name, kind in (("answer.css", "text/css"), ("desk.css", "text/css"), ("desk.js", "javascript")):
        answer = desk.get(f"/static/{name}")
        assert answer.status_code == 200 and kind in answer.headers["content-type"]
    for name in ("../app.py", "%2e%2e/app.py", "nothing"):
        assert desk.get(f"/static/{name}").status_code == 404


def test_a_page_that_says_that_one_asks_too_often_keeps_its_styles(service: Service, doors: Access) -> None:
    app = app_of(service, doors, Limits(Rate(0.001, 2), Rate(0.001, 2)))
    client = TestClient(app, base_url="http://localhost", headers={"accept-language": "ja"})
    assert [client.get("/login").status_code for _ in range(3)] == [200, 200, 429]
    page = client.get("/login")
    assert "要求が多すぎます" in page.text
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
    assert named == FRAME and {client.get(path).status_code for path in named} == {200}
    others = ["/static/browse.css", "/static/none.css", "/static/../login", "/v1/me", "/healthz"]
    assert {client.get(path).status_code for path in others} == {429}
