"""Where laws of different jurisdictions pull apart: one demands, or may permit, what another forbids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from licet.facts.truth import Truth, conjunction, word
from licet.logic.decide import HOLD, PROHIBITED, Decider, Line, enforced
from licet.logic.decision import Conflict, Side
from licet.rules.check import matches
from licet.rules.model import Instrument
from licet.rules.snapshot import InForce

LICENCE_AND_BAN, BLOCKING = "licence_and_ban", "blocking"
Active = tuple[str, InForce, Truth]  # the jurisdiction, the rule, and its value for the line


def conflicts(decider: Decider, lines: Sequence[Line]) -> tuple[Conflict, ...]:
    """The conflicts over all lines, each once; of one that is certain for some line, that it is."""
    found: dict[tuple[str, str, str], Conflict] = {}
    for line in lines:
        line.settle(alone=len(lines) == 1)
        for conflict in (*_bans(decider, line), *_blocked(decider, line)):
            key = (conflict.kind, conflict.first.id, conflict.second.id)
            if key not in found or conflict.value == "yes":
                found[key] = conflict
    return tuple(found.values())


def _bans(decider: Decider, line: Line) -> Iterator[Conflict]:
    """A licence that one law asks for, beside a ban of another that no licence of the first can lift."""
    needed = [(j, need) for j, needs in line.needed.items() for need in needs if need.value is True]
    licences = [(j, need) for j, need in needed if HOLD <= need.bounds.best < PROHIBITED]
    bans = [(j, need) for j, need in needed if need.bounds.best == PROHIBITED]
    told: set[tuple[str, str]] = set()
    for (asks, licence), (forbids, ban) in product(licences, bans):
        export = _channel(decider, licence.rule) == _channel(decider, ban.rule) == "export"
        if asks != forbids and export and (asks, forbids) not in told:  # one pair of provisions says it all
            told.add((asks, forbids))
            yield Conflict(LICENCE_AND_BAN, "yes", _side(asks, licence.rule), _side(forbids, ban.rule))


def _blocked(decider: Decider, line: Line) -> Iterator[Conflict]:
    """A law that forbids to comply with provisions that apply here, or may."""
    active = list(_active(decider, line))
    for blocks, blocking, value in active:
        patterns = blocking.extra.get("against", ())
        for demands, held, other in active if patterns else ():
            if demands != blocks and any(matches(pattern, held.rule.id) for pattern in patterns):
                both = word(conjunction((value, other)))
                yield Conflict(BLOCKING, both, _side(demands, held), _side(blocks, blocking))


def _active(decider: Decider, line: Line) -> Iterator[Active]:
    """Requirements and prohibitions that are not proven not to apply, and duties and flags likewise."""
    for jurisdiction, needs in line.needed.items():
        yield from ((jurisdiction, need.rule, need.value) for need in needs)
    for held in decider.law.of_kind("duty", "flag"):
        instrument = decider.law.law.instruments.get(held.rule.instrument)
        if instrument is None or not enforced(held):
            continue
        reach = line.reach.get(instrument.id, False) if held.rule.kind == "duty" else True
        value = False if reach is False else conjunction((reach, decider.value(held.rule.id, line.root)))
        if value is not False:
            yield instrument.jurisdiction, held, value


def _channel(decider: Decider, held: InForce) -> str:
    instrument: Instrument | None = decider.law.law.instruments.get(held.rule.instrument)
    return "" if instrument is None else instrument.channel


def _side(jurisdiction: str, held: InForce) -> Side:
    return Side(jurisdiction, held.rule.id, held.rule.cite, held.rule.title)
