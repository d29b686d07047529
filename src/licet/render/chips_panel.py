"""One panel of the picture of chips: the areas and lines of the law, and each chip where its numbers put it.

Chips whose second number is not known stand in a strip beside the field, at the height of their performance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from licet.logic.measured import Exact
from licet.render.chips_axes import Axis, axis, middle, number
from licet.render.chips_labels import HEIGHT as LINE
from licet.render.chips_labels import Boxes, Placed, Wanted, place, spread, wrapped
from licet.render.chips_marks import SIZE, bar, colour, shape
from licet.render.chips_panels import Mark, Panel, drawable
from licet.render.chips_words import day_in_words, days_in_words, range_in_words, status_words
from licet.render.markup import Markup, join, tag
from licet.services.chips_law import PERFORMANCE, Area

WIDTH, HEIGHT = 1060.0, 800.0
STRIP, LEFT, TOP, RIGHT, BOTTOM = 76.0, 246.0, 74.0, 1012.0, 716.0
_ROOM, _MUCH_ROOM, _WRAP = 1.18, 1.3, 26
_LOWER = " ↓"
_BENEATH = 4  # of what lies below the lowest line, so much is drawn to scale
_CLOSE = 1.05  # a range narrower than this factor is no wider than its mark
_NAMES = {
    PERFORMANCE: "Total processing performance (TPP): dense tera-operations per second × bits",
    "item.performance_density": "Performance density: TPP per mm² of die made by a non-planar process",
    "item.io_bandwidth_gb_s": "Inputs and outputs together, both directions, without volatile memory: GB/s",
}
_SHORT = {"item.performance_density": "density", "item.io_bandwidth_gb_s": "I/O"}


Edges = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all panels share: their axes by the fact on them, and the codes of the entries, for their colours."""

    axes: dict[str, Axis]
    codes: tuple[str, ...]


def axes(panels: Sequence[Panel]) -> dict[str, Axis]:
    """Axes wide enough for all panels, so that a chip stands at the same place in each."""
    found: dict[str, list[Fraction]] = {}
    for panel in panels:
        for line in panel.field.lines:
            found.setdefault(line.fact, []).append(line.at)
        for mark in panel.marks:
            found.setdefault(PERFORMANCE, []).extend(_ends(mark.spot.up))
            found.setdefault(panel.field.across, []).extend(_ends(mark.spot.across))
    lowest = min(line.at for panel in panels for line in panel.field.lines if line.fact == PERFORMANCE)
    up = axis([at for at in found.pop(PERFORMANCE) if at >= lowest / _BENEATH], BOTTOM, TOP, _MUCH_ROOM)
    return {PERFORMANCE: up} | {fact: axis(numbers, LEFT, RIGHT, _ROOM) for fact, numbers in found.items()}


def panel_of(panel: Panel, sheet: Sheet) -> Markup:
    """The whole panel."""
    return join(_Drawn(panel, sheet).parts())


