"""Routes about what is inside a product, and who owns a party."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from licet.api.asked import Analyst, Desk, How, Text
from licet.api.bodies import either, fields, json_body, object_of, texts, truth, word
from licet.api.cases import KEPT, RECORD, Key
from licet.api.document import BOM, CASE, OWNERS, answer, ref
from licet.chain.read import read_bill
from licet.chain.table import csv_rows, read_rows
from licet.facts.nodes import node
from licet.facts.plain import to_plain
from licet.services.bom import Asked
from licet.services.bom import bom as count
from licet.services.bom_sale import Sale
from licet.services.findings_serve import Sender, owned
from licet.services.own_given import CSV, JSON, GraphGiven

routes = APIRouter(tags=["chains"])
TABLE = "table"
_TEXT: dict[str, Any] = {"type": "string"}
_BILL = json_body(
    object_of(
        {
            "bill": {
                "type": "object",
                "description": "The bill, as a file of `licet bom` has it (docs/bom.md).",
            },
            TABLE: _TEXT | {"description": "Instead: the bill as the text of a CSV table."},
            "to": _TEXT | {"description": "Where the product goes, such as CN."},
            "end_user": _TEXT | {"description": "Who will use it."},
            "case": ref(CASE),
            "parts": {"type": "boolean", "default": True, "description": "Ask for each part what could stop it."},
        }
    )
)
_GRAPH = json_body(
    object_of(
        {
            "graph": {"type": "object", "description": "The graph, as a file of `licet own` has it (docs/parties.md)."},
            TABLE: _TEXT | {"description": "Instead: its edges as the text of a CSV table."},
            "targets": {"type": "array", "items": _TEXT, "description": "Ask about these entities."},
        }
    )
)


@routes.post("/bom", openapi_extra=_BILL, responses=answer(BOM))
def bom(desk: Desk, _: Analyst, how: How, text: Text) -> JSONResponse:
    """How much of a product is controlled US content, and which part could be cut off (`licet.bom/1`)."""
    given = fields(text, ("bill", TABLE, "to", "end_user", "case", "parts"))
    name, said = either(given, "bill", TABLE)
    found = read_rows(csv_rows(said, TABLE), TABLE) if name == TABLE else node(said, name)
    bill = read_bill(found, desk.checker.law.dictionary)
    case = node(given["case"], "case") if given.get("case") is not None else None
    sale = Sale(word(given, "to"), word(given, "end_user"), how.on, case)
    asked = Asked(sale, truth(given, "parts", True), how.language, how.law_age)
    with desk.lock:
        desk.renew()
        # Its parts are counted one by one: there may be more of them than components in a case.
        return JSONResponse(to_plain(count(replace(desk.checker, most=None), bill, asked)))


@routes.post("/own", openapi_extra=_GRAPH, responses=answer(OWNERS, headers=KEPT))
def own(desk: Desk, caller: Analyst, how: How, text: Text, key: Key = "") -> JSONResponse:
    """Who owns an entity, and what each ownership rule of the day makes of it (`licet.owners/1`)."""
    given = fields(text, ("graph", TABLE, "targets"))
    name, said = either(given, "graph", TABLE)
    graph = GraphGiven(said, CSV) if name == TABLE else GraphGiven(json.dumps(said, ensure_ascii=False), JSON)
    found = owned(desk, graph, texts(given, "targets"), how.on, Sender(caller.name, key))
    return JSONResponse(found.answer, headers={RECORD: str(found.record)} if found.record else None)
