"""The OpenAPI document: the published JSON Schemas stand in it as components, and who may ask."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from licet.api.problems import MEDIA_TYPE, RESPONSES, ProblemDetails
from licet.facts.dictionary import Dictionary
from licet.services import bom_schema, interview_schema, own_schema, screen_schema
from licet.services.impact import schema as impact_schema
from licet.services.schemas import case_schema, decision_schema

PLACE = "#/components/schemas/"
CASE, DECISION, INTERVIEW = "licet.case-1", "licet.decision-1", "licet.interview-1"
BOM, OWNERS, SCREENING, IMPACT = "licet.bom-1", "licet.owners-1", "licet.screening-1", "licet.impact-1"
_TEXTS: dict[str, Callable[[], str]] = {
    INTERVIEW: interview_schema.text,
    BOM: bom_schema.text,
    OWNERS: own_schema.text,
    SCREENING: screen_schema.text,
    IMPACT: impact_schema.text,
}
_KEY = {"type": "http", "scheme": "bearer", "description": "A key: licet account key makes one."}


def ref(name: str) -> dict[str, Any]:
    """A published schema, by its name."""
    return {"$ref": PLACE + name}


def answer(
    schema: dict[str, Any] | str, status: int = 200, headers: dict[str, Any] | None = None
) -> dict[int | str, dict[str, Any]]:
    """How a route says what it answers: a published schema by its name, or a schema; and with which headers."""
    said = ref(schema) if isinstance(schema, str) else schema
    told = {"description": "The answer.", "content": {"application/json": {"schema": said}}}
    return {status: told | ({"headers": headers} if headers else {})}


def describe(app: FastAPI, dictionary: Dictionary) -> None:
    """Give an application its document, made when first asked for."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes,
                openapi_version=app.openapi_version,
            )  # fmt: skip
            parts = made.setdefault("components", {})
            parts["schemas"] = parts.get("schemas", {}) | _components(dictionary)
            parts["securitySchemes"] = {"key": _KEY}
            made["security"] = [{"key": []}]
            _say_errors(made)
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _say_errors(made: dict[str, Any]) -> None:
    """Errors are of one type, also of routes whose answers are of another."""
    for route in (route for methods in made["paths"].values() for route in methods.values()):
        for group in RESPONSES:
            if group in route["responses"]:
                route["responses"][group]["content"] = {MEDIA_TYPE: {"schema": ref(ProblemDetails.__name__)}}


def _components(dictionary: Dictionary) -> dict[str, Any]:
    schemas = {CASE: case_schema(dictionary), DECISION: decision_schema()}
    schemas |= {name: json.loads(text()) for name, text in _TEXTS.items()}
    found: dict[str, Any] = {}
    for name, schema in schemas.items():
        for inner, definition in schema.pop("$defs", {}).items():
            found[f"{name}.{inner}"] = _moved(definition, name)
        whole = {key: value for key, value in schema.items() if not key.startswith("$")}
        found[name] = _moved(whole, name)
    return found


def _moved(schema: Any, name: str) -> Any:
    """A schema whose definitions stand among the components, under the name of where they are from."""
    if isinstance(schema, list):
        return [_moved(one, name) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _moved(value, name) for key, value in schema.items()}
    if isinstance(found.get("$ref"), str):
        found["$ref"] = found["$ref"].replace("#/$defs/", f"{PLACE}{name}.")
    return found
