"""The picture of a bill: a bar for the whole product against its limits, and one for each part.

One SVG file without script, font or picture from elsewhere, for light and dark. Colour never stands alone: what counts
is full, what may count is hatched, and every bar has its number beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from licet.render.bom_words import amount, headline, route
from licet.render.clean import one_line
from licet.render.markup import EMPTY, Markup, join, tag
from licet.render.svgparts import hatch, label, pt
from licet.services.bom_answer import AmountAnswer, BomAnswer, LimitAnswer, PartAnswer

WIDTH, LEFT, RIGHT, MARGIN = 920.0, 270.0, 210.0, 20.0
TOP, BAR, ROW, HEIGHT = 104.0, 40.0, 24.0, 15.0
MOST = 40  # parts drawn; the others are counted
WHOLE = 100.0
LONGEST = 38  # characters of a name
LEGEND = (("counts", "counts as controlled US-origin content"), ("maybe", "may count"), ("other", "does not count"))


@cache
def style() -> str:
    """The style of the picture; it comes inside the picture, so that it needs nothing else."""
    return (files("licet.render") / "bom.css").read_text(encoding="utf-8")


def picture(answer: BomAnswer) -> Markup:
    """The whole picture, as an `svg` element."""
    return _Picture(answer).svg()


class _Picture:
    def __init__(self, answer: BomAnswer) -> None:
        self.answer = answer
        self.parts = answer.content.parts[:MOST]
        self.price = _ends(answer.content.price)[0] or _ends(answer.content.price)[1] or 0.0
        self.per_cent = (WIDTH - LEFT - RIGHT) / WHOLE

    def svg(self) -> Markup:
        first = TOP + BAR + 44
        height = first + ROW * len(self.parts) + 70
        spoken = one_line(f"{self.answer.title}: {headline(self.answer)}")
        parts = [
            tag("title", one_line(self.answer.title)),
            tag("desc", spoken),
            tag("style", Markup(style())),
            tag("defs", hatch("maybe")),
            tag("rect", class_="paper", width=pt(WIDTH), height=pt(height)),
            *self.head(),
            *self.whole(),
            *(self.row(part, first + ROW * number) for number, part in enumerate(self.parts)),
            *self.limits(first + ROW * len(self.parts)),
            *self.legend(first + ROW * len(self.parts) + 28),
        ]
        box = f"0 0 {pt(WIDTH)} {pt(height)}"
        return tag(
            "svg", *parts, class_="bom", viewBox=box, width=pt(WIDTH), height=pt(height), role="img",
            aria_label=spoken, xmlns="http://www.w3.org/2000/svg",
        )  # fmt: skip

    def head(self) -> Iterator[Markup]:
        yield label(one_line(self.answer.title), MARGIN, 30, "strong", 100)
        yield label(one_line(route(self.answer)), MARGIN, 50, "soft", 130)
        yield label(f"Controlled US-origin content {headline(self.answer)}", MARGIN, 70, "", 110)

    def whole(self) -> Iterator[Markup]:
        """The bar of the product: what counts, what may, the rest."""
        low, high = _ends(self.answer.content.percent)
        yield label("The whole product", MARGIN, TOP + BAR / 2 + 5, "strong")
        yield self.bar(0, WHOLE, TOP, BAR, "other")
        yield self.bar(low, WHOLE if high is None else high, TOP, BAR, "maybe")
        yield self.bar(0, low, TOP, BAR, "counts")
        yield label(amount(self.answer.content.percent, "%"), WIDTH - RIGHT + 12, TOP + BAR / 2 + 5, "strong")

    def row(self, part: PartAnswer, y: float) -> Markup:
        """The bar of a part: its length is its share of the price, where that is known."""
        low, high = _ends(part.share)
        length = self.length(part)
        most = min(length, high if high is not None else length)
        return join(
            [
                label(one_line(part.name), MARGIN + 12 * (part.depth - 1), y + HEIGHT - 3, "", LONGEST - part.depth),
                self.bar(0, length, y, HEIGHT, "other"),
                self.bar(low, most, y, HEIGHT, "maybe"),
                self.bar(0, min(low, length), y, HEIGHT, "counts"),
                label(self.said(part), WIDTH - RIGHT + 12, y + HEIGHT - 3, "soft"),
            ]
        )

    def length(self, part: PartAnswer) -> float:
        """What a part comes to in per cent of the price, at most."""
        low, high = _ends(part.line)
        most = low if high is None else high
        return min(WHOLE, WHOLE * most / self.price) if self.price else 0.0

    def said(self, part: PartAnswer) -> str:
        return f"{amount(part.line)} · {amount(part.share, '%')}"

    def bar(self, start: float, end: float, y: float, height: float, kind: str) -> Markup:
        if end - start <= 0:
            return EMPTY
        x, width = LEFT + start * self.per_cent, max(1.0, (end - start) * self.per_cent)
        return tag("rect", class_=kind, x=pt(x), y=pt(y), width=pt(width), height=pt(height))

    def limits(self, bottom: float) -> Iterator[Markup]:
        """The lines of the limits, each once, their numbers above."""
        drawn: dict[str, LimitAnswer] = {}
        for one in self.answer.content.limits:
            if one.percent not in drawn or one.applies == "yes":
                drawn[one.percent] = one
        yield tag("line", class_="axis", x1=pt(LEFT), x2=pt(LEFT), y1=pt(TOP - 4), y2=pt(bottom))
        for one in drawn.values():
            x = LEFT + float(one.percent) * self.per_cent
            kind = "limit" if one.applies == "yes" else "limit may"
            yield tag("line", class_=kind, x1=pt(x), x2=pt(x), y1=pt(TOP - 6), y2=pt(bottom))
            said = f"limit {one.percent} %" if one.applies == "yes" else f"{one.percent} % ?"
            yield label(said, x, TOP - 12, "soft mid")

    def legend(self, y: float) -> Iterator[Markup]:
        rows = (
            ("counts", "counts as controlled US-origin content"),
            ("maybe", "may count"),
            ("other", "does not count"),
        )
        x = MARGIN
        for kind, said in rows:
            yield tag("rect", class_=kind, x=pt(x), y=pt(y - 11), width="16", height="12")
            yield label(said, x + 22, y, "soft")
            x += 40 + 6.4 * len(said)
        left = len(self.answer.content.parts) - len(self.parts)
        more = f"; {left} more parts are not drawn" if left else ""
        price = amount(self.answer.content.price, self.answer.currency)
        yield label(f"The whole width is the price of the product, {price}{more}", MARGIN, y + 22, "soft", 120)


def _ends(known: AmountAnswer) -> tuple[float, float | None]:
    """Where an amount is drawn: pictures need no more than a float."""
    return float(known.least), float(known.most) if known.most else None
