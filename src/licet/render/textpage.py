"""The parts of the text answer in their order, with what is only counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from licet.render.page import Page, Place, Section
from licet.render.textrows import ASCII_MARKS, MARKS, TONES, aside, block, point, row, step, tag
from licet.render.words import Words

MAY, QUESTIONS, WAYS, GAPS, ALL = 2, 5, 3, 5, 99


class TextPage:
    """Lays one page out."""

    def __init__(self, page: Page, ascii_only: bool) -> None:
        self.page, self.ascii_only = page, ascii_only
        self.words = Words(page.language)

    def parts(self) -> Iterator[RenderableType]:
        """Everything in order; what is empty is left out."""
        page = self.page
        yield self.headline()
        yield from self.jurisdictions()
        yield from self.named("entries", self.listed())
        yield from self.named("why", self.reasons())
        yield from self.named("conflicts", (point("", found, self.words) for found in page.conflicts.points))
        yield from self.named("parties", self.parties())
        yield from self.across("lifts", WAYS)
        yield from self.across("review", WAYS)
        yield from self.across("duties", ALL)
        yield from self.named("open", self.questions())
        yield from self.named("margins", self.margins())
        yield from self.across("flags", ALL)
        yield from self.across("exposures", ALL)
        yield from self.named("coverage", self.coverage())
        yield from self.named("law", (Text(line, style="dim") for line in page.law))
        yield from self.proof()

    def named(self, key: str, rows: Iterable[RenderableType]) -> Iterator[RenderableType]:
        """A block under the heading of this key."""
        yield from block(self.words(f"head.{key}"), rows)

    # --- the head -----------------------------------------------------------------------------

    def headline(self) -> RenderableType:
        """The case, the day, the outcome."""
        page = self.page
        grid = Table.grid(expand=True, padding=(0, 2))
        grid.add_column(ratio=1)
        grid.add_column(justify="right", no_wrap=True)
        grid.add_row(Text(page.title, style="bold"), Text(self.words("day", date=page.day)))
        outcome = (page.outcome[:1].upper() + page.outcome[1:], TONES[page.tone])
        return Group(grid, Text.assemble(outcome, "  ", page.summary))

    def jurisdictions(self) -> Iterator[RenderableType]:
        """One line for each jurisdiction that has a say."""
        grid = Table.grid(padding=(0, 3, 0, 0))
        for place in self.page.places:
            if place.has_say:
                outcome = Text(place.outcome, style=TONES[place.tone])
                grid.add_row(Text(place.name), outcome, Text(place.still, style="dim"))
        if grid.row_count:
            yield Padding(grid, (1, 0, 0, 2))

    # --- sections -----------------------------------------------------------------------------

    def sections(self, key: str) -> Iterator[tuple[Place, Section]]:
        """The sections of this key of all jurisdictions."""
        for place in self.page.places:
            if place.sections.get(key):
                yield place, place.sections[key]

    def across(self, key: str, limit: int) -> Iterator[RenderableType]:
        """A section over all jurisdictions, each point with the jurisdiction in front."""
        rows: list[RenderableType] = []
        for place, section in self.sections(key):
            rows.extend(point(tag(place), found, self.words) for found in section.points[:limit])
            if len(section.points) > limit:
                rows.append(aside(tag(place), self.words("open.more", count=len(section.points) - limit)))
            if section.more:
                rows.append(aside(tag(place), section.more))
        yield from self.named(key, rows)

    def listed(self) -> Iterator[RenderableType]:
        """Entries that describe the item, one line each."""
        for place, section in self.sections("entries"):
            for found in section.points:
                about = f" ({found.about})" if found.about else ""
                yield row(tag(place), Text.assemble((found.lead, "bold"), f" {found.text}", (about, "dim")))

    def reasons(self) -> list[RenderableType]:
        """What decides; where nothing does yet, what may."""
        rows: list[RenderableType] = []
        for place, section in self.sections("why"):
            rows.extend(point(tag(place), found, self.words) for found in section.points)
        for place, section in self.sections("may"):
            rows.extend(point(tag(place), found, self.words) for found in section.points[:MAY])
            hidden = len(section.points) - MAY
            if hidden > 0:
                rows.append(aside(tag(place), self.words("possible.more", count=hidden, worst=place.worst)))
        for place, section in self.sections("possible"):
            count = len(section.points)
            rows.append(aside(tag(place), self.words("possible.count", count=count, worst=place.worst)))
        return rows or [Text(self.words("why.none"))]

    def parties(self) -> Iterator[RenderableType]:
        """The parties with what the lists say of them."""
        for found in self.page.parties.points:
            body = Text.assemble((found.text, "bold"), f"  {found.lead}")
            for line in found.lines:
                body.append(f"\n{line}", style="dim")
            yield row(Text(*(ASCII_MARKS[found.mark], "") if self.ascii_only else MARKS[found.mark]), body)

    def questions(self) -> Iterator[RenderableType]:
        """The open facts that settle most."""
        points = self.page.questions.points
        for number, found in enumerate(points[:QUESTIONS], 1):
            about = f" – {found.about}" if found.about else ""
            body = Text.assemble(found.text, about, (f"  {found.id}", "dim"))
            for line in found.lines:
                who = f" · {found.lead}" if found.lead else ""
                body.append(f"\n{self.words('open.for', text=line)}{who}", style="dim")
            yield row(f"{number}.", body)
        if len(points) > QUESTIONS:
            yield aside("", self.words("open.more", count=len(points) - QUESTIONS))
        if not points and self.page.nothing_open == self.words("open.law"):
            yield Text(self.page.nothing_open)
        if self.page.counted:
            yield aside("", self.page.counted)

    def margins(self) -> Iterator[RenderableType]:
        """The decisive numbers beside their lines."""
        for figure in self.page.figures:
            about = f" ({figure.about})" if figure.about else ""
            for line in figure.lines:
                if line.decisive:
                    limit = f"{line.op} {line.value}"
                    said = self.words("margin.line", value=figure.value, line=limit, distance=line.distance)
                    yield Text.assemble(f"{figure.label}{about}: {said}", (f"  {line.cite}", "dim"))

    def coverage(self) -> Iterator[RenderableType]:
        """What has a say and is not encoded."""
        points = self.page.coverage.points
        yield from (row("-", Text(found.text)) for found in points[:GAPS])
        if len(points) > GAPS:
            yield aside("", self.words("open.more", count=len(points) - GAPS))

    def proof(self) -> Iterator[RenderableType]:
        """The whole tree, a mark for every step."""
        if self.page.proof:
            yield Text("")
            yield Text(self.words("head.proof"), style="bold underline")
            yield Text(self.words("proof.title"), style="dim")
            for found in self.page.proof:
                yield from step(found, 1, self.ascii_only)
