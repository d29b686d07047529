"""The page after a batch: lines by outcome, what decides them, and what to find out first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from licet.services.orders.parts import Progress
    from licet.services.orders.summary import Count, Summary

_WIDTH = 24


def page(said: Summary, progress: Progress, out: Path | str, rejected: Path | None) -> str:
    """The page as text."""
    return "\n".join(_lines(said, progress, out, rejected))


def _lines(said: Summary, progress: Progress, out: Path | str, rejected: Path | None) -> Iterator[str]:
    again = f", {progress.resumed:,} of them in parts done before" if progress.resumed else ""
    worked = f"; {progress.evaluated:,} different cases were worked out" if progress.evaluated else ""
    yield f"{progress.lines:,} lines{again}{worked}"
    yield ""
    most = max((count.lines for count in said.outcomes), default=1)
    for count in said.outcomes:
        bar = "█" * max(1, round(_WIDTH * count.lines / most))
        yield f"  {count.name.replace('_', ' '):<24} {count.lines:>12,}  {bar:<{_WIDTH}}{_worth(count)}"
    yield from _counted("By jurisdiction", said.jurisdictions)
    yield from _counted("What decides most lines", said.reasons)
    if said.questions:
        yield ""
        yield "What to find out first"
        for asked in said.questions:
            of = f" of {asked.items:,} items" if asked.items > 1 else ""
            alone = f", and settles {asked.alone:,} of them alone" if asked.alone else ""
            yield f"  {asked.fact}{of}: open in {asked.lines:,} lines{alone}"
    yield ""
    yield f"Written to {out}"
    if rejected is not None:
        yield f"Lines that could not be decided are in {rejected}, each with the reason"


def _counted(title: str, counts: tuple[Count, ...]) -> Iterator[str]:
    if counts:
        yield ""
        yield title
        for count in counts:
            yield f"  {count.lines:>12,}  {count.name.replace('_', ' ')}"


def _worth(count: Count) -> str:
    return "" if count.value is None else f"  {count.value:>18,.0f}"
