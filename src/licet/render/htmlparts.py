"""Pieces of the HTML answer: headed sections, tables, provisions, steps of the proof."""

from __future__ import annotations

from licet.render.markup import EMPTY, Child, Markup, join, tag
from licet.render.page import Point, Section, Step
from licet.render.words import Words

FOLDED = frozenset({"possible"})
SIGNS = {"yes": "✓", "no": "✗", "unknown": "?"}
Rows = list[list[Child]]


def headed(words: Words, key: str, *children: Child) -> Markup:
    """A section under its heading; nothing where it is empty."""
    body = join(children)
    return tag("section", tag("h2", words(f"head.{key}")), body) if body else EMPTY


def table(words: Words, key: str, heads: list[str], rows: Rows) -> Markup:
    """A table with a caption, heads for its columns, and the first cell of a row as its head."""
    if not rows:
        return EMPTY
    names = [words(f"head.{head}") for head in heads]
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in names)))
    body = [tag("tr", tag("th", row[0], scope="row"), *_cells(names, row)) for row in rows]
    caption = tag("caption", words(f"head.{key}"), class_="hidden")
    return tag("table", caption, head, tag("tbody", *body), class_="stack")


def _cells(names: list[str], row: list[Child]) -> list[Markup]:
    return [tag("td", cell, data_head=name) for name, cell in zip(names[1:], row[1:], strict=True)]


def section(found: Section, level: int = 3, law: str = "") -> Markup:
    """Points under a heading of a level, folded away where they only may apply. `law`: the language of its titles."""
    more = tag("p", found.more, class_="more") if found.more else EMPTY
    body = join([*(point(one, law) for one in found.points), more])
    if found.key in FOLDED:
        return tag("details", tag("summary", f"{found.title} ({len(found.points)})"), body)
    return join([tag(f"h{level}", found.title), body])


def point(found: Point, law: str = "") -> Markup:
    """A provision with its citation, reasons and what follows; its title is marked where it is in another language."""
    title = tag("span", found.text, lang=law) if law and found.cite else found.text
    lead = join([tag("span", f"{found.lead}: ", class_="lead") if found.lead else EMPTY, title])
    about = tag("p", found.about) if found.about else EMPTY
    cite = tag("p", found.cite, " " if found.cite else "", tag("code", found.id), class_="cite")
    notes = [tag("li", note.text, cited(note.cite)) for note in found.notes]
    lines = [tag("p", line) for line in found.lines]
    listed = tag("ul", *notes) if notes else EMPTY
    return tag("div", tag("p", lead), about, cite, listed, *lines, class_=f"point {found.mark}")


def cited(cite: str) -> Markup:
    """A citation behind a sentence."""
    return tag("span", f" [{cite}]", class_="cite") if cite else EMPTY


def step(found: Step, depth: int, words: Words) -> Markup:
    """A step with what it rests on; only the first level starts folded."""
    sign = tag("span", SIGNS[found.mark], class_="mark", aria_hidden="true")
    spoken = tag("span", f"{words(f'value.{found.mark}')}: ", class_="hidden")
    rule = join([" ", tag("code", found.id)]) if found.id else EMPTY
    body = join([sign, spoken, found.text, cited(found.cite), rule])
    if not found.parts:
        return tag("li", body, class_=found.mark)
    inner = tag("ul", *(step(part, depth + 1, words) for part in found.parts))
    return tag("li", tag("details", tag("summary", body), inner, open=depth > 0), class_=found.mark)
