"""From the values of rules to an outcome: an interval from the best to the worst it can still become."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from licet.facts.elements import Element, line
from licet.facts.truth import Truth, conjunction, disjunction
from licet.logic.ask import Asker, Open, Unsettled
from licet.logic.contradictions import Contradictions
from licet.logic.evaluate import Evaluator
from licet.logic.joins import Test
from licet.logic.margins import Margins
from licet.logic.prove import Prover
from licet.rules.check import Scope, matches
from licet.rules.model import Gap, Instrument
from licet.rules.snapshot import InForce, Snapshot

CASE: Scope = ("case",)
CLEAR, RELIEF, HOLD, LICENCE, PROHIBITED = range(5)
SEVERITY = {
    "hold": HOLD,
    "licence_required": LICENCE,
    "prohibited": PROHIBITED,
    "may_not_buy": PROHIBITED,
    "may_not_contract": PROHIBITED,
    "may_not_invest": PROHIBITED,
}
EXPORT_WORDS = ("no_licence_required", "relief_available", "hold", "licence_required", "prohibited")
CHANNEL_ACTS = {"procurement": "procurement", "investment": "investment"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The best and the worst outcome still possible, as severities."""

    best: int = CLEAR
    worst: int = CLEAR

    def join(self, other: Bounds) -> Bounds:
        """The worse of both, bound by bound."""
        return Bounds(max(self.best, other.best), max(self.worst, other.worst))


@dataclass(frozen=True, slots=True)
class Needed:
    """A requirement or prohibition for this line: whether it applies, what lifts it, what it comes to."""

    rule: InForce
    value: Truth
    reach: Truth
    reliefs: tuple[tuple[InForce, Truth, Truth], ...]
    bounds: Bounds

    @property
    def severity(self) -> int:
        """What it comes to where nothing lifts it."""
        return severity(self.rule)


@dataclass(slots=True)
class Line:
    """What is decided for the case with one item."""

    root: Element
    item: Element | None
    reach: dict[str, Truth] = field(default_factory=dict)
    needed: dict[str, list[Needed]] = field(default_factory=dict)

    def settle(self, alone: bool, keep: frozenset[str] = frozenset()) -> None:
        """Make ready to ask more about the line: where it is not alone, another one was decided after it."""
        if not alone:
            line(self.root, self.item, keep)

    def bounds(self, jurisdiction: str) -> Bounds:
        """The bounds in one jurisdiction."""
        result = Bounds()
        for need in self.needed.get(jurisdiction, ()):
            result = result.join(need.bounds)
        return result

    def overall(self) -> Bounds:
        """The worst over jurisdictions, bound by bound."""
        result = Bounds()
        for jurisdiction in self.needed:
            result = result.join(self.bounds(jurisdiction))
        return result


def severity(held: InForce) -> int:
    """The severity of a requirement or prohibition."""
    default = "prohibited" if held.rule.kind == "prohibition" else "licence_required"
    return SEVERITY[held.extra.get("effect", default)]


def _own_reach(held: InForce) -> tuple[str, ...]:
    """The rules of reach of a requirement or prohibition; none where those of its instrument count."""
    return tuple(held.extra.get("reach", ()))


def enforced(held: InForce) -> bool:
    """Suspended and unenforced text does not count in the outcome."""
    return held.version.status not in ("suspended", "not_enforced")


class _Bars(dict[str, list[str]]):
    """For each relief the bars that name it, found when first asked for."""

    def __init__(self, bars: list[InForce]) -> None:
        super().__init__()
        self.all = bars

    def __missing__(self, relief: str) -> list[str]:
        named = [bar for bar in self.all if any(matches(pattern, relief) for pattern in bar.extra["bars"])]
        self[relief] = [bar.rule.id for bar in named]
        return self[relief]


