"""What the HTTP interface answers: the contracts of the command line, errors as problem details, nothing said twice."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from licet.facts.case import read_case
from licet.facts.jsontext import read_json
from licet.services.check import Checker, Options

CASE = {
    "case": "H800 cards to a cloud company in Shenzhen",
    "on": "2023-11-20",
    "act": "export",
    "shipment": {"from": "US", "to": "CN", "via": [], "exporter_country": "US"},
    "items": [{
        "id": "card", "kind": "integrated_circuit", "rates": [{"tops": 1979, "bits": 8}, {"tops": 990, "bits": 16}],
        "die_area_mm2": 814, "non_planar": True, "datacenter": True, "origin": "TW",
    }],
    "parties": [{"role": "end_user", "name": "A cloud company", "country": "CN", "headquarters": "CN"}],
}  # fmt: skip
SCHEMAS = Path(__file__).parents[2] / "schemas"


def errors(answer: Any, status: int) -> list[dict[str, str]]:
    """The errors that an answer tells, which must be problem details of this status."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert set(body) == {"type", "title", "status", "detail", "errors"}
    assert (body["status"], body["type"], body["detail"]) == (
        status, f"urn:licet:{body['errors'][0]['code']}", body["errors"][0]["message"],
    )  # fmt: skip
    found: list[dict[str, str]] = body["errors"]
    return found


def test_a_decision_is_that_of_the_command_line(bare: TestClient, checker: Checker) -> None:
    answer = bare.post(
        "/v1/check", json=CASE, params={"on": "2026-07-01", "law_age": 3650, "proof": True, "lang": "zh"}
    )
    assert answer.status_code == 200
    case = read_case(read_json(json.dumps(CASE)), checker.law.dictionary)
    expected = checker.check(case, Options(date(2026, 7, 1), "zh", True, timedelta(days=3650)))
    assert answer.json() == json.loads(json.dumps(asdict(expected)))
    schema = json.loads((SCHEMAS / "licet.decision-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(answer.json())
    assert "licet-record" not in answer.headers
    assert (answer.headers["x-content-type-options"], answer.headers["cache-control"]) == ("nosniff", "no-store")


def test_the_proof_is_told_where_it_is_asked_for(bare: TestClient) -> None:
    assert bare.post("/v1/check", json=CASE).json()["proof"] == []
    assert bare.post("/v1/check", json=CASE, params={"proof": "true"}).json()["proof"]


def test_a_fault_of_a_case_is_told_with_its_path(bare: TestClient) -> None:
    wrong = CASE | {"act": "exprot", "items": [{"king": "camera"}]}
    found = errors(bare.post("/v1/check", json=wrong), 422)
    assert [(one["code"], one["path"]) for one in found] == [("E_UNKNOWN_KEY", "items[1].king"), ("E_VALUE", "act")]
    assert found[0]["hint"] == "did you mean kind?"


def test_a_case_can_name_no_file_of_this_machine(bare: TestClient) -> None:
    case = CASE | {"items": [{"id": "x", "kind": "camera", "bom": "pyproject.toml"}]}
    assert errors(bare.post("/v1/check", json=case), 422)[0]["code"] == "E_BOM_FILE"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "E_JSON"),
        (b"{", 400, "E_JSON"),
        (b"[]", 400, "E_JSON"),
        (b"null", 400, "E_JSON"),
        (b"\xff", 400, "E_JSON"),
        (b'{"on": NaN}', 400, "E_JSON"),
        (b'{"on": "2024-01-01", "on": "2024-01-02"}', 400, "E_JSON"),
        (b'{"case": "\\ud800", "on": "2024-01-01"}', 400, "E_JSON"),
        (b'{"a":' * 100_000, 400, "E_JSON"),
        (b'{"on": ' + b"1" * 401 + b"}", 400, "E_JSON"),
        (b'{"case": ' + b"[" * 60 + b"]" * 60 + b"}", 422, "E_CASE"),
        (b'{"case": "' + b"x" * 1_000_000 + b'"}', 413, "E_TOO_LARGE"),
        (b'{"items": [' + b"{}," * 1_000 + b"{}]}", 422, "E_TOO_MANY"),
        (b"{}", 422, "E_DATE"),
        (b'{"on": "1999-01-01"}', 422, "E_BEFORE_LAW"),
    ],
)
def test_what_is_no_case_is_told(bare: TestClient, body: bytes, status: int, code: str) -> None:
    for path in ("/v1/check", "/v1/classify") if code not in ("E_DATE", "E_CASE", "E_TOO_MANY") else ("/v1/check",):
        found = errors(bare.post(path, content=body, headers={"content-type": "application/json"}), status)
        assert found[0]["code"] == code


