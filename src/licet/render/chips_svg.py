"""The picture of `licet chips`: performance against the law's other number, with the lines of the rule drawn.

One SVG without script, font or picture from elsewhere, on a light ground. Colour never stands alone: each status has a
shape of its own, filled or hollow. Days that look the same share a panel.
"""

from __future__ import annotations

from collections.abc import Iterator

from licet.facts.errors import CaseError
from licet.render.chips_marks import legend, shown_codes, style
from licet.render.chips_panel import HEIGHT, WIDTH, Sheet, axes, panel_of
from licet.render.chips_panels import Panel, panels
from licet.render.chips_words import days_in_words
from licet.render.clean import one_line
from licet.render.markup import Markup, tag
from licet.services.chips import ChipsAnswer

_COLUMNS, _GAP, _MARGIN, _TOP = 2, 26.0, 20.0, 104.0


def picture(answer: ChipsAnswer) -> Markup:
    """All panels side by side, under one title and one legend. Raises CaseError where no day has a line to draw."""
    shown = panels(answer.days)
    if not shown:
        raise CaseError.one(
            "E_NO_LINE", "no entry of these days puts performance against a number, so nothing is drawn"
        )
    columns = min(_COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    width = columns * (WIDTH + _GAP) - _GAP + 2 * _MARGIN
    explained, high = legend(shown, width - 2 * _MARGIN)
    head = _TOP + high
    height = head + rows * (HEIGHT + _GAP)
    sheet = Sheet(axes(shown), shown_codes(shown))
    title, said = one_line(answer.table.title), spoken(shown)
    parts = [
        tag("title", title),
        tag("desc", said),
        tag("style", style()),
        tag("rect", class_="paper", width=f"{width:g}", height=f"{height:g}"),
        tag("text", title, class_="title", x=f"{_MARGIN:g}", y="36"),
        *_subtitle(answer),
        tag("g", explained, transform=f"translate({_MARGIN + 4:g} {_TOP:g})"),
    ]
    for number, panel in enumerate(shown):
        x, y = _MARGIN + number % columns * (WIDTH + _GAP), head + number // columns * (HEIGHT + _GAP)
        parts.append(tag("g", panel_of(panel, sheet), transform=f"translate({x:g} {y:g})"))
    return tag(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_="chips",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        role="img",
        aria_label=said,
    )


def spoken(shown: tuple[Panel, ...]) -> str:
    """The picture in words, for those who do not see it."""
    said = []
    for panel in shown:
        names = [f"{mark.text} ({mark.code or mark.kind.replace('_', ' ')})" for mark in panel.marks]
        said.append(f"{days_in_words(panel.days)}: {'; '.join(names)}.")
    return " ".join(said)


def _subtitle(answer: ChipsAnswer) -> Iterator[Markup]:
    said = (
        "Each chip shipped from the United States to a firm in China that stands on no list. Lines, areas and status "
        "are those of the law of each day.",
        f"Numbers as sources state them. Law {answer.law[:12]}, checked to {answer.checked_to}.",
    )
    for row, words in enumerate(said):
        yield tag("text", words, class_="soft", x=f"{_MARGIN:g}", y=f"{58 + 18 * row}")
