"""The page of `licet impact`: from what to what, and because of which change."""

from __future__ import annotations

from collections.abc import Iterator

from licet.render.clean import one_line
from licet.services.impact.model import Cause, ChangeAnswer, ImpactAnswer, Move

MOST, CAUSES, TEXT = 12, 3, 160  # changes shown, causes of each, characters of what a version says it changed


def page(answer: ImpactAnswer, out: str, chart: str, rejected: str) -> str:
    """The page as text."""
    return "\n".join(_lines(answer, out, chart, rejected)) + "\n"


def _lines(answer: ImpactAnswer, out: str, chart: str, rejected: str) -> Iterator[str]:
    yield f"{one_line(answer.table)}: {one_line(answer.before.name)}  ->  {one_line(answer.after.name)}"
    yield (
        f"{answer.lines:,} lines{_money(answer.value, answer.currency)}; {answer.flipped:,} flip, "
        f"{sum(move.lines for move in answer.reasons):,} keep their outcome for other reasons"
    )
    if answer.flips:
        yield ""
        yield f"  {'from':<22}    {'to':<22} {'lines':>10} {'items':>8}{_head(answer)}"
        for move in answer.flips:
            yield f"  {_word(move.before):<22} -> {_word(move.after):<22} {_counts(move)}{_amount(move.value, answer)}"
    yield from _changes(answer)
    if answer.reasons:
        yield ""
        yield "The same outcome, other reasons"
        for move in answer.reasons:
            yield f"  {_word(move.before):<48} {_counts(move)}{_amount(move.value, answer)}"
    yield ""
    if answer.open:
        yield f"{answer.open:,} more lines differ only in what is encoded or in what there is to find out."
    if answer.assumed:
        yield f"Causes were worked out for {answer.examined:,} sorts of lines; {answer.assumed:,} took those of others."
    if answer.rejected:
        where = f"; {rejected} says why" if rejected else "; with -o a table says why"
        yield f"{answer.rejected:,} lines could not be decided on one of the sides and are not compared{where}."
    if not answer.flipped:
        yield "Nothing flips."
    yield from (f"Written to {name}" for name in (out, chart) if name)


def _changes(answer: ImpactAnswer) -> Iterator[str]:
    if not answer.changes:
        return
    yield ""
    yield "By change (a line may be moved by several)"
    for change in answer.changes[:MOST]:
        yield ""
        yield from _change(change, answer)
    if len(answer.changes) > MOST:
        yield ""
        yield f"  and {len(answer.changes) - MOST:,} more changes, which --format json lists"


def _change(change: ChangeAnswer, answer: ImpactAnswer) -> Iterator[str]:
    head = change.causes[0]
    others = f"; {many(change.others, 'more line')} for other reasons" if change.others else ""
    if change.lines:
        money = _money(change.value, answer.currency)
        counted = f"{many(change.lines, 'line')} of {many(change.items, 'item')}"
        yield f"  {first_day(change):<10}  {counted}{money}{others}"
    else:
        yield f"  {first_day(change):<10}  no line flips{others}"
    for move in change.moves:
        yield f"      {move.lines:>8,}  {_word(move.before)} -> {_word(move.after)}"
    for cause in change.causes[:CAUSES]:
        yield f"    {_named(cause)}"
        if cause.text:
            yield f"      {_cut(one_line(cause.text))}"
    if len(change.causes) > CAUSES:
        yield f"    and {len(change.causes) - CAUSES:,} more provisions, such as {one_line(change.causes[CAUSES].cite)}"
    if head.source:
        yield f"      source: {_cut(one_line(head.source))}"


def many(count: int, what: str) -> str:
    """A number of things."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def first_day(change: ChangeAnswer) -> str:
    """The first day of a change; empty where it has none."""
    return min((cause.day for cause in change.causes if cause.day), default="")


def _named(cause: Cause) -> str:
    return f"{cause.what}: {one_line(cause.cite or cause.title)}" + (
        f", {one_line(cause.title)}" if cause.title and cause.cite else ""
    )


def _word(outcome: str) -> str:
    return outcome.replace("_", " ")


def _counts(move: Move) -> str:
    return f"{move.lines:>10,} {move.items:>8,}"


def _head(answer: ImpactAnswer) -> str:
    return "" if answer.value is None else f"{f'value {one_line(answer.currency)}'.strip():>20}"


def _amount(value: float | None, answer: ImpactAnswer) -> str:
    return "" if answer.value is None else f"{value or 0:>20,.0f}"


def _money(value: float | None, currency: str) -> str:
    return "" if value is None else f", {value:,.0f} {one_line(currency)}".rstrip()


def _cut(text: str) -> str:
    return text if len(text) <= TEXT else f"{text[: TEXT - 1]}…"
