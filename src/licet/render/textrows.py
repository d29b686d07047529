"""Rows of the text answer: a short lead, and a body that wraps beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from licet.render.page import Place, Point, Step
from licet.render.words import Words

TONES = {"clear": "bold green", "caution": "bold yellow", "stop": "bold red", "open": "bold magenta"}
MARKS = {"yes": ("✓", "green"), "no": ("✗", "red"), "unknown": ("?", "magenta")}
ASCII_MARKS = {"yes": "[y]", "no": "[n]", "unknown": "[?]"}
NOTES, OPEN_NOTES, SHORT_CITE, DEEPEST = 8, 3, 24, 20


def block(title: str, rows: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """A heading with its rows; nothing where there are none."""
    listed = list(rows)
    if listed:
        yield Text("")
        yield Text(title, style="bold underline")
        yield from (Padding(row, (0, 0, 0, 2)) for row in listed)


def row(lead: str | Text, body: Text, least: int = 2) -> RenderableType:
    """A short lead of at least some columns, and a body that wraps beside it."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(min_width=least, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(lead, style="bold") if isinstance(lead, str) else lead, body)
    return grid


def aside(lead: str, said: str) -> RenderableType:
    """A remark in the second place."""
    return row(lead, Text(said, style="dim italic"))


def point(lead: str, point: Point, words: Words) -> RenderableType:
    """A provision: what it says, its citation and id in the second place, reasons beneath."""
    first = f"{point.lead}: " if point.lead and point.id else ""
    body = Text.assemble((first, "bold"), point.text, f" – {point.about}" if point.about else "")
    if point.cite:
        body.append(f"\n{point.cite}" + (f" · {point.id}" if point.id else ""), style="dim")
    notes = _notes(point, words)
    if notes:
        body.append(f"\n{notes}")
    for line in point.lines:
        body.append(f"\n{line}")
    return row(lead, body)


def _notes(point: Point, words: Words) -> str:
    """The reasons in one sentence, each once; long citations are left to the other formats."""
    limit = NOTES if point.mark == "yes" else OPEN_NOTES
    cites = {note.text: note.cite for note in reversed(point.notes)}
    said = [text + (f" [{cite}]" if 0 < len(cite) <= SHORT_CITE else "") for text, cite in reversed(cites.items())]
    more = [words("open.more", count=len(said) - limit)] if len(said) > limit else []
    return "; ".join([*said[:limit], *more])


def step(found: Step, depth: int, ascii_only: bool) -> Iterator[RenderableType]:
    """A step of the proof and what it rests on, further in."""
    mark, style = MARKS[found.mark]
    cite, rule = (f" [{found.cite}]" if found.cite else ""), (f" {found.id}" if found.id else "")
    body = Text.assemble(found.text, (cite, "dim"), (rule, "dim"))
    lead = Text(ASCII_MARKS[found.mark] if ascii_only else mark, style=style)
    yield Padding(row(lead, body, 1), (0, 0, 0, 2 * min(depth, DEEPEST)))
    for part in found.parts:
        yield from step(part, depth + 1, ascii_only)


def tag(place: Place) -> str:
    """The jurisdiction in front of a point; joint guidance has none."""
    return place.id.upper() if len(place.id) == len("US") else ""
