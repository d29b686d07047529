"""Alignment: who controls a technology since when, and from where it can still be had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from licet.facts.countries import country_name
from licet.facts.errors import LicetError, Problem
from licet.render.align_svg import picture
from licet.services.align import Asked
from licet.services.align_model import NO, UNKNOWN, UNREAD, YES, AlignAnswer, ItemAnswer, Row, Stretch
from licet.services.align_read import names, read_technology
from licet.services.home import law_root
from licet.services.serve import Service
from licet.web.asked import Desk, Reader, said
from licet.web.countries import countries
from licet.web.days import read_day
from licet.web.labels import Labels, labels_of
from licet.web.lawsaid import Speller
from licet.web.pages import page
from licet.web.tongue import Tongue
from licet.web.words import Said

routes = APIRouter()
FIRST = date(2018, 1, 1)
TONES = {YES: "stop", NO: "clear", UNKNOWN: "open", UNREAD: "gone"}
Text = Annotated[str, Query(max_length=100)]


@dataclass(frozen=True, slots=True)
class Place:
    """A row: a place, whether it controls the item on the day, since when, and what stands behind that."""

    name: str
    word: str
    tone: str
    partly: bool
    since: str
    stretch: Stretch | None


@dataclass(frozen=True, slots=True)
class Item:
    """A reference item over all places, with what follows from them in words."""

    answer: ItemAnswer
    places: tuple[Place, ...]
    lag: str
    sources: str
    open: str
    joining: tuple[tuple[str, str], ...]


@routes.get("/alignment")
def alignment(
    request: Request,
    desk: Desk,
    _: Reader,
    technology: Text = "",
    to: Text = "CN",
    first: Annotated[str, Query(alias="from", max_length=100)] = "",
    until: Text = "",
    on: Text = "",
) -> Response:
    """The matrix of a technology, which is worked out by running the law."""
    labels = labels_of(desk.checker.law.dictionary, Tongue(request.state.language))
    answer, problems = None, tuple[Problem, ...]()
    try:
        answer = _answer(desk, technology, to, (first, until, on)) if technology else None
    except LicetError as error:
        problems = error.problems
    query = {"to": to, "from": first, "until": until, "on": on}
    return page(
        request,
        "alignment.html",
        200 if not problems else 422,
        technologies=[(name, read_technology(law_root(), name).title) for name in names(law_root())],
        countries=countries(labels),
        asked={"technology": technology, "to": to, "from": first, "until": until, "on": on},
        answer=answer,
        items=[] if answer is None else [_item(one, answer, labels, said(request)) for one in answer.items],
        chart=None if answer is None else picture(answer, styled=False),
        labels=labels,
        spell=Speller(desk.checker.law, labels_of(desk.checker.law.dictionary, Tongue("en")), date.today()),
        problems=problems,
        data=f"/v1/align/{technology}?{urlencode({key: value for key, value in query.items() if value})}",
    )


def _answer(desk: Service, technology: str, to: str, days: tuple[str, str, str]) -> AlignAnswer:
    """The answer; `days` are the first one, the last one and the one that is looked at, as they were sent."""
    first, until, on = days
    last = read_day(until, "until", date.today())
    asked = Asked(to.upper(), read_day(first, "from", FIRST), last, read_day(on, "on", last) if on else None)
    return desk.alignments.ask(desk.checker, law_root(), technology, asked)


def _item(item: ItemAnswer, answer: AlignAnswer, labels: Labels, w: Said) -> Item:
    names = {row.place: _name(row, labels) for row in item.rows}

    def named(codes: tuple[str, ...]) -> str:
        return ", ".join(names.get(code) or labels.country(code) for code in codes) or w("align.none")

    return Item(
        answer=item,
        places=tuple(_place(row, answer.on, names[row.place], w) for row in item.rows),
        lag=_lag(item, w) + (f" {w('align.unsure', places=named(item.unsure))}" if item.unsure else ""),
        sources=named(item.sources),
        open=named(item.open),
        joining=tuple((named((one.place,)), named(one.remaining) if one.remaining else "") for one in item.joining),
    )


def _name(row: Row, labels: Labels) -> str:
    """The name of a place; a row that stands for several has one of its own."""
    return labels.country(row.place) if row.name == country_name(row.place) else row.name


def _place(row: Row, day: str, name: str, w: Said) -> Place:
    stretch = row.on(day)
    value = stretch.value if stretch is not None else UNREAD
    partly = stretch is not None and stretch.partly
    return Place(name, value, TONES[value], partly, _since(row, day, w), stretch)


def _since(row: Row, day: str, w: Said) -> str:
    """Since when a place controls an item, or from when it will, or did."""
    control = row.control(day)
    if control is None:
        last = row.controls[-1] if row.controls else None
        return f"{last.first} – {last.last}" if last is not None else "–"
    first = w("align.latest", day=control.first) if control.at_latest else control.first
    return first if control.first <= day else w("align.from", day=first)


def _lag(item: ItemAnswer, w: Said) -> str:
    if item.lag is None:
        return w("align.no_day") if item.unsure else w("align.no_control")
    if item.first == item.last:
        return w("align.one_day", day=item.first)
    return w("align.lag", first=item.first, last=item.last, days=f"{item.lag:,}")
