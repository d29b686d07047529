"""What changed in the law between two days: of all of it, of a jurisdiction, or of one provision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from licet.facts.errors import LicetError, Problem
from licet.render.labels import Labels
from licet.render.words import Words as Phrases
from licet.rules.law import Law
from licet.services import lawdiff, lawtime, lawview
from licet.services.lawdiff import Changed, Difference
from licet.services.lawrows import ChangedRow
from licet.web.asked import Desk, Reader
from licet.web.days import read_day
from licet.web.law import Text, fits, jurisdictions
from licet.web.lawsaid import Speller
from licet.web.pages import page
from licet.web.paging import Paging
from licet.web.tongue import Tongue

routes = APIRouter()
EACH, YEAR = 30, timedelta(days=365)
_TONES = {"new": "caution", "ended": "clear", "in force again": "caution", "suspended": "clear", "changed": "open"}
_SIGNS = {"+": "added", "-": "removed", " ": "same"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a condition that came (`added`), went (`removed`) or stayed (`same`)."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A provision that changed."""

    changed: Changed
    tone: str
    lines: tuple[Line, ...]


@routes.get("/law/changes")
def changes(
    request: Request,
    desk: Desk,
    _: Reader,
    first: Annotated[str, Query(alias="from", max_length=200)] = "",
    second: Annotated[str, Query(alias="to", max_length=200)] = "",
    rule: Annotated[str, Query(max_length=300)] = "",
    jurisdiction: Text = "",
    text: Text = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The provisions that stand otherwise on the second day than on the first."""
    law, today = desk.checker.law, date.today()
    one = lawview.find(law, rule) if rule else None
    days, problems = (today - YEAR, today), tuple[Problem, ...]()
    provisions, parties = list[Changed](), list[ChangedRow]()
    try:
        days = read_day(first, "from", days[0]), read_day(second, "to", days[1])
        found = lawdiff.difference(law, desk.checker.known, *days)
        provisions = _wanted(law, found, rule, jurisdiction, text)
        parties = [] if rule or jurisdiction or text else [*found.parties]
    except LicetError as error:
        problems = error.problems
    asked = {"from": f"{days[0]}", "to": f"{days[1]}", "rule": rule, "jurisdiction": jurisdiction, "text": text}
    paging = Paging("/law/changes", asked, number, len(provisions), EACH)
    return page(
        request,
        "law_changes.html",
        days=days,
        one=one,
        shown=[_shown(changed) for changed in provisions[paging.span]],
        parties=parties,
        paging=paging,
        asked=asked,
        jurisdictions=jurisdictions(law, Phrases(Tongue(request.state.language).answer)),
        spell=Speller(law, Labels(law.dictionary, "en"), days[1]),
        problems=problems,
    )


def _wanted(law: Law, found: Difference, rule: str, jurisdiction: str, text: str) -> list[Changed]:
    """Those that were asked for, instrument by instrument."""
    wanted = [
        changed for changed in found.provisions
        if (not rule or changed.id == rule)
        and (not jurisdiction or lawtime.jurisdiction_of(law, law.rules[changed.id]) == jurisdiction)
        and fits(law.rules[changed.id], text)
    ]  # fmt: skip
    return sorted(wanted, key=lambda changed: (changed.instrument == lawdiff.GROUPS, changed.instrument))


def _shown(changed: Changed) -> Shown:
    if changed.before and changed.after:
        lines = [Line(_SIGNS[line[0]], line[2:]) for line in lawdiff.lines_changed(changed.before, changed.after)]
    else:
        what = "added" if changed.after else "removed"
        lines = [Line(what, line) for line in changed.after or changed.before]
    return Shown(changed, _TONES.get(changed.what, "gone"), tuple(lines))
