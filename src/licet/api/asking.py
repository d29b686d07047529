"""The route of the interview: a step for whoever holds the case."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from licet.api.asked import Analyst, Desk, Text
from licet.api.bodies import fields, json_body, mapping, object_of, texts
from licet.api.document import CASE, INTERVIEW, answer, ref
from licet.facts.plain import to_plain
from licet.services.interview_steps import Said, step

routes = APIRouter(tags=["cases"])
_BODY = json_body(
    object_of(
        {
            "case": ref(CASE),
            "declined": {
                "type": "array",
                "items": {"type": "string"},
                "maxItems": 5000,
                "description": "Keys of questions that nobody can answer; `declined` of the answer before.",
            },
            "answers": {
                "type": "object",
                "description": "By the keys of the parts that were asked: a value as a case says it; null where nobody "
                "knows; for a list also {complete, members}; for a measure also {rates: [{…}]}.",
            },
        },
        ["case"],
    )
)


@routes.post("/ask", openapi_extra=_BODY, responses=answer(INTERVIEW))
def ask(desk: Desk, _: Analyst, text: Text) -> JSONResponse:
    """The interview, a step at a time (`licet.interview/1`): answers are written into the case, the next is asked.

    Nothing is kept: send `case` and `declined` of the answer back, with `answers`, until `question` is null.
    """
    given = fields(text, ("case", "declined", "answers"))
    said = Said(mapping(given, "case"), texts(given, "declined"), mapping(given, "answers", {}))
    with desk.lock:
        desk.renew()
        found = step(desk.checker, said)
    return JSONResponse(to_plain(found))
