"""Parties matched by example, in the form of the open screening API that yente (OpenSanctions) speaks."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from licet.api.asked import Analyst, Desk, Text
from licet.api.bodies import fields, json_body, mapping
from licet.api.cases import RECORD, Key
from licet.api.document import answer
from licet.api.hits import Best, Wanted, id_of, known, screened, texts_of, told_of, weights
from licet.facts.errors import CaseError
from licet.parties.match.hit import DEFAULT_THRESHOLD
from licet.services.screen import DEFAULT_LIMIT, Settings

routes = APIRouter(tags=["parties"])
EVERYTHING = "default"  # the data set of all lists that are loaded
KINDS = {
    "Person": "person", "Company": "firm", "Organization": "firm", "PublicBody": "firm", "LegalEntity": "",
    "Vessel": "vessel", "Airplane": "aircraft", "Thing": "",
}  # fmt: skip
SCHEMAS = {"person": "Person", "firm": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
NAMES = ("name", "alias", "weakAlias", "previousName")
FIELDS = {
    "country": ("country", "nationality", "citizenship", "jurisdiction", "mainCountry", "flag"),
    "born": ("birthDate",),
    "id": ("idNumber", "registrationNumber", "passportNumber", "taxNumber", "leiCode", "imoNumber", "innCode",
           "ogrnCode", "uscCode", "swiftBic", "dunsCode"),
    "address": ("address",),
}  # fmt: skip
_OF = {name: field for field, names in FIELDS.items() for name in names}
_ALIASES = {"weak": "weakAlias", "former": "previousName"}
_EXAMPLE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": ["string", "null"]},
        "schema": {"enum": [*KINDS]},
        "properties": {"type": "object", "description": f"{', '.join((*NAMES, *_OF))}; others are passed over."},
    },
    "required": ["schema", "properties"],
}
_BODY = json_body({
    "type": "object",
    "properties": {
        "queries": {"type": "object", "additionalProperties": _EXAMPLE, "minProperties": 1},
        "weights": {"type": "object"}, "config": {"type": "object"},
    },
    "required": ["queries"],
})  # fmt: skip
_ANSWER = answer({
    "type": "object",
    "properties": {
        "responses": {"type": "object", "additionalProperties": {
            "type": "object", "required": ["status", "query", "results", "total", "licet"],
        }},
        "matcher": {"type": "object"}, "limit": {"type": "integer"},
    },
    "required": ["responses", "matcher", "limit"],
})  # fmt: skip
Share = Annotated[float, Query(gt=0, le=1)]
Sets = Annotated[list[str] | None, Query(max_length=50)]


@routes.post("/match/{dataset}", openapi_extra=_BODY, responses=_ANSWER)
def match(  # noqa: PLR0913, PLR0917 - one for each parameter
    request: Request,
    desk: Desk,
    caller: Analyst,
    dataset: str,
    text: Text,
    limit: Annotated[int, Query(ge=1, le=100)] = DEFAULT_LIMIT,
    threshold: Share = DEFAULT_THRESHOLD,
    cutoff: Share = DEFAULT_THRESHOLD,
    include_dataset: Sets = None,
    key: Key = "",
) -> JSONResponse:
    """Parties by example against `default` (all lists that are loaded) or one list, as yente's `/match` answers.

    No result is no clear: `licet.complete` of a response says whether all lists that count are there and fresh.
    """
    given = fields(text, ("queries", "weights", "config"))
    queries = mapping(given, "queries")
    wanted = {name: _wanted(example, f"queries.{name}") for name, example in queries.items()}
    lists = tuple(include_dataset or (() if dataset == EVERYTHING else (dataset,)))
    settings = Settings(date.today(), None, lists, min(cutoff, threshold), limit)
    sent = json.dumps([str(request.url.query), dataset, text])
    best, found = screened(desk, [*wanted.values()], settings, key, caller.name, sent)
    responses = {name: _response(queries[name], one, threshold) for name, one in zip(wanted, best, strict=True)}
    headers = {"x-batch-size": str(len(responses))} | ({RECORD: str(found.record)} if found.record else {})
    return JSONResponse({"responses": responses, "matcher": {}, "limit": limit}, headers=headers)


def _wanted(example: Any, where: str) -> Wanted:
    if not isinstance(example, dict) or not isinstance(example.get("properties"), dict):
        raise CaseError.one("E_VALUE", f"{where} has no schema and properties", hint='{"schema": …, "properties": {…}}')
    schema = known(str(example.get("schema", "")), KINDS, "schema")
    said = {name: texts_of(value, f"{where}.{name}") for name, value in example["properties"].items()}
    names = dict.fromkeys(text for name in NAMES for text in said.get(name, ()) if text.strip())
    values: dict[str, list[str]] = {}
    for name, texts in said.items():
        if name in _OF:
            values.setdefault(_OF[name], []).extend(texts)
    return Wanted(tuple(names), told_of(KINDS[schema], values))


def _response(query: dict[str, Any], best: Best, threshold: float) -> dict[str, Any]:
    results = [_result(hit, threshold) for hit in best.hits]
    total = {"value": len(results), "relation": "gte" if best.more else "eq"}
    echoed = {"id": query.get("id"), "schema": query["schema"], "properties": query["properties"]}
    return {"status": 200, "query": echoed, "results": results, "total": total, "licet": best.open}


def _result(hit: dict[str, Any], threshold: float) -> dict[str, Any]:
    entry, features = hit["entry"], weights(hit)
    said = {reason["code"]: reason["text"] for reason in hit["reasons"]}
    return {
        "id": id_of(hit),
        "caption": entry["name"],
        "schema": SCHEMAS.get(entry["kind"], "LegalEntity"),
        "properties": {name: texts for name, texts in _properties(hit).items() if texts},
        "datasets": [hit["list"]],
        "referents": [],
        "target": True,
        "first_seen": None,
        "last_seen": None,
        "last_change": None,
        "score": hit["score"],
        "match": hit["counts"] and hit["score"] >= threshold,
        "features": features,
        "explanations": {code: {"score": weight, "detail": said[code]} for code, weight in features.items()},
    }


def _properties(hit: dict[str, Any]) -> dict[str, list[str]]:
    """What the entry says, by the names of that model."""
    entry = hit["entry"]
    found: dict[str, list[str]] = {"name": [entry["name"]]}
    for name in entry["names"]:
        if name["text"] != entry["name"]:
            found.setdefault(_ALIASES.get(name["kind"], "alias"), []).append(name["text"])
    country = "nationality" if entry["kind"] == "person" else "country"
    return found | {
        country: [code.lower() for code in entry["countries"]],
        "birthDate": entry["births"],
        "address": entry["addresses"],
        "idNumber": [number["value"] for number in entry["identifiers"]],
        "program": entry["programmes"],
        "sourceUrl": [entry["url"]] if entry["url"] else [],
        "topics": ["sanction"],
        "notes": [entry["note"]] if entry["note"] else [],
    }
