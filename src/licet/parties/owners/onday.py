"""A graph as it stands on a day: what had begun and not ended, with holdings that cannot all be true refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from licet.facts.errors import CaseError, Problem
from licet.facts.numbers import plain
from licet.parties.owners.model import SCALE, WHOLE, Graph, Holding

CODE = "E_CONTRADICTION"


def on_day(graph: Graph, day: date) -> Graph:
    """The graph of one day. Raises CaseError where shares stand twice or come to more than the whole."""
    holdings = tuple(holding for holding in graph.holdings if holding.span.holds(day))
    problems = [*_twice(graph.holdings), *_too_much(holdings)]
    if problems:
        raise CaseError(problems)
    entities = {
        name: replace(entity, listings=tuple(row for row in entity.listings if row.span.holds(day)))
        for name, entity in graph.entities.items()
    }
    return replace(
        graph,
        on=day,
        entities=entities,
        holdings=holdings,
        controls=tuple(control for control in graph.controls if control.span.holds(day)),
        joints=tuple(joint for joint in graph.joints if joint.span.holds(day)),
    )


def _twice(holdings: Iterable[Holding]) -> Iterator[Problem]:
    """The same owner of the same entity twice, on days that overlap."""
    seen: dict[tuple[str, str], list[Holding]] = {}
    for holding in holdings:
        for other in seen.setdefault((holding.owner, holding.owned), []):
            if other.span.meets(holding.span):
                text = f"{holding.owner} as an owner of {holding.owned} stands twice, first at {other.place}"
                yield Problem(CODE, text, holding.place, "add the two shares, or give them days that do not overlap")
        seen[holding.owner, holding.owned].append(holding)


def _too_much(holdings: Iterable[Holding]) -> Iterator[Problem]:
    """Owners that hold more than the whole even by the least each may hold: the last one and the places of the rest."""
    of: dict[str, list[Holding]] = {}
    for holding in holdings:
        of.setdefault(holding.owned, []).append(holding)
    for owned, held in of.items():
        for what, least in (
            ("shares", [one.share[0] for one in held]),
            ("votes", [one.votes[0] if one.votes else 0 for one in held]),
        ):
            if sum(least) > WHOLE:
                told = ", ".join(
                    f"{one.owner} {plain(low, SCALE)} % at {one.place}"
                    for one, low in zip(held, least, strict=True)
                    if low
                )
                text = f"the {what} of {owned} come to {plain(sum(least), SCALE)} %: {told}"
                yield Problem(CODE, text, held[-1].place, "correct one of them, or give its days with from: and until:")
