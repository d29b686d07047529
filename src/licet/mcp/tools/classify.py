"""`classify`: which entries of the control lists describe an item."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import BaseModel, Field

from licet.facts.errors import CaseError
from licet.mcp.arguments import ClassifyArguments
from licet.mcp.cases import NotCovered, OfCase, Unknown, of_case, unknowns
from licet.mcp.short import NEVER_CLEAR, Short, clip
from licet.services.classify import Classification, EntryFound, SchemeAnswer
from licet.services.findings_serve import Sender, classified
from licet.services.ledger.findings import ItemsGiven
from licet.services.ledger.keep import JSON
from licet.services.proposed.model import Built
from licet.services.serve import Service

MOST_ITEMS, MOST_YES, MOST_OPEN = 3, 10, 5


class Entry(BaseModel):
    """An entry, and whether it describes the item."""

    code: str
    value: str
    id: str = Field(description="For the tool `explain`")
    title: str
    cite: str
    why: list[str]
    open: list[str] = Field(description="The facts that would decide it")
    controls: list[str]


class Scheme(BaseModel):
    """One control list."""

    id: str
    describes: list[Entry]
    may_describe: list[Entry]
    ruled_out: list[str] = Field(description="Neighbours that its facts rule out, by their codes")
    declared: list[str] = Field(description="Codes the item was given")
    not_told_by_parameters: int = Field(description="Entries of this list that no facts can tell: look them up")


class Classified(BaseModel):
    """What the lists say of one item."""

    item: str
    schemes: list[Scheme]
    unknown: list[Unknown]
    margins: list[str]


class ClassifyAnswer(OfCase):
    """What the lists say of the items."""

    says: str
    on: str
    items: list[Classified]
    not_covered: list[NotCovered]
    record: int = Field(description="The number of its record in the ledger; 0: nothing is kept")


def classify(service: Service, asked: ClassifyArguments, by: str = "") -> ClassifyAnswer:
    """Which entries describe the items of a case; kept with the words where there is a ledger. Raises CaseError."""
    built, short = asked.built(service.checker.law.dictionary), Short()
    if "items" not in built.node.entries:
        raise CaseError.one("E_NO_ITEM", "there is no item to classify", hint="propose facts of an item: item.kind …")
    said = [asdict(used.fact) | {"words_found": used.found} for used in built.used]
    given = classified(service, ItemsGiven(built.text, JSON, tuple(asked.schemes), said), None, Sender(by))
    found = given.items
    shown = short.first(found, "items", MOST_ITEMS, "give them one at a time")
    gaps = {one.scheme: one.not_by_parameters for each in found for one in each.schemes if one.not_by_parameters}
    return ClassifyAnswer(
        says=_says(found),
        on=found[0].on.isoformat(),
        items=[_item(one, built, service, short) for one in shown],
        not_covered=[
            NotCovered(id=scheme, what=f"{count} entries of the list {scheme} are not told by parameters: read them")
            for scheme, count in gaps.items()
        ],
        record=given.record,
        **of_case(built, asked.document, short),
    )


def _says(found: list[Classification]) -> str:
    yes = [f"{entry.code} ({one.scheme})" for each in found for one in each.schemes for entry in one.described]
    still = sum(len(one.open) for each in found for one in each.schemes)
    parts = [
        f"Described by {', '.join(yes[:12])}{' and more' if len(yes) > 12 else ''}."
        if yes
        else "No entry describes it for certain."
    ]
    if still:
        parts.append(f"{still} entries are UNKNOWN: they may describe it, and unknown is no `no`. {NEVER_CLEAR}.")
    parts.append("Entries that no parameters tell are not looked at: see `not_covered`.")
    return " ".join(parts)


def _item(found: Classification, built: Built, service: Service, short: Short) -> Classified:
    told = [one for one in found.schemes if one.described or one.open or one.ruled_out or one.declared]
    margins = [
        f"{near.fact} {near.value}, the line is {near.op} {near.line} ({near.distance}) [{near.cite}]"
        for near in found.margins
    ]
    return Classified(
        item=found.item,
        schemes=[_scheme(one, short) for one in told],
        unknown=unknowns(found.questions, built, service.checker.law.dictionary, short),
        margins=short.first(margins, f"margins of {found.item}", 10),
    )


def _scheme(one: SchemeAnswer, short: Short) -> Scheme:
    hint = "answer what is asked under `unknown`, or name one list in `schemes`"
    return Scheme(
        id=one.scheme,
        describes=[
            _entry(entry) for entry in short.first(one.described, f"entries of {one.scheme} that describe it", MOST_YES)
        ],
        may_describe=[
            _entry(entry)
            for entry in short.first(one.open, f"entries of {one.scheme} that may describe it", MOST_OPEN, hint)
        ],
        ruled_out=short.first((entry.code for entry in one.ruled_out), f"entries of {one.scheme} ruled out"),
        declared=[code.code if code.known else f"{code.code} (not on this list)" for code in one.declared[:10]],
        not_told_by_parameters=one.not_by_parameters,
    )


def _entry(one: EntryFound) -> Entry:
    """An entry; of one that only may describe the item, the shortest of it."""
    certain = one.value == "yes"
    controls = one.controls[: 4 if certain else 2]
    return Entry(
        code=one.code,
        value=one.value,
        id=one.rule,
        title=clip(one.title, 200),
        cite=one.cite,
        why=[clip(text, 200) for text in one.why[: 2 if certain else 1]],
        open=[*one.asks[:8]],
        controls=[clip(f"{control.reason or control.title} [{control.cite}]", 160) for control in controls],
    )
