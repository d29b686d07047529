"""Bills of materials and owners over HTTP: the answers of the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from licet.facts.plain import to_plain
from licet.facts.yamltext import read_yaml
from licet.parties.owners.reading import read_graph
from licet.services.bom import Asked
from licet.services.bom import bom as count
from licet.services.bom_files import open_bill
from licet.services.bom_sale import Sale
from licet.services.check import Checker
from licet.services.most import Most
from licet.services.own import own as decide
from licet.services.serve import Service
from tests.api.conftest import client_of
from tests.api.test_api import SCHEMAS, errors

EXAMPLES = Path(__file__).parents[2] / "examples"


def valid(schema: str, answer: Any) -> Any:
    """An answer, which must keep its published schema."""
    Draft202012Validator(json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))).validate(answer)
    return answer


def plain(path: Path) -> Any:
    """A file in YAML as JSON says it."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


BILL = next(path for path in sorted((EXAMPLES / "bom").glob("*.yaml")) if "bom:" in path.read_text(encoding="utf-8"))
GRAPH = sorted((EXAMPLES / "owners").glob("*.yaml"))[0]
ON = "2024-06-03"


def test_a_bill_is_counted_as_at_the_terminal(bare: TestClient, checker: Checker) -> None:
    params: dict[str, str | int] = {"on": ON, "law_age": 3650, "lang": "zh"}
    answer = bare.post("/v1/bom", json={"bill": plain(BILL), "to": "CN", "end_user": "A firm"}, params=params)
    assert answer.status_code == 200, answer.text
    bill = open_bill(BILL, checker.law.dictionary)
    asked = Asked(Sale("CN", "A firm", date.fromisoformat(ON)), True, "zh", timedelta(days=3650))
    assert valid("licet.bom-1.schema.json", answer.json()) == to_plain(count(checker, bill, asked))


def test_a_bill_may_have_more_parts_than_a_case_has_components(checker: Checker, tmp_path: Path) -> None:
    client = client_of(Service(replace(checker, screening=None, most=Most(parts=1))), tmp_path)
    table = "id,parent,name,quantity,value,origin,eccn\np,,Box,1,100 USD,CN,\nc,p,Chip,1,30 USD,US,3A001.a.2\n"
    body = {"table": table, "to": "IR", "parts": False}
    assert client.post("/v1/bom", json=body, params={"on": ON}).status_code == 200


def test_a_bill_as_a_table_and_a_sale_as_a_case(bare: TestClient) -> None:
    table = "id,parent,name,quantity,value,origin,eccn\np,,Box,1,100 USD,CN,\nc,p,Chip,1,30 USD,US,3A001.a.2\n"
    case = {"on": ON, "shipment": {"to": "IR"}}
    body = {"table": table, "case": case, "parts": False}
    answer = valid("licet.bom-1.schema.json", bare.post("/v1/bom", json=body).json())
    assert (answer["to"], answer["content"]["percent"], answer["dependence"]) == (
        "IR", {"least": "30", "most": "100"}, [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "code", "path"),
    [
        ({}, "E_VALUE", "bill"),
        ({"bill": {}, "table": ""}, "E_VALUE", "bill"),
        ({"bill": []}, "E_VALUE", "bill"),
        ({"table": "x"}, "E_CSV", "table:1"),
        ({"bill": {"item": {"name": "Box", "king": 1}}}, "E_UNKNOWN_KEY", "bill.item.king"),
        ({"bill": {"item": {"name": "Box"}}}, "E_BOM", ""),
        ({"bill": {"item": {"name": "Box"}}, "to": "CN", "parts": "yes"}, "E_VALUE", "parts"),
        ({"bill": {"item": {"name": "Box"}}, "to": "CN", "case": []}, "E_CASE", "case"),
    ],
)
def test_what_is_no_bill_is_told(bare: TestClient, body: dict[str, Any], code: str, path: str) -> None:
    found = errors(bare.post("/v1/bom", json=body, params={"on": ON}), 422)[0]
    assert (found["code"], found["path"]) == (code, path)


def test_owners_are_proven_as_at_the_terminal(bare: TestClient, checker: Checker) -> None:
    answer = bare.post("/v1/own", json={"graph": plain(GRAPH)}, params={"on": "2026-07-01"})
    assert answer.status_code == 200, answer.text
    graph = read_graph(read_yaml(GRAPH.read_text(encoding="utf-8"), GRAPH.name))
    expected = decide(checker.law, checker.known, graph, date(2026, 7, 1))
    assert valid("licet.owners-1.schema.json", answer.json()) == to_plain(expected)


def test_owners_from_a_table(bare: TestClient) -> None:
    body = {"table": "owner,owned,share\nA,B,60\nB,C,50\n", "targets": ["C"]}
    answer = valid("licet.owners-1.schema.json", bare.post("/v1/own", json=body, params={"on": ON}).json())
    assert [target["name"] for target in answer["targets"]] == ["C"]
    body["targets"] = ["D"]
    assert errors(bare.post("/v1/own", json=body, params={"on": ON}), 422)[0]["code"] == "E_OWN"
    assert errors(bare.post("/v1/own", json={"graph": {}}), 422)[0]["code"] == "E_DATE"


def test_who_owns_whom_is_kept_once_under_the_name(keeping: TestClient) -> None:
    body = {"graph": plain(GRAPH)}
    first = keeping.post("/v1/own", json=body, params={"on": "2026-07-01"}, headers={"Idempotency-Key": "a"})
    again = keeping.post("/v1/own", json=body, params={"on": "2026-07-01"}, headers={"Idempotency-Key": "a"})
    assert first.json() == again.json()
    assert first.headers["licet-record"] == again.headers["licet-record"] == "2"
    valid("licet.owners-1.schema.json", again.json())
    kept = keeping.get("/v1/ledger/2").json()
    assert (kept["record"]["kind"], kept["by"], kept["parts"]["answer"]) == ("ownership", "an officer", first.json())
    assert keeping.post("/v1/ledger/2/replay").json()["status"] == "same"
    other = keeping.post("/v1/own", json=body, params={"on": "2026-07-02"}, headers={"Idempotency-Key": "a"})
    assert errors(other, 422)[0]["code"] == "E_IDEMPOTENCY"
    table = keeping.post("/v1/own", json={"table": "owner,owned,share\nA,B,60\n"}, params={"on": "2024-01-01"})
    assert table.headers["licet-record"] == "3"
    assert keeping.post("/v1/ledger/3/replay").json()["status"] == "same"
