"""What the larger pictures are drawn with: words cut to their room, numbers without needless digits, hatching."""

from __future__ import annotations

from licet.render.markup import Markup, tag


def label(said: str, x: float, y: float, kind: str = "", most: int = 60) -> Markup:
    """A text, cut where it has more characters than there is room for."""
    cut = said if len(said) <= most else f"{said[: most - 1]}…"
    return tag("text", cut, class_=kind, x=pt(x), y=pt(y))


def pt(number: float) -> str:
    """A coordinate to a tenth of a point."""
    return f"{number:.1f}".removesuffix(".0")


def hatch(name: str) -> Markup:
    """The pattern for what is not known."""
    ground = tag("rect", class_="ground", width="8", height="8")
    stroke = tag("path", class_="hatch", d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6")
    return tag("pattern", ground, stroke, id=name, width="8", height="8", patternUnits="userSpaceOnUse")
