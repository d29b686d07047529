"""The picture of a graph of owners: boxes, shares on lines, listed owners marked, the deciding path thick.

One SVG file without script, font or picture from elsewhere, for light and dark. Colour never stands alone: a listed
owner has a sign and the names of its lists, what is caught a sign, an open share a question mark and a dashed line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

from licet.render.clean import one_line
from licet.render.markup import EMPTY, Markup, join, tag
from licet.render.own_layout import Drawing, Edge, Point, draw
from licet.render.own_text import name as rule_name
from licet.services.own_answer import PROVEN, EdgeAnswer, EntityAnswer, OwnersAnswer, ShareAnswer

MARGIN, PAD, LINE, WRAP, LEAST, PORT = 24.0, 10.0, 17.0, 24.0, 112.0, 78.0
WIDE = 7.6
OTHERS = "\0others of "
SIGN_LISTED, SIGN_CAUGHT, SIGN_TARGET = "▲", "◆", "◎"


@cache
def style() -> str:
    """The style of the picture; it comes inside the picture, so that it needs nothing else."""
    return (files("licet.render") / "own.css").read_text(encoding="utf-8")


def picture(answer: OwnersAnswer) -> Markup:
    """The whole picture, as an `svg` element."""
    return _Picture(answer).svg()


class _Picture:
    def __init__(self, answer: OwnersAnswer) -> None:
        self.answer = answer
        self.targets = {target.name for target in answer.targets}
        self.deciding, self.caught, self.proven = _path(answer)
        self.lines = {(edge.owner, edge.owned): edge for edge in answer.edges if edge.kind == "share"}
        self.controls = {
            (edge.owner, edge.owned): edge for edge in answer.edges if edge.kind == "control" and edge.value != "no"
        }
        self.rests = {entity.name: rest for entity in answer.entities if (rest := self.rest(entity)) is not None}
        self.texts = {entity.name: list(self.words(entity)) for entity in answer.entities}

    def svg(self) -> Markup:
        edges = [*self.lines, *(edge for edge in self.controls if edge not in self.lines)]
        edges += [(OTHERS + name, name) for name in self.rests]
        drawing = draw(self.sizes(edges), edges)
        legend = self.legend()
        top = 58.0
        width = max(drawing.width, 640.0) + 2 * MARGIN
        height = top + drawing.height + LINE * (len(legend) + 2) + 2 * MARGIN
        left = MARGIN + (width - 2 * MARGIN - drawing.width) / 2
        title = one_line(self.answer.title) or "Owners"
        parts = [
            tag("title", title),
            tag("desc", self.spoken()),
            tag("style", Markup(style())),
            tag("rect", class_="paper", width=_n(width), height=_n(height)),
            tag("text", _cut(title, 90), class_="strong", x=_n(MARGIN), y="30"),
            tag("text", f"on {self.answer.on}", class_="soft", x=_n(MARGIN), y="48"),
            tag("g", *self.drawn(drawing), transform=f"translate({_n(left)} {_n(top + MARGIN / 2)})"),
        ]
        y = top + drawing.height + MARGIN + LINE
        parts += [
            self.row(text, mark, y + LINE * number, int(width / 6.6) - 10) for number, (mark, text) in enumerate(legend)
        ]
        box = f"0 0 {_n(width)} {_n(height)}"
        label = self.spoken()
        return tag(
            "svg", *parts, class_="own", viewBox=box, width=_n(width), height=_n(height), role="img", aria_label=label,
            xmlns="http://www.w3.org/2000/svg",
        )  # fmt: skip

    # --- boxes ------------------------------------------------------------------------------------

    def sizes(self, edges: list[Edge]) -> dict[str, tuple[float, float]]:
        """Wide enough for the words and for the lines that come in side by side."""
        found = {}
        for name, rows in self.texts.items():
            lines = sum(edge[1] == name for edge in edges)
            width = max(LEAST, max(_width(text) for text, _ in rows) + 2 * PAD, PORT * lines if lines > 1 else 0.0)
            found[name] = (width, LINE * len(rows) + PAD)
        for name in self.rests:
            found[OTHERS + name] = (LEAST, LINE * 2 + PAD)
        return found

    def words(self, entity: EntityAnswer) -> Iterator[tuple[str, str]]:
        """The rows of a box with their class."""
        sign = f"{SIGN_TARGET} " if entity.name in self.targets else ""
        for number, text in enumerate(_wrapped(one_line(entity.name))):
            yield (sign if number == 0 else "") + text, "strong"
        if entity.other:
            yield from ((text, "") for text in _wrapped(one_line(entity.other)))
        if entity.lists:
            yield from ((text, "soft") for text in _wrapped(f"{SIGN_LISTED} {', '.join(entity.lists)}"))
        elif entity.name in self.caught:
            yield f"{SIGN_CAUGHT} caught", "soft"
        elif not entity.screened:
            yield "? not screened", "soft"
        if not entity.owners_complete and all(edge.owned != entity.name for edge in self.answer.edges):
            yield "? owners not known", "soft"

    def rest(self, entity: EntityAnswer) -> str | None:
        """What owners not named may hold of an entity of which some owners are named."""
        named = [edge for edge in self.lines.values() if edge.owned == entity.name]
        if entity.owners_complete or not (named or entity.name in self.targets):
            return None
        left = 100 - sum(float(edge.share.least) for edge in named if edge.share)
        return None if left <= 0 else f"up to {left:g} %"

    def drawn(self, drawing: Drawing) -> Iterator[Markup]:
        for edge, points in drawing.lines.items():
            yield self.line(edge, points)
        for edge, points in drawing.lines.items():
            yield self.label(edge, points, edge in drawing.upward)
        lists = {entity.name: bool(entity.lists) for entity in self.answer.entities}
        for name, box in drawing.boxes.items():
            x, y = box.x - box.width / 2, box.y - box.height / 2
            place = {"x": _n(x), "y": _n(y), "width": _n(box.width), "height": _n(box.height), "rx": "5"}
            if name.startswith(OTHERS):
                yield tag("rect", class_="box open", **place)
                rows = [("others, not named", "soft"), (f"? {self.rests[name.removeprefix(OTHERS)]}", "soft")]
            else:
                kind = " listed" if lists[name] else " caught" if name in self.caught else ""
                yield tag("rect", tag("title", one_line(name)), class_=f"box{kind}", **place)
                rows = self.texts[name]
            if name in self.targets:
                around = {"x": _n(x - 4), "y": _n(y - 4), "width": _n(box.width + 8), "height": _n(box.height + 8)}
                yield tag("rect", class_="target", rx="8", **around)
            first = y + PAD / 2 + LINE * 0.75
            for number, (text, kind) in enumerate(rows):
                yield tag("text", text, class_=f"on {kind}".strip(), x=_n(box.x), y=_n(first + LINE * number))

    # --- lines ------------------------------------------------------------------------------------

    def line(self, edge: Edge, points: list[Point]) -> Markup:
        kind = self.kind(edge)
        path = _smooth(points)
        return join([tag("path", class_=kind, d=path) if kind else tag("path", d=path), _head(points, kind)])

    def kind(self, edge: Edge) -> str:
        if edge[0].startswith(OTHERS):
            return "open"
        held = self.lines.get(edge)
        kinds = ["deciding"] if edge in self.deciding else []
        if held is None:
            return " ".join([*kinds, "control"])
        if held.share is not None and held.share.least != held.share.most:
            kinds.append("open")
        return " ".join(kinds)

    def label(self, edge: Edge, points: list[Point], upward: bool) -> Markup:
        """The share, just before the line reaches what is owned."""
        text = self.said(edge)
        if not text:
            return EMPTY
        (x, y), width = points[-1], _width(text) * 0.9 + 8
        y = y + 28 if upward else y - 24
        return join(
            [
                tag("rect", class_="label", x=_n(x - width / 2), y=_n(y - 12), width=_n(width), height="17", rx="3"),
                tag("text", text, class_="on soft", x=_n(x), y=_n(y + 1)),
            ]
        )

    def said(self, edge: Edge) -> str:
        held, control = self.lines.get(edge), self.controls.get(edge)
        parts = [] if held is None or held.share is None else [_share(held.share)]
        if held is not None and held.votes is not None and held.votes != held.share:
            parts.append(f"votes {_share(held.votes)}")
        if control is not None:
            parts.append(_control(control))
        return ", ".join(parts)

    # --- legend -----------------------------------------------------------------------------------

    def legend(self) -> list[tuple[str, str]]:
        found = [(SIGN_TARGET, "the entity asked about")]
        if any(entity.lists for entity in self.answer.entities):
            found.append((SIGN_LISTED, "on a list (named in the box)"))
        if self.caught:
            found.append((SIGN_CAUGHT, "caught through its owners or controllers"))
        if self.deciding:
            found.append(("━", f"the path that {'decides' if self.proven else 'may decide'}: {self.tests()}"))
        if self.rests or any(e.share and e.share.least != e.share.most for e in self.lines.values()):
            found.append(("┄ ?", "a share that is not known, or only within a range"))
        if self.controls:
            found.append(("┈", "control without regard to shares"))
        return found

    def tests(self) -> str:
        """The tests whose path is drawn thick."""
        wanted = PROVEN if self.proven else "open"
        tests = [test for target in self.answer.targets for test in target.rules]
        return ", ".join(dict.fromkeys(rule_name(test.id) for test in tests if test.value == wanted and test.steps))

    def row(self, text: str, mark: str, y: float, most: int) -> Markup:
        sign = tag("text", mark, class_="soft strong", x=_n(MARGIN), y=_n(y))
        return join([sign, tag("text", _cut(text, most), class_="soft", x=_n(MARGIN + 40), y=_n(y))])

    def spoken(self) -> str:
        """The graph in words, for those who do not see it."""
        said = [
            f"{edge.owner} holds {_share(edge.share)} of {edge.owned}" for edge in self.lines.values() if edge.share
        ]
        said += [f"{edge.owner} {_control(edge)} {edge.owned}" for edge in self.controls.values()]
        return one_line("; ".join(said) or "no holdings")


def _path(answer: OwnersAnswer) -> tuple[set[Edge], set[str], bool]:
    """Lines of the path that decides (of proven tests; without one, of open tests), what is caught on it, and which."""
    tests = [test for target in answer.targets for test in target.rules]
    proven = [test for test in tests if test.value == PROVEN]
    steps = [step for test in proven or [test for test in tests if test.value == "open"] for step in test.steps]
    edges = {(holder.name, step.name) for step in steps for holder in step.holders}
    return edges, {step.name for test in proven for step in test.steps if step.holders}, bool(proven)


def _share(share: ShareAnswer) -> str:
    if share.least == share.most:
        return f"{share.least} %"
    return "? %" if (share.least, share.most) == ("0", "100") else f"{share.least}–{share.most} % ?"


def _control(edge: EdgeAnswer) -> str:
    by = f" ({one_line(edge.by)})" if edge.by else ""
    return f"controls{by}" if edge.value == "yes" else f"controls{by} ?"


def _smooth(points: list[Point]) -> str:
    """A curve that leaves and arrives upright."""
    said = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        bend = (to_y - y) / 2
        said.append(f"C{_n(x)} {_n(y + bend)} {_n(to_x)} {_n(to_y - bend)} {_n(to_x)} {_n(to_y)}")
    return " ".join(said)


def _head(points: list[Point], kind: str) -> Markup:
    """An arrow head where the line reaches what is owned."""
    (_, before), (x, y) = points[-2], points[-1]
    back = 9.0 if before < y else -9.0
    shape = f"{_n(x)},{_n(y)} {_n(x - 5)},{_n(y - back)} {_n(x + 5)},{_n(y - back)}"
    return tag("polygon", class_=f"head {kind.replace('open', '')}".strip(), points=shape)


def _wrapped(text: str, most: int = 4) -> list[str]:
    """A name in lines of bearable length; where it has no spaces it is cut between signs."""
    lines, line = [], ""
    for word in _words(text):
        if line and _units(line + word) > WRAP:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), int(WRAP) - 1)]
    return [line for line in lines if line] or [""]


def _words(text: str) -> Iterator[str]:
    """Words with the space before them; wide signs and overlong words one by one."""
    for number, word in enumerate(text.split(" ")):
        space = " " if number else ""
        if _units(word) <= WRAP:
            yield space + word
            continue
        for index, mark in enumerate(word):
            yield (space if index == 0 else "") + mark


def _units(text: str) -> float:
    """The width of a text in letters; a Chinese sign is as wide as two."""
    return sum(2.0 if unicodedata.east_asian_width(mark) in "WF" else 1.0 for mark in text)


def _width(text: str) -> float:
    return _units(text) * WIDE


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
