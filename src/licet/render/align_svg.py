"""The picture of `licet align`: the matrix of items and places on a day, and beneath it a line of time for each place.

One SVG file without script, font or picture from elsewhere, for light and dark. Colour never stands alone: each cell
of the matrix has its word, and each line of time the day of its control beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files

from licet.render import align_words as words
from licet.render.clean import one_line
from licet.render.markup import Markup, join, tag
from licet.render.svgparts import hatch, label, pt
from licet.services.align_model import NO, UNKNOWN, UNREAD, YES, AlignAnswer, ItemAnswer, Row, Stretch

WIDTH, MARGIN = 1260.0, 20.0
NAMES, SINCE = 310.0, 180.0  # what stands left and right of the lines of time
CELL, LINE, BAR = 34.0, 19.0, 12.0
LEGEND = (
    (YES, "an authorisation is needed, or it is forbidden"),
    (NO, "neither (* as far as the law is encoded)"),
    (UNKNOWN, "not known"),
    (UNREAD, "law not read for that time"),
)
SHORT = {YES: "yes", NO: "no", UNKNOWN: "?", UNREAD: "-"}


@cache
def style() -> str:
    """The style of the picture; it comes inside the picture, so that it needs nothing else."""
    return (files("licet.render") / "align.css").read_text(encoding="utf-8")


def picture(answer: AlignAnswer, styled: bool = True) -> Markup:
    """The whole picture, as an `svg` element; not `styled` in a page that has the style itself."""
    return _Picture(answer).svg(styled)


class _Picture:
    def __init__(self, answer: AlignAnswer) -> None:
        self.answer = answer
        self.places = answer.items[0].rows
        self.start, self.end = date.fromisoformat(answer.start), date.fromisoformat(answer.end)
        self.per_day = (WIDTH - NAMES - SINCE - MARGIN) / max(1, (self.end - self.start).days)
        self.column = (WIDTH - NAMES - 2 * MARGIN) / len(self.places)

    def svg(self, styled: bool) -> Markup:
        matrix = 122.0
        first = matrix + CELL * len(self.answer.items) + 40
        panel = LINE * len(self.places) + 66
        height = first + panel * len(self.answer.items) + 40
        spoken = one_line(f"{self.answer.title}: who controls it, on {self.answer.on} and over time")
        parts = [
            tag("title", one_line(self.answer.title)),
            tag("desc", spoken),
            *([tag("style", Markup(style()))] if styled else []),
            tag("defs", hatch("align-open")),
            tag("rect", class_="paper", width=pt(WIDTH), height=pt(height)),
            label(one_line(self.answer.title), MARGIN, 34, "title", 90),
            label(self.about(), MARGIN, 56, "soft", 170),
            *self.matrix(matrix),
            *(part for n, item in enumerate(self.answer.items) for part in self.times(item, first + panel * n)),
            *self.legend(height - 16),
        ]
        return tag(
            "svg", *parts, class_="align", viewBox=f"0 0 {pt(WIDTH)} {pt(height)}", width=pt(WIDTH), height=pt(height),
            role="img", aria_label=spoken, xmlns="http://www.w3.org/2000/svg",
        )  # fmt: skip

    def about(self) -> str:
        answer = self.answer
        return (
            f"Sold to {answer.to} by a maker at each place, under that place's own law. The matrix shows {answer.on}."
        )

    def matrix(self, top: float) -> Iterator[Markup]:
        """A cell for each item and place: yes or no on the day."""
        left = MARGIN + NAMES
        for number, row in enumerate(self.places):
            yield label(row.place, left + self.column * (number + 0.5), top - 12, "head mid")
        for number, item in enumerate(self.answer.items):
            y = top + CELL * number
            yield label(one_line(item.name), MARGIN, y + CELL / 2 + 4, "", 44)
            for at, row in enumerate(item.rows):
                yield self.cell(row.on(self.answer.on), left + self.column * at, y, f"{item.name}, {row.name}")

    def cell(self, stretch: Stretch | None, x: float, y: float, about: str) -> Markup:
        kind = stretch.value if stretch is not None else UNREAD
        said = SHORT[kind] + ("*" if stretch is not None and stretch.partly else "")
        box = tag(
            "rect", tag("title", one_line(f"{about}: {words.value(stretch)}")), class_=f"cell {kind}", x=pt(x), y=pt(y),
            width=pt(self.column), height=pt(CELL),
        )  # fmt: skip
        tone = {YES: "mid on-dark", NO: "mid on-light"}.get(kind, "mid")
        return join([box, label(said, x + self.column / 2, y + CELL / 2 + 4, tone)])

    def times(self, item: ItemAnswer, top: float) -> Iterator[Markup]:
        """The lines of time of an item."""
        bottom = top + 26 + LINE * len(item.rows)
        yield label(one_line(item.name), MARGIN, top + 8, "head", 70)
        yield label(words.lag(item), WIDTH - MARGIN, top + 8, "soft end", 100)
        for year in range(self.start.year, self.end.year + 1):
            day = date(year, 1, 1)
            if self.start <= day <= self.end:
                yield tag(
                    "line",
                    class_="grid",
                    x1=pt(self.x(day)),
                    x2=pt(self.x(day)),
                    y1=pt(top + 20),
                    y2=pt(bottom),
                )
                yield label(str(year), self.x(day) + 3, bottom + 13, "soft")
        for number, row in enumerate(item.rows):
            yield from self.line(row, top + 26 + LINE * number)
        at = self.x(date.fromisoformat(self.answer.on))
        yield tag("line", class_="day", x1=pt(at), x2=pt(at), y1=pt(top + 18), y2=pt(bottom + 4))

    def line(self, row: Row, y: float) -> Iterator[Markup]:
        yield label(one_line(row.name), MARGIN, y + BAR - 2, "", 46)
        for stretch in row.stretches:
            start, end = date.fromisoformat(stretch.first), date.fromisoformat(stretch.last)
            said = f"{row.name}, {stretch.first} to {stretch.last}: {words.value(stretch)}"
            width = max(1.0, ((end - start).days + 1) * self.per_day)
            place = {"x": pt(self.x(start)), "y": pt(y), "width": pt(width), "height": pt(BAR)}
            yield tag("rect", tag("title", one_line(said)), class_=stretch.value, **place)
        yield label(words.since(row, self.answer.on), WIDTH - SINCE + 8, y + BAR - 2, "soft")

    def x(self, day: date) -> float:
        """Where a day lies."""
        return NAMES + (day - self.start).days * self.per_day

    def legend(self, y: float) -> Iterator[Markup]:
        x = MARGIN
        for kind, said in LEGEND:
            yield tag("rect", class_=kind, x=pt(x), y=pt(y - 10), width="16", height="12")
            yield label(said, x + 22, y, "soft")
            x += 46 + 6.6 * len(said)
