"""`facts`: names, types, units, questions and values of the dictionary."""

from __future__ import annotations

from pydantic import BaseModel, Field

from licet.mcp.arguments import FactsArguments
from licet.mcp.short import MOST, Short, clip
from licet.services.findfacts import FactFound, find_facts
from licet.services.serve import Service

MOST_VALUES = 150


class FactShown(BaseModel):
    """A fact that a case may state."""

    name: str
    type: str
    unit: str
    write: str = Field(description="How its value is written")
    values: list[str]
    ask: str = Field(description="The question that asks for it")
    who: str = Field(description="Who usually knows it")
    source: str = Field(description="The law that reads it")
    note: str


class FactsAnswer(BaseModel):
    """Facts of the dictionary."""

    says: str
    facts: list[FactShown]
    found: int
    more: list[str]


def facts(service: Service, asked: FactsArguments) -> FactsAnswer:
    """Look facts up."""
    found = find_facts(service.checker.law.dictionary, asked.find, asked.of)
    short = Short()
    rest = found[asked.after :]
    shown = short.first(rest, "facts", hint=f"ask again with after: {asked.after + MOST}, or with other words")
    said = (
        "No fact is called so, and no question speaks of it: try other words, or read a kind with `of` (party, case)."
    )
    if found:
        said = f"{len(found):,} facts, the nearest first. Propose only those that somebody said, with the words."
    return FactsAnswer(says=said, facts=[_shown(one) for one in shown], found=len(found), more=short.more)


def _shown(one: FactFound) -> FactShown:
    fact = one.fact
    return FactShown(
        name=fact.name,
        type=f"set of {fact.of}" if fact.type == "set" else fact.type,
        unit=fact.unit,
        write=one.write,
        values=[*fact.values[:MOST_VALUES]],
        ask=fact.ask_en,
        who=fact.who,
        source=clip(fact.source, 200),
        note=fact.note,
    )
