"""The W3C Reconciliation Service API 0.2, as OpenRefine asks: names of a column matched with entries of the lists."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from licet import __version__
from licet.api.asked import Analyst, Desk, Text
from licet.api.bodies import fields
from licet.api.hits import Best, Wanted, id_of, known, screened, texts_of, told_of, weights
from licet.facts.errors import CaseError, Place
from licet.services.access.caller import Caller
from licet.services.screen import DEFAULT_LIMIT, Settings
from licet.services.serve import Service

routes = APIRouter(tags=["parties"])
FORM = "application/x-www-form-urlencoded"
TYPES = {"firm": "Firm", "person": "Person", "vessel": "Vessel", "aircraft": "Aircraft"}
PROPERTIES = ("country", "born", "id", "address")
SURE, MOST_LIMIT = 0.99, 100
_KEYS = ("query", "type", "limit", "properties", "type_strict")
MANIFEST: dict[str, Any] = {
    "versions": ["0.1", "0.2"],
    "name": "Licet: lists of parties",
    "identifierSpace": "urn:licet:entry",
    "schemaSpace": "urn:licet:kind",
    "serviceVersion": __version__,
    "defaultTypes": [{"id": kind, "name": name} for kind, name in TYPES.items()],
    "authentication": {"type": "apiKey", "name": "Authorization", "in": "header"},
}
_QUERIES = {
    "type": "string",
    "description": 'JSON: {"q0": {"query": NAME, "type": …, "limit": …, "properties": […]}, …}',
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {FORM: {"schema": {"type": "object", "properties": {"queries": _QUERIES}, "required": ["queries"]}}},
    }
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The service, or an answer to each query.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


@routes.get("/reconcile", responses=_ANSWERS)
def service(
    desk: Desk, caller: Analyst, queries: Annotated[str, Query(description=_QUERIES["description"])] = ""
) -> JSONResponse:
    """What this service is (the manifest); with `queries` the answers to them, as POST gives them."""
    return JSONResponse(MANIFEST) if not queries else _answers(desk, caller, queries)


@routes.post("/reconcile", openapi_extra=_BODY, responses=_ANSWERS)
def reconcile(desk: Desk, caller: Analyst, text: Text) -> JSONResponse:
    """Candidates for each query, the best first; `match` only where one name fits one entry alone."""
    try:
        said = parse_qs(text, strict_parsing=True, max_num_fields=10, errors="strict")
    except ValueError:
        raise CaseError.one("E_FORM", "the form cannot be read", hint="send queries=JSON, encoded for URLs") from None
    queries = said.get("queries", [])
    if len(queries) != 1:
        raise CaseError.one("E_FORM", "the form has no field queries", Place(path="queries"))
    return _answers(desk, caller, queries[0])


def _answers(desk: Service, caller: Caller, queries: str) -> JSONResponse:
    asked: dict[str, Any] = fields(queries)
    wanted = [_wanted(query, name) for name, query in asked.items()]
    limits = [_limit(query, name) for name, query in asked.items()]
    settings = Settings(date.today(), limit=max(limits, default=DEFAULT_LIMIT))
    found, _ = screened(desk, wanted, settings, "", caller.name, queries)
    rows = zip(asked, found, limits, strict=True)
    return JSONResponse({name: {"result": _candidates(one, limit)} for name, one, limit in rows})


def _wanted(query: Any, where: str) -> Wanted:
    if not isinstance(query, dict) or not isinstance(query.get("query", ""), str):
        raise CaseError.one("E_VALUE", f"{where} is no query", Place(path=where), '{"query": NAME}')
    for key in query:
        known(key, _KEYS, "key")
    types = texts_of(query.get("type", []), f"{where}.type")
    for kind in types:
        known(kind, TYPES, "type")
    values: dict[str, list[str]] = {}
    for one in _properties(query, where):
        if one["pid"] in PROPERTIES:  # a property nobody knows here tells nothing
            values.setdefault(one["pid"], []).extend(_value(one["v"], f"{where}.properties"))
    name = query.get("query", "").strip()
    return Wanted((name,) if name else (), told_of(types[0] if len(types) == 1 else "", values))


def _properties(query: dict[str, Any], where: str) -> list[dict[str, Any]]:
    found = query.get("properties", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) and {"pid", "v"} <= one.keys() for one in found):
        raise CaseError.one("E_VALUE", f"{where}.properties is a list of {{pid, v}}", Place(path=where))
    return found


def _value(value: Any, where: str) -> list[str]:
    """A value, or several; of one that was reconciled itself, its name."""
    found = value if isinstance(value, list) else [value]
    plain = [
        one.get("name", one.get("id", "")) if isinstance(one, dict) else str(one) for one in found if one is not None
    ]
    return texts_of(plain, where)


def _limit(query: dict[str, Any], where: str) -> int:
    said = str(query.get("limit", DEFAULT_LIMIT))
    if not said.isdecimal() or not said.isascii() or len(said) > 6:
        raise CaseError.one("E_VALUE", f"{where}.limit is a number of candidates", Place(path=where))
    return max(1, min(int(said), MOST_LIMIT))


def _candidates(best: Best, limit: int) -> list[dict[str, Any]]:
    sure = [hit for hit in best.hits if hit["score"] >= SURE and hit["counts"]]
    return [_candidate(hit, len(sure) == 1 and hit is sure[0]) for hit in best.hits[:limit]]


def _candidate(hit: dict[str, Any], sure: bool) -> dict[str, Any]:
    entry = hit["entry"]
    words = (
        hit["list_title"] or hit["list"],
        ", ".join(entry["countries"]),
        entry["start"] and f"since {entry['start']}",
    )
    return {
        "id": id_of(hit),
        "name": entry["name"],
        "description": "; ".join(word for word in words if word),
        "score": round(100 * hit["score"], 2),
        "match": sure,
        "type": [{"id": entry["kind"], "name": TYPES.get(entry["kind"], "Party")}],
        "features": [{"id": code, "value": weight} for code, weight in weights(hit).items()],
    }
