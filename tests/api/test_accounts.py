"""Accounts, keys and denials over HTTP."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.access.sessions import COOKIE, HEADER
from tests.api.conftest import OFFICER, PASSWORD, bare_client, keyed
from tests.api.test_api import CASE, errors

OTHER = "four other words"
ANNA = {"name": "Anna", "role": "analyst", "password": PASSWORD}


@pytest.fixture
def client(app: FastAPI, access: Access) -> TestClient:
    """With the key of an administrator."""
    return keyed(app, access)


def as_anna(client: TestClient, password: str = PASSWORD) -> TestClient:
    """Anna, signed in."""
    found, accounts = bare_client(client.app), client.app.state.access  # type: ignore[arg-type,attr-defined]
    cookie = accounts.sign_in("Anna", password, "")
    found.cookies.set(COOKIE, cookie)
    found.headers[HEADER] = accounts.caller_of_cookie(cookie).token
    return found


def test_an_account_is_made_changed_and_switched_off(client: TestClient) -> None:
    made = client.post("/v1/accounts", json=ANNA)
    assert made.status_code == 201
    assert made.json() | {"made": ""} == {"name": "Anna", "role": "analyst", "made": "", "last": None, "off": None}
    assert errors(client.post("/v1/accounts", json=ANNA | {"name": "ANNA"}), 422)[0]["code"] == "E_NAME"
    assert client.patch("/v1/accounts/anna", json={"role": "officer"}).json()["role"] == "officer"
    anna = as_anna(client)
    assert anna.get("/v1/me").json() == {"name": "Anna", "role": "officer"}
    assert client.patch("/v1/accounts/Anna", json={"password": OTHER}).status_code == 200
    assert anna.get("/v1/me").status_code == 401
    anna = as_anna(client, OTHER)
    assert client.patch("/v1/accounts/Anna", json={"off": True}).json()["off"]
    assert anna.get("/v1/me").status_code == 401
    assert client.patch("/v1/accounts/Anna", json={"off": False}).json()["off"] is None
    assert [one["name"] for one in client.get("/v1/accounts").json()["accounts"]] == [OFFICER, "Anna"]
    assert errors(client.patch("/v1/accounts/Bob", json={"off": True}), 404)[0]["code"] == "E_NO_ACCOUNT"
    assert errors(client.patch(f"/v1/accounts/{OFFICER}", json={"off": True}), 409)[0]["code"] == "E_LAST"
    assert errors(client.patch(f"/v1/accounts/{OFFICER}", json={"role": "reader"}), 409)[0]["code"] == "E_LAST"


@pytest.mark.parametrize(
    "body",
    [
        {}, {"off": True, "role": "reader"}, {"rôle": "reader"}, {"role": "king"}, {"off": "yes"}, {"password": 7},
        {"current": PASSWORD}, {"role": 4},
    ],
)  # fmt: skip
def test_one_thing_is_changed_at_a_time(client: TestClient, body: dict[str, Any]) -> None:
    answer = client.patch(f"/v1/accounts/{OFFICER}", json=body)
    assert errors(answer, 422)[0]["code"] == "E_VALUE" and PASSWORD not in answer.text


@pytest.mark.parametrize("name", ["", "x" * 65, "a\nb", "a\u202eb", "\ud800", "a/b", "..", "<script>alert(1)</script>"])
def test_a_hostile_name_is_refused(client: TestClient, name: str) -> None:
    body = f'{{"name": {json.dumps(name)}, "role": "reader", "password": "{PASSWORD}"}}'
    answer = client.post("/v1/accounts", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert len(client.get("/v1/accounts").json()["accounts"]) == 1


@pytest.mark.parametrize("password", ["", "short", "x" * 257, "annaannaannaanna"])
def test_a_weak_password_is_refused_and_not_told_again(client: TestClient, password: str) -> None:
    name = "Annaannaannaanna"
    answer = client.post("/v1/accounts", json={"name": name, "role": "reader", "password": password})
    assert errors(answer, 422)[0]["code"] == "E_PASSWORD"
    assert not password or password not in answer.text


def test_everybody_may_give_themselves_a_password_with_the_one_of_now(client: TestClient) -> None:
    client.post("/v1/accounts", json=ANNA)
    anna = as_anna(client)
    assert errors(anna.patch("/v1/accounts/anna", json={"password": OTHER}), 401)[0]["code"] == "E_SIGN_IN"
    assert errors(anna.patch("/v1/accounts/Anna", json={"role": "officer"}), 403)[0]["code"] == "E_ROLE"
    other = {"password": OTHER, "current": PASSWORD}
    assert errors(anna.patch(f"/v1/accounts/{OFFICER}", json=other), 403)[0]["code"] == "E_ROLE"
    assert anna.patch("/v1/accounts/Anna", json=other).status_code == 200
    assert anna.get("/v1/me").status_code == 401
    assert as_anna(client, OTHER).get("/v1/me").status_code == 200


def test_keys_are_made_shown_once_and_ended(client: TestClient) -> None:
    client.post("/v1/accounts", json=ANNA)
    anna = as_anna(client)
    made = anna.post("/v1/keys", json={"title": "a program", "role": "reader"})
    key = made.json()["key"]
    assert made.status_code == 201 and key.startswith("licet_")
    (told,) = anna.get("/v1/keys").json()["keys"]
    assert (made.json()["number"], made.json()["ends"]) == (told["number"], told["ends"])
    assert date.fromisoformat(told["ends"][:10]) - date.fromisoformat(told["made"][:10]) == timedelta(days=365)
    for days in (0, -1, 3_651, "7", 1.5):
        body = {"title": "t", "role": "reader", "days": days}
        assert errors(anna.post("/v1/keys", json=body), 422)[0]["path"] == "body.days"
    program = bare_client(client.app)  # type: ignore[arg-type]
    program.headers["authorization"] = f"Bearer {key}"
    assert program.get("/v1/me").json() == {"name": "Anna", "role": "reader"}
    assert errors(program.post("/v1/check", json=CASE), 403)[0]["code"] == "E_ROLE"
    assert errors(program.post("/v1/keys", json={"title": "t", "role": "reader"}), 403)[0]["code"] == "E_ROLE"
    (told,) = anna.get("/v1/keys").json()["keys"]
    assert (told["title"], told["account"], told["role"], told["ended"]) == ("a program", "Anna", "reader", None)
    assert key not in str(told)
    mine = next(one for one in client.get("/v1/keys").json()["keys"] if one["account"] == OFFICER)
    assert errors(anna.delete(f"/v1/keys/{mine['number']}"), 404)[0]["code"] == "E_NO_KEY"
    assert errors(anna.post("/v1/keys", json={"title": "t", "role": "officer"}), 403)[0]["code"] == "E_ROLE"
    other = {"title": "t", "role": "reader", "account": OFFICER}
    assert errors(anna.post("/v1/keys", json=other), 403)[0]["code"] == "E_ROLE"
    assert anna.delete(f"/v1/keys/{told['number']}").status_code == 204
    assert program.get("/v1/me").status_code == 401
    assert client.post("/v1/keys", json={"title": "t", "role": "reader", "account": "Anna"}).status_code == 201


def test_a_decision_is_kept_under_the_name_of_who_asked(keeping: TestClient) -> None:
    keeping.post("/v1/accounts", json=ANNA)
    anna = as_anna(keeping)
    key = {"Idempotency-Key": "order 7"}
    first = keeping.post("/v1/check", json=CASE, headers=key)
    hers = anna.post("/v1/check", json=CASE | {"case": "another"}, headers=key)  # the same key of somebody else
    assert (first.headers["licet-record"], hers.headers["licet-record"]) == ("2", "3")
    assert [keeping.get(f"/v1/ledger/{number}").json()["by"] for number in (2, 3)] == [OFFICER, "Anna"]


def test_denials_are_for_administrators(client: TestClient) -> None:
    client.post("/v1/accounts", json=ANNA)
    assert errors(as_anna(client).get("/v1/denials"), 403)[0]["code"] == "E_ROLE"
    (told,) = client.get("/v1/denials", params={"limit": 1}).json()["denials"]
    assert (told["who"], told["what"]) == ("Anna from testclient", "GET /v1/denials")
    assert told["why"] == "this takes the role administrator; Anna is analyst" and told["at"].endswith(("Z", "+00:00"))
    for limit in (0, 1_001):
        assert client.get("/v1/denials", params={"limit": limit}).status_code == 422


def test_what_was_done_is_told(client: TestClient) -> None:
    client.post("/v1/accounts", json=ANNA)
    (told,) = client.get("/v1/acts", params={"limit": 1}).json()["acts"]
    assert (told["who"], told["what"]) == (OFFICER, "made Anna analyst")


@pytest.mark.parametrize("what", ["accounts", "keys", "denials", "acts"])
def test_long_books_come_page_by_page(client: TestClient, access: Access, what: str) -> None:
    root = Caller("", Role.ADMINISTRATOR)
    for number in range(3):
        access.add(root, f"Anna {number}", Role.READER, PASSWORD)
        access.make_key(root, f"Anna {number}", f"key {number}", Role.READER)
        access.denied(f"Anna {number}", "here", "x", "y")
    whole = client.get(f"/v1/{what}").json()
    rows = list[Any]()
    after: int | None = 0
    while after is not None:
        page = client.get(f"/v1/{what}", params={"limit": 2, "after": after}).json()
        assert 1 <= len(page[what]) <= 2
        rows, after = rows + page[what], page["next"]
    assert (rows, whole["next"]) == (whole[what], None)
    assert len(rows) >= 3
    if what != "accounts":
        numbers = [row["number"] for row in rows]
        assert numbers == sorted(numbers, reverse=True)
    for wrong in ({"after": -1}, {"after": 2**63}, {"limit": 0}, {"limit": 1_001}):
        assert client.get(f"/v1/{what}", params=wrong).status_code == 422


def test_roles_are_ordered_and_have_words() -> None:
    assert [role.word for role in Role] == ["reader", "analyst", "officer", "administrator"]
