"""`check`: the decision for a case, cut to what a model can read, with what is unknown and what is not covered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from pydantic import BaseModel, Field

from licet.facts.plain import from_plain
from licet.logic.decision import Conflict, Decision, JurisdictionAnswer, Margin, PartyScreened, RuleAnswer
from licet.mcp.arguments import CheckArguments
from licet.mcp.cases import NotCovered, OfCase, Unknown, not_covered, of_case, unknowns
from licet.mcp.outcomes import MEANING, is_open, says
from licet.mcp.short import Short, clip, some
from licet.services.serve import Service

MOST_WHY, MOST_PLACES, MOST_MAYBE = 3, 12, 4
# How many that are certain are shown of each kind: what decides, what lifts it, how it is reviewed, what else there is.
_KINDS = {
    "prohibitions": 5, "requirements": 5, "bars": 2, "reliefs": 3, "policies": 3, "entries": 4, "duties": 3, "flags": 3,
    "exposures": 3,
}  # fmt: skip
_WHOLE = "`licet check --proof` tells all, `explain` each by its id"


class Said(BaseModel):
    """A provision and what it says of the case."""

    id: str = Field(description="For the tool `explain`")
    kind: str
    value: str = Field(description="yes, no or unknown; a relief with no is a way out that is not open yet")
    cite: str
    title: str
    about: str = Field(description="The item, party or row it binds to")
    why: list[str]
    unmet: list[str] = Field(description="What a relief still lacks")
    detail: dict[str, str]


class Place(BaseModel):
    """A jurisdiction that has a say, or may have."""

    id: str
    say: str
    outcome: str
    best: str
    worst: str
    provisions: list[Said]
    authorities: list[str]


class Near(BaseModel):
    """How far a number is from the line that decides."""

    fact: str
    item: str
    value: str
    line: str
    distance: str
    cite: str


class Screened(BaseModel):
    """A party held against the lists."""

    party: str
    result: str = Field(description="clear, listed, possible (a hit to decide) or open (lists are missing)")
    hits: list[str]


class CheckAnswer(OfCase):
    """A decision."""

    says: str
    outcome: str
    best: str = Field(description="The best it can still come out")
    worst: str = Field(description="The worst it can still come out")
    exit_code: int
    meaning: str
    on: str
    coverage: str = Field(description="complete, partial or none")
    not_covered: list[NotCovered]
    unknown: list[Unknown]
    jurisdictions: list[Place]
    margins: list[Near]
    conflicts: list[str]
    screening: list[Screened]
    lists: str = Field(description="The lists of parties that were used, and what is wrong with them")
    law: str
    record: int = Field(description="The number of its record in the ledger; 0: nothing is kept")


def check(service: Service, asked: CheckArguments, by: str = "") -> CheckAnswer:
    """May this go? Kept in the ledger where one is set up, with the words. Raises CaseError."""
    dictionary = service.checker.law.dictionary
    built = asked.built(dictionary, asked.title)
    said = [asdict(used.fact) | {"words_found": used.found} for used in built.used]
    given = service.check(built.text, asked.options(), by=by, said=said)
    decision, short = from_plain(Decision, given.answer), Short()
    margins = sorted(decision.margins, key=_distance)
    return CheckAnswer(
        says=says(decision.outcome, decision.bounds, decision.coverage.level, len(decision.questions)),
        outcome=decision.outcome,
        best=decision.bounds.best,
        worst=decision.bounds.worst,
        exit_code=decision.exit_code,
        meaning=MEANING[decision.exit_code],
        on=decision.on,
        coverage=decision.coverage.level,
        not_covered=not_covered(decision.coverage.missing, short),
        unknown=unknowns(decision.questions, built, dictionary, short),
        jurisdictions=[_place(one, short) for one in short.first(decision.jurisdictions, "jurisdictions", MOST_PLACES)],
        margins=[_near(one) for one in short.first(margins, "margins", 10)],
        conflicts=[_conflict(one) for one in short.first(decision.conflicts, "conflicts of laws", 10)],
        screening=[_screened(one) for one in short.first(decision.screening, "parties screened")],
        lists=_lists(decision),
        law=f"{decision.law.snapshot[:16]}, its sources read up to {decision.law.checked_to}",
        record=given.record,
        **of_case(built, asked.document, short),
    )


def _place(answer: JurisdictionAnswer, short: Short) -> Place:
    return Place(
        id=answer.id,
        say=answer.say,
        outcome=answer.outcome,
        best=answer.bounds.best,
        worst=answer.bounds.worst,
        provisions=[_said(one) for one in _provisions(answer, short)],
        authorities=[*answer.authorities[:5]],
    )


def _provisions(answer: JurisdictionAnswer, short: Short) -> Iterator[RuleAnswer]:
    """What is certain, kind by kind, then what may still apply and what would lift it but for something unmet."""
    maybe: list[RuleAnswer] = []
    for kind, most in _KINDS.items():
        every: tuple[RuleAnswer, ...] = getattr(answer, kind)
        certain = [one for one in every if one.value == "yes"]
        yield from short.first(certain, f"{kind} of {answer.id} that apply", most, _WHOLE)
        if is_open(answer.bounds) or kind == "reliefs":
            maybe += [one for one in every if one.value != "yes"]
    yield from short.first(maybe, f"provisions of {answer.id} that may apply, or would lift it", MOST_MAYBE, _WHOLE)


def _said(one: RuleAnswer) -> Said:
    """A provision; of one that only may apply, the first thing that is open."""
    most = 1 if one.value == "unknown" else MOST_WHY
    return Said(
        id=one.id,
        kind=one.kind,
        value=one.value,
        cite=one.cite,
        title=clip(one.title, 200),
        about=", ".join(filter(None, (one.item, one.party))),
        why=[clip(text, 250) for text in one.why[:most]],
        unmet=[clip(text, 250) for text in one.unmet[:MOST_WHY]],
        detail={key: clip(text, 200) for key, text in one.detail.items() if most > 1 and key != "row"},
    )


def _near(one: Margin) -> Near:
    return Near(
        fact=one.fact, item=one.item, value=one.value, line=f"{one.op} {one.line}", distance=one.distance, cite=one.cite
    )


def _distance(one: Margin) -> float:
    """How far from the line, what straddles it first."""
    number = one.distance.partition(" ")[0]
    try:
        return float(number)
    except ValueError:
        return 0.0


def _conflict(one: Conflict) -> str:
    sides = " against ".join(
        f"{side.jurisdiction} {side.cite} ({clip(side.title, 120)})" for side in (one.first, one.second)
    )
    return f"{one.kind.replace('_', ' ')}, {one.value}: {sides}"


def _screened(one: PartyScreened) -> Screened:
    hits = [
        clip(f"{hit.list}: {hit.name} (score {hit.score:.2f}, counts: {hit.taken}; {hit.because})")
        for hit in one.hits[:3]
    ]
    return Screened(party=clip(one.party, 200), result=one.result, hits=hits)


def _lists(decision: Decision) -> str:
    used = [f"{name} of {day}" for name, day in decision.lists.names.items()]
    return clip("; ".join([some(used, 12) or "none", *decision.lists.notes]), 1_000)
