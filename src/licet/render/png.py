"""A picture in points, made from its SVG."""

from __future__ import annotations

from pathlib import Path

from licet.facts.errors import CaseError
from licet.facts.replacing import replacing


def write_png(svg: str, out: Path) -> None:
    """Write the picture. What makes points of an SVG comes with the extra `pictures`. Raises CaseError."""
    try:
        from vl_convert import svg_to_png
    except ImportError:
        raise CaseError.one(
            "E_MISSING", "no program here makes a PNG", hint="install licet[pictures], or name a file that ends in .svg"
        ) from None
    drawn = svg_to_png(svg, scale=2)
    with replacing(out) as made:
        made.write_bytes(drawn)