@pytest.mark.parametrize(
    ("params", "path"),
    [
        ({"on": "yesterday"}, "query.on"),
        ({"lang": "fr"}, "query.lang"),
        ({"law_age": "-1"}, "query.law_age"),
        ({"proof": "x"}, "query.proof"),
    ],
)
def test_what_is_asked_with_is_told(bare: TestClient, params: dict[str, str], path: str) -> None:
    (found,) = errors(bare.post("/v1/check", json=CASE, params=params), 422)
    assert (found["code"], found["path"]) == ("E_VALUE", path)


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"host": "evil.example"}, 421, "E_HOST"),
        ({"host": "127.0.0.1.evil.example:80"}, 421, "E_HOST"),
        ({"host": ""}, 421, "E_HOST"),
        ({"origin": "https://evil.example"}, 403, "E_ORIGIN"),
        ({"origin": "null"}, 403, "E_ORIGIN"),
        ({"content-type": "text/plain"}, 415, "E_CONTENT_TYPE"),
        ({"content-type": "application/x-www-form-urlencoded"}, 415, "E_CONTENT_TYPE"),
    ],
)
def test_pages_of_other_sites_are_refused(bare: TestClient, headers: dict[str, str], status: int, code: str) -> None:
    answer = bare.post("/v1/check", content=json.dumps(CASE), headers={"content-type": "application/json"} | headers)
    assert errors(answer, status)[0]["code"] == code


@pytest.mark.parametrize("host", ["localhost", "localhost:8642", "127.0.0.1:1", "[::1]:8642", "[::1]"])
def test_names_of_this_machine_are_answered(bare: TestClient, host: str) -> None:
    headers = {"host": host, "origin": f"http://{host}", "content-type": "application/json; charset=utf-8"}
    assert bare.post("/v1/check", content=json.dumps(CASE), headers=headers).status_code == 200


def test_no_such_thing(bare: TestClient) -> None:
    assert errors(bare.get("/v1/nothing"), 404)[0]["code"] == "E_HTTP"
    assert errors(bare.get("/v1/check"), 405)[0]["code"] == "E_HTTP"
    found = errors(bare.get("/v1/law/us.ear.ccl.3A090"), 404)[0]
    assert (found["code"], found["hint"][:28]) == ("L_NO_RULE", "did you mean us.ear.ccl.3A09")
    for path in ("/v1/ledger", "/v1/ledger/2", "/v1/ledger/verify"):
        assert errors(bare.get(path), 404)[0]["code"] == "E_NO_LEDGER"


def test_a_fault_of_licet_tells_nothing_of_its_inside(bare: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret path")

    monkeypatch.setattr("licet.services.serve.Service.checked", broken)
    answer = bare.post("/v1/check", json=CASE)
    assert errors(answer, 500)[0]["code"] == "E_INTERNAL"
    assert "secret" not in answer.text


def test_a_classification_is_kept_once_under_the_name(keeping: TestClient) -> None:
    def asked(scheme: str) -> Any:
        body = CASE | {"on": "2024-06-01"}
        return keeping.post("/v1/classify", json=body, params={"scheme": scheme}, headers={"Idempotency-Key": "a"})

    first, again = (asked("us") for _ in range(2))
    assert first.json() == again.json() and first.json()["schema"] == "licet.classification/1"
    assert first.headers["licet-record"] == again.headers["licet-record"] == "2"
    kept = keeping.get("/v1/ledger/2").json()
    assert (kept["record"]["kind"], kept["by"]) == ("classification", "an officer")
    assert kept["parts"]["answer"] == first.json()
    assert keeping.post("/v1/ledger/2/replay").json()["status"] == "same"
    other = asked("eu")
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "E_IDEMPOTENCY")


def test_classify(bare: TestClient) -> None:
    answer = bare.post("/v1/classify", json=CASE | {"on": "2024-06-01"}, params={"scheme": "us"}).json()
    (item,) = answer["items"]
    assert (answer["schema"], item["on"], [scheme["scheme"] for scheme in item["schemes"]]) == (
        "licet.classification/1", "2024-06-01", ["us"],
    )  # fmt: skip
    assert "3A090.a" in [entry["code"] for entry in item["schemes"][0]["described"]]


def test_the_law_page_by_page(bare: TestClient, checker: Checker) -> None:
    seen: list[str] = []
    params: dict[str, str | int] = {"on": "2024-01-01", "kind": "relief", "jurisdiction": "us", "limit": 50}
    while True:
        page = bare.get("/v1/law", params=params | {"after": seen[-1] if seen else ""}).json()
        seen += [row["id"] for row in page["provisions"]]
        if page["next"] is None:
            break
        assert len(page["provisions"]) == 50
    reliefs = sorted(
        name for name, rule in checker.law.rules.items() if rule.kind == "relief" and name.startswith("us.")
    )
    assert seen == reliefs


