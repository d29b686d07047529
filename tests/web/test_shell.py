"""What stands around every page: language, headers, errors, and the HTTP interface beside it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from licet.web.language import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_chosen_once_and_kept(desk: TestClient, language: str) -> None:
    answer = desk.get(f"/nothing?a=1&lang={language}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/nothing?a=1")
    page = desk.get("/")
    assert f'<html lang="{language}">' in page.text


def test_the_address_of_another_server_is_never_where_one_is_sent(desk: TestClient) -> None:
    for path in ("//evil.example/x", "/%2f/evil.example", "/\\evil.example"):
        answer = desk.get(f"{path}?lang=ja", follow_redirects=False)
        location = answer.headers.get("location", "/")
        assert location.startswith("/") and not location.startswith(("//", "/\\"))


def test_pages_say_what_a_browser_may_do(desk: TestClient) -> None:
    for path in ("/", "/nothing", "/static/desk.css"):
        headers = desk.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_errors_are_pages_here_and_problems_there(desk: TestClient) -> None:
    page = desk.get("/nothing")
    assert page.status_code == 404 and page.headers["content-type"].startswith("text/html")
    assert "There is no such page" in page.text
    told = desk.get("/v1/nothing")
    assert (told.status_code, told.headers["content-type"]) == (404, "application/problem+json")
    assert desk.put("/v1/law", json={}).headers["content-type"] == "application/problem+json"
    assert desk.get("/openapi.json").json()["openapi"].startswith("3.1")


def test_forms_of_other_sites_and_forms_at_the_interface_are_refused(desk: TestClient) -> None:
    assert desk.post("/", data={"a": "1"}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert desk.post("/v1/check", data={"a": "1"}).status_code == 415
    assert desk.post("/", data={"a": "1"}).status_code == 405


def test_what_pages_are_made_of_is_served(desk: TestClient) -> None:
    for name, kind in (("answer.css", "text/css"), ("desk.css", "text/css"), ("desk.js", "javascript")):
        answer = desk.get(f"/static/{name}")
        assert answer.status_code == 200 and kind in answer.headers["content-type"]
    for name in ("../app.py", "%2e%2e/app.py", "nothing"):
        assert desk.get(f"/static/{name}").status_code == 404
