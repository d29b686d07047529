"""What every answer about a case says: which facts were used, what a person must confirm, what is unknown."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, Field

from licet.facts.dictionary import Dictionary
from licet.logic.decision import Missing, Question
from licet.mcp.short import Short, clip, in_arguments, things
from licet.services.findfacts import how_written
from licet.services.proposed.model import Built, Proposed, Used

MOST_OPEN, MOST_VALUES = 15, 15


class FactUsed(BaseModel):
    """A fact the answer rests on, with the words it came from."""

    fact: str
    of: str
    value: str
    words: str
    source: str
    words_in_source: str = Field(description="yes: they were found in its text; not_given: no text to look in")
    value_in_words: str = Field(description="yes; no: a person must confirm it; meaning: it says what the words mean")


class Unknown(BaseModel):
    """A fact that is not known and can still change the answer: ask for it, do not fill it in."""

    fact: str
    of: str
    ask: str
    why: str
    who: str = Field(description="Who usually knows it")
    write: str = Field(description="How its value is written")
    values: list[str] = Field(description="The values it can have, if it is a choice; all of them by the tool `facts`")


class NotCovered(BaseModel):
    """Something that has a say and is not encoded: it is not clear."""

    id: str
    what: str


class OfCase(BaseModel):
    """What is said of the facts of a case."""

    facts_used: list[FactUsed]
    to_confirm: list[str] = Field(description="Readings that a person must confirm before anybody acts on the answer")
    words_found: str = Field(description="How many facts have words that were found in the text of their source")
    things: dict[str, str] = Field(description="The things of the case: the key for `of`, and what answers call it")
    more: list[str] = Field(description="What was left out of this answer, and how to see it")


def not_covered(missing: tuple[Missing, ...], short: Short) -> list[NotCovered]:
    """What has a say and is not encoded."""
    first = short.first(missing, "things that are not covered")
    return [NotCovered(id=one.id, what=clip(in_arguments(one.what))) for one in first]


def of_case(built: Built, document: str, short: Short) -> dict[str, Any]:
    """What is said of the facts; `more` last, when everything has been cut."""
    return {
        "facts_used": facts_used(built, short),
        "to_confirm": to_confirm(built, document, short),
        "words_found": words_found(built),
        "things": things(built),
        "more": short.more,
    }


def words_found(built: Built) -> str:
    """How many facts have words that were found in the text of their source."""
    return f"{sum(used.found is True for used in built.used)} of {len(built.used)}"


def facts_used(built: Built, short: Short) -> list[FactUsed]:
    """The facts of a case with their words."""
    return [_used(one) for one in short.first(built.used, "facts used")]


def _used(used: Used) -> FactUsed:
    fact = used.fact
    return FactUsed(
        fact=fact.fact,
        of=fact.of,
        value=shown(fact.value),
        words=clip(fact.words, 200),
        source=fact.source,
        words_in_source="yes" if used.found else "not_given",
        value_in_words="meaning" if used.literal is None else "yes" if used.literal else "no",
    )


def shown(value: Any) -> str:
    """A value as it is told."""
    return clip(json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value), 200)


def to_confirm(built: Built, document: str, short: Short) -> list[str]:
    """What does not stand in its words, and what rules out all that nobody named."""
    odd = [used.fact for used in built.used if used.literal is False]
    closing = [used.fact for used in built.used if used.closes]
    told = ["document: its facts are used as they stand, so a person must have written it"] if document.strip() else []
    told += [f"{_reading(one)}: the value does not stand there" for one in odd]
    told += [f"{_reading(one)}: it rules out all that nobody named" for one in closing]
    return short.first(told, "readings to confirm")


def _reading(fact: Proposed) -> str:
    return f"{fact.fact} {fact.of}".rstrip() + f" = {shown(fact.value)}, read from {clip(fact.words, 120)!r}"


def unknowns(questions: tuple[Question, ...], built: Built, dictionary: Dictionary, short: Short) -> list[Unknown]:
    """Open facts as questions, the one most provisions wait for first."""
    first = short.first(questions, "open facts", MOST_OPEN, "answer these first, or use the tool `ask`")
    return [unknown(one.fact, built.key(one.of), one.ask, one.why, dictionary) for one in first]


def unknown(fact: str, of: str, ask: str, why: str, dictionary: Dictionary) -> Unknown:
    """A fact that is asked for."""
    known = dictionary.find(fact)
    return Unknown(
        fact=fact,
        of=of,
        ask=ask,
        why=clip(why, 200),
        who="" if known is None else known.who,
        write="" if known is None else how_written(known),
        values=[] if known is None else [*known.values[:MOST_VALUES]],
    )
