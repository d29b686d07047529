"""The answer of `licet bom` as one HTML file: the picture, the limits, the parts, and what could be cut off."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from licet.render.bom_svg import picture
from licet.render.bom_words import (
    STOPPED_TONES,
    TONES,
    amount,
    headline,
    limit,
    made,
    node,
    outcome,
    proven,
    route,
    stopped,
    waiting,
    why,
)
from licet.render.clean import one_line
from licet.render.markup import EMPTY, Child, Markup, join, tag
from licet.services.bom_answer import BomAnswer, DependenceAnswer, LimitAnswer, PartAnswer, RuleRef

_META = Markup(
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
)
_LAYOUT = (
    "main { max-width: 76rem; } .graph { overflow-x: auto; } .graph svg { max-width: 100%; height: auto; }"
    " td.number, th.number { text-align: right; white-space: nowrap; }"
)
_DEEPEST = 8


def html(answer: BomAnswer) -> str:
    """The whole document."""
    style = Markup((files("licet.render") / "style.css").read_text(encoding="utf-8") + _LAYOUT)
    title = one_line(answer.title)
    head = tag("head", _META, tag("title", title), tag("style", style))
    found = answer.content
    verdict = tag("p", tag("strong", f"Controlled US-origin content {headline(answer)}"), class_=TONES[found.verdict])
    parts = [
        tag("h1", title),
        tag("p", one_line(route(answer)), class_="day"),
        tag("div", verdict, class_="outcome"),
        tag("div", picture(answer), class_="graph", tabindex="0"),
        _section("Limits", map(_limit, found.limits)),
        _section("What alone would settle it", (tag("p", one.text) for one in found.settles)),
        _section("Parts", [_tree(answer)]),
        _section("What could be cut off from this buyer", [_dependence(answer)] if answer.dependence else []),
        _section("The product itself", _decision(answer)),
        _section("Notes", (tag("p", note) for note in found.notes)),
        tag("footer", tag("p", f"Law {answer.law[:12]}, {answer.engine}. {answer.schema}.")),
    ]
    body = tag("body", tag("main", *parts))
    return f"<!doctype html>\n{tag('html', head, body, lang='en-GB')}\n"


def _section(title: str, children: Iterable[Child]) -> Markup:
    listed = list(children)
    return tag("section", tag("h2", title), *listed) if listed else EMPTY


def _limit(one: LimitAnswer) -> Markup:
    kind = "point" if one.applies == "yes" else "point unknown"
    return tag("div", tag("p", limit(one)), tag("p", one.rule.cite, " ", tag("code", one.rule.id)), class_=kind)


def _rule(rule: RuleRef) -> Markup:
    mark = "" if rule.value == "yes" else "? "
    return tag("p", f"{mark}{rule.title} ", tag("span", rule.cite, class_="cite"))


def _table(heads: tuple[str, ...], rows: Iterable[Markup]) -> Markup:
    top = tag("tr", *(tag("th", head, scope="col") for head in heads))
    return tag("table", tag("thead", top), tag("tbody", *rows), class_="stack")


def _tree(answer: BomAnswer) -> Markup:
    heads = ("part", "made in", "code", "quantity", f"each ({answer.currency})", "in all", "counts", "share", "why")
    return _table(heads, (_part(part) for part in answer.content.parts))


def _part(part: PartAnswer) -> Markup:
    indent = f"padding-left: {1.2 * min(part.depth - 1, _DEEPEST):.1f}rem"
    cells = (part.origin or "?", part.code, amount(part.quantity), amount(part.value), amount(part.line))
    tone = "clear" if part.share.most == "0" else "stop" if part.share.least == part.share.most else "open"
    counted = (amount(part.content), amount(part.share, "%"))
    return tag(
        "tr",
        tag("th", one_line(part.name), scope="row", style=indent),
        *(tag("td", cell) for cell in cells),
        *(tag("td", cell, class_=f"number {tone}") for cell in counted),
        tag("td", why(part), class_="cite"),
    )


def _dependence(answer: BomAnswer) -> Markup:
    heads = ("part", "made by", "made in", "node", "to this buyer", "under which rule")
    return _table(heads, (_depends(part) for part in answer.dependence))


def _depends(part: DependenceAnswer) -> Markup:
    open_rules = tag("p", waiting(part), class_="cite") if part.stopped == "unknown" else EMPTY
    return tag(
        "tr",
        tag("th", one_line(part.name), scope="row"),
        *(tag("td", cell) for cell in (one_line(made(part)), part.made_in or "?", node(part))),
        tag("td", stopped(part), class_=STOPPED_TONES[part.stopped]),
        tag("td", join(map(_rule, proven(part))), open_rules),
    )


def _decision(answer: BomAnswer) -> Iterable[Markup]:
    found = answer.decision
    still = "" if found.best == found.worst else f", from {outcome(found.best)} to {outcome(found.worst)}"
    covered = "" if found.coverage == "complete" else "; not all that has a say is encoded"
    yield tag("p", tag("strong", f"{outcome(found.outcome)}{still}{covered}"))
    yield from (_rule(rule) for rule in (*found.rules, *found.duties) if rule.value == "yes")
    yield from (tag("p", f"? {asked}") for asked in found.asks)