class _Drawn:
    """Draws one panel and remembers what its labels must keep off."""

    def __init__(self, panel: Panel, sheet: Sheet) -> None:
        self.panel, self.sheet, self.field = panel, sheet, panel.field
        self.up, self.across = sheet.axes[PERFORMANCE], sheet.axes[panel.field.across]
        self.in_field = [mark for mark in panel.marks if _placeable(mark.spot.across)]
        self.in_strip = [mark for mark in panel.marks if not _placeable(mark.spot.across)]
        self.at = self._places()
        self.texts: list[Edges] = []
        self.thin: list[Edges] = []

    def parts(self) -> Iterator[Markup]:
        """Ground first, chips last."""
        yield tag("text", days_in_words(self.panel.days), class_="date", x="0", y="20")
        yield tag("text", self._said(), class_="soft", x="0", y="40")
        yield _rect("ground", STRIP, TOP, LEFT - 12, BOTTOM)
        yield _rect("ground", LEFT, TOP, RIGHT, BOTTOM)
        areas = _joined(self.field.areas)
        yield from (self._shade(area) for area in areas)
        yield from self._grid()
        yield from self._edges()
        yield _rect("frame", STRIP, TOP, LEFT - 12, BOTTOM)
        yield _rect("frame", LEFT, TOP, RIGHT, BOTTOM)
        yield from self._named(areas)
        yield from self._lines()
        yield from (self._bars(mark) for mark in self.panel.marks)
        yield from self._labels()
        yield from self._strip()
        yield from self._marks()
        yield from self._foot()

    def _places(self) -> dict[Mark, tuple[float, float]]:
        """Where each mark stands; of two statuses on one spot the second stands beside the first."""
        taken: dict[Mark, tuple[float, float]] = {}
        for mark in self.panel.marks:
            spot, y = mark.spot.across, self.up(_at(mark.spot.up, self.up))
            x = self.across(_at(spot, self.across)) if _placeable(spot) else STRIP + 12
            while any(_covers(x, y, at) and _status(other) != _status(mark) for other, at in taken.items()):
                x += 2 * SIZE + 1
            taken[mark] = (x, y)
        return taken

    def _said(self) -> str:
        cited = " and ".join(self.field.codes)
        if self.panel.coming:
            return f"Dashed: the lines of {cited} as they bind from {day_in_words(self.field.since)}; none binds yet"
        return f"The lines of {cited}"

    def _grid(self) -> Iterator[Markup]:
        for tick in self.up.ticks():
            y = self.up(tick)
            yield _line("grid", LEFT, y, RIGHT, y)
            yield tag("text", number(tick), class_="tick", x=f"{STRIP - 6:g}", y=f"{y + 4:g}", text_anchor="end")
        for tick in self.across.ticks():
            x = self.across(tick)
            yield _line("grid", x, TOP, x, BOTTOM)
            yield tag("text", number(tick), class_="tick", x=f"{x:g}", y=f"{BOTTOM + 16:g}", text_anchor="middle")
        name, middle_of = _NAMES.get(self.field.across, self.field.across), (LEFT + RIGHT) / 2
        yield tag("text", name, class_="axis-name", x=f"{middle_of:g}", y=f"{BOTTOM + 34:g}", text_anchor="middle")
        turned = f"translate(14 {(TOP + BOTTOM) / 2:g}) rotate(-90)"
        yield tag("text", _NAMES[PERFORMANCE], class_="axis-name", text_anchor="middle", transform=turned)

    def _box(self, area: Area) -> Edges:
        """Left, top, right and bottom of an area."""
        (west, east), (south, north) = area.across, area.up
        left, bottom = self.across(west) if west else LEFT, self.up(south) if south else BOTTOM
        return left, self.up(north) if north else TOP, self.across(east) if east else RIGHT, bottom

    def _shade(self, area: Area) -> Markup:
        if not area.code:
            return Markup("")
        kind = f"area-{self.sheet.codes.index(area.code)}" + ("" if area.other else " part")
        return _rect(kind, *self._box(area))

    def _edges(self) -> Iterator[Markup]:
        """Lines between areas that differ: solid where the entry does, dashed where only the kind of chip counts."""
        for first in self.field.areas:
            for second in self.field.areas:
                edge = self._between(first, second)
                if edge is None or (first.code, first.other) == (second.code, second.other):
                    continue
                name = "edge" if first.code != second.code else "fold"
                yield _line(name + (" coming" if self.panel.coming else ""), *edge)
                left, top, right, bottom = edge
                self.thin.append((left - 1, top - 1, right + 1, bottom + 1))

    def _between(self, first: Area, second: Area) -> Edges | None:
        """The edge between an area and its neighbour to the right or above."""
        left, top, right, bottom = self._box(first)
        if first.up == second.up and first.across[1] == second.across[0]:
            return right, top, right, bottom
        if first.across == second.across and first.up[1] == second.up[0]:
            return left, top, right, top
        return None

    def _named(self, areas: list[Area]) -> Iterator[Markup]:
        """The entry of each kind of area, once, in the largest that it has, in the corner with the fewest chips."""
        for kind in dict.fromkeys((area.code, area.other) for area in areas if area.code):
            boxes = [self._box(area) for area in areas if (area.code, area.other) == kind]
            said = kind[0] + ("" if kind[1] else ", datacentre chips only")
            said += " (not yet)" if self.panel.coming else ""
            box = self._corner(max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1])), len(said) * 8.2)
            self.texts.append(box)
            yield tag("text", said, class_="area", x=f"{box[0] + 2:g}", y=f"{box[3] - 4:g}")

    def _corner(self, box: Edges, wide: float) -> Edges:
        left, top, right, bottom = box
        corners = [
            (x, y, x + wide, y + 17) for y in (top + 3, bottom - 20) for x in (right - wide - 6, left + 5)
        ]  # fmt: skip
        points = list(self.at.values())
        return min(corners, key=lambda one: sum(_near(one, x, y) for x, y in points))

    def _lines(self) -> Iterator[Markup]:
        """The numbers of the law at the ends of its lines."""
        for line in self.field.lines:
            cites, up = tag("title", "; ".join(line.cites)), line.fact == PERFORMANCE
            x, y = (RIGHT + 6, self.up(line.at) + 4) if up else (self.across(line.at), TOP - 6)
            anchor = "start" if up else "middle"
            yield tag("text", cites, number(line.at), class_="at", x=f"{x:g}", y=f"{y:g}", text_anchor=anchor)

    def _bars(self, mark: Mark) -> Markup:
        """The ranges of a chip, where they are wider than its mark."""
        (x, y), name = self.at[mark], colour(mark.kind, self._place(mark))
        parts = []
        for ends, along, upright in ((mark.spot.up, self.up, True), (mark.spot.across, self.across, False)):
            if not _placeable(ends) or not _wide(ends):
                continue
            first = along(ends[0]) if ends[0] else along.start
            last = along(ends[1]) if ends[1] else along.end
            if upright:
                parts.append(bar((x, first), (x, last), name, ends[1] is None))
                self.thin.append((x - 1, min(first, last), x + 1, max(first, last)))
            else:
                parts.append(bar((first, y), (last, y), name, ends[1] is None))
                self.thin.append((min(first, last), y - 1, max(first, last), y + 1))
        return join(parts)

    def _place(self, mark: Mark) -> int:
        return self.sheet.codes.index(mark.code) if mark.code in self.sheet.codes else 0

    def _marks(self) -> Iterator[Markup]:
        for mark in self.panel.marks:
            said = f"{mark.text}: {status_words(mark.kind, mark.code)}; TPP {range_in_words(mark.spot.up)}"
            said += f"; {_SHORT.get(self.field.across, 'other')} {range_in_words(mark.spot.across)}"
            yield shape(*self.at[mark], mark.kind, self._place(mark), said)

    def _labels(self) -> Iterator[Markup]:
        wanted = [Wanted(wrapped(self._names(mark), _WRAP), *self.at[mark]) for mark in self.in_field]
        marks = [(want.x - SIZE - 1, want.y - SIZE - 1, want.x + SIZE + 1, want.y + SIZE + 1) for want in wanted]
        frame = (LEFT + 3, TOP + 3, RIGHT - 3, BOTTOM - 3)
        placed = place(wanted, frame, _boxes([*marks, *self.texts]), _boxes(self.thin))
        for want, label in zip(wanted, placed, strict=True):
            yield _label(want, label)

    def _names(self, mark: Mark) -> tuple[str, ...]:
        """The labels of a mark; with an arrow where its performance lies beneath the scale."""
        high = mark.spot.up[1]
        if high is None or float(high) >= self.up.low:
            return mark.labels
        return tuple(label + _LOWER for label in mark.labels)

    def _strip(self) -> Iterator[Markup]:
        """Chips without a second number, one label beneath the other."""
        said = f"{_SHORT.get(self.field.across, 'second number')} not known"
        yield tag(
            "text", said, class_="area", x=f"{(STRIP + LEFT - 12) / 2:g}", y=f"{TOP + 16:g}", text_anchor="middle"
        )
        heights = [self.at[mark][1] for mark in self.in_strip]
        rows = spread(heights, LINE - 1, TOP + 30, BOTTOM - 8)
        for mark, y, row in zip(self.in_strip, heights, rows, strict=True):
            x = STRIP + 34
            yield tag("path", class_="leader", d=f"M{STRIP + 18:g},{y:g}L{x - 3:g},{row:g}")
            yield tag("text", ", ".join(self._names(mark)), x=f"{x:g}", y=f"{row + 4:g}")

    def _foot(self) -> Iterator[Markup]:
        lower = any(self._names(mark) != mark.labels for mark in self.panel.marks)
        said = f"{_LOWER.strip()} lies lower, beneath the scale. " if lower else ""
        if self.panel.not_drawn:
            said += "Not drawn, their performance is not known: " + ", ".join(self.panel.not_drawn)
        if said:
            yield tag("text", said, class_="soft", x="0", y=f"{BOTTOM + 58:g}")


