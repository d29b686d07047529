"""Which lines the law cannot tell apart: one number for all that a short answer rests on.

What counts is added up, every thing that is not proven no with a number of its own drawn at random: the instruments
that reach the line, the requirements that apply or may, what lifts them, gaps and policies, each with the version that
says so, and where the outcome is open, what is asked. So lines of different days may be alike too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from licet.logic.alike.asked import Asked, Names, Numbers, mixed
from licet.logic.alike.elements import MISSING
from licet.logic.alike.values import CODE, NO, UNKNOWN, YES, Truths, Values
from licet.logic.decide import CASE, CHANNEL_ACTS, CLEAR, RELIEF, Decider, enforced, severity
from licet.rules.model import Instrument
from licet.rules.snapshot import InForce

Mask = NDArray[np.bool_]
Levels = NDArray[np.int8]
_T = TypeVar("_T")


class Shape(NamedTuple):
    """What belongs to a requirement on some days: its reach, what lifts it, and the bars to each relief."""

    held: InForce
    reach: tuple[str, ...]
    own_reach: bool
    reliefs: tuple[InForce, ...]
    bars: tuple[tuple[str, ...], ...]

    @property
    def key(self) -> Hashable:
        """What makes it the same."""
        return version(self.held), self.reach, tuple(map(version, self.reliefs)), self.bars


@dataclass(slots=True)
class Need:
    """A requirement over a run of lines: whether it applies, its reach, what lifts it, the bounds it comes to."""

    shape: Shape
    lines: slice
    value: Truths
    reach: Truths
    reliefs: list[tuple[InForce, tuple[str, ...], Truths, Truths]]
    best: Levels
    worst: Levels


@dataclass(slots=True)
class Signatures:
    """Works out the signatures of the lines of `values`; when it is done, `numbers` holds one for each line."""

    values: Values
    asked: Asked
    names: Names
    numbers: Numbers = field(init=False)
    no_act: Numbers = field(init=False)  # where the act is not stated, what asks for it
    governs: dict[str, Truths] = field(default_factory=dict)
    reach: dict[str, Truths] = field(default_factory=dict)
    needs: list[Need] = field(default_factory=list)
    best: dict[str, Levels] = field(default_factory=dict)  # by jurisdiction
    asking: dict[str, Mask] = field(default_factory=dict)  # by jurisdiction: where something applies, or may
    policies: dict[str, list[tuple[slice, InForce, Mask]]] = field(default_factory=dict)
    missing: Mask = field(init=False)  # where law that may matter is not encoded

    def __post_init__(self) -> None:
        self.numbers = np.zeros(self.size, np.uint64)
        self.missing = np.zeros(self.size, np.bool_)

    @property
    def size(self) -> int:
        """The number of lines."""
        return self.values.lines.all.size

    @property
    def deciders(self) -> list[Decider]:
        """The law of each day."""
        return list(self.values.laws.deciders)

    def work_out(self) -> None:
        """All of it."""
        self._act()
        for instrument in self.values.law.instruments.values():
            self._reach(instrument)
        shapes = [self._shapes(decider) for decider in self.deciders]
        for rule in dict.fromkeys(rule for each in shapes for rule in each):
            for first, last, shape in runs([each.get(rule) for each in shapes], lambda shape: shape.key):
                self._need(shape, self.values.lines.slice(first, last))
        self._gaps()
        self._policies()
        self._questions()

    def add(self, thing: Hashable, where: Truths | Mask, lines: slice = slice(None)) -> None:
        """Count a thing that is not no, with its value."""
        values = where.astype(np.int8)
        if values.any():
            table = np.array([0, self.names((thing, 1)), self.names((thing, 2))], np.uint64)
            self.numbers[lines] += table[values]

    def has_say(self, decider: Decider, jurisdiction: str, lines: slice) -> Mask:
        """Where an instrument that can require or forbid reaches a line of a day, or may, or asks for something."""
        asking = self.asking.get(jurisdiction)
        found = np.zeros(lines.stop - lines.start, np.bool_) if asking is None else asking[lines].copy()
        for instrument in decider.instruments:
            if instrument.jurisdiction == jurisdiction and decider.needs[instrument.id]:
                found |= self.reach[instrument.id][lines] != NO
        return found

    def add_missing(self, thing: Hashable, where: Mask, lines: slice) -> None:
        """Count law that may matter and is not encoded."""
        self.add(thing, where, lines)
        self.missing[lines] |= where

    # --- reach and requirements -----------------------------------------------------------------

    def _act(self) -> None:
        """For each channel whether it is the one of the act; unknown while the act is."""
        column = self.values.codes(self.values.lines.all, "act", "act")
        codes = np.zeros(self.size, np.int32) if column is None else column
        self.no_act = self.asked.missing("act", self.values.lines.all)
        self.governs = {channel: np.full(self.size, UNKNOWN, np.int8) for channel in ("export", *CHANNEL_ACTS.values())}
        for code in np.unique(codes).tolist():
            act = self.values.elements.value("act", code)
            self.add(("act", act), codes == code)
            for channel, values in self.governs.items():
                if code > MISSING:
                    values[codes == code] = CODE[channel == CHANNEL_ACTS.get(act, "export")]

    def _any(self, rules: Iterable[str], lines: slice) -> Truths:
        found = np.zeros(lines.stop - lines.start, np.int8)
        for rule in rules:
            found = np.maximum(found, self.values.over(rule)[lines])
        return found

    def _reach(self, instrument: Instrument) -> None:
        self.reach[instrument.id] = np.zeros(self.size, np.int8)
        told = [
            (tuple(decider.reaches[instrument.id]), bool(decider.needs[instrument.id]))
            if instrument.id in decider.reaches
            else None
            for decider in self.deciders
        ]
        for first, last, (rules, asks) in runs(told, lambda told: told):
            lines = self.values.lines.slice(first, last)
            found = np.minimum(self.governs[instrument.channel][lines], self._any(rules, lines))
            self.reach[instrument.id][lines] = found
            self.add(("reach", instrument.id, asks), found, lines)

    def _shapes(self, decider: Decider) -> dict[str, Shape]:
        found = {}
        for instrument, needs in decider.needs.items():
            for held in needs:
                own = tuple(held.extra.get("reach") or ())
                reliefs = tuple(decider.reliefs.get(held.rule.id, ()))
                bars = tuple(tuple(decider.bars[relief.rule.id]) for relief in reliefs)
                reach = own or tuple(decider.reaches[instrument])
                found[held.rule.id] = Shape(held, reach, bool(own), reliefs, bars)
        return found

    def _need(self, shape: Shape, lines: slice) -> None:
        held, instrument = shape.held, self.values.law.instruments[shape.held.rule.instrument]
        reach = self.reach[instrument.id][lines]
        if shape.own_reach:
            reach = np.minimum(self.governs[instrument.channel][lines], self._any(shape.reach, lines))
        if not reach.any():
            return
        value = np.minimum(reach, self.values.over(held.rule.id)[lines])
        there = value != NO
        if not there.any():
            return
        self.add(("need", version(held)), value, lines)
        self.add(("reached", held.rule.id), np.where(there, reach, NO), lines)
        level, reliefs = severity(held), []
        possible, sure = np.zeros(len(value), np.bool_), np.zeros(len(value), np.bool_)
        for relief, bars in zip(shape.reliefs, shape.bars, strict=True):
            lifted = np.where(there, self.values.over(relief.rule.id)[lines], np.int8(NO))
            if lifted.any():
                barred = np.where(lifted != NO, self._any(bars, lines), np.int8(NO))
                self.add(("relief", held.rule.id, version(relief)), lifted, lines)
                self.add(("barred", held.rule.id, relief.rule.id), barred, lines)
                possible |= (lifted != NO) & (barred != YES)
                sure |= (lifted == YES) & (barred == NO)
                reliefs.append((relief, bars, lifted, barred))
        best = np.where(value == YES, np.where(possible, RELIEF, level), CLEAR).astype(np.int8)
        worst = np.where(there, np.where(sure, RELIEF, level), CLEAR).astype(np.int8)
        self.needs.append(Need(shape, lines, value, reach, reliefs, best, worst))
        asking = self.asking.setdefault(instrument.jurisdiction, np.zeros(self.size, np.bool_))
        asking[lines] |= there
        whole = self.best.setdefault(instrument.jurisdiction, np.zeros(self.size, np.int8))
        whole[lines] = np.maximum(whole[lines], best)

    # --- what is told besides -------------------------------------------------------------------

    def _gaps(self) -> None:
        for instrument in self.values.law.instruments.values():
            reach = self.reach[instrument.id]
            for gap in instrument.gaps if reach.any() else ():
                for first, last in self.values.laws.runs_of(gap.when):
                    lines, span = self.values.lines.slice(first, last), self.values.lines.span(first, last)
                    if reach[lines].any():
                        node = self.deciders[first].evaluator.compile(gap.when, CASE)
                        open_ = (self.values.of(node, span) != NO) & (reach[lines] != NO)
                        self.add_missing(("gap", instrument.id, gap.id), open_, lines)

    def _policies(self) -> None:
        """The policies that apply for certain to a requirement that does."""
        certain: dict[str, Mask] = {}
        for need in self.needs:
            whole = certain.setdefault(need.shape.held.rule.id, np.zeros(self.size, np.bool_))
            whole[need.lines] |= need.value == YES
        told = [{h.rule.id: h for h in each.law.of_kind("policy") if enforced(h)} for each in self.deciders]
        for rule in dict.fromkeys(rule for each in told for rule in each):
            for first, last, held in runs([each.get(rule) for each in told], version):
                lines = self.values.lines.slice(first, last)
                wanted = [certain[need][lines] for need in held.extra["of"] if need in certain]
                if wanted and (where := np.logical_or.reduce(wanted)).any():
                    applies = where & (self.values.over(rule)[lines] == YES)
                    self.add(("policy", version(held)), applies, lines)
                    self.policies.setdefault(rule, []).append((lines, held, applies))

    def policies_of(self, need: str, place: int) -> Iterator[InForce]:
        """The policies of a requirement that apply to a line for certain."""
        for told in self.policies.values():
            for lines, held, applies in told:
                if lines.start <= place < lines.stop and need in held.extra["of"] and applies[place - lines.start]:
                    yield held

    # --- questions ------------------------------------------------------------------------------

    def _questions(self) -> None:
        floor = np.zeros(self.size, np.int8)
        for best in self.best.values():
            floor = np.maximum(floor, best)
        for need in self.needs:
            open_ = (need.worst > floor[need.lines]) & (need.best != need.worst)
            if open_.any():
                asked = self._need_asks(need, open_) * self.names(("asks", need.shape.held.rule.id))
                self.numbers[need.lines] += np.where(open_, asked, np.uint64(0))

    def _need_asks(self, need: Need, open_: Mask) -> Numbers:
        rule, lines = need.shape.held.rule.id, need.lines
        parts: list[Numbers] = []

        def ask(rule: str, where: Mask) -> None:
            if where.any():
                asked = self.asked.over(rule)[lines]
                if asked.any():
                    parts.append(np.where(where, asked, np.uint64(0)) * self.names(("rule", rule)))

        unknown = open_ & (need.value == UNKNOWN)
        unreached = unknown & (need.reach == UNKNOWN)
        if unreached.any():
            parts.append(np.where(unreached, self.no_act[lines], np.uint64(0)))
        for reach in need.shape.reach:
            ask(reach, unreached & (self.values.over(reach)[lines] == UNKNOWN))
        ask(rule, unknown)
        for relief, bars, lifted, barred in need.reliefs:
            ask(relief.rule.id, open_ & (lifted == UNKNOWN) & (barred != YES))
            maybe = open_ & (barred == UNKNOWN) & (lifted != NO)
            for bar in bars if maybe.any() else ():
                ask(bar, maybe & (self.values.over(bar)[lines] == UNKNOWN))
        return mixed(parts, len(need.value))


def version(held: InForce) -> Hashable:
    """Which version of a provision it is."""
    return held.rule.id, str(held.version.start), held.version.status


def runs(told: list[_T | None], key: Callable[[_T], Hashable]) -> Iterator[tuple[int, int, _T]]:
    """The runs of what is told under the same key: the first number, the last, and what is told."""
    place = 0
    for _, group in groupby(told, lambda each: None if each is None else key(each)):
        members = list(group)
        if members[0] is not None:
            yield place, place + len(members) - 1, members[0]
        place += len(members)
