"""The OpenAPI document: right in itself, fresh, and kept by every route whatever is asked."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from licet.api.document import DECISION, INTERVIEW
from licet.services import interview_schema
from tests.api.fuzzing import fuzzed, operations
from tests.api.test_api import CASE, SCHEMAS

REFERENCE = re.compile(r"#/components/schemas/(.+)")
EXAMPLES = 2  # of each operation; `python -m benchmarks.schemathesis` makes up as many as wanted


@pytest.fixture(scope="module")
def document(bare: TestClient) -> dict[str, Any]:
    """The document."""
    found: dict[str, Any] = bare.get("/openapi.json").json()
    return found


def references(node: Any) -> set[str]:
    """All references in a document."""
    if isinstance(node, list):
        return {found for one in node for found in references(one)}
    if not isinstance(node, dict):
        return set()
    own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
    return own | {found for one in node.values() for found in references(one)}


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    names = {match[1] for found in references(document) if (match := REFERENCE.fullmatch(found)) is not None}
    assert len(names) == len(references(document)) > 30
    assert names <= {*document["components"]["schemas"]}


def test_schemas_are_schemas_and_errors_are_problem_details(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    assert document["security"] == [{"key": []}]
    for methods in document["paths"].values():
        for route in methods.values():
            for group in ("4XX", "5XX"):
                (kind,) = route["responses"][group]["content"].items()
                assert kind == ("application/problem+json", {"schema": {"$ref": "#/components/schemas/ProblemDetails"}})
            body = route.get("requestBody")
            assert body is None or body["required"]


@pytest.mark.parametrize(("path", "name", "body"), [
    ("/v1/check", DECISION, CASE), ("/v1/ask", INTERVIEW, {"case": CASE}),
])  # fmt: skip
def test_answers_keep_the_schemas_that_the_document_names(
    bare: TestClient, document: dict[str, Any], path: str, name: str, body: Any
) -> None:
    said = document["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert said == {"$ref": f"#/components/schemas/{name}"}
    whole = said | {"components": document["components"]}
    Draft202012Validator(whole).validate(bare.post(path, json=body).json())


def test_the_published_schema_of_the_interview_is_fresh() -> None:
    published = (SCHEMAS / interview_schema.FILE).read_text(encoding="utf-8")
    assert published == interview_schema.text(), "run: python -m licet.services.interview_schema schemas/"


def test_whatever_is_asked_the_document_is_kept(keeping: TestClient) -> None:
    """No fault, and no status, header, type or answer that the document does not say."""
    assert keeping.post("/v1/check", json=CASE).headers["licet-record"] == "2"
    ended: Counter[int] = Counter()
    for operation in operations(keeping):
        ended += fuzzed(keeping, operation, EXAMPLES)
    assert ended[200] > 12
    assert not [status for status in ended if status >= 500]


def test_schemas_lie_in_the_repository() -> None:
    names = {path.name for path in Path(SCHEMAS).glob("*.json")}
    assert {f"{name}.schema.json" for name in (DECISION, INTERVIEW)} <= names
