"""A form that was sent when its session had ended comes back after signing in, and is done by a click alone."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from licet.services import drafts
from licet.services.access.caller import Caller, Role
from licet.services.access.sessions import form_token
from licet.web.unsent import MARK, MOST_BYTES, TO, WHOSE
from tests.api.conftest import OFFICER, PASSWORD
from tests.web.conftest import Visitor

HERE = {"origin": "http://localhost"}
ELSEWHERE = {"origin": "http://localhost:81"}
FORM = {
    "from": "form", "case": "Steppers <for> \u201cDresden\u201d", "act": "export", "items[1].name": "NXT:2000i",
    "items[1].kind": "lithography_tool", "parties[2].role": "purchaser+end_user", "parties[2].name": "A firm",
}  # fmt: skip
BEFORE, OTHER = (form_token(Caller(name, Role.ANALYST, "of before")) for name in (OFFICER, "somebody else"))
LONG = "x; CN\n" * 1000


def hidden(page: Any) -> dict[str, str]:
    """The hidden fields of the form in the middle of a page."""
    main = page.text.partition("<main")[2]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', main)
    return {unescape(name): unescape(value) for name, value in found}


def sign_in(visitor: Visitor, carried: dict[str, str], password: str = PASSWORD, **headers: str) -> Any:
    data = carried | {"name": OFFICER, "password": password}
    return visitor.client.post("/login", data=data, headers=HERE | headers, follow_redirects=False)


def test_what_was_typed_comes_back_and_is_done_by_a_click(nobody: Visitor) -> None:
    page = nobody.client.post("/case", data=FORM | {"token": BEFORE}, headers=HERE)
    assert page.status_code == 200 and "Your session had ended" in page.text
    again = sign_in(nobody, hidden(page), "a wrong one at first")
    assert again.status_code == 401 and hidden(again) == hidden(page)
    shown = sign_in(nobody, hidden(again))
    assert shown.status_code == 200 and "licet_session=" in shown.headers["set-cookie"]
    assert "Item 1: Kind" in shown.text and "lithography tool" in shown.text
    assert "Party 2: Role" in shown.text and "purchaser, end user" in shown.text
    assert "Steppers &lt;for&gt; \u201cDresden\u201d" in shown.text and not drafts.listed(OFFICER)
    sent = nobody.client.post("/case", data=hidden(shown), headers=HERE)
    assert sent.status_code == 200 and [one.title for one in drafts.listed(OFFICER)] == [FORM["case"]]


def test_a_form_of_an_earlier_session_is_shown_and_not_done(desk: Visitor) -> None:
    for path, fields in (("/screening", {"list": LONG}), ("/ledger/2", {"do": "erase", "reason": "no longer needed"})):
        page = desk.client.post(path, data=fields | {"token": BEFORE}, headers=HERE)
        assert page.status_code == 403 and f'action="{path}"' in page.text
        assert hidden(page) == fields | {"token": desk.token}
    assert "erase what a record keeps" in page.text


@pytest.mark.parametrize("token", [OTHER, "of before", "of before.", f"{BEFORE}0", ".", "", f"another{BEFORE}"])
def test_who_signs_in_next_does_not_see_what_another_has_typed(nobody: Visitor, desk: Visitor, token: str) -> None:
    page = nobody.client.post("/case", data=FORM | {"token": token}, headers=HERE)
    shown = sign_in(nobody, hidden(page))
    assert shown.status_code == 303 and "licet_session=" in shown.headers["set-cookie"]
    there = desk.client.post("/case", data=FORM | {"token": token}, headers=HERE)  # in a page that was left open
    assert there.status_code == 403 and "Dresden" not in there.text


@pytest.mark.parametrize("headers", [ELSEWHERE, {}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}])
def test_what_another_site_made_up_is_not_offered(nobody: Visitor, desk: Visitor, headers: dict[str, str]) -> None:
    planted = {TO: "/case", WHOSE: BEFORE, "token": BEFORE, f"{MARK}case": "planted", "case": "planted"}
    for visitor, path in ((nobody, "/case"), (nobody, "/login"), (desk, "/case")):
        fields = planted | ({"name": OFFICER, "password": PASSWORD} if path == "/login" else {})
        answer = visitor.client.post(path, data=fields, headers=headers, follow_redirects=False)
        assert answer.status_code in (303, 403) and "planted" not in answer.text


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/account", {"do": "password", "title": "typed"}),
        ("/accounts", {"do": "role", "title": "typed"}),
        ("/case", {"case": "x" * (MOST_BYTES + 1)}),
        ("/case", {f"items[{number}].name": "typed" for number in range(1, 502)}),
        ("/case/../accounts", {"title": "typed"}),
    ],
)
def test_what_is_no_page_for_long_texts_or_too_large_is_not_carried(
    nobody: Visitor, path: str, fields: dict[str, str]
) -> None:
    answer = nobody.client.post(path, data=fields, headers=HERE, follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/login"
    carried = {TO: path, WHOSE: BEFORE} | {MARK + name: value for name, value in fields.items()}
    signed = nobody.client.post("/login", data=carried | {"name": OFFICER, "password": PASSWORD}, headers=HERE)
    assert "typed" not in signed.text and "Send this now" not in signed.text


def test_no_password_and_no_file_goes_along(nobody: Visitor) -> None:
    fields = {"text": "typed", "password": "hunter2", "secret": "hunter2", "again": "hunter2", "current": "hunter2"}
    files = {"file": ("a.yaml", b"case: 1", "text/yaml")}
    page = nobody.client.post("/case", data=fields, files=files, headers=HERE)
    assert "hunter2" not in page.text and "case: 1" not in page.text and "choose them again" in page.text
    planted = {
        TO: "/case",
        WHOSE: BEFORE,
        f"{MARK}password": "hunter2",
        f"{MARK}token": "hunter2",
        f"{MARK}text": "typed",
    }
    shown = sign_in(nobody, planted)
    assert "hunter2" not in shown.text and "typed" in shown.text


def test_a_body_that_is_no_form_leads_to_where_one_signs_in(nobody: Visitor) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", ""):
        headers = HERE | {"content-type": kind}
        answer = nobody.client.post("/case", content=b"\xff{", headers=headers, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
