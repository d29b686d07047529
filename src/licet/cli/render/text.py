"""The answer for a terminal: the outcome first, then why, ways out and what is open, on one page.

Width is that of the terminal, at most 100 columns; colours only on a terminal; signs of ASCII where it knows no others.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from licet.cli.render.clean import to_ascii
from licet.cli.render.page import Page, Place, Point, Section, Step
from licet.cli.render.words import Words

WIDEST, NARROWEST = 100, 40
TONES = {"clear": "bold green", "caution": "bold yellow", "stop": "bold red", "open": "bold magenta"}
MARKS = {"yes": ("✓", "green"), "no": ("✗", "red"), "unknown": ("?", "magenta")}
ASCII_MARKS = {"yes": "[y]", "no": "[n]", "unknown": "[?]"}
POSSIBLE, NOTES, OPEN_NOTES, QUESTIONS, WAYS, GAPS, SHORT_CITE = 2, 8, 3, 5, 3, 5, 24


def text(pages: list[Page], to_file: bool) -> str:
    """All pages as text, for the terminal or for a file."""
    terminal = sys.stdout.isatty() and not to_file
    columns = shutil.get_terminal_size((WIDEST, 24)).columns
    width = max(NARROWEST, min(WIDEST, columns - 1 if terminal else columns))
    plain = not terminal or "NO_COLOR" in os.environ
    console = Console(file=sys.stdout, width=width, force_terminal=terminal, no_color=plain, highlight=False, markup=False, emoji=False, legacy_windows=False)
    ascii_only = not to_file and not _shows_signs()
    with console.capture() as capture:
        for number, page in enumerate(pages):
            if number:
                console.print(Text("─" * width, style="dim"))
            for part in TextPage(page, ascii_only).parts():
                console.print(part)
    shown = "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n" if pages else ""
    return to_ascii(shown) if ascii_only else shown


def _shows_signs() -> bool:
    try:
        "✓✗≥─".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


class TextPage:
    """Lays one page out."""

    def __init__(self, page: Page, ascii_only: bool) -> None:
        self.page, self.ascii_only = page, ascii_only
        self.words = Words(page.language)

    def parts(self) -> Iterator[RenderableType]:
        """Everything in order; what is empty is left out."""
        yield self.headline()
        if any(place.has_say for place in self.page.places):
            yield self.jurisdictions()
        yield from self.named("entries", self.listed())
        yield from self.reasons()
        yield from self.across("lifts", WAYS)
        yield from self.across("review", WAYS)
        yield from self.across("duties")
        yield from self.questions()
        yield from self.margins()
        yield from self.across("flags")
        yield from self.across("exposures")
        yield from self.block(self.page.conflicts.title, [self.point("", point) for point in self.page.conflicts.points])
        yield from self.coverage()
        yield from self.block(self.words("head.law"), [Text(line, style="dim") for line in self.page.law])
        yield from self.proof()

    # --- the head -----------------------------------------------------------------------------

    def headline(self) -> RenderableType:
        """The case, the day, the outcome."""
        page = self.page
        grid = Table.grid(expand=True, padding=(0, 2))
        grid.add_column(ratio=1)
        grid.add_column(justify="right", no_wrap=True)
        grid.add_row(Text(page.title, style="bold"), Text(self.words("day", date=page.day)))
        outcome = Text.assemble((page.outcome[:1].upper() + page.outcome[1:], TONES[page.tone]), "  ", (page.summary, "default"))
        return Group(grid, outcome, Text(""))

    def jurisdictions(self) -> RenderableType:
        """One line for each jurisdiction that has a say."""
        grid = Table.grid(padding=(0, 3, 0, 0))
        for place in self.page.places:
            if place.has_say:
                grid.add_row(Text(place.name), Text(place.outcome, style=TONES[place.tone]), Text(place.still, style="dim"))
        return Padding(grid, (0, 0, 0, 2))

    # --- sections -----------------------------------------------------------------------------

    def block(self, title: str, rows: Iterable[RenderableType]) -> Iterator[RenderableType]:
        """A heading with its rows."""
        listed = list(rows)
        if listed:
            yield Text("")
            yield Text(title, style="bold underline")
            yield from (Padding(row, (0, 0, 0, 2)) for row in listed)

    def named(self, key: str, rows: Iterable[RenderableType]) -> Iterator[RenderableType]:
        """A block under the heading of this key."""
        yield from self.block(self.words(f"head.{key}"), rows)

    def sections(self, key: str) -> Iterator[tuple[Place, Section]]:
        """The sections of this key of all jurisdictions."""
        for place in self.page.places:
            if key in place.sections:
                yield place, place.sections[key]

    def across(self, key: str, limit: int = 99) -> Iterator[RenderableType]:
        """A section over all jurisdictions, each point with the jurisdiction in front."""
        rows: list[RenderableType] = []
        for place, section in self.sections(key):
            rows.extend(self.point(_tag(place), point) for point in section.points[:limit])
            if len(section.points) > limit:
                rows.append(self.aside(_tag(place), self.words("open.more", count=len(section.points) - limit)))
            if section.more:
                rows.append(self.aside(_tag(place), section.more))
        yield from self.named(key, rows)

    def listed(self) -> Iterator[RenderableType]:
        """Entries that describe the item, one line each."""
        for place, section in self.sections("entries"):
            for point in section.points:
                line = Text.assemble((point.lead, "bold"), f" {point.text}", (f" ({point.about})" if point.about else "", "dim"))
                yield self.row(_tag(place), line)

    def reasons(self) -> Iterator[RenderableType]:
        """What decides; where nothing does yet, what may."""
        rows: list[RenderableType] = []
        for place, section in self.sections("why"):
            rows.extend(self.point(_tag(place), point) for point in section.points)
        settled = [place for place, _ in self.sections("why")]
        for place, section in self.sections("possible"):
            if place not in settled:
                rows.extend(self.point(_tag(place), point) for point in section.points[:POSSIBLE])
                hidden = len(section.points) - POSSIBLE
                if hidden > 0:
                    rows.append(self.aside(_tag(place), self.words("possible.more", count=hidden, worst=place.worst)))
            elif section.points:
                rows.append(self.aside(_tag(place), self.words("possible.count", count=len(section.points), worst=place.worst)))
        yield from self.named("why", rows or [Text(self.words("why.none"))])

    def questions(self) -> Iterator[RenderableType]:
        """The open facts that settle most."""
        section = self.page.questions
        rows: list[RenderableType] = []
        for number, point in enumerate(section.points[:QUESTIONS], 1):
            about = f" – {point.about}" if point.about else ""
            body = Text.assemble(point.text, (about, "default"), (f"  {point.id}", "dim"))
            for line in point.lines:
                body.append(f"\n{self.words('open.for', text=line)}" + (f" · {point.lead}" if point.lead else ""), style="dim")
            rows.append(self.row(f"{number}.", body))
        if len(section.points) > QUESTIONS:
            rows.append(self.aside("", self.words("open.more", count=len(section.points) - QUESTIONS)))
        if not rows and self.page.nothing_open == self.words("open.law"):
            rows.append(Text(self.page.nothing_open))
        if self.page.counted:
            rows.append(self.aside("", self.page.counted))
        yield from self.named("open", rows)

    def margins(self) -> Iterator[RenderableType]:
        """The decisive numbers beside their lines."""
        rows = []
        for figure in self.page.figures:
            about = f" ({figure.about})" if figure.about else ""
            for line in figure.lines:
                if line.decisive:
                    said = self.words("margin.line", value=figure.value, line=line.value, distance=line.distance)
                    rows.append(Text.assemble(f"{figure.label}{about}: {said}", (f"  {line.cite}", "dim")))
        yield from self.named("margins", rows)

    def coverage(self) -> Iterator[RenderableType]:
        """What has a say and is not encoded."""
        points = self.page.coverage.points
        rows: list[RenderableType] = [self.row("-", Text(point.text)) for point in points[:GAPS]]
        if len(points) > GAPS:
            rows.append(self.aside("", self.words("open.more", count=len(points) - GAPS)))
        yield from self.named("coverage", rows)

    # --- rows ---------------------------------------------------------------------------------

    def row(self, lead: str, body: Text) -> RenderableType:
        """A short lead, and a body that wraps beside it."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(min_width=2, no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(lead, style="bold"), body)
        return grid

    def aside(self, tag: str, said: str) -> RenderableType:
        """A remark in the second place."""
        return self.row(tag, Text(said, style="dim italic"))

    def point(self, tag: str, point: Point) -> RenderableType:
        """A provision: what it says, its citation and id in the second place, reasons beneath."""
        lead = f"{point.lead}: " if point.lead and point.id else ""
        body = Text.assemble((lead, "bold"), point.text, (f" – {point.about}" if point.about else "", "default"))
        body.append(f"\n{point.cite}" + (f" · {point.id}" if point.id else ""), style="dim")
        limit = NOTES if point.mark == "yes" else OPEN_NOTES
        cites = {note.text: note.cite for note in reversed(point.notes)}
        notes = [said + (f" [{cite}]" if 0 < len(cite) <= SHORT_CITE else "") for said, cite in reversed(cites.items())]
        if notes:
            more = [self.words("open.more", count=len(notes) - limit)] if len(notes) > limit else []
            body.append("\n" + "; ".join([*notes[:limit], *more]))
        for line in point.lines:
            body.append(f"\n{line}")
        return self.row(tag, body)

    # --- the proof ----------------------------------------------------------------------------

    def proof(self) -> Iterator[RenderableType]:
        """The whole tree, a mark for every step."""
        if self.page.proof:
            yield Text("")
            yield Text(self.words("head.proof"), style="bold underline")
            yield Text(self.words("proof.title"), style="dim")
            for step in self.page.proof:
                yield from self.step(step, 1)

    def step(self, step: Step, depth: int) -> Iterator[RenderableType]:
        """A step and what it rests on, further in."""
        mark, style = MARKS[step.mark]
        body = Text.assemble(step.text, (f" [{step.cite}]" if step.cite else "", "dim"), (f" {step.id}" if step.id else "", "dim"))
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(ASCII_MARKS[step.mark] if self.ascii_only else mark, style=style), body)
        yield Padding(grid, (0, 0, 0, 2 * min(depth, 20)))
        for part in step.parts:
            yield from self.step(part, depth + 1)


def _tag(place: Place) -> str:
    """The jurisdiction in front of a point; joint guidance has none."""
    return place.id.upper() if len(place.id) == len("US") else ""
