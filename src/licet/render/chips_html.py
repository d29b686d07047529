"""The answer of `licet chips` as one HTML file: the picture, the table, and each number with its sources."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from licet.logic.measured import Exact
from licet.render.chips_marks import colour, shape, shown_codes
from licet.render.chips_panels import panels
from licet.render.chips_svg import picture
from licet.render.chips_text import notes
from licet.render.chips_words import alike, days_in_words, numbers, range_in_words, signs, verdict
from licet.render.clean import one_line
from licet.render.markup import EMPTY, Markup, join, tag
from licet.services.chips import ChipsAnswer, Day
from licet.services.chips_model import Chip, ChipTable, Stated

_META = Markup(
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
)
_LAYOUT = (
    "main { max-width: 150rem; } .drawn { overflow-x: auto; } .drawn svg { width: 100%; height: auto; }"
    " .all { overflow-x: auto; } .all td { font-size: .875rem; } .all svg { width: 12px; height: 12px; }"
    " td.number { text-align: right; white-space: nowrap; }"
)
_NAMES = {
    "launched": "launched",
    "die_area_mm2": "die area, mm²",
    "transistors_bn": "transistors, bn",
    "io_bandwidth_gb_s": "inputs and outputs, GB/s",
    "memory_bandwidth_gb_s": "memory bandwidth, GB/s",
    "memory": "memory",
    "non_planar": "non-planar process",
    "datacenter": "designed or marketed for datacentres",
}
_NONE: Exact = (None, None)
_SAFE = ("http://", "https://")


def html(answer: ChipsAnswer) -> str:
    """The whole document."""
    style = Markup((files("licet.render") / "style.css").read_text(encoding="utf-8") + _LAYOUT)
    title = one_line(answer.table.title)
    head = tag("head", _META, tag("title", title), tag("style", style))
    drawn = panels(answer.days)
    parts = [
        tag("h1", title),
        tag("p", days_in_words(day.on for day in answer.days), class_="day"),
        tag("div", picture(answer), class_="drawn", tabindex="0") if drawn else EMPTY,
        *(tag("p", said, class_="more") for said in notes(answer)),
        tag("div", _table(answer, shown_codes(drawn)), class_="all chips", tabindex="0"),
        tag("h2", "Numbers and their sources"),
        *(_chip(chip, answer.table) for chip in answer.table.chips),
        tag("h2", "Sources"),
        tag("ul", *(_source(answer.table, key) for key in answer.table.sources)),
    ]
    return f"<!doctype html>\n{tag('html', head, tag('body', tag('main', *parts)), lang='en-GB')}\n"


def _table(answer: ChipsAnswer, codes: tuple[str, ...]) -> Markup:
    runs = alike(answer.days)
    names = ["chip", *numbers(answer).values(), *(days_in_words(day.on for day in run) for run in runs)]
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in names)))
    body = [
        tag(
            "tr",
            tag("th", one_line(chip.name), scope="row"),
            *_numbers(answer, chip),
            *_cells(answer, runs, number, codes),
        )
        for number, chip in enumerate(answer.table.chips)
    ]
    return tag("table", head, tag("tbody", *body))


def _numbers(answer: ChipsAnswer, chip: Chip) -> Iterator[Markup]:
    known = answer.measured[chip.id]
    for fact in numbers(answer):
        yield tag("td", range_in_words(known.get(fact, _NONE)), class_="number")


def _cells(answer: ChipsAnswer, runs: list[list[Day]], number: int, codes: tuple[str, ...]) -> Iterator[Markup]:
    for run in runs:
        status = run[0].statuses[number]
        place = codes.index(status.code) if status.code in codes else 0
        sign = tag("svg", shape(7, 7, status.kind, place), viewBox="0 0 14 14", class_=colour(status.kind, place))
        yield tag("td", sign, " ", verdict(status) + signs(status, answer))


def _chip(chip: Chip, table: ChipTable) -> Markup:
    rows = [_row(name, chip.value(key), table) for key, name in _NAMES.items()]
    rows += [_row(f"{rate.form}, {rate.bits_text} bits, TOPS", rate.tops, table) for rate in chip.rates]
    note = tag("p", one_line(chip.note), class_="more") if chip.note else EMPTY
    return tag("details", tag("summary", one_line(chip.name)), note, tag("table", tag("tbody", *rows)))


def _row(name: str, stated: Stated, table: ChipTable) -> Markup:
    cites = [one_line(table.sources[key].cite) for key in stated.sources]
    said = [tag("p", one_line(stated.note))] if stated.note else []
    said += [tag("p", "; ".join(cites), class_="cite")] if cites else []
    return tag("tr", tag("th", name, scope="row"), tag("td", _shown(stated.text)), tag("td", join(said)))


def _shown(text: str) -> str:
    low, dots, high = one_line(text).partition("..")
    return text if not dots else f"{low} to {high}" if low and high else f"≥ {low}" if low else f"≤ {high}"


def _source(table: ChipTable, key: str) -> Markup:
    source = table.sources[key]
    cite = one_line(source.cite)
    linked = tag("a", cite, href=source.url) if source.url.startswith(_SAFE) else cite
    return tag("li", linked, f" ({one_line(source.note)})" if source.note else "")
