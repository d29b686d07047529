"""The answer of `licet bom` for a terminal: the share and its limits, the tree of parts, what could be cut off."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from io import StringIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

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
from licet.render.clean import one_line, to_ascii
from licet.render.textrows import TONES as STYLES
from licet.render.textrows import block, row
from licet.services.bom_answer import BomAnswer, DependenceAnswer, LimitAnswer, PartAnswer

WIDEST, NARROWEST = 120, 40
SETTLES, QUESTIONS = 8, 5


def text(answer: BomAnswer, to_file: bool) -> str:
    """The answer as text, for the terminal or for a file."""
    terminal = sys.stdout.isatty() and not to_file
    columns = shutil.get_terminal_size((WIDEST, 24)).columns
    written = StringIO()
    console = Console(
        file=written,
        width=max(NARROWEST, min(WIDEST, columns - 1 if terminal else columns)),
        force_terminal=terminal,
        no_color=not terminal or "NO_COLOR" in os.environ,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in _parts(answer):
        console.print(part)
    shown = "".join(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())
    return shown if to_file or _shows(shown) else to_ascii(shown)


def _shows(shown: str) -> bool:
    """Whether the terminal can show what is to be printed."""
    try:
        shown.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _parts(answer: BomAnswer) -> Iterator[RenderableType]:
    found = answer.content
    yield Text(one_line(answer.title), style="bold")
    yield Text(route(answer))
    yield Text("")
    yield Text.assemble("Controlled US-origin content: ", (headline(answer), STYLES[TONES[found.verdict]]))
    yield from block("Limits", (row("·", _limit_text(one)) for one in found.limits))
    yield from block("What alone would settle it", (row("·", Text(one.text)) for one in found.settles[:SETTLES]))
    yield from block("Parts", [_tree(answer)])
    yield from block("What could be cut off from this buyer", [_dependence(answer)] if answer.dependence else [])
    yield from block("The product itself", _decision(answer))
    yield from block("Notes", (row("·", Text(note)) for note in found.notes))


def _limit_text(one: LimitAnswer) -> Text:
    return Text.assemble(limit(one), (f"\n{one.rule.cite} · {one.rule.id}", "dim"))


def _tree(answer: BomAnswer) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("part", overflow="fold")
    for head in ("each", "in all", "counts", "share"):
        table.add_column(head, justify="right")
    table.add_column("why", overflow="fold")
    for part in answer.content.parts:
        table.add_row(*_part(part))
    return table


def _part(part: PartAnswer) -> list[Text]:
    pieces = amount(part.quantity)
    each = amount(part.value) if pieces == "1" else f"{pieces} × {amount(part.value)}"
    style = "dim" if part.share.most == "0" else "bold" if part.share.least == part.share.most else "magenta"
    code = f" [{part.code}]" if part.code else ""
    where = f" ({part.origin})" if part.origin else ""
    named = f"{'  ' * (part.depth - 1)}{one_line(part.name)}{where}{code}"
    counts = [amount(part.line), amount(part.content), amount(part.share, "%")]
    return [
        Text(named),
        Text(each),
        Text(counts[0]),
        *(Text(cell, style) for cell in counts[1:]),
        Text(why(part), "dim"),
    ]


def _dependence(answer: BomAnswer) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for head in ("part", "made by", "in", "node", "to this buyer, and under which rule"):
        table.add_column(head, overflow="fold")
    for part in answer.dependence:
        cells = (one_line(part.name), one_line(made(part)), part.made_in or "?", node(part))
        table.add_row(*(Text(cell) for cell in cells), _rules(part))
    return table


def _rules(part: DependenceAnswer) -> Text:
    found = Text(stopped(part), STYLES[STOPPED_TONES[part.stopped]])
    for rule in proven(part):
        found.append(f"\n{rule.title} ", style="default").append(rule.cite, style="dim")
    if part.stopped == "unknown":
        found.append(f"\n{waiting(part)}", style="dim")
    return found


def _decision(answer: BomAnswer) -> Iterator[RenderableType]:
    found = answer.decision
    still = "" if found.best == found.worst else f", from {outcome(found.best)} to {outcome(found.worst)}"
    covered = "" if found.coverage == "complete" else "; not all that has a say is encoded"
    yield Text(f"{outcome(found.outcome)}{still}{covered} (exit {answer.exit_code})")
    for rule in found.rules:
        if rule.value == "yes":
            yield row("·", Text.assemble(rule.title, (f" {rule.cite}", "dim")))
    for duty in found.duties:
        yield row("!", Text.assemble(duty.title, (f" {duty.cite}", "dim")))
    for asked in found.asks[:QUESTIONS]:
        yield row("?", Text(asked))
