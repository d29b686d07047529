"""The answer of `licet align` for a terminal: for each item a line a place, and beneath what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from licet.render import align_words as words
from licet.render.clean import printable
from licet.services.align_model import AlignAnswer, ItemAnswer, Row, Stretch

WIDTH, NAME = 110, 26


def text(answer: AlignAnswer) -> str:
    """The answer as text."""
    return printable("\n".join(line.rstrip() for line in _lines(answer)))


def _lines(answer: AlignAnswer) -> Iterator[str]:
    yield f"{answer.title}: sold to {answer.to}, law of {answer.start} to {answer.end}"
    for item in answer.items:
        yield ""
        yield item.name
        yield f"  {'own law of':<{NAME}} {'controlled since':<26} on {answer.on}"
        for row in item.rows:
            yield from _row(row, answer.on)
        yield from _folded(words.lag(item))
        yield from (line for stand in answer.regimes for line in _folded(words.regime(stand, item.first)))
        yield from _where(answer, item)


def _row(row: Row, on: str) -> Iterator[str]:
    here = row.on(on)
    name = row.name if len(row.name) <= NAME else f"{row.name[: NAME - 1]}…"
    yield f"  {name:<{NAME}} {words.since(row, on):<26} {words.value(here)}"
    said = _behind(here) if here is not None else ""
    yield from wrap(said, WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8)


def _behind(stretch: Stretch) -> str:
    """What stands behind a yes: entry, lines, policy."""
    parts = ["; ".join(stretch.entries or stretch.by), ", ".join(stretch.thresholds), words.policy(stretch.policy)]
    return " | ".join(part for part in parts if part)


def _where(answer: AlignAnswer, item: ItemAnswer) -> Iterator[str]:
    who = f"of the places that make it ({', '.join(answer.makers)})" if answer.makers else "of these places"
    free, open_ = ", ".join(item.sources) or "none", ", ".join(item.open) or "none"
    yield from _folded(f"On {answer.on} it could go without an authorisation from: {free} ({who}; not known: {open_}).")
    if not item.sources:
        return
    for joining in item.joining:
        rest = f"leaves {', '.join(joining.remaining)}" if joining.remaining else "closes the last known way"
        yield from _folded(f"If {joining.place} controlled it too, that {rest}.")


def _folded(said: str) -> Iterator[str]:
    yield from wrap(said, WIDTH, initial_indent="  ", subsequent_indent="    ")
