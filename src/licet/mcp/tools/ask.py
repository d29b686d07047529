"""`ask`: the next question of the interview. The case comes in whole each time, with the answers so far."""

from __future__ import annotations

from pydantic import BaseModel, Field

from licet.facts.errors import CaseError
from licet.mcp.arguments import AskArguments
from licet.mcp.cases import NotCovered, OfCase, Unknown, not_covered, unknown
from licet.mcp.outcomes import is_open, says
from licet.mcp.short import Short, clip
from licet.mcp.tools.check import of_case
from licet.services.asking import NextQuestion, Part, next_question
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
    open: int = Field(description="How many facts can still change the outcome, without those skipped")
    not_covered: list[NotCovered]


def ask(service: Service, asked: AskArguments) -> AskAnswer:
    """The question that brings a case nearest to its end. Raises CaseError."""
    if asked.empty:
        raise CaseError.one("E_CASE", "no case is given", hint="give facts with their words, or a document")
    built, short = asked.built(service.checker.law.dictionary), Short()
    labels = {key: label for label, key in built.keys.items()}
    with service.lock:
        service.renew()
        found = next_question(
            service.checker, built.node, [Part(one.fact, labels.get(one.of, one.of)) for one in asked.skip]
        )
    decision = found.decision
    rules = [service.checker.law.rules[rule] for rule in found.because]
    why = rules[0].title + (f" (and {len(rules) - 1} more)" if len(rules) > 1 else "") if rules else ""
    return AskAnswer(
        says=_says(found),
        settled=not is_open(decision.bounds),
        outcome=decision.outcome,
        best=decision.bounds.best,
        worst=decision.bounds.worst,
        question=[_question(service, built, part, asked.language, why) for part in found.parts],
        because=[
            Waiting(id=rule.id, cite=rule.cite, title=clip(rule.title, 200))
            for rule in short.first(rules, "provisions that wait for it", MOST_RULES)
        ],
        instead=_instead(found, built),
        open=found.open,
        not_covered=not_covered(decision.coverage.missing, short),
        **of_case(built, asked.document, short),
    )


def _says(found: NextQuestion) -> str:
    decision = found.decision
    if found.parts:
        after = "Ask the user this. The answer is a fact with the user's words; what they do not know goes into `skip`."
    elif is_open(decision.bounds):
        after = "Nothing more can be asked that would change it: what was skipped leaves it open."
    else:
        after = "Nothing more need be asked: use `check` for the whole decision."
    return f"{says(decision.outcome, decision.bounds, decision.coverage.level, 0)} {after}"


def _question(service: Service, built: Built, part: Part, language: str, why: str) -> Unknown:
    dictionary = service.checker.law.dictionary
    known = dictionary.find(part.fact)
    assert known is not None
    words = known.ask_zh if language == "zh" and known.ask_zh else known.ask_en
    return unknown(part.fact, built.key(part.of), words, why, dictionary)


def _instead(found: NextQuestion, built: Built) -> str:
    if not found.pair:
        return ""
    first, second = found.pair
    key = built.key(found.parts[0].of)
    return f"or give {first} and {second} of {key}/rate1, {key}/rate2 …, from which it is computed"
