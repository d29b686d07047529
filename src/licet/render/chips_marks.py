"""Marks of the picture of chips: a shape for each status, bars for ranges, and the legend that explains them.

Shapes differ besides colours, and what the law does not describe is hollow, so the picture can be read without colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files

from licet.render.chips_panels import Panel
from licet.render.chips_words import KINDS, LATER
from licet.render.markup import Markup, join, tag
from licet.services.chips import DESCRIBED, FREE, LICENCE, OPEN

SIZE, CAP = 5.0, 3.5
_TRIANGLE, _DIAMOND = ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)), ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0))
_BOX, _PENTAGON = (
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0, -1.2), (1.15, -0.35), (0.7, 1), (-0.7, 1), (-1.15, -0.35)),
)
_ENTRIES = ((), _TRIANGLE, _PENTAGON)  # by the place of the entry in the law; no corners are a circle
_OTHERS = {LICENCE: _DIAMOND, OPEN: _BOX, FREE: ()}
_SAID = {
    LICENCE: f"{KINDS[LICENCE]} (such as by a letter to its maker)",
    OPEN: "open: what is known does not settle it",
    FREE: KINDS[FREE],
}
_NARROW, _BETWEEN = 6.9, 26.0


def style() -> Markup:
    """The rules of style of the picture."""
    return Markup((files("licet.render") / "chips.css").read_text(encoding="utf-8"))


def shown_codes(panels: Iterable[Panel]) -> tuple[str, ...]:
    """The codes of all entries that the panels draw, in the order of the law."""
    return tuple(dict.fromkeys(code for panel in panels for code in panel.field.codes))


def shape(x: float, y: float, kind: str, place: int, said: str = "") -> Markup:
    """The mark of a status; `place` is that of the entry among those shown."""
    corners = _ENTRIES[min(place, len(_ENTRIES) - 1)] if kind == DESCRIBED else _OTHERS[kind]
    title = (tag("title", said),) if said else ()
    name = f"mark {colour(kind, place)}"
    if not corners:
        return tag("circle", *title, class_=name, cx=f"{x:g}", cy=f"{y:g}", r=f"{SIZE:g}")
    points = " ".join(f"{x + across * SIZE:.1f},{y + down * SIZE:.1f}" for across, down in corners)
    return tag("polygon", *title, class_=name, points=points)


def colour(kind: str, place: int) -> str:
    """The class that colours a status."""
    return f"{kind}-{min(place, len(_ENTRIES) - 1)}" if kind == DESCRIBED else kind


def bar(first: tuple[float, float], last: tuple[float, float], name: str, open_end: bool) -> Markup:
    """A range from one place to another on an axis, with caps; an arrow where it has no end."""
    (x, y), (to_x, to_y) = first, last
    upright = x == to_x
    parts = [f"M{x:g},{y:g}L{to_x:g},{to_y:g}", _cap(x, y, upright)]
    parts.append(_arrow(to_x, to_y, upright) if open_end else _cap(to_x, to_y, upright))
    return tag("path", class_=f"bar {name}", d="".join(parts))


def _cap(x: float, y: float, upright: bool) -> str:
    across, up = (CAP, 0.0) if upright else (0.0, CAP)
    return f"M{x - across:g},{y - up:g}L{x + across:g},{y + up:g}"


def _arrow(x: float, y: float, upright: bool) -> str:
    if upright:
        return f"M{x - CAP:g},{y + 6:g}L{x:g},{y:g}L{x + CAP:g},{y + 6:g}"
    return f"M{x - 6:g},{y - CAP:g}L{x:g},{y:g}L{x - 6:g},{y + CAP:g}"


def legend(panels: tuple[Panel, ...], width: float) -> tuple[Markup, float]:
    """What the marks mean, only those shown, in as many rows as the width needs; and the height of it."""
    parts, x, y = [], 0.0, 0.0
    for sign, said in _explained(panels):
        wide = 18 + len(said) * _NARROW + _BETWEEN
        if x and x + wide - _BETWEEN > width:
            x, y = 0.0, y + 20
        parts.append(
            tag("g", sign, tag("text", said, class_="said", x="14", y="4"), transform=f"translate({x:g} {y:g})")
        )
        x += wide
    return join(parts), y + 20


def _explained(panels: tuple[Panel, ...]) -> Iterator[tuple[Markup, str]]:
    marks = [mark for panel in panels for mark in panel.marks]
    for place, code in enumerate(shown_codes(panels)):
        if any(mark.kind == DESCRIBED and mark.code == code for mark in marks):
            yield shape(3, 0, DESCRIBED, place), f"described by {code}"
    for kind, said in _SAID.items():
        if any(mark.kind == kind for mark in marks):
            yield shape(3, 0, kind, 0), said
    if any(area.code and not area.other for panel in panels for area in panel.field.areas):
        sign = tag("rect", class_="area-0 part", x="-4", y="-7", width="14", height="14")
        yield sign, "lighter shade: only chips designed or marketed for datacentres"
    yield bar((-3, 0), (9, 0), FREE, False), "range: sources differ or leave it open (arrow: no upper end known)"
    yield tag("text", LATER, class_="said", x="1", y="5"), "announced only after the first day of the panel"
