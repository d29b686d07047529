"""The answer of `licet regimes` for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from licet.render.clean import printable
from licet.services.regimes import Part, RegimeAnswer, RegimesAnswer

WIDTH = 100
_SAYS = {"yes": "takes part", "no": "does not take part", "unknown": "it is not known whether it took part yet"}


def text(answer: RegimesAnswer) -> str:
    """The answer as text."""
    return printable("\n".join(_lines(answer)))


def _lines(answer: RegimesAnswer) -> Iterator[str]:
    yield f"The regimes on {answer.on}"
    for regime in answer.regimes:
        yield ""
        yield from _regime(regime, bool(answer.countries))
    if answer.steps and not answer.countries:
        yield ""
        yield "What states did beside them, up to this day"
        for step in answer.steps:
            said = f"{step.on}  {', '.join(step.by).upper()}: {step.what} [{step.source}]"
            yield from wrap(said, WIDTH, initial_indent="  ", subsequent_indent="              ")


def _regime(regime: RegimeAnswer, asked: bool) -> Iterator[str]:
    yield f"{regime.name} ({regime.id.upper()})"
    if asked:
        yield from (_part(part) for part in regime.states)
    else:
        yield from wrap(f"about:   {regime.subject}", WIDTH, initial_indent="  ", subsequent_indent="           ")
        yield f"  since:   {regime.began}; it {'binds' if regime.binding else 'does not bind'} its members by law"
        yield f"  decides: by {regime.decides} of {regime.members} members, so each of them can stop a change"
        yield from _members(regime)
    if regime.beyond:
        yield f"  read up to {regime.checked_to}: what changed after that day is not known"


def _part(part: Part) -> str:
    said = f"  {part.name}: {_SAYS[part.member]}"
    if part.member == "yes":
        return f"{said} since {part.since}  [{part.source}]"
    return f"{said} (it joined in {part.since})  [{part.source}]" if part.since else said


def _members(regime: RegimeAnswer) -> Iterator[str]:
    joined: dict[str, list[str]] = {}
    for part in regime.states:
        since = part.since if part.member == "yes" else f"{part.since} (not known whether before this day)"
        joined.setdefault(since, []).append(part.country)
    yield "  members, by when they joined:"
    for since, countries in joined.items():
        yield from wrap(f"{since}: {' '.join(countries)}", WIDTH, initial_indent="    ", subsequent_indent="      ")
