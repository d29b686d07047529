"""The law: its provisions in a list, and each as it stands on a day, with its versions over the years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from licet.facts.errors import LicetError, Problem
from licet.render.labels import Labels
from licet.render.law_svg import Bar, picture
from licet.render.words import Words as Phrases
from licet.rules.diff import day_of, last, standing
from licet.rules.law import Law
from licet.rules.model import KINDS, Rule, Version
from licet.services import lawtime, lawview
from licet.services.lawview import Provision
from licet.web.asked import Desk, Reader, said
from licet.web.days import read_day
from licet.web.labels import labels_of
from licet.web.lawsaid import Speller, Status, status
from licet.web.pages import page
from licet.web.paging import Paging
from licet.web.tongue import Tongue

routes = APIRouter()
EACH = 50
Text = Annotated[str, Query(max_length=200)]
MANY = 60  # members that are folded away


@dataclass(frozen=True, slots=True)
class Line:
    """A provision in the list."""

    rule: Rule
    status: Status
    jurisdiction: str


def jurisdictions(law: Law, phrases: Phrases) -> list[tuple[str, str]]:
    """The jurisdictions whose law is encoded, with their names."""
    found = {lawtime.jurisdiction_of(law, rule) for rule in law.rules.values()}
    return sorted(((one, phrases.place(one)) for one in found), key=lambda pair: pair[1])


def fits(rule: Rule, text: str) -> bool:
    """Whether all words of a text stand in the name, the citation or the title of a provision."""
    whole = f"{rule.id} {rule.cite} {rule.title}".casefold()
    return all(word in whole for word in text.casefold().split())


@routes.get("/law")
def browse(
    request: Request,
    desk: Desk,
    _: Reader,
    text: Text = "",
    kind: Text = "",
    jurisdiction: Text = "",
    on: Text = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The provisions, and how they stand on a day."""
    law, problems = desk.checker.law, tuple[Problem, ...]()
    day = date.today()
    try:
        day = read_day(on, "on", day)
    except LicetError as error:
        problems = error.problems
    found = [rule for rule in law.rules.values() if (not kind or rule.kind == kind) and fits(rule, text)]
    if jurisdiction:
        found = [rule for rule in found if lawtime.jurisdiction_of(law, rule) == jurisdiction]
    asked = {"text": text, "kind": kind, "jurisdiction": jurisdiction, "on": on}
    paging = Paging("/law", asked, number, len(found), EACH)
    return page(
        request,
        "law.html",
        rows=[_line(law, rule, day) for rule in found[paging.span]],
        paging=paging,
        asked=asked,
        day=day,
        kinds=[(kind, said(request).of("kind", kind)) for kind in KINDS],
        jurisdictions=jurisdictions(law, Phrases(Tongue(request.state.language).answer)),
        problems=problems,
    )


def _line(law: Law, rule: Rule, day: date) -> Line:
    return Line(rule, status(standing(law, rule, day).word), lawtime.jurisdiction_of(law, rule))


@routes.get("/law/{rule}")
def provision(
    request: Request, desk: Desk, _: Reader, rule: Annotated[str, Path(max_length=300)], on: Text = ""
) -> Response:
    """A provision as it stands on a day."""
    law = desk.checker.law
    found = lawview.find(law, rule)
    day = read_day(on, "on", date.today())
    shown = lawview.provision(law, found, day, 0)
    tongue = Tongue(request.state.language)
    return page(
        request,
        "provision.html",
        rule=found,
        shown=shown,
        status=status(shown.status),
        day=day,
        jurisdiction=lawtime.jurisdiction_of(law, found),
        spell=Speller(law, Labels(law.dictionary, "en"), day),
        labels=labels_of(law.dictionary, tongue),
        facts=[(read, law.dictionary.find(read.fact)) for read in shown.facts],
        chart=picture(_bars(request, found), day, date.today(), _said(request, shown)),
        versions=[*_versions(found)],
        folded=len(shown.members) > MANY,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A version in the table of versions, with where one sees what it changed."""

    number: int
    start: date
    data: dict[str, Any]
    changed: str


def _versions(rule: Rule) -> Iterator[Told]:
    for data, version in zip(lawtime.versions(rule), rule.versions, strict=True):
        start = day_of(version.start)
        days = {"from": (start - timedelta(days=1)).isoformat(), "to": start.isoformat(), "rule": rule.id}
        yield Told(data["number"], start, data, f"/law/changes?{urlencode(days)}")


def _bars(request: Request, rule: Rule) -> tuple[Bar, ...]:
    return tuple(_bar(request, rule, number, version) for number, version in enumerate(rule.versions, 1))


def _bar(request: Request, rule: Rule, number: int, version: Version) -> Bar:
    end = last(rule, version)
    words = said(request).of("standing", version.status).format(day="")
    cites = "; ".join(source.cite for source in version.sources)
    return Bar(number, day_of(version.start), None if end is None else day_of(end), version.status, words, cites)


def _said(request: Request, shown: Provision) -> dict[str, str]:
    words = said(request)
    return {"title": f"{words('law.timeline')}: {shown.cite}", "on": words("law.on_day"), "open": words("law.open_end")}
