"""Recall against alerts, drawn as SVG: each engine a line over all its thresholds, a dot at its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import log10

from benchmarks.names import measure
from benchmarks.names.measure import Run

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 780, 470, 64, 56, 36, 270
COLOURS = ("#0b6e4f", "#c8553d", "#2d5d9f", "#8a6d1d", "#6b4c9a")
LEVELS = tuple(level / 100 for level in range(50, 100))
LEAST_ALERTS, MOST_ALERTS, LEAST_RECALL = 1.0, 1000.0, 0.5


def _x(alerts: float) -> float:
    share = log10(min(max(alerts, LEAST_ALERTS), MOST_ALERTS) / LEAST_ALERTS) / log10(MOST_ALERTS / LEAST_ALERTS)
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(recall: float) -> float:
    share = (max(recall, LEAST_RECALL) - LEAST_RECALL) / (1 - LEAST_RECALL)
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)


def _text(x: float, y: float, text: str, anchor: str = "middle", colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'


def _axes() -> Iterator[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for alerts in (1, 10, 20, 100, 1000):
        x = _x(alerts)
        yield f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{bottom}" stroke="#ddd"/>'
        yield _text(x, bottom + 18, f"{alerts:,}" if alerts > 1 else "1 or none")
    for tenth in range(5, 11):
        y = _y(tenth / 10)
        yield f'<line x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#ddd"/>'
        yield _text(LEFT - 8, y + 4, f"{tenth / 10:.1f}", "end")
    yield _text((LEFT + right) / 2, HEIGHT - 12, "alerts in 1,000 clean names (logarithmic)")
    yield _text(LEFT - 48, TOP - 16, "recall", "start")


def _line(run: Run, colour: str, row: int) -> Iterator[str]:
    found = [(measure.alerts(run.silence, at), measure.recall(run.asked, at)) for at in LEVELS]
    path = " ".join(f"{_x(alerts):.1f},{_y(recall):.1f}" for alerts, recall in found if recall >= LEAST_RECALL)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    x, y = _x(measure.alerts(run.silence, run.threshold)), _y(measure.recall(run.asked, run.threshold))
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'
    place = TOP + 20 + 22 * row
    yield f'<circle cx="{WIDTH - RIGHT + 18}" cy="{place - 4}" r="5" fill="{colour}"/>'
    yield _text(WIDTH - RIGHT + 30, place, f"{run.engine}, at {run.threshold:.2f}", "start")


def draw(runs: Sequence[Run]) -> str:
    """The picture."""
    font = 'font-family="sans-serif" font-size="12"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {font}>'
    parts = [head, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>', *_axes()]
    for row, run in enumerate(runs):
        parts += _line(run, COLOURS[row % len(COLOURS)], row)
    return "\n".join([*parts, "</svg>", ""])