def test_a_provision_on_a_day(bare: TestClient) -> None:
    shown = bare.get("/v1/law/us.ear.ccl.3A090.a", params={"on": "2023-11-17"}).json()
    assert (shown["schema"], shown["on"], shown["start"]) == ("licet.provision/1", "2023-11-17", "2023-11-17")
    assert shown["sources"][0]["basis"] == "official"


def test_a_decision_is_kept_shown_and_made_again(keeping: TestClient) -> None:
    answer = keeping.post("/v1/check", json=CASE)
    assert (answer.status_code, answer.headers["licet-record"]) == (200, "2")
    shown = keeping.get("/v1/ledger/2").json()
    assert (shown["by"], json.loads(shown["case"]), shown["held"]) == ("an officer", CASE, False)
    assert shown["decision"]["proof"]
    assert shown["decision"] | {"proof": []} == answer.json()
    for today in ("false", "true"):
        assert keeping.post("/v1/ledger/2/replay", params={"today": today}).json()["status"] == "same"
    found = keeping.get("/v1/ledger/verify").json()
    assert (found["records"], found["findings"]) == (2, [])
    first = keeping.get("/v1/ledger", params={"limit": 1}).json()
    assert ([record["kind"] for record in first["records"]], first["next"]) == (["start"], 1)
    rest = keeping.get("/v1/ledger", params={"after": 1}).json()
    assert ([record["number"] for record in rest["records"]], rest["next"]) == ([2], None)
    assert errors(keeping.get("/v1/ledger/1"), 404)[0]["code"] == "E_NO_RECORD"
    assert errors(keeping.get("/v1/ledger/0"), 422)[0]["code"] == "E_VALUE"


def test_a_request_sent_again_is_kept_once(keeping: TestClient) -> None:
    key = {"Idempotency-Key": "order 7"}
    first, again = (keeping.post("/v1/check", json=CASE, headers=key) for _ in range(2))
    assert first.json() == again.json()
    assert first.headers["licet-record"] == again.headers["licet-record"] == "2"
    proven = keeping.post("/v1/check", json=CASE, headers=key, params={"on": "2024-01-01"})
    assert errors(proven, 422)[0]["code"] == "E_IDEMPOTENCY"
    other = keeping.post("/v1/check", json=CASE, headers={"Idempotency-Key": "order 8"})
    assert other.headers["licet-record"] == "3"
    assert keeping.post("/v1/check", json=CASE).headers["licet-record"] == "4"


def test_requests_at_one_time_are_kept_each_and_one_sent_twice_once(keeping: TestClient) -> None:
    asked = [("", number) for number in range(6)] + [("twice", 100), ("twice", 100)]

    def post(key: str, number: int) -> tuple[int, str, Any]:
        body = CASE | {"case": f"order {number}"}
        answer = keeping.post("/v1/check", json=body, headers={"Idempotency-Key": key} if key else {})
        return answer.status_code, answer.headers["licet-record"], answer.json()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(post, *zip(*asked, strict=True)))
    assert {status for status, _, _ in found} == {200}
    assert [answer["case"] for _, _, answer in found] == [f"order {number}" for _, number in asked]
    assert len({record for _, record, _ in found[:6]}) == 6
    assert found[6] == found[7]
    for _, record, answer in found[:7]:
        shown = keeping.get(f"/v1/ledger/{record}").json()["decision"]
        assert shown | {"proof": []} == answer
        assert shown["proof"]
    verified = keeping.get("/v1/ledger/verify").json()
    assert (verified["records"], verified["findings"]) == (8, [])


def test_openapi_describes_every_route(bare: TestClient) -> None:
    told = bare.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert {"/v1/ask", "/v1/check", "/v1/law/{rule}", "/v1/ledger/{number}/replay"} <= {*told["paths"]}
    for methods in told["paths"].values():
        for route in methods.values():
            assert route["description"]
            assert "application/problem+json" in route["responses"]["4XX"]["content"]


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [*CASE, "dates", "complete", "held", "knowledge", "end_use", "transaction", "holdings", "schema"]
)


@given(changed=st.dictionaries(KEYS, JSON, min_size=1, max_size=3), path=st.sampled_from(["/v1/check", "/v1/classify"]))
def test_whatever_is_sent_never_ends_in_a_fault(bare: TestClient, changed: dict[str, Any], path: str) -> None:
    answer = bare.post(path, content=json.dumps(CASE | changed), headers={"content-type": "application/json"})
    assert answer.status_code == 200 or errors(answer, answer.status_code)
    assert answer.status_code < 500


@given(body=st.binary(max_size=40))
def test_whatever_is_sent_as_bytes_never_ends_in_a_fault(bare: TestClient, body: bytes) -> None:
    answer = bare.post("/v1/check", content=body, headers={"content-type": "application/json"})
    assert 400 <= answer.status_code < 500