def _label(want: Wanted, label: Placed) -> Markup:
    left, top, right, _ = label.box
    beside = want.x > (left + right) / 2
    x, anchor = (right - 2, "end") if beside else (left + 2, "start")
    rows = [
        tag("text", said, class_="chip", x=f"{x:g}", y=f"{top + 11 + row * LINE:g}", text_anchor=anchor)
        for row, said in enumerate(label.lines)
    ]
    if label.leader is None:
        return join(rows)
    end = f"{label.leader[0]:.1f},{label.leader[1]:.1f}"
    return join([tag("path", class_="leader", d=f"M{want.x:g},{want.y:g}L{end}"), *rows])


def _joined(areas: Sequence[Area]) -> list[Area]:
    """Areas beside each other that come to the same, as one."""
    made: list[Area] = []
    for area in areas:
        last = made[-1] if made else None
        if last and last.up == area.up and (last.code, last.other) == (area.code, area.other):
            made[-1] = Area((last.across[0], area.across[1]), area.up, area.code, area.other)
        else:
            made.append(area)
    return made


def _ends(value: Exact) -> list[Fraction]:
    return [end for end in value if end]


def _placeable(value: Exact) -> bool:
    """Whether a number can be drawn: a range that is bounded on one side at least."""
    return drawable(value) or bool(value[1])


