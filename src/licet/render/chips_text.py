"""The answer of `licet chips` for a terminal: one row for each chip, one column for days with the same verdicts."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from licet.logic.measured import Exact
from licet.render.chips_words import (
    LATER,
    UNCLASSIFIED,
    alike,
    all_unclassified,
    numbers,
    range_in_words,
    signs,
    verdict,
)
from licet.render.clean import one_line
from licet.services.chips import DESCRIBED, FREE, LICENCE, OPEN, ChipsAnswer, Day

_STYLES = {DESCRIBED: "red", LICENCE: "blue", OPEN: "magenta", FREE: "green"}
_WIDE = 200
_NONE: Exact = (None, None)


def text(answer: ChipsAnswer, to_file: bool) -> str:
    """The table and what to know of it; with colours only where a terminal shows it."""
    coloured = not to_file and sys.stdout.isatty()
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=coloured,
        no_color=not coloured,
        width=None if coloured else _WIDE,
        highlight=False,
        markup=False,
    )
    console.print(_table(answer))
    for said in notes(answer):
        console.print(said)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _table(answer: ChipsAnswer) -> Table:
    runs = alike(answer.days)
    table = Table(title=one_line(answer.table.title), title_justify="left", box=None, pad_edge=False, expand=False)
    table.add_column("chip", no_wrap=True)
    heads = numbers(answer)
    for head in heads.values():
        table.add_column(head, justify="right")
    for run in runs:
        table.add_column("\n".join(day.on.isoformat() for day in run))
    for number, chip in enumerate(answer.table.chips):
        known = answer.measured[chip.id]
        ranges = [range_in_words(known.get(fact, _NONE)) for fact in heads]
        table.add_row(one_line(chip.name), *ranges, *(_cell(answer, run[0], number) for run in runs))
    return table


def _cell(answer: ChipsAnswer, day: Day, number: int) -> Text:
    status = day.statuses[number]
    return Text(verdict(status) + signs(status, answer), style=_STYLES[status.kind])


def notes(answer: ChipsAnswer) -> Iterator[str]:
    """What holds for the whole table."""
    statuses = [status for day in answer.days for status in day.statuses]
    yield (
        "Each chip shipped from the United States to a firm in China that stands on no list: the entry of the control "
        "list that describes it by its performance, then whether the shipment needs a licence."
    )
    if any(not status.announced for status in statuses):
        yield f"{LATER} announced only after that day (the first, where a column has several)."
    if any(status.unclassified for status in statuses):
        head = "Everywhere" if all_unclassified(answer) else UNCLASSIFIED
        yield f"{head} without what hangs on the chip's classification under other entries, which no row states."
    for day in answer.days:
        if day.field is None:
            yield f"{day.on}: no entry puts performance against a number."
        elif day.field.since > day.on:
            yield f"{day.on}: no entry puts performance against a number yet; the first does on {day.field.since}."
    missing = dict.fromkeys(one for day in answer.days for one in day.missing)
    if missing:
        yield f"Not encoded, and so not asked: {'; '.join(missing)}."
    yield f"Law {answer.law[:12]}, checked to {answer.checked_to}. Sources of each number: -o FILE.json or FILE.html."
