"""The answer as one HTML file that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

from licet.render.htmlparts import Rows, headed, point, section, step, table
from licet.render.markup import EMPTY, Markup, join, tag
from licet.render.page import Figure, Page, Place
from licet.render.svg import picture
from licet.render.words import Words

LANGUAGE_TAGS = {"en": "en-GB", "zh": "zh-Hans", "zh-Hant": "zh-Hant", "ja": "ja"}
PARTY_TONES = {"yes": "stop", "no": "clear", "unknown": "open"}
ORDER = ("entries", "why", "may", "possible", "lifts", "bars", "review", "duties", "flags", "exposures", "reach")
_META = Markup(
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
)


def html(pages: list[Page], language: str) -> str:
    """All pages in one document."""
    words = Words(language)
    style = Markup((files("licet.render") / "style.css").read_text(encoding="utf-8"))
    title = tag("title", " · ".join(dict.fromkeys(page.title for page in pages)))
    head = tag("head", _META, title, tag("style", style))
    articles = [HtmlPage(page, words, number).article() for number, page in enumerate(pages, 1)]
    main = tag("main", *articles, tag("footer", tag("p", words("page.note"))))
    return f"<!doctype html>\n{tag('html', head, tag('body', main), lang=LANGUAGE_TAGS[language])}\n"


class HtmlPage:
    """Lays one page out. `number` keeps the anchors of several pages apart."""

    def __init__(self, page: Page, words: Words, number: int) -> None:
        self.page, self.words, self.number = page, words, number

    def article(self) -> Markup:
        """The whole answer."""
        page = self.page
        parts = [self.header(), self.jurisdictions(), *(self.place(place) for place in page.places), self.conflicts()]
        parts += [self.parties(), self.questions(), self.figures(), self.coverage(), self.proof(), self.sources()]
        law = headed(self.words, "law", *(tag("p", line) for line in page.law))
        return tag("article", *parts, law, aria_labelledby=f"case-{self.number}")

    def header(self) -> Markup:
        """The case, the day, the outcome."""
        page = self.page
        outcome = tag("strong", page.outcome[:1].upper() + page.outcome[1:])
        banner = tag("p", outcome, tag("span", page.summary), class_=f"outcome {page.tone}")
        day = tag("p", self.words("day", date=page.day), class_="day")
        return tag("header", tag("h1", page.title, id=f"case-{self.number}"), day, banner)

    def jurisdictions(self) -> Markup:
        """One row for each jurisdiction that has a say."""
        rows: Rows = []
        for place in self.page.places:
            if place.has_say:
                link = tag("a", place.name, href=f"#{self.anchor(place)}")
                rows.append([link, tag("span", place.outcome, class_=f"badge {place.tone}"), place.still])
        heads = ["jurisdiction", "outcome", "still"]
        return headed(self.words, "jurisdictions", table(self.words, "jurisdictions", heads, rows))

    def anchor(self, place: Place) -> str:
        """Where a jurisdiction stands in the document."""
        return f"case-{self.number}-{place.id}"

    def place(self, place: Place) -> Markup:
        """A jurisdiction with its sections."""
        badge = tag("span", f" – {place.outcome}", class_=f"badge {place.tone}") if place.has_say else EMPTY
        return tag("section", tag("h2", place.name, badge, id=self.anchor(place)), self.sections(place))

    def sections(self, place: Place, level: int = 3, most: int = 0) -> Markup:
        """What is said of a jurisdiction, under headings of a level; the rest of what only may apply is folded away."""
        law = "" if self.words.language == "en" else "en"
        shown = []
        for key in ORDER:
            found = place.sections.get(key)
            if found and key == "may" and most and len(found.points) > most:
                first = replace(found, points=found.points[:most], more="")
                rest = join([*(point(one, law) for one in found.points[most:]), tag("p", found.more, class_="more")])
                summary = tag("summary", self.words("open.more", count=len(found.points) - most))
                shown += [section(first, level, law), tag("details", summary, rest)]
            elif found:
                shown.append(section(found, level, law))
        if place.has_say and not place.sections.get("why") and not place.sections.get("may"):
            shown.insert(0, tag("p", self.words("why.none")))
        return join(shown)

    def conflicts(self) -> Markup:
        """Where one law demands what another forbids."""
        return headed(self.words, "conflicts", *(point(found) for found in self.page.conflicts.points))

    # --- the whole case -----------------------------------------------------------------------

    def parties(self) -> Markup:
        """The parties with what the lists say of them."""
        rows: Rows = [
            [found.text, tag("span", found.lead, class_=f"badge {PARTY_TONES[found.mark]}"), _lines(found.lines)]
            for found in self.page.parties.points
        ]
        return headed(self.words, "parties", table(self.words, "parties", ["party", "outcome", "on_lists"], rows))

    def questions(self) -> Markup:
        """The open facts, the one that settles most first."""
        rows: Rows = [
            [join([found.text, " ", tag("code", found.id)]), found.about, found.lead, "; ".join(found.lines)]
            for found in self.page.questions.points
        ]
        body = table(self.words, "open", ["question", "about", "who", "settles"], rows)
        counted = tag("p", self.page.counted, class_="more") if self.page.counted else EMPTY
        return headed(self.words, "open", body or tag("p", self.page.nothing_open), counted)

    def figures(self) -> Markup:
        """The numbers beside the lines that decide, each with a picture; other numbers are folded away."""
        deciding = [figure for figure in self.page.figures if figure.lines[0].decisive]
        rows: Rows = [
            [f"{figure.label}: {figure.value}", f"{line.op} {line.value}", line.distance, line.cite]
            for figure in self.page.figures
            if figure not in deciding
            for line in figure.lines
        ]
        others = self.folded("margin.others", ["fact", "line", "distance", "citation"], rows)
        return headed(self.words, "margins", *(self.figure(figure) for figure in deciding), others)

    def figure(self, figure: Figure) -> Markup:
        """A number: in words, as a picture, and its other lines in a table."""
        decisive = [line for line in figure.lines if line.decisive]
        name = f"{figure.label} ({figure.about})" if figure.about else figure.label
        said = "; ".join(
            self.words("margin.line", value=figure.value, line=f"{line.op} {line.value}", distance=line.distance)
            for line in decisive
        )
        cites = [tag("p", line.cite, class_="cite") for line in decisive]
        rows: Rows = [[f"{line.op} {line.value}", line.distance, line.cite] for line in figure.lines]
        lines = self.folded("margin.lines", ["line", "distance", "citation"], rows)
        first = tag("p", tag("strong", f"{name}: "), said)
        return tag("div", first, *cites, picture(figure, f"{name}: {said}"), lines, class_="figure")

    def folded(self, key: str, heads: list[str], rows: Rows) -> Markup:
        """A table of figures that opens on demand."""
        body = table(self.words, "margins", heads, rows)
        return tag("details", tag("summary", f"{self.words(key)} ({len(rows)})"), body) if rows else EMPTY

    def coverage(self) -> Markup:
        """What has a say and is not encoded."""
        items = [tag("li", found.text, " ", tag("code", found.id)) for found in self.page.coverage.points]
        return headed(self.words, "coverage", tag("ul", *items) if items else tag("p", self.page.covered))

    def sources(self) -> Markup:
        """The provisions that say yes, the text each was read in, and since when it holds."""
        rows: Rows = [
            [join([found.text, " ", tag("code", found.id)]), found.cite, found.source, found.since]
            for found in self.page.sources
        ]
        heads = ["provision", "citation", "source", "since"]
        return headed(self.words, "sources", table(self.words, "sources", heads, rows))

    def proof(self) -> Markup:
        """The whole proof under its heading."""
        if not self.page.proof:
            return EMPTY
        about = tag("p", self.words("proof.title"), class_="more")
        return headed(self.words, "proof", about, self.tree())

    def tree(self) -> Markup:
        """The steps of the proof; each requirement folds open."""
        tops = tag("ul", *(step(found, 0, self.words) for found in self.page.proof))
        return tag("div", tops, class_="proof")


def _lines(lines: tuple[str, ...]) -> Markup:
    """Several lines in one cell."""
    return tag("ul", *(tag("li", line) for line in lines)) if lines else EMPTY