class Decider:
    """Decides lines under one snapshot. The tables are worked out once and used for every line.

    `before` is a decider of another day whose compiled law serves on, but for what is `unstable` between the two.
    """

    def __init__(self, law: Snapshot, before: Decider | None = None, unstable: Container[str] = ()) -> None:
        self.law = law
        self.evaluator: Evaluator = Evaluator(law, None if before is None else before.evaluator, unstable)
        self.tests: dict[str, Test] = {}
        self.asker = Asker(self.evaluator)
        self.instruments = [i for i in law.law.instruments.values() if i.encoded_from <= law.day]
        self.reaches = {
            i.id: [
                h.rule.id for h in law.of_kind("reach") if h.rule.instrument == i.id and h.extra.get("general") != "no"
            ]
            for i in self.instruments
        }
        self.needs = {
            i.id: [h for h in law.of_kind("requirement", "prohibition") if h.rule.instrument == i.id and enforced(h)]
            for i in self.instruments
        }
        self.ways = {i: list(dict.fromkeys(map(_own_reach, needs))) for i, needs in self.needs.items()}
        self.reached: dict[tuple[str, tuple[bool, ...]], list[tuple[InForce, int]]] = {}
        self.reliefs = self._reliefs()
        self.bars: _Bars = _Bars([held for held in law.of_kind("bar") if enforced(held)])
        if before is not None and [bar.version for bar in before.bars.all] == [bar.version for bar in self.bars.all]:
            self.bars = before.bars  # which reliefs they name
        self.gap_tests: dict[str, Test] = {}

    @cached_property
    def contradictions(self) -> Contradictions:
        """What finds facts of a case that cannot all be true; made when first used."""
        return Contradictions(self.evaluator)

    @cached_property
    def prover(self) -> Prover:
        """What proves values of this law and gives reasons for them."""
        return Prover(self.evaluator)

    @cached_property
    def margins(self) -> Margins:
        """The lines that the entries of the day draw; found when first used."""
        return Margins(self.evaluator)

    def _reliefs(self) -> dict[str, list[InForce]]:
        found: dict[str, list[InForce]] = {}
        for held in self.law.of_kind("relief"):
            if enforced(held):
                for target in held.extra["lifts"]:
                    found.setdefault(target, []).append(held)
        return found

    def value(self, rule: str, root: Element) -> Truth:
        """The value of a rule for the whole line."""
        if rule in root.memo:  # a rule of the case itself that was worked out
            known: Truth = root.memo[rule]
            return known
        test = self.tests.get(rule)
        if test is None:
            test = self.tests[rule] = self.evaluator.lifted(rule, CASE)
        return test(root)

    def channel(self, instrument: Instrument, root: Element) -> Truth:
        """Whether the act is one this instrument governs; unknown while the act is."""
        act = root.facts.get("act")
        return None if act is None else instrument.channel == CHANNEL_ACTS.get(act, "export")

    def decide(self, root: Element, item: Element | None, among: Container[str] | None = None) -> Line:
        """All that decides one line, or what the instruments `among` say of it.

        The elements must have been settled with `line(...)`.
        """
        found = Line(root, item)
        for instrument in self.instruments:
            if among is not None and instrument.id not in among:
                continue
            governs = self.channel(instrument, root)
            if governs is False:
                continue
            general = disjunction(self.value(rule, root) for rule in self.reaches[instrument.id])
            found.reach[instrument.id] = conjunction((governs, general))
            for held, reach in self._reached(instrument.id, governs, general, root):
                need = self.need(held, reach, root)
                if need is not None:
                    found.needed.setdefault(instrument.jurisdiction, []).append(need)
        return found

    def _reached(
        self, instrument: str, governs: Truth, general: Truth, root: Element
    ) -> Iterator[tuple[InForce, Truth]]:
        """The requirements and prohibitions of an instrument that reach the line, or may, each with its reach.

        Those with a reach of their own share it with many others: each is asked for once.
        """
        ways = self.ways[instrument]
        values = [
            conjunction((governs, disjunction(self.value(rule, root) for rule in own) if own else general))
            for own in ways
        ]
        key = instrument, tuple(value is not False for value in values)
        if key not in self.reached:
            place = {own: number for number, own in enumerate(ways) if key[1][number]}
            of = ((held, place.get(_own_reach(held))) for held in self.needs[instrument])
            self.reached[key] = [(held, way) for held, way in of if way is not None]
        return ((held, values[way]) for held, way in self.reached[key])

    def gaps(self, found: Line) -> dict[str, Gap]:
        """Gaps of the instruments that reach the line, or may, as far as they may matter to it."""
        return {
            gap.id: gap
            for instrument in self.instruments
            if found.reach.get(instrument.id, False) is not False
            for gap in instrument.gaps
            if self._gap(gap)(found.root) is not False
        }

    def _gap(self, gap: Gap) -> Test:
        if gap.id not in self.gap_tests:
            self.gap_tests[gap.id] = self.evaluator.compile(gap.when, CASE).value
        return self.gap_tests[gap.id]

    def has_say(self, jurisdiction: str, found: Line) -> bool:
        """Whether an instrument of the jurisdiction that can require or forbid reaches the line, or may."""
        return any(
            found.reach.get(i.id, False) is not False
            for i in self.instruments
            if i.jurisdiction == jurisdiction and self.needs[i.id]
        )

    def need(self, held: InForce, reach: Truth, root: Element) -> Needed | None:
        """The requirement with its reliefs; None where it is proven not to apply."""
        if reach is False:
            return None
        value = conjunction((reach, self.value(held.rule.id, root)))
        if value is False:
            return None
        reliefs = []
        for relief in self.reliefs.get(held.rule.id, ()):
            lifted = self.value(relief.rule.id, root)
            if lifted is not False:
                barred = disjunction(self.value(bar, root) for bar in self.bars[relief.rule.id])
                reliefs.append((relief, lifted, barred))
        level = severity(held)
        possible = any(barred is not True for _, _, barred in reliefs)
        sure = any(lifted is True and barred is False for _, lifted, barred in reliefs)
        bounds = Bounds(
            best=CLEAR if value is None else RELIEF if possible else level,
            worst=RELIEF if sure else level,
        )
        return Needed(held, value, reach, tuple(reliefs), bounds)

    # --- questions ----------------------------------------------------------------------------

    def open_facts(self, found: Line, floor: int) -> Open:
        """Facts that can still change the outcome, given that the case cannot come out better than `floor`.

        The stated pass: every requirement that may come out worse than the floor, with its reach, its
        reliefs and their bars, as far as each is unknown.
        """
        opened: Open = {}
        asked: set[str] = set()  # by several requirements, but once is enough
        for need in self._open_needs(found, floor):
            self._ask_need(need, found.root, opened, asked)
        return opened

    def asked(self, found: Line, floor: int) -> Unsettled:
        """The same facts, without the rules that wait for them."""
        opened, asked = Unsettled(), set[str]()
        for need in self._open_needs(found, floor):
            self._asks_need(need, found.root, opened, asked)
        return opened

    def asked_needs(self, found: Line, floor: int) -> Iterator[tuple[Needed, Unsettled]]:
        """The requirements that may come out worse than the floor and are not settled, each with its open facts."""
        for need in self._open_needs(found, floor):
            opened = Unsettled()
            self._asks_need(need, found.root, opened, set())
            yield need, opened

    def opened(self, need: Needed, found: Line) -> Open:
        """The open facts of a requirement, with the rules that wait for each."""
        opened: Open = {}
        self._ask_need(need, found.root, opened, set())
        return opened

    def _open_needs(self, found: Line, floor: int) -> Iterator[Needed]:
        for needs in found.needed.values():
            for need in needs:
                if need.bounds.worst > floor and need.bounds.best != need.bounds.worst:
                    yield need

    def _ask_need(self, need: Needed, root: Element, opened: Open, asked: set[str]) -> None:
        if self._waits_for_act(need, root):
            self.asker.fact("act", root, need.rule.rule.id, opened)
        for rule in self._waits(need):
            if rule not in asked:
                asked.add(rule)
                self.asker.rule(rule, root, CASE, opened)

    def _asks_need(self, need: Needed, root: Element, opened: Unsettled, asked: set[str]) -> None:
        if self._waits_for_act(need, root):
            opened["act", id(root)] = "act", root
        for rule in self._waits(need):
            if rule not in asked:
                asked.add(rule)
                opened.update(self.asker.asks(rule, root, CASE))

    @staticmethod
    def _waits_for_act(need: Needed, root: Element) -> bool:
        return need.value is None and need.reach is None and "act" not in root.facts

    def _waits(self, need: Needed) -> Iterator[str]:
        """The rules that a requirement waits for, as far as they are unknown."""
        if need.value is None:
            if need.reach is None:
                yield from need.rule.extra.get("reach") or self.reaches[need.rule.rule.instrument]
            yield need.rule.rule.id
        for relief, lifted, barred in need.reliefs:
            if barred is True:
                continue
            if lifted is None:
                yield relief.rule.id
            if barred is None:
                yield from self.bars[relief.rule.id]
