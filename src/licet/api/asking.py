"""The route of the interview: a step for whoever holds the case."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from licet.api.asked import Analyst, Desk, Text
from licet.api.bodies import fields, json_body, mapping, texts
from licet.facts.plain import to_plain
from licet.services.interview_steps import Said, step

routes = APIRouter(tags=["cases"])
_BODY = json_body(
    {
        "case": {"type": "object", "description": "The case as it stands (`licet.case/1`)."},
        "declined": {
            "type": "array",
            "items": {"type": "string"},
            "maxItems": 5000,
            "description": "Keys of questions that nobody can answer; `declined` of the answer before.",
        },
        "answers": {
            "type": "object",
            "description": "By the keys of the parts that were asked: a value as a case says it; null where it is not "
            "known; for a list also {complete, members}; for a measure also {rates: [{…}]}.",
        },
    },
    ["case"],
)


@routes.post("/ask", openapi_extra=_BODY)
def ask(desk: Desk, _: Analyst, text: Text) -> dict[str, Any]:
    """The interview, a step at a time (`licet.interview/1`): answers are written into the case, the next is asked.

    Nothing is kept: send `case` and `declined` of the answer back, with `answers`, until `question` is null.
    """
    given = fields(text, ("case", "declined", "answers"))
    said = Said(mapping(given, "case"), texts(given, "declined"), mapping(given, "answers", {}))
    with desk.lock:
        desk.renew()
        return to_plain(step(desk.checker, said))  # type: ignore[no-any-return]
