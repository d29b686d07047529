"""Signing in and out, the first account, one's own account, and the accounts of others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from licet.accounts.store import open_store
from licet.services.access.caller import Role
from licet.services.access.desk import Access
from licet.services.serve import Service
from licet.web.sign import ours
from tests.api.conftest import OFFICER, PASSWORD, QUICK
from tests.web.conftest import Visitor

NEW = "four words are better"


def form_of(page: Any) -> str:
    assert page.headers["content-type"].startswith("text/html")
    return str(page.text)


def test_who_is_nobody_signs_in_and_comes_back(nobody: Visitor) -> None:
    answer = nobody.get("/case?a=1", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fcase%3Fa%3D1")
    page = nobody.get(answer.headers["location"])
    assert page.status_code == 200 and 'value="/case?a=1"' in page.text and "<nav" not in page.text
    entered = nobody.post("/login", follow=False, name=OFFICER, password=PASSWORD, next="/case?a=1")
    assert (entered.status_code, entered.headers["location"]) == (303, "/case?a=1")
    cookie = entered.headers["set-cookie"]
    assert all(word in cookie for word in ("licet_session=", "HttpOnly", "SameSite=strict", "Path=/"))
    assert nobody.get("/case").status_code == 200
    assert nobody.get("/login", follow_redirects=False).headers["location"] == "/"


def test_a_cookie_that_came_over_tls_goes_back_over_it_only(service: Service, fresh: Access, own_home: Path) -> None:
    visitor = Visitor(service, fresh, "")
    visitor.client.base_url = "https://localhost"
    assert "Secure" in visitor.post("/login", follow=False, name=OFFICER, password=PASSWORD).headers["set-cookie"]


def test_what_was_wrong_is_not_told_and_what_was_typed_is_kept_but_the_password(nobody: Visitor) -> None:
    for name, password in ((OFFICER, "a guess of mine"), ("no such one", PASSWORD), ("", "")):
        page = nobody.post("/login", name=name, password=password)
        assert page.status_code == 401 and "The name or the password is not right" in page.text
        assert f'value="{name}"' in page.text and (not password or password not in page.text)
    assert 'aria-invalid="true"' in page.text and 'aria-describedby="e-name-1' in page.text


def test_after_too_many_one_waits(nobody: Visitor) -> None:
    answers = [nobody.post("/login", name=OFFICER, password="wrong").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]
    assert "Try again in" in nobody.post("/login", name=OFFICER, password=PASSWORD).text


@pytest.mark.parametrize(
    "address", ["", "https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\nb", "/a\x00"]
)
def test_one_is_never_sent_to_another_server(address: str) -> None:
    assert ours(address) == "/"


def test_signing_out_ends_the_session(service: Service, fresh: Access, own_home: Path) -> None:
    visitor = Visitor(service, fresh)
    assert visitor.post("/logout", follow=False).headers["location"] == "/login"
    assert fresh.caller_of_cookie(visitor.cookie) is None
    assert visitor.get("/case", follow_redirects=False).status_code == 303


def test_the_first_account_is_made_once(service: Service, tmp_path: Path, own_home: Path) -> None:
    access = Access(open_store(tmp_path / "none"), QUICK)
    secret, visitor = access.new_first(), Visitor(service, access, "")
    assert "There is no account yet" in visitor.get("/login").text
    assert f'value="{secret}"' in visitor.get(f"/welcome?secret={secret}").text
    said = {"secret": secret, "name": "Ada", "password": PASSWORD, "again": PASSWORD}
    assert "not the same" in visitor.post("/welcome", fields=said | {"again": "x"}).text
    assert "12 to" in visitor.post("/welcome", fields=said | {"password": "short", "again": "short"}).text
    assert visitor.post("/welcome", fields=said | {"secret": "another"}).status_code == 401
    done = visitor.post("/welcome", follow=False, fields=said)
    assert done.status_code == 303 and visitor.get("/accounts").status_code == 200
    assert [account.role for account in access.accounts()] == [Role.ADMINISTRATOR]
    assert visitor.get("/welcome", follow_redirects=False).headers["location"] == "/login"
    assert visitor.post("/welcome", fields=said).status_code == 401


def test_a_key_is_shown_once_and_ended(service: Service, fresh: Access, own_home: Path) -> None:
    visitor = Visitor(service, fresh)
    page = visitor.post("/account", do="key", title="<b>nightly</b>", role="analyst")
    key = re.search(r"licet_[\w-]+", page.text)
    assert key is not None and "&lt;b&gt;nightly" in page.text and "<b>nightly" not in page.text
    assert fresh.caller_of_key(key[0]) is not None
    listed = visitor.get("/account").text
    assert key[0] not in listed and "&lt;b&gt;nightly" in listed
    number = re.search(r'name="number" value="(\d+)"', listed)
    assert number is not None
    visitor.post("/account", do="end", number=number[1])
    assert fresh.caller_of_key(key[0]) is None
    for wrong in ("x", "9" * 30, "-1"):
        assert visitor.post("/account", do="end", number=wrong).status_code == 404
    assert visitor.post("/account", do="key", title="", role="analyst").status_code == 422
    assert visitor.post("/account", do="key", title="x", role="king").status_code == 422


@pytest.mark.parametrize(("days", "after"), [("", 365), ("1", 1), ("3650", 3_650)])
def test_a_key_ends_after_the_days_that_are_asked_for(
    service: Service, fresh: Access, own_home: Path, days: str, after: int
) -> None:
    visitor = Visitor(service, fresh)
    assert 'name="days" type="number" value="365"' in visitor.get("/account").text
    page = visitor.post("/account", do="key", title="x", role="reader", days=days).text
    key = fresh.keys()[0]
    assert key.ends is not None and round((key.ends - key.made).total_seconds()) == after * 86_400
    assert f'<p>Ends: <time datetime="{key.ends.isoformat()}">' in page


@pytest.mark.parametrize("days", ["0", "-1", "3651", "1.5", "x", "9" * 30, "\u0661"])
def test_no_key_is_made_for_other_days(service: Service, fresh: Access, own_home: Path, days: str) -> None:
    page = Visitor(service, fresh).post("/account", do="key", title="x", role="reader", days=days)
    assert page.status_code == 422 and 'aria-describedby="h-days e-days-1 "' in page.text
    assert "x" not in {one.title for one in fresh.keys(OFFICER)}


def test_ones_own_password_takes_the_old_one(service: Service, fresh: Access, own_home: Path) -> None:
    visitor = Visitor(service, fresh)
    said = {"do": "password", "current": PASSWORD, "password": NEW, "again": NEW}
    assert "not the same" in visitor.post("/account", fields=said | {"again": "x"}).text
    assert visitor.post("/account", fields=said | {"current": "wrong"}).status_code == 401
    assert visitor.post("/account", follow=False, fields=said).headers["location"] == "/login"
    assert fresh.sign_in(OFFICER, NEW, "")


def test_an_administrator_keeps_the_accounts(service: Service, fresh: Access, own_home: Path) -> None:
    visitor = Visitor(service, fresh)
    visitor.post("/accounts", do="add", name="Bea", role="reader", password=PASSWORD)
    assert {account.name: account.role for account in fresh.accounts()}["Bea"] is Role.READER
    again = visitor.post("/accounts", do="add", name="bea", role="reader", password=PASSWORD)
    assert again.status_code == 422 and "already" in again.text and 'value="bea"' in again.text
    assert PASSWORD not in again.text
    visitor.post("/accounts", do="role", name="Bea", role="officer")
    visitor.post("/accounts", do="off", name="Bea")
    bea = next(account for account in fresh.accounts() if account.name == "Bea")
    assert (bea.role, bea.off is not None) == (Role.OFFICER, True)
    visitor.post("/accounts", do="on", name="Bea")
    visitor.post("/accounts", do="password", name="Bea", password=NEW)
    assert fresh.sign_in("Bea", NEW, "")
    assert visitor.post("/accounts", do="off", name=OFFICER).status_code == 409
    assert visitor.post("/accounts", do="off", name="nobody").status_code == 404
    assert "What was denied" in visitor.get("/accounts").text


@pytest.mark.parametrize("role", ["reader", "analyst", "officer"])
def test_what_is_not_for_a_role_is_a_page_that_says_so(
    service: Service, doors: Access, own_home: Path, role: str
) -> None:
    visitor = Visitor(service, doors, role)
    answer = visitor.get("/accounts")
    assert answer.status_code == 403 and "This is not allowed" in answer.text
    assert visitor.post("/accounts", do="off", name=OFFICER).status_code == 403
    assert visitor.get("/case").status_code == (403 if role == "reader" else 200)
    assert ('href="/accounts"' in visitor.get("/").text) is False
