"""`ask`: the next question of the interview. The case comes in whole each time, with the answers so far."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic import BaseModel, Field

from licet.facts.case import read_case
from licet.facts.dictionary import Dictionary
from licet.facts.errors import CaseError, quoted
from licet.mcp.arguments import AskArguments
from licet.mcp.cases import NotCovered, OfCase, Unknown, not_covered, of_case, unknown
from licet.mcp.outcomes import says
from licet.mcp.short import Short, clip, some
from licet.services.interview_paths import asked_fact, key_of
from licet.services.interview_steps import Part, Question, Said, Step, step
from licet.services.proposed.model import Built
from licet.services.serve import Service

MOST_RULES = 8


class Waiting(BaseModel):
    """A provision that waits for the answer."""

    id: str
    cite: str
    title: str


class AskAnswer(OfCase):
    """The next question, and how the case stands."""

    says: str
    settled: bool = Field(description="Whether no answer can change the outcome any more")
    outcome: str
    best: str
    worst: str
    question: list[Unknown] = Field(description="What to ask the user next: one fact, or a short list of them together")
    because: list[Waiting]
    instead: str = Field(description="How the same may be answered by other facts")
    open: int = Field(description="How many facts can still change the outcome, with those skipped")
    not_covered: list[NotCovered]


def ask(service: Service, asked: AskArguments) -> AskAnswer:
    """The question that brings a case nearest to its end. Raises CaseError."""
    if asked.empty:
        raise CaseError.one("E_CASE", "no case is given", hint="give facts with their words, or a document")
    dictionary = service.checker.law.dictionary
    built, short = asked.built(dictionary), Short()
    with service.lock:
        service.renew()
        decision = service.checker.check(read_case(built.node, dictionary))
        found = step(service.checker, Said(json.loads(built.text), tuple(_declined(built, asked))))
    question = found.question
    because = [] if question is None else question.why
    why = because[0].title + (f" (and {len(because) - 1} more)" if len(because) > 1 else "") if because else ""
    return AskAnswer(
        says=_says(found, decision.coverage.level),
        settled=found.settled,
        outcome=found.outcome,
        best=found.bounds.best,
        worst=found.bounds.worst,
        question=[] if question is None else [_part(part, built, asked, why, dictionary) for part in question.parts],
        because=[
            Waiting(id=rule.id, cite=rule.cite, title=clip(rule.title, 200))
            for rule in short.first(because, "provisions that wait for it", MOST_RULES)
        ],
        instead="" if question is None else _instead(question, built),
        open=len(decision.questions),
        not_covered=not_covered(decision.coverage.missing, short),
        **of_case(built, asked.document, short),
    )


def _declined(built: Built, asked: AskArguments) -> Iterator[str]:
    """Questions that are not to be asked again: what nobody knows, and of what only a range is known."""
    for one in asked.skip:
        place = built.place(one.fact, built.key(one.of))
        if place is None:
            hint = f"one of {some([*built.places.values()], 10)}" if built.places else "leave it empty"
            raise CaseError.one("E_OF", f"skip: {quoted(one.of)} is no thing of the case", hint=hint)
        yield key_of(one.fact, place)
    yield from (key_of(used.fact.fact, used.at) for used in built.used if used.range)


def _says(found: Step, coverage: str) -> str:
    if found.question is not None:
        after = "Ask the user this. The answer is a fact with the user's words; what they do not know goes into `skip`."
    elif not found.settled:
        after = "Nothing more can be asked that would change it: what was skipped leaves it open."
    else:
        after = "Nothing more need be asked: use `check` for the whole decision."
    return f"{says(found.outcome, found.bounds, coverage, 0)} {after}"


def _part(part: Part, built: Built, asked: AskArguments, why: str, dictionary: Dictionary) -> Unknown:
    words = {"zh": part.ask_zh, "ja": part.ask_ja}.get(asked.language) or part.ask_en
    return unknown(part.fact, _key(part, built), words, why, dictionary)


def _key(part: Part, built: Built) -> str:
    place, _ = asked_fact(part.key)
    return built.places.get(place, "")


def _instead(question: Question, built: Built) -> str:
    if not question.made_of:
        return ""
    _, first, second = question.made_of
    key = _key(question.parts[0], built)
    return f"or give rate.{first} and rate.{second} of {key}/rate1, {key}/rate2 …, from which it is computed"
