"""Which lines the law of a day cannot tell apart: one number for all that a short answer rests on.

What counts is added up, every thing that is not proven no with a number of its own drawn at random: the instruments
that reach the line, the requirements that apply or may, what lifts them, gaps and policies, each with the version that
says so, and where the outcome is open, what is asked. So lines of different days may be alike too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from licet.logic.alike.asked import Asked, Names, Numbers, mixed
from licet.logic.alike.elements import MISSING
from licet.logic.alike.values import CODE, NO, UNKNOWN, YES, Truths, Values
from licet.logic.decide import CASE, CHANNEL_ACTS, CLEAR, RELIEF, Decider, enforced, severity
from licet.rules.model import Instrument
from licet.rules.snapshot import InForce

Mask = NDArray[np.bool_]


@dataclass(slots=True)
class Need:
    """A requirement over all lines: whether it applies, its reach, what lifts it, the bounds it comes to."""

    held: InForce
    value: Truths
    reach: Truths
    reliefs: list[tuple[InForce, Truths, Truths]]
    best: NDArray[np.int8]
    worst: NDArray[np.int8]


@dataclass(slots=True)
class Signatures:
    """Works out the signatures of the lines of `values`; when it is done, `numbers` holds one for each line."""

    decider: Decider
    values: Values
    asked: Asked
    names: Names
    numbers: Numbers = field(init=False)
    reach: dict[str, Truths] = field(default_factory=dict)
    needs: list[Need] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers = np.zeros(self.size, np.uint64)

    @property
    def size(self) -> int:
        """The number of lines."""
        return self.values.lines.size

    def work_out(self) -> None:
        """All of it."""
        governs = self._governs()
        for instrument in self.decider.instruments:
            self._instrument(instrument, governs[instrument.channel])
        self._gaps()
        self._policies()
        self._questions()

    def add(self, thing: Hashable, where: Truths | Mask) -> None:
        """Count a thing that is not no, with its value."""
        values = where.astype(np.int8)
        if values.any():
            table = np.array([0, self.names((thing, 1)), self.names((thing, 2))], np.uint64)
            self.numbers += table[values]

    # --- reach and requirements -----------------------------------------------------------------

    def _governs(self) -> dict[str, Truths]:
        """For each channel whether it is the one of the act; unknown while the act is."""
        column = self.values.codes(self.values.lines, "act", "act")
        codes = np.zeros(self.size, np.int32) if column is None else column
        found = {channel: np.full(self.size, UNKNOWN, np.int8) for channel in ("export", *CHANNEL_ACTS.values())}
        for code in np.unique(codes).tolist():
            act = self.values.elements.value("act", code)
            self.add(("act", act), codes == code)
            for channel, values in found.items():
                if code > MISSING:
                    values[codes == code] = CODE[channel == CHANNEL_ACTS.get(act, "export")]
        return found

    def _any(self, rules: Iterable[str]) -> Truths:
        found = np.zeros(self.size, np.int8)
        for rule in rules:
            found = np.maximum(found, self.values.refer(rule, self.values.lines))
        return found

    def _instrument(self, instrument: Instrument, governs: Truths) -> None:
        if not governs.any():
            return
        general = np.minimum(governs, self._any(self.decider.reaches[instrument.id]))
        self.reach[instrument.id] = general
        self.add(("reach", instrument.id, bool(self.decider.needs[instrument.id])), general)
        for held in self.decider.needs[instrument.id]:
            own = held.extra.get("reach")
            reach = np.minimum(governs, self._any(own)) if own else general
            if reach.any():
                self._need(held, reach)

    def _need(self, held: InForce, reach: Truths) -> None:
        value = np.minimum(reach, self.values.refer(held.rule.id, self.values.lines))
        there = value != NO
        if not there.any():
            return
        self.add(("need", _version(held)), value)
        self.add(("reached", held.rule.id), np.where(there, reach, NO))
        level, reliefs = severity(held), []
        possible, sure = np.zeros(self.size, np.bool_), np.zeros(self.size, np.bool_)
        for relief in self.decider.reliefs.get(held.rule.id, ()):
            lifted = np.where(there, self.values.refer(relief.rule.id, self.values.lines), np.int8(NO))
            if lifted.any():
                barred = np.where(lifted != NO, self._any(self.decider.bars[relief.rule.id]), np.int8(NO))
                self.add(("relief", held.rule.id, _version(relief)), lifted)
                self.add(("barred", held.rule.id, relief.rule.id), barred)
                possible |= (lifted != NO) & (barred != YES)
                sure |= (lifted == YES) & (barred == NO)
                reliefs.append((relief, lifted, barred))
        best = np.where(value == YES, np.where(possible, RELIEF, level), CLEAR).astype(np.int8)
        worst = np.where(there, np.where(sure, RELIEF, level), CLEAR).astype(np.int8)
        self.needs.append(Need(held, value, reach, reliefs, best, worst))

    # --- what is told besides -------------------------------------------------------------------

    def _gaps(self) -> None:
        for instrument in self.decider.instruments:
            reach = self.reach.get(instrument.id)
            if reach is None or not reach.any():
                continue
            for gap in instrument.gaps:
                node = self.decider.evaluator.compile(gap.when, CASE)
                open_ = (self.values.of(node, self.values.lines) != NO) & (reach != NO)
                self.add(("gap", instrument.id, gap.id), open_)

    def _policies(self) -> None:
        """The policies that apply for certain to a requirement that does."""
        certain = {need.held.rule.id: need.value == YES for need in self.needs}
        for held in self.decider.law.of_kind("policy"):
            wanted = [certain[need] for need in held.extra["of"] if need in certain]
            if enforced(held) and wanted:
                where = np.logical_or.reduce(wanted)
                if where.any():
                    says = self.values.refer(held.rule.id, self.values.lines) == YES
                    self.add(("policy", _version(held)), where & says)

    # --- questions ------------------------------------------------------------------------------

    def bounds(self, jurisdiction: str | None = None) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """The best and the worst over the requirements of a jurisdiction, or over all."""
        best, worst = np.zeros(self.size, np.int8), np.zeros(self.size, np.int8)
        instruments = self.decider.law.law.instruments
        for need in self.needs:
            if jurisdiction in (None, instruments[need.held.rule.instrument].jurisdiction):
                best, worst = np.maximum(best, need.best), np.maximum(worst, need.worst)
        return best, worst

    def _questions(self) -> None:
        floor, _ = self.bounds()
        for need in self.needs:
            open_ = (need.worst > floor) & (need.best != need.worst)
            if open_.any():
                asked = self._need_asks(need)
                self.numbers += np.where(open_, asked * self.names(("asks", need.held.rule.id)), np.uint64(0))

    def _need_asks(self, need: Need) -> Numbers:
        lines, rule = self.values.lines, need.held.rule
        parts: list[Numbers] = []

        def ask(rule: str, where: Mask) -> None:
            parts.append(np.where(where, self.asked.refer(rule, lines), np.uint64(0)) * self.names(("rule", rule)))

        open_, unreached = need.value == UNKNOWN, need.reach == UNKNOWN
        parts.append(np.where(open_ & unreached, self.asked.missing("act", lines), np.uint64(0)))
        for reach in need.held.extra.get("reach") or self.decider.reaches[rule.instrument]:
            ask(reach, open_ & unreached & (self.values.refer(reach, lines) == UNKNOWN))
        ask(rule.id, open_)
        for relief, lifted, barred in need.reliefs:
            ask(relief.rule.id, (lifted == UNKNOWN) & (barred != YES))
            for bar in self.decider.bars[relief.rule.id]:
                ask(bar, (barred == UNKNOWN) & (lifted != NO) & (self.values.refer(bar, lines) == UNKNOWN))
        return mixed(parts, self.size)


def _version(held: InForce) -> Hashable:
    return held.rule.id, str(held.version.start), held.version.status
