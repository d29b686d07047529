"""The picture of `licet impact`: a bar for each change, as long as the lines that it flips (or what they are worth).

A bar is cut by what the lines went from and to: a thin band in the colour of what they were lies on a thick one in the
colour of what they are. Colour never stands alone: each piece has its words beneath, with its number of lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from licet.render.clean import one_line
from licet.render.impact_text import first_day, many
from licet.render.markup import Markup, tag
from licet.render.svgparts import label, pt
from licet.services.impact.model import ChangeAnswer, ImpactAnswer, Move

WIDTH, MARGIN, TOP = 1180.0, 22.0, 118.0
DAY, COUNT = 96.0, 250.0  # what stands left and right of the bars
BAR, WAS = 22.0, 7.0
TEXT, WORDS, GAP = 18.0, 17.0, 20.0
MOST, PIECES = 14, 4  # bars, and pieces told apart beneath each
TONES = (
    ("permitted", "no licence, relief or free", ("no_licence_required", "relief_available", "free")),
    ("open", "unknown", ("unknown",)),
    ("held", "hold", ("hold",)),
    ("licence", "licence required", ("licence_required",)),
    ("banned", "prohibited", ("prohibited", "may_not_buy", "may_not_contract", "may_not_invest")),
)
_TONE = {outcome: tone for tone, _, outcomes in TONES for outcome in outcomes}


@cache
def style() -> str:
    """The style of the picture; it comes inside the picture, so that it needs nothing else."""
    return (files("licet.render") / "impact.css").read_text(encoding="utf-8")


def picture(answer: ImpactAnswer, styled: bool = True) -> Markup:
    """The whole picture, as an `svg` element; not `styled` in a page that has the style itself."""
    return _Picture(answer).svg(styled)


class _Picture:
    def __init__(self, answer: ImpactAnswer) -> None:
        self.answer = answer
        flipping = [change for change in answer.changes if change.lines]
        self.changes, self.left_out = flipping[:MOST], len(flipping[MOST:])
        self.longest = max((change.lines for change in self.changes), default=1)
        self.room = WIDTH - 2 * MARGIN - DAY - COUNT

    def svg(self, styled: bool) -> Markup:
        bars, y = [], TOP
        for change in self.changes:
            bars += [*self.change(change, y)]
            y += self.height(change)
        if not self.changes:
            bars.append(label("Nothing flips.", MARGIN, y + 4, "head"))
            y += 34
        if self.left_out:
            bars.append(label(f"and {self.left_out:,} more changes", MARGIN + DAY, y, "soft"))
            y += 20
        height = y + 40
        title = f"{one_line(self.answer.before.name)}  →  {one_line(self.answer.after.name)}"
        spoken = f"{one_line(self.answer.table)}, {title}: {self.answer.flipped:,} lines flip"
        parts = [
            tag("title", title),
            tag("desc", spoken),
            *([tag("style", Markup(style()))] if styled else []),
            tag("rect", class_="paper", width=pt(WIDTH), height=pt(height)),
            label(title, MARGIN, 36, "title", 92),
            label(self.about(), MARGIN, 60, "soft", 160),
            label("First day", MARGIN, 92, "head"),
            label(
                "Change, and the lines it flips: thin what they were, thick what they are", MARGIN + DAY, 92, "head", 90
            ),
            label("Lines, items, value", WIDTH - MARGIN, 92, "head end"),
            *bars,
            *self.legend(height - 18),
        ]
        return tag(
            "svg", *parts, class_="impact", viewBox=f"0 0 {pt(WIDTH)} {pt(height)}", width=pt(WIDTH), height=pt(height),
            role="img", aria_label=spoken, xmlns="http://www.w3.org/2000/svg",
        )  # fmt: skip

    def about(self) -> str:
        kept = sum(move.lines for move in self.answer.reasons)
        others = f", {kept:,} keep their outcome for other reasons" if kept else ""
        return (
            f"{one_line(self.answer.table)}: {self.answer.flipped:,} of {self.answer.lines:,} lines flip{others}. "
            "A line may be moved by several changes."
        )

    def height(self, change: ChangeAnswer) -> float:
        """What a change takes: its name, its bar, the words of its pieces."""
        return TEXT + BAR + WORDS * len(_pieces(change)) + GAP

    def change(self, change: ChangeAnswer, top: float) -> Iterator[Markup]:
        left = MARGIN + DAY
        yield tag("line", class_="rail", x1=pt(MARGIN), x2=pt(WIDTH - MARGIN), y1=pt(top - 14), y2=pt(top - 14))
        yield label(first_day(change), MARGIN, top + 4, "head")
        yield label(_name(change), left, top + 4, "", 136)
        yield label(self.counts(change), WIDTH - MARGIN, top + TEXT + 10, "head end", 40)
        x, y = left, top + TEXT - 6
        for move in change.moves:
            width = max(2.0, self.room * move.lines / self.longest)
            said = tag("title", _said(move))
            yield tag("rect", said, class_=tone(move.after), x=pt(x), y=pt(y), width=pt(width), height=pt(BAR))
            yield tag("rect", said, class_=tone(move.before), x=pt(x), y=pt(y), width=pt(width), height=pt(WAS))
            yield tag("line", class_="seam", x1=pt(x), x2=pt(x + width), y1=pt(y + WAS), y2=pt(y + WAS))
            yield tag("line", class_="seam", x1=pt(x + width), x2=pt(x + width), y1=pt(y), y2=pt(y + BAR))
            x += width
        for number, move in enumerate(_pieces(change)):
            line = y + BAR + WORDS * (number + 1) - 3
            yield tag("rect", class_=tone(move.before), x=pt(left), y=pt(line - 10), width="7", height="11")
            yield tag("rect", class_=tone(move.after), x=pt(left + 7), y=pt(line - 10), width="13", height="11")
            yield label(_said(move), left + 28, line, "soft", 110)

    def counts(self, change: ChangeAnswer) -> str:
        money = "" if change.value is None else f", {short(change.value)} {one_line(self.answer.currency)}".rstrip()
        return f"{change.lines:,}, {change.items:,}{money}"

    def legend(self, y: float) -> Iterator[Markup]:
        x = MARGIN
        for kind, said, _ in TONES:
            yield tag("rect", class_=kind, x=pt(x), y=pt(y - 10), width="16", height="12")
            yield label(said, x + 22, y, "soft")
            x += 52 + 7.2 * len(said)


def tone(outcome: str) -> str:
    """The colour of an outcome."""
    return _TONE.get(outcome, "open")


def short(value: float) -> str:
    """An amount in as few digits as tell it."""
    for size, sign in ((1e9, " bn"), (1e6, " m"), (1e3, " k")):
        if abs(value) >= size:
            return f"{value / size:.1f}{sign}"
    return f"{value:.0f}"


def _pieces(change: ChangeAnswer) -> tuple[Move, ...]:
    return change.moves[:PIECES]


def _said(move: Move) -> str:
    return f"{many(move.lines, 'line')}: {move.before.replace('_', ' ')} → {move.after.replace('_', ' ')}"


def _name(change: ChangeAnswer) -> str:
    cause = change.causes[0]
    more = f" (and {len(change.causes) - 1} more)" if len(change.causes) > 1 else ""
    said = one_line(f"{cause.cite}: {cause.title}" if cause.cite else cause.title)
    room = 134 - len(more)
    return (said if len(said) <= room else f"{said[: room - 1]}…") + more
