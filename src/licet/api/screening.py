"""The route that screens parties."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from licet.api.asked import Analyst, Desk, Text
from licet.api.bodies import json_body
from licet.api.cases import RECORD, Key
from licet.api.document import SCREENING, answer, ref
from licet.services.screen import Settings
from licet.services.screen_rows import Told

routes = APIRouter(tags=["parties"])
MOST = 1_000  # parties of a request
Words = Annotated[list[str], Field(max_length=50)]


class Party(BaseModel):
    """A party to screen: its name in any script, and what else is known of it."""

    model_config = ConfigDict(extra="forbid")
    name: str
    kind: str = ""
    role: Words = []
    country: Words = []
    born: Words = []
    id: Words = []
    address: Words = []

    def told(self) -> Told:
        """What is told beside its name, as a row of a table says it."""
        role, country, born, number = (";".join(words) for words in (self.role, self.country, self.born, self.id))
        return Told(role, country, "\n".join(self.address), born, number, self.kind)


class Parties(BaseModel):
    """Parties, and how to screen them: on a day (today without it), as known at a moment, on which lists."""

    model_config = ConfigDict(extra="forbid")
    parties: Annotated[list[Party], Field(min_length=1, max_length=MOST)]
    on: date | None = None
    known: datetime | None = None
    lists: Words = []
    threshold: Annotated[float | None, Field(gt=0, le=1)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 5

    def settings(self) -> Settings:
        """How to screen."""
        chosen = Settings(self.on or date.today(), self.known, tuple(self.lists), limit=self.limit)
        return chosen if self.threshold is None else Settings(
            chosen.on, chosen.known, chosen.lists, self.threshold, chosen.limit
        )  # fmt: skip


def _schema() -> dict[str, Any]:
    """What a request says, with the schema of a party where it is used."""
    whole = Parties.model_json_schema()
    whole["properties"]["parties"]["items"] = whole.pop("$defs")["Party"]
    return whole


_BODY = json_body(_schema())
_ANSWER = answer(
    {
        "type": "object",
        "properties": {"result": {"enum": ["hit", "not_clear", "clear"]}, "answers": ref(SCREENING)},
        "required": ["result", "answers"],
    }
)


@routes.post("/screen", openapi_extra=_BODY, responses=_ANSWER)
async def screen(desk: Desk, caller: Analyst, text: Text, key: Key = "") -> JSONResponse:
    """Parties held against the lists that are loaded: an answer (`licet.screening/1`) for each, in their order.

    `result` of all: hit; not_clear (no hit, but a list is stale, missing or uncertain, or a party could not be
    screened); clear.
    """
    try:
        asked = Parties.model_validate_json(text)
    except ValidationError as bad:
        raise RequestValidationError(
            bad.errors(include_url=False, include_context=False, include_input=False)
        ) from None
    parties = [(party.name, party.told()) for party in asked.parties]
    found = await run_in_threadpool(desk.screen, parties, asked.settings(), key, caller.name, text)
    headers = {RECORD: str(found.record)} if found.record else None
    return JSONResponse({"result": found.result, "answers": found.answers}, headers=headers)
