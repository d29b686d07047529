"""The answer as Markdown, for a ticket: headings, lists, one table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from licet.render.page import Page, Place, Point, Section, Step
from licet.render.words import Words

ORDER = ("entries", "why", "lifts", "bars", "review", "duties", "flags", "exposures")
SIGNS = {"yes": "✓", "no": "✗", "unknown": "?"}
QUESTIONS, POSSIBLE = 12, 5
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def markdown(page: Page) -> str:
    """One page."""
    blocks = "\n\n".join(block for block in MarkdownPage(page).blocks() if block)
    return blocks + "\n"


def plain(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return _SPECIAL.sub(r"\\\1", text)


class MarkdownPage:
    """Lays one page out."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.words = Words(page.language)

    def blocks(self) -> Iterator[str]:
        """Everything in order; what is empty is left out."""
        page = self.page
        yield f"# {plain(page.title)}"
        outcome = plain(page.outcome[:1].upper() + page.outcome[1:])
        yield f"**{outcome}** – {self.words('day', date=page.day)}. {plain(page.summary)}"
        yield self.jurisdictions()
        for place in page.places:
            yield from self.place(place)
        yield self.listing("conflicts", [self.point(point) for point in page.conflicts.points])
        yield self.parties()
        yield self.questions()
        yield self.figures()
        yield self.listing("coverage", [f"- {plain(point.text)}" for point in page.coverage.points])
        yield self.listing("law", [f"- {plain(line)}" for line in page.law])
        yield self.listing("proof", [line for step in page.proof for line in self.step(step, 0)])

    def listing(self, key: str, lines: list[str], level: int = 2) -> str:
        """Lines under a heading."""
        return "\n".join([f"{'#' * level} {self.words(f'head.{key}')}", "", *lines]) if lines else ""

    def jurisdictions(self) -> str:
        """One row for each jurisdiction that has a say."""
        heads = [self.words(f"head.{key}") for key in ("jurisdiction", "outcome", "still")]
        rows = [
            [plain(place.name), plain(place.outcome), plain(place.still)] for place in self.page.places if place.has_say
        ]
        return "\n".join(f"| {' | '.join(row)} |" for row in [heads, ["---"] * 3, *rows]) if rows else ""

    def place(self, place: Place) -> Iterator[str]:
        """A jurisdiction with its sections."""
        yield f"## {plain(place.name)}" + (f" – {plain(place.outcome)}" if place.has_say else "")
        if place.has_say and not place.sections.get("why") and not place.sections.get("may"):
            yield self.words("why.none")
        for key in ORDER:
            if place.sections.get(key):
                yield self.section(place.sections[key], len(place.sections[key].points))
        for key in ("may", "possible"):
            if place.sections.get(key):
                yield self.section(place.sections[key], POSSIBLE)

    def section(self, section: Section, limit: int) -> str:
        """Points under a heading."""
        lines = [self.point(point) for point in section.points[:limit]]
        hidden = len(section.points) - limit
        lines += [f"- {self.words('open.more', count=hidden)}"] if hidden > 0 else []
        lines += [f"- {section.more}"] if section.more else []
        return self.listing(section.key, lines, 3)

    def point(self, point: Point) -> str:
        """A provision with its citation and reasons."""
        lead = f"**{plain(point.lead)}**: " if point.lead else ""
        about = f" – {plain(point.about)}" if point.about else ""
        lines = [
            f"- {lead}{plain(point.text)}{about} ({plain(point.cite)}; `{point.id}`)"
            if point.cite
            else f"- {lead}{plain(point.text)}{about}"
        ]
        lines += [f"  - {plain(note.text)}" + (f" [{plain(note.cite)}]" if note.cite else "") for note in point.notes]
        lines += [f"  - {plain(line)}" for line in point.lines]
        return "\n".join(lines)

    def parties(self) -> str:
        """The parties with what the lists say of them."""
        lines = []
        for found in self.page.parties.points:
            lines.append(f"- {SIGNS[found.mark]} {plain(found.text)}: {plain(found.lead)}")
            lines += [f"  - {plain(line)}" for line in found.lines]
        return self.listing("parties", lines)

    def questions(self) -> str:
        """The open facts, the one that settles most first."""
        points = self.page.questions.points
        lines = []
        for number, point in enumerate(points[:QUESTIONS], 1):
            about = f" – {plain(point.about)}" if point.about else ""
            why = plain(self.words("open.for", text="; ".join(point.lines))) if point.lines else ""
            lines.append(f"{number}. {plain(point.text)}{about} (`{point.id}`) {why}".rstrip())
        if len(points) > QUESTIONS:
            lines.append(f"\n{self.words('open.more', count=len(points) - QUESTIONS)}")
        lines += [f"\n{self.page.counted}"] if self.page.counted else []
        return self.listing("open", lines)

    def figures(self) -> str:
        """The decisive numbers beside their lines."""
        lines = []
        for figure in self.page.figures:
            about = f" ({plain(figure.about)})" if figure.about else ""
            for line in figure.lines:
                if line.decisive:
                    said = self.words("margin.line", value=figure.value, line=line.value, distance=line.distance)
                    lines.append(f"- {plain(figure.label)}{about}: {plain(said)} ({plain(line.cite)})")
        return self.listing("margins", lines)

    def step(self, step: Step, depth: int) -> Iterator[str]:
        """A step of the proof and what it rests on, further in."""
        cite = f" [{plain(step.cite)}]" if step.cite else ""
        yield f"{'  ' * depth}- {SIGNS[step.mark]} {plain(step.text)}{cite}" + (f" `{step.id}`" if step.id else "")
        for part in step.parts:
            yield from self.step(part, depth + 1)
