"""Parties matched in the forms of two other interfaces: yente's, and that of the W3C which OpenRefine speaks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from tests.api.test_api import errors

PERSON = {"schema": "Person", "properties": {
    "name": ["Igor Testovich"], "birthDate": ["1972-11-21"], "nationality": ["ru"], "passportNumber": "X1234567",
}}  # fmt: skip
FIRM = {"id": "mine", "schema": "Company", "properties": {
    "name": ["Nobody Known Anywhere GmbH"], "alias": ["Zelkova Quantum Devices Co., Ltd."], "jurisdiction": ["CN"],
    "website": ["https://example.org"],
}}  # fmt: skip
NOBODY = {"schema": "LegalEntity", "properties": {"name": ["Nobody Known Anywhere GmbH"]}}


def matched(client: TestClient, queries: dict[str, Any], path: str = "default", **params: Any) -> dict[str, Any]:
    answer = client.post(f"/v1/match/{path}", json={"queries": queries}, params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-batch-size"] == str(len(queries))
    found: dict[str, Any] = answer.json()
    return found


def test_parties_by_example(screening: TestClient) -> None:
    found = matched(screening, {"a": PERSON, "b": FIRM, "c": NOBODY}, limit=3)
    assert ([*found["responses"]], found["limit"], found["matcher"]) == (["a", "b", "c"], 3, {})
    person, firm, nobody = found["responses"].values()
    (first,) = person["results"]
    assert (first["id"], first["caption"], first["schema"], first["datasets"], first["match"]) == (
        "us.sdn:sdn-7", "TESTOVICH, Igor Primerovich", "Person", ["us.sdn"], True,
    )  # fmt: skip
    assert first["properties"]["nationality"] == ["ru"]
    assert first["properties"]["weakAlias"] == ["Iggy"]
    assert first["properties"]["birthDate"] == ["1972-11-21"]
    assert 0.74 <= first["score"] <= 1
    assert {*first["features"]} == {*first["explanations"]}
    assert person["total"] == {"value": 1, "relation": "eq"}
    assert person["query"] == PERSON | {"id": None}
    assert (firm["query"]["id"], firm["results"][0]["id"], len(firm["results"])) == ("mine", "us.el:el-1", 1)
    assert (nobody["status"], nobody["results"], nobody["total"]["value"]) == (200, [], 0)
    assert nobody["licet"]["result"] == "no_hit"


def test_what_no_result_means_is_told(screening: TestClient) -> None:
    """Nothing found is no clear where a list that counts is missing."""
    told = matched(screening, {"c": NOBODY, "d": {"schema": "Thing", "properties": {}}})["responses"]
    assert told["c"]["licet"]["complete"] in ("no", "unknown")
    assert told["c"]["licet"]["why"]
    assert told["d"]["licet"] == {"result": "failed", "complete": "unknown", "why": ["no name was given"]}


def test_one_list_alone_and_what_counts_as_a_match(screening: TestClient) -> None:
    assert matched(screening, {"b": FIRM}, "us.sdn")["responses"]["b"]["results"] == []
    assert len(matched(screening, {"b": FIRM}, "us.el")["responses"]["b"]["results"]) == 1
    only = matched(screening, {"b": FIRM}, include_dataset=["us.sdn", "uk.sanctions"])
    assert only["responses"]["b"]["results"] == []
    strict = matched(screening, {"a": PERSON}, threshold=1.0, cutoff=0.5)["responses"]["a"]["results"]
    assert [hit["match"] for hit in strict] == [strict[0]["score"] >= 1]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "E_VALUE"),
        ({"queries": []}, 422, "E_VALUE"),
        ({"queries": {"a": "x"}}, 422, "E_VALUE"),
        ({"queries": {"a": {"schema": "Unicorn", "properties": {}}}}, 422, "E_VALUE"),
        ({"queries": {"a": {"schema": "Person", "properties": {"name": [{}]}}}}, 422, "E_VALUE"),
        ({"queries": {"a": {"schema": "Person", "properties": {"name": [f"n{n}" for n in range(1_001)]}}}},
         422, "E_TOO_MANY"),
        ({"queries": {}, "more": 1}, 422, "E_UNKNOWN_KEY"),
    ],
)  # fmt: skip
def test_what_cannot_be_matched_is_told(screening: TestClient, body: Any, status: int, code: str) -> None:
    assert errors(screening.post("/v1/match/default", json=body), status)[0]["code"] == code


def test_a_data_set_that_is_not_there_is_told(screening: TestClient) -> None:
    found = errors(screening.post("/v1/match/us.ell", json={"queries": {"a": PERSON}}), 422)
    assert found[0]["code"] == "E_LIST"


# --- the W3C Reconciliation Service API --------------------------------------------------------

RESULT = {
    "type": "object", "additionalProperties": {"type": "object", "required": ["result"], "properties": {"result": {
        "type": "array", "items": {"type": "object", "required": ["id", "name", "score"], "properties": {
            "id": {"type": "string"}, "name": {"type": "string"}, "description": {"type": "string"},
            "score": {"type": "number"}, "match": {"type": "boolean"},
            "type": {"type": "array", "items": {"type": "object", "required": ["id"]}},
            "features": {"type": "array", "items": {"type": "object", "required": ["id", "value"]}},
        }},
    }}},
}  # fmt: skip
QUERIES: dict[str, Any] = {
    "q0": {"query": "Zelkova Quantum Devices Co., Ltd.", "type": "firm", "type_strict": "should", "limit": 4,
           "properties": [{"pid": "country", "v": "CN"}, {"pid": "colour", "v": [1, True, {"id": "x"}]}]},
    "q1": {"query": "Testovich Igor", "type": ["person", "firm"], "properties": [{"pid": "born", "v": ["1972-11-21"]}]},
    "q2": {"query": "Nobody Known Anywhere GmbH"},
    "q3": {"properties": [{"pid": "country", "v": "CN"}]},
}  # fmt: skip


def test_the_service_says_what_it_is(screening: TestClient) -> None:
    told = screening.get("/v1/reconcile").json()
    assert {"versions", "name", "identifierSpace", "schemaSpace"} <= told.keys()
    assert "0.2" in told["versions"]


def test_names_of_a_column_are_reconciled(screening: TestClient) -> None:
    answer = screening.post("/v1/reconcile", data={"queries": json.dumps(QUERIES)})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    Draft202012Validator(RESULT).validate(found)
    assert [*found] == ["q0", "q1", "q2", "q3"]
    (first,) = found["q0"]["result"]
    assert (first["id"], first["match"], first["type"]) == ("us.el:el-1", True, [{"id": "firm", "name": "Firm"}])
    assert first["score"] == 100
    assert "CN" in first["description"]
    assert [hit["id"] for hit in found["q1"]["result"]] == ["us.sdn:sdn-7"]
    assert found["q2"] == found["q3"] == {"result": []}
    again = screening.get("/v1/reconcile", params={"queries": json.dumps(QUERIES)})
    assert again.json() == found


@pytest.mark.parametrize(
    ("queries", "status", "code"),
    [
        ("{", 400, "E_JSON"),
        ('{"q0": []}', 422, "E_VALUE"),
        ('{"q0": {"query": 7.5e400}}', 200, ""),
        ('{"q0": {"query": "x", "type": "unicorn"}}', 422, "E_VALUE"),
        ('{"q0": {"query": "x", "limit": "many"}}', 422, "E_VALUE"),
        ('{"q0": {"query": "x", "limit": 0}}', 200, ""),
        ('{"q0": {"query": "x", "properties": [{}]}}', 422, "E_VALUE"),
        ('{"q0": {"query": "x", "colour": 1}}', 422, "E_VALUE"),
    ],
)
def test_what_cannot_be_reconciled_is_told(screening: TestClient, queries: str, status: int, code: str) -> None:
    answer = screening.post("/v1/reconcile", data={"queries": queries})
    assert answer.status_code == status or errors(answer, status)
    if code:
        assert errors(answer, status)[0]["code"] == code


def test_a_form_of_another_kind_is_told(screening: TestClient) -> None:
    assert errors(screening.post("/v1/reconcile", json=QUERIES), 415)[0]["code"] == "E_CONTENT_TYPE"
    assert errors(screening.post("/v1/reconcile", data={"query": "x"}), 400)[0]["code"] == "E_FORM"
    assert errors(
        screening.post("/v1/reconcile", data={}, headers={"content-type": "application/x-www-form-urlencoded"}), 400
    )
