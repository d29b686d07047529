"""A small picture of a number and the lines of the law beside it."""

from __future__ import annotations

import math

from licet.render.markup import Markup, join, tag
from licet.render.page import Figure, Line

WIDTH, HEIGHT, LEFT, RIGHT, AXIS = 640, 84, 16, 624, 44
LOG_FROM, MAX_OTHERS = 12.0, 3


def picture(figure: Figure, said: str) -> Markup:
    """The value as a dot or a bar on an axis, the decisive line drawn through, the nearest others dashed."""
    decisive = [line for line in figure.lines if line.decisive]
    others = sorted((line for line in figure.lines if not line.decisive), key=lambda line: abs(line.at - figure.low))[
        :MAX_OTHERS
    ]
    scale = _Scale(figure, [*decisive, *others])
    parts = [tag("title", said), *(_side(line, scale(line.at)) for line in decisive[:1]), _axis()]
    parts += [_line(line, scale(line.at), "other", "") for line in others]
    parts += [_line(line, scale(line.at), "line", f"{line.op} {line.value}") for line in decisive]
    parts.append(_value(figure, scale))
    return tag(
        "svg", *parts, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=said, xmlns="http://www.w3.org/2000/svg"
    )


class _Scale:
    """Numbers to places on the axis: in proportion, or by powers where the numbers lie far apart."""

    def __init__(self, figure: Figure, lines: list[Line]) -> None:
        numbers = [
            figure.low,
            figure.high if figure.high is not None else figure.low * 1.5,
            *(line.at for line in lines),
        ]
        positive = [number for number in numbers if number > 0]
        self.log = len(positive) == len(numbers) and max(positive) / min(positive) > LOG_FROM
        ends = [math.log10(number) for number in numbers] if self.log else [0.0, *numbers]
        margin = (max(ends) - min(ends) or 1.0) * 0.12
        self.first = min(ends) - (margin if self.log else 0.0)
        self.last = max(ends) + margin

    def __call__(self, number: float) -> float:
        place = math.log10(number) if self.log and number > 0 else number
        share = (place - self.first) / (self.last - self.first)
        return round(LEFT + max(0.0, min(1.0, share)) * (RIGHT - LEFT), 1)


def _axis() -> Markup:
    return tag("line", class_="axis", x1=str(LEFT), x2=str(RIGHT), y1=str(AXIS), y2=str(AXIS))


def _side(line: Line, x: float) -> Markup:
    """The side of the line that the law takes in."""
    left, right = (x, RIGHT) if line.op in (">", "≥") else (LEFT, x)
    width = round(max(0.0, right - left), 1)
    return tag("rect", class_="side", x=str(left), y=str(AXIS - 16), width=str(width), height="32")


def _line(line: Line, x: float, kind: str, label: str) -> Markup:
    mark = tag(
        "line",
        tag("title", f"{line.op} {line.value} · {line.cite}"),
        class_=kind,
        x1=str(x),
        x2=str(x),
        y1=str(AXIS - 16),
        y2=str(AXIS + 16),
    )
    return join([mark, _label(label, x, AXIS + 32)]) if label else mark


def _value(figure: Figure, scale: _Scale) -> Markup:
    first = scale(figure.low)
    last = scale(figure.high) if figure.high is not None else float(RIGHT)
    shape = tag("circle", class_="value", cx=str(first), cy=str(AXIS), r="6")
    if last > first:
        shape = tag(
            "rect",
            class_="value",
            x=str(first),
            y=str(AXIS - 5),
            width=str(round(last - first, 1)),
            height="10",
            rx="3",
        )
    return join([shape, _label(figure.value, (first + last) / 2, AXIS - 24)])


def _label(said: str, x: float, y: float) -> Markup:
    """Text centred on its place, but never beyond the edge."""
    anchor = "start" if x < LEFT + 60 else "end" if x > RIGHT - 60 else "middle"
    return tag("text", said, x=str(round(x, 1)), y=str(y), text_anchor=anchor)