def _wide(value: Exact) -> bool:
    low, high = value
    return not low or high is None or float(high) / float(low) > _CLOSE


def _at(value: Exact, along: Axis) -> float:
    """Where a mark stands on an axis."""
    low, high = value
    return middle(low or Fraction(along.low), high)


def _boxes(boxes: Sequence[Edges]) -> Boxes:
    made: Boxes = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    return made


def _status(mark: Mark) -> tuple[str, str]:
    return mark.kind, mark.code


def _covers(x: float, y: float, other: tuple[float, float]) -> bool:
    return abs(x - other[0]) < SIZE and abs(y - other[1]) < SIZE


def _near(box: Edges, x: float, y: float) -> bool:
    left, top, right, bottom = box
    return left - SIZE <= x <= right + SIZE and top - SIZE <= y <= bottom + SIZE


def _rect(name: str, left: float, top: float, right: float, bottom: float) -> Markup:
    width, height = f"{right - left:g}", f"{bottom - top:g}"
    return tag("rect", class_=name, x=f"{left:g}", y=f"{top:g}", width=width, height=height)


def _line(name: str, left: float, top: float, right: float, bottom: float) -> Markup:
    return tag("line", class_=name, x1=f"{left:g}", y1=f"{top:g}", x2=f"{right:g}", y2=f"{bottom:g}")
