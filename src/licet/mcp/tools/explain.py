"""`explain`: a provision as it stands on a day, and its proof in a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Any

from pydantic import BaseModel, Field

from licet.facts.case import parse_day
from licet.facts.errors import CaseError
from licet.mcp.arguments import ExplainArguments
from licet.mcp.cases import NotCovered
from licet.mcp.short import MOST, NEVER_CLEAR, Short, clip
from licet.rules.diff import last
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.services.lawview import Provision, find, provision, written
from licet.services.proving import Proved, proof_lines, prove
from licet.services.serve import Service

MOST_LINES, MOST_MEMBERS, MOST_NEAR = 100, 60, 10


class VersionShown(BaseModel):
    """A version of a provision."""

    number: int
    start: str
    until: str
    status: str
    change: str
    sources: list[str]


class InCase(BaseModel):
    """What the provision says of an item of the case."""

    item: str
    value: str = Field(description="yes, no or unknown")
    proof: list[str] = Field(description="Each step with its value, its words and the paragraph it comes from")


class ExplainAnswer(BaseModel):
    """A provision."""

    says: str
    id: str
    kind: str
    cite: str
    title: str
    instrument: str
    on: str
    status: str = Field(description="How it stands on the day: in force, suspended, not enforced, none …")
    says_in_law: dict[str, str]
    conditions: list[str]
    members: list[str] = Field(description="Of a group")
    reads: list[str] = Field(description="The facts it reads, for the tool `facts`")
    versions: list[VersionShown]
    in_case: list[InCase]
    unknown: list[str]
    not_covered: list[NotCovered] = Field(description="Paragraphs beside it that are not coded, and why")
    more: list[str]


def explain(service: Service, asked: ExplainArguments) -> ExplainAnswer:
    """A provision on a day, and in a case where one is given. Raises LicetError."""
    law, short = service.checker.law, Short()
    rule = _found(law, asked.id.strip())
    proved: list[Proved] = []
    day = _day(asked.on)
    if not asked.empty:
        built = asked.built(law.dictionary)
        with service.lock:
            service.renew()
            proved = prove(service.checker, built.node, rule)
        day = _day(str(getattr(built.node.entries.get("on"), "text", "")))
    shown = provision(law, rule, day, 0)
    return ExplainAnswer(
        says=_says(shown, proved),
        id=shown.id,
        kind=shown.kind,
        cite=shown.cite,
        title=shown.title,
        instrument=shown.instrument,
        on=shown.on,
        status=shown.status,
        says_in_law={key: clip(_joined(value)) for key, value in [*shown.says.items()][:MOST]},
        conditions=[
            clip(f"{'  ' * each.depth}{each}")
            for each in short.first(shown.conditions, "lines of conditions", MOST_LINES, f"licet law show {shown.id}")
        ],
        members=short.first(shown.members, "members", MOST_MEMBERS, f"licet law show {shown.id}"),
        reads=[read.fact for read in short.first(shown.facts, "facts it reads", 2 * MOST)],
        versions=_versions(rule, short),
        in_case=[_in_case(one, short) for one in short.first(proved, "items", 5)],
        unknown=[f"{one.item or 'the case'}: {rule.cite} is unknown" for one in proved if one.proof.value == "unknown"][
            :MOST
        ],
        not_covered=[
            NotCovered(id=left["cite"], what=clip(left["why"]))
            for left in short.first(shown.not_coded, "paragraphs not coded")
        ],
        more=short.more,
    )


def _found(law: Law, words: str) -> Rule:
    """A provision by its id, or the only one that words cite. Raises LicetError with those that they may mean."""
    if words in law.rules:
        return law.rules[words]
    wanted = words.casefold().split()
    near = [
        rule for rule in law.rules.values()
        if wanted and all(word in f"{rule.id} {rule.cite} {rule.title}".casefold() for word in wanted)
    ]  # fmt: skip
    if len(near) == 1:
        return near[0]
    if not near:
        return find(law, words)
    near.sort(key=lambda rule: (len(rule.id), rule.id))
    hint = "; ".join(f"{rule.id} ({rule.cite}: {clip(rule.title, 60)})" for rule in near[:MOST_NEAR])
    rest = f" and {len(near) - MOST_NEAR} more" if len(near) > MOST_NEAR else ""
    raise CaseError.one(
        "E_NO_RULE", f"{len(near)} provisions are meant by this", hint=f"name one by its id: {hint}{rest}"
    )


def _day(text: str) -> date:
    if not text.strip():
        return date.today()
    try:
        return parse_day(text.strip())[0]
    except ValueError as bad:
        raise CaseError.one("E_DATE", f"on: {bad}", hint="write YYYY-MM-DD") from None


def _joined(value: Any) -> str:
    if isinstance(value, Iterable) and not isinstance(value, (str, dict)):
        return ", ".join(map(str, value))
    return str(value)


def _says(shown: Provision, proved: list[Proved]) -> str:
    parts = [f"{shown.cite}: {shown.title}. On {shown.on} it is: {shown.status}."]
    parts += [f"For {one.item or 'the case'} its value is {one.proof.value}." for one in proved[:5]]
    if any(one.proof.value == "unknown" for one in proved):
        parts.append(f"{NEVER_CLEAR}: the steps marked UNKNOWN say which facts are missing.")
    return clip(" ".join(parts), 1_000)


def _versions(rule: Rule, short: Short) -> list[VersionShown]:
    newest = short.first(reversed([*enumerate(rule.versions, 1)]), "older versions", 8, f"licet law timeline {rule.id}")
    return [
        VersionShown(
            number=number,
            start=written(version.start),
            until=written(last(rule, version)),
            status=version.status.replace("_", " "),
            change=clip(version.change, 250),
            sources=[clip(f"{one.cite} ({one.basis}, read {one.read})", 250) for one in version.sources[:3]],
        )
        for number, version in newest
    ]


def _in_case(one: Proved, short: Short) -> InCase:
    lines = [*islice(proof_lines(one.proof), 5_000)]
    shown = short.first(
        lines, f"lines of proof for {one.item or 'the case'}", MOST_LINES, "licet check --proof shows all"
    )
    return InCase(item=one.item, value=one.proof.value, proof=[clip(text) for text in shown])
