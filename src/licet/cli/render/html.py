"""The answer as one HTML file that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from licet.cli.render.markup import EMPTY, Child, Markup, join, tag
from licet.cli.render.page import Figure, Page, Place, Point, Section, Step
from licet.cli.render.style import CSS
from licet.cli.render.svg import picture
from licet.cli.render.words import Words

LANGUAGE_TAGS = {"en": "en-GB", "zh": "zh-Hans"}
ORDER = ("entries", "why", "possible", "lifts", "bars", "review", "duties", "flags", "exposures", "reach")
FOLDED = frozenset({"possible"})
SIGNS = {"yes": "✓", "no": "✗", "unknown": "?"}


def html(pages: list[Page], language: str) -> str:
    """All pages in one document."""
    words = Words(language)
    title = " · ".join(dict.fromkeys(page.title for page in pages)) or "Licet"
    head = tag(
        "head",
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark">'),
        tag("title", title),
        Markup(f"<style>{CSS}</style>"),
    )
    main = tag("main", *(HtmlPage(page, words, number).article() for number, page in enumerate(pages, 1)), tag("footer", tag("p", words("page.note"))))
    return f"<!doctype html>\n{tag('html', head, tag('body', main), lang=LANGUAGE_TAGS[language])}\n"


class HtmlPage:
    """Lays one page out. `number` keeps the anchors of several pages apart."""

    def __init__(self, page: Page, words: Words, number: int) -> None:
        self.page, self.words, self.number = page, words, number

    def article(self) -> Markup:
        """The whole answer."""
        page = self.page
        parts = [self.header(), self.jurisdictions(), *(self.place(place) for place in page.places)]
        parts += [self.plain(page.conflicts), self.questions(), self.figures(), self.coverage(), self.proof(), self.sources(), self.law()]
        return tag("article", *parts, aria_labelledby=f"case-{self.number}")

    def header(self) -> Markup:
        """The case, the day, the outcome."""
        page = self.page
        outcome = tag("p", tag("strong", page.outcome[:1].upper() + page.outcome[1:]), tag("span", page.summary), class_=f"outcome {page.tone}")
        return tag("header", tag("h1", page.title, id=f"case-{self.number}"), tag("p", self.words("day", date=page.day), class_="day"), outcome)

    def headed(self, key: str, *children: Child) -> Markup:
        """A section under its heading; nothing where it is empty."""
        body = join(children)
        return tag("section", tag("h2", self.words(f"head.{key}")), body) if body else EMPTY

    def table(self, key: str, heads: list[str], rows: list[list[Child]]) -> Markup:
        """A table with a caption, heads for its columns, and the first cell of a row as its head."""
        if not rows:
            return EMPTY
        names = [self.words(f"head.{head}") for head in heads]
        head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in names)))
        body = [tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell, data_head=name) for name, cell in zip(names[1:], row[1:], strict=True))) for row in rows]
        return tag("table", tag("caption", self.words(f"head.{key}"), class_="hidden"), head, tag("tbody", *body), class_="stack")

    def jurisdictions(self) -> Markup:
        """One row for each jurisdiction that has a say."""
        rows: list[list[Child]] = [
            [tag("a", place.name, href=f"#{self.anchor(place)}"), tag("span", place.outcome, class_=f"badge {place.tone}"), place.still]
            for place in self.page.places
            if place.has_say
        ]
        return self.headed("jurisdictions", self.table("jurisdictions", ["jurisdiction", "outcome", "still"], rows))

    # --- one jurisdiction ---------------------------------------------------------------------

    def anchor(self, place: Place) -> str:
        """Where a jurisdiction stands in the document."""
        return f"case-{self.number}-{place.id}"

    def place(self, place: Place) -> Markup:
        """A jurisdiction with its sections."""
        shown = [self.section(place.sections[key]) for key in ORDER if place.sections.get(key)]
        if "why" not in place.sections and "possible" not in place.sections and place.has_say:
            shown.insert(0, tag("p", self.words("why.none")))
        badge = tag("span", f" – {place.outcome}", class_=f"badge {place.tone}") if place.has_say else EMPTY
        return tag("section", tag("h2", place.name, badge, id=self.anchor(place)), *shown)

    def section(self, section: Section) -> Markup:
        """Points under a heading, folded away where they only may apply."""
        body = join([*(self.point(point) for point in section.points), tag("p", section.more, class_="more") if section.more else EMPTY])
        if section.key in FOLDED:
            return tag("details", tag("summary", f"{section.title} ({len(section.points)})"), body)
        return join([tag("h3", section.title), body])

    def plain(self, section: Section) -> Markup:
        """A section of the whole case."""
        return self.headed(section.key, *(self.point(point) for point in section.points))

    def point(self, point: Point) -> Markup:
        """A provision with its citation, reasons and what follows."""
        lead = join([tag("span", f"{point.lead}: ", class_="lead") if point.lead else EMPTY, point.text])
        about = tag("p", point.about) if point.about else EMPTY
        cite = tag("p", point.cite, " " if point.cite else "", tag("code", point.id), class_="cite")
        notes = [tag("li", note.text, tag("span", f" [{note.cite}]", class_="cite") if note.cite else EMPTY) for note in point.notes]
        lines = [tag("p", line) for line in point.lines]
        return tag("div", tag("p", lead), about, cite, tag("ul", *notes) if notes else EMPTY, *lines, class_=f"point {point.mark}")

    # --- the whole case -----------------------------------------------------------------------

    def questions(self) -> Markup:
        """The open facts, the one that settles most first."""
        points = self.page.questions.points
        rows: list[list[Child]] = [[join([point.text, " ", tag("code", point.id)]), point.about, point.lead, "; ".join(point.lines)] for point in points]
        body = self.table("open", ["question", "about", "who", "settles"], rows)
        counted = tag("p", self.page.counted, class_="more") if self.page.counted else EMPTY
        return self.headed("open", body or tag("p", self.page.nothing_open), counted)

    def figures(self) -> Markup:
        """The numbers beside the lines that decide, each with a picture; other numbers are folded away."""
        deciding = [figure for figure in self.page.figures if figure.lines[0].decisive]
        rows: list[list[Child]] = [
            [f"{figure.label}: {figure.value}", f"{line.op} {line.value}", line.distance, line.cite]
            for figure in self.page.figures
            if figure not in deciding
            for line in figure.lines
        ]
        table = self.table("margins", ["fact", "line", "distance", "citation"], rows)
        others = tag("details", tag("summary", f"{self.words('margin.others')} ({len(rows)})"), table) if rows else EMPTY
        return self.headed("margins", *(self.figure(figure) for figure in deciding), others)

    def figure(self, figure: Figure) -> Markup:
        """A number: in words, as a picture, and its other lines in a table."""
        decisive = [line for line in figure.lines if line.decisive]
        about = f" ({figure.about})" if figure.about else ""
        said = "; ".join(self.words("margin.line", value=figure.value, line=f"{line.op} {line.value}", distance=line.distance) for line in decisive) or figure.value
        cites = [tag("p", line.cite, class_="cite") for line in decisive]
        rows: list[list[Child]] = [[f"{line.op} {line.value}", line.distance, line.cite] for line in figure.lines]
        table = tag("details", tag("summary", f"{self.words('margin.lines')} ({len(rows)})"), self.table("margins", ["line", "distance", "citation"], rows))
        return tag("div", tag("p", tag("strong", f"{figure.label}{about}: "), said), *cites, picture(figure, f"{figure.label}{about}: {said}"), table, class_="figure")

    def coverage(self) -> Markup:
        """What has a say and is not encoded."""
        items = [tag("li", point.text, " ", tag("code", point.id)) for point in self.page.coverage.points]
        return self.headed("coverage", tag("ul", *items) if items else tag("p", self.page.covered))

    def sources(self) -> Markup:
        """The provisions that say yes, the text each was read in, and since when it holds."""
        rows: list[list[Child]] = [[join([point.text, " ", tag("code", point.id)]), point.cite, point.source, point.since] for point in self.page.sources]
        return self.headed("sources", self.table("sources", ["provision", "citation", "source", "since"], rows))

    def law(self) -> Markup:
        """Which law and lists decided."""
        return self.headed("law", *(tag("p", line) for line in self.page.law))

    def proof(self) -> Markup:
        """The whole proof; each requirement folds open."""
        tops = [self.step(step, 0) for step in self.page.proof]
        return self.headed("proof", tag("p", self.words("proof.title"), class_="more"), tag("div", tag("ul", *tops), class_="proof")) if tops else EMPTY

    def step(self, step: Step, depth: int) -> Markup:
        """A step with what it rests on; only the first level starts folded."""
        word = self.words(f"value.{step.mark}")
        body = join([
            tag("span", SIGNS[step.mark], class_="mark", aria_hidden="true"),
            tag("span", f"{word}: ", class_="hidden"),
            step.text,
            tag("span", f" [{step.cite}]", class_="cite") if step.cite else EMPTY,
            join([" ", tag("code", step.id)]) if step.id else EMPTY,
        ])
        if not step.parts:
            return tag("li", body, class_=step.mark)
        inner = tag("ul", *(self.step(part, depth + 1) for part in step.parts))
        return tag("li", tag("details", tag("summary", body), inner, open=depth > 0), class_=step.mark)
