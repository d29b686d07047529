"""The picture of a provision over the years: a bar for each of its versions, with its days and where it was read.

It has no style of its own: the page that holds it gives it one. Colour never stands alone: each bar has its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from licet.render.clean import one_line
from licet.render.markup import Markup, tag
from licet.render.svgparts import hatch, label, pt

WIDTH, MARGIN, NAMES = 960.0, 8.0, 212.0
TOP, LINE, BAR = 14.0, 50.0, 16.0
MOST_YEARS, ROOM = 12, 118  # years that are written, characters of a source
_TAIL = timedelta(days=200)  # what is shown behind the last day, so that what has no end is seen to have none


@dataclass(frozen=True, slots=True)
class Bar:
    """A version: its number, its days (None: no end), its status as a word and in words, and its source."""

    number: int
    start: date
    end: date | None
    status: str
    words: str
    source: str


def picture(bars: tuple[Bar, ...], day: date, today: date, said: Mapping[str, str]) -> Markup:
    """The whole picture. `said` has `title`, `on` for the day that is looked at, and `open` for what has no end."""
    return _Picture(bars, day, today, said).svg()


class _Picture:
    def __init__(self, bars: tuple[Bar, ...], day: date, today: date, said: Mapping[str, str]) -> None:
        self.bars, self.day, self.said = bars, day, said
        days = [day, today, *(bar.start for bar in bars), *(bar.end for bar in bars if bar.end is not None)]
        self.first, self.last = min(days), max(days) + _TAIL
        self.per_day = (WIDTH - NAMES - MARGIN) / max(1, (self.last - self.first).days)
        self.bottom = TOP + LINE * len(bars)

    def svg(self) -> Markup:
        parts = [
            tag("title", one_line(self.said["title"])),
            tag("defs", hatch("law-held")),
            *self.years(),
            *(part for place, bar in enumerate(self.bars) for part in self.bar(bar, TOP + LINE * place)),
            *self.mark(),
        ]
        height = self.bottom + 38
        return tag(
            "svg", *parts, class_="versions", viewBox=f"0 0 {pt(WIDTH)} {pt(height)}", role="img",
            aria_label=one_line(self.said["title"]), xmlns="http://www.w3.org/2000/svg",
        )  # fmt: skip

    def x(self, day: date) -> float:
        """Where a day lies."""
        return NAMES + (day - self.first).days * self.per_day

    def years(self) -> Iterator[Markup]:
        """The first days of years, as many as there is room for."""
        years = range(self.first.year, self.last.year + 1)
        step = -(-len(years) // MOST_YEARS)
        for year in years[::step]:
            x = self.x(date(year, 1, 1))
            if NAMES <= x <= WIDTH - 30:
                yield tag("line", class_="grid", x1=pt(x), x2=pt(x), y1=pt(TOP - 6), y2=pt(self.bottom))
                yield label(str(year), x + 3, self.bottom + 14, "soft")

    def bar(self, bar: Bar, top: float) -> Iterator[Markup]:
        """One version: its days left, its bar, and beneath it where it was read."""
        last = bar.end.isoformat() if bar.end is not None else self.said["open"]
        yield label(f"{bar.number}. {bar.start} – {last}", MARGIN, top + BAR - 3, "head")
        left, right = self.x(bar.start), self.x(bar.end or self.last) if bar.end != bar.start else self.x(bar.start) + 3
        spoken = f"{bar.number}: {bar.start} – {last}, {bar.words}"
        place = {"x": pt(left), "y": pt(top), "height": pt(BAR), "width": pt(max(3.0, right - left))}
        yield tag("rect", tag("title", one_line(spoken)), class_=f"bar {bar.status}", **place)
        yield label(one_line(bar.words), MARGIN, top + BAR + 14, "soft", 30)
        yield label(one_line(bar.source), NAMES, top + BAR + 14, "soft", ROOM)

    def mark(self) -> Iterator[Markup]:
        """The day that is looked at."""
        x = self.x(self.day)
        yield tag("line", class_="day", x1=pt(x), x2=pt(x), y1=pt(TOP - 8), y2=pt(self.bottom + 18))
        words = f"{self.said['on']} {self.day}"
        side = "end" if x > WIDTH / 2 else ""
        yield label(words, x, self.bottom + 32, f"looked {side}".strip())
