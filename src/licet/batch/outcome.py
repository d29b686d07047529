"""From the values of rules to bounds: columns of the line for each instrument, requirement and jurisdiction.

Mirrors the scalar decider: a requirement counts where its instrument has a say, a relief lifts only what it names.
"""

from __future__ import annotations

from licet.batch import sql
from licet.batch.context import TRUTH
from licet.batch.questions import Questions
from licet.batch.relations import base
from licet.rules import tree
from licet.rules.check import matches
from licet.rules.model import Instrument
from licet.rules.snapshot import InForce

CLEAR, RELIEF, HOLD, LICENCE, PROHIBITED = range(5)
SEVERITY = {"hold": HOLD, "licence_required": LICENCE}
CHANNEL_ACTS = ("investment", "procurement")
SMALL = "INTEGER"


class Outcome:
    """Makes the columns of an outcome."""

    def __init__(self, questions: Questions) -> None:
        self.questions, self.conditions, self.context = questions, questions.conditions, questions.context
        law = self.context.law
        self.line = base("case")
        self.instruments = [i for i in law.law.instruments.values() if i.encoded_from <= law.day]
        self.needs = {
            i.id: [h for h in law.of_kind("requirement", "prohibition") if h.rule.instrument == i.id and enforced(h)]
            for i in self.instruments
        }
        self.entries = [held.rule.id for held in law.of_kind("entry")]
        self.barring: dict[str, list[str]] = {}

    def value(self, rule: str) -> str:
        """The value of a rule for the whole line."""
        return self.conditions.truth(tree.Refer(rule=rule), self.line)

    # --- reach ----------------------------------------------------------------------------------

    def governs(self, instrument: Instrument) -> str:
        """Whether the act is one this instrument governs; unknown while the act is."""
        act = self.context.fact(self.line.last, "act")
        if instrument.channel in CHANNEL_ACTS:
            return f"({act} = {sql.text(instrument.channel)})"
        return sql.negation(sql.within(act, CHANNEL_ACTS))

    def general(self, instrument: Instrument) -> list[str]:
        """The reach rules that hold for all rules of an instrument that name none."""
        held = self.context.law.of_kind("reach")
        return [h.rule.id for h in held if h.rule.instrument == instrument.id and h.extra.get("general") != "no"]

    def reached_by(self, held: InForce, instrument: Instrument) -> list[str]:
        """The reach rules of one requirement."""
        return list(held.extra.get("reach") or self.general(instrument))

    def reach(self, label: str, rules: list[str], instrument: Instrument) -> str:
        """Whether one of the reach rules holds for an act the instrument governs."""

        def make() -> str:
            return sql.conjunction([self.governs(instrument), sql.disjunction([self.value(rule) for rule in rules])])

        self.context.define("case", label, TRUTH, make)
        return self.context.read(self.line.last, label)

    def instrument_reach(self, instrument: Instrument) -> str:
        """The reach of an instrument."""
        return self.reach(f"reach {instrument.id}", self.general(instrument), instrument)

    # --- requirements ---------------------------------------------------------------------------

    def need(self, held: InForce, instrument: Instrument) -> str:
        """Whether a requirement applies: its reach and its condition."""
        label = f"need {held.rule.id}"

        def make() -> str:
            return sql.conjunction([self.need_reach(held, instrument), self.value(held.rule.id)])

        self.context.define("case", label, TRUTH, make)
        return self.context.read(self.line.last, label)

    def need_reach(self, held: InForce, instrument: Instrument) -> str:
        """The reach of one requirement: the instrument's, or the one it names."""
        if not held.extra.get("reach"):
            return self.instrument_reach(instrument)
        return self.reach(f"reach {held.rule.id}", self.reached_by(held, instrument), instrument)

    def reliefs(self, held: InForce) -> list[str]:
        """The reliefs that name this requirement."""
        found = [relief for relief in self.context.law.of_kind("relief") if enforced(relief)]
        return [relief.rule.id for relief in found if held.rule.id in relief.extra["lifts"]]

    def bars(self, relief: str) -> list[str]:
        """The bars that switch a relief off."""
        if relief not in self.barring:
            bars = [held for held in self.context.law.of_kind("bar") if enforced(held)]
            named = [held for held in bars if any(matches(pattern, relief) for pattern in held.extra["bars"])]
            self.barring[relief] = [held.rule.id for held in named]
        return self.barring[relief]

    def barred(self, relief: str) -> str:
        """Whether a bar switches a relief off."""
        label, bars = f"barred {relief}", self.bars(relief)
        if not bars:
            return sql.NO
        self.context.define("case", label, TRUTH, lambda: sql.disjunction([self.value(bar) for bar in bars]))
        return self.context.read(self.line.last, label)

    def best(self, held: InForce, instrument: Instrument) -> str:
        """The best a requirement can come to: clear unless it surely applies, lifted where a relief may hold."""
        tests = [f"({self.value(r)} IS NOT FALSE AND {self.barred(r)} IS NOT TRUE)" for r in self.reliefs(held)]
        sure = sql.choose((sql.disjunction(tests), str(RELIEF)), otherwise=str(severity(held)))
        return sql.choose((self.need(held, instrument), sure), otherwise=str(CLEAR))

    def worst(self, held: InForce, instrument: Instrument) -> str:
        """The worst a requirement can come to: lifted only where a relief surely holds and no bar may."""
        tests = [f"({self.value(r)} IS TRUE AND {self.barred(r)} IS FALSE)" for r in self.reliefs(held)]
        lifted = sql.choose((sql.disjunction(tests), str(RELIEF)), otherwise=str(severity(held)))
        return sql.choose((f"{self.need(held, instrument)} IS FALSE", str(CLEAR)), otherwise=lifted)

    def bound(self, held: InForce, instrument: Instrument, end: str) -> str:
        """One end of what a requirement comes to, as a column."""
        label, make = f"{end} {held.rule.id}", self.best if end == "best" else self.worst
        self.context.define("case", label, SMALL, lambda: make(held, instrument))
        return self.context.read(self.line.last, label)

    # --- jurisdictions --------------------------------------------------------------------------

    def jurisdictions(self) -> dict[str, list[Instrument]]:
        """The instruments of each jurisdiction."""
        found: dict[str, list[Instrument]] = {}
        for instrument in self.instruments:
            found.setdefault(instrument.jurisdiction, []).append(instrument)
        return found

    def bounds(self, jurisdiction: str, end: str) -> str:
        """One end of the bounds in a jurisdiction: the worst over its requirements."""
        label = f"{end} in {jurisdiction}"

        def make() -> str:
            pairs = [(h, i) for i in self.jurisdictions()[jurisdiction] for h in self.needs[i.id]]
            return highest([self.bound(held, instrument, end) for held, instrument in pairs])

        self.context.define("case", label, SMALL, make)
        return self.context.read(self.line.last, label)

    def overall(self, end: str) -> str:
        """One end of the bounds of the whole line."""
        self.context.define("case", end, SMALL, lambda: highest([self.bounds(j, end) for j in self.jurisdictions()]))
        return self.context.read(self.line.last, end)

    def has_say(self, jurisdiction: str) -> str:
        """Whether a requirement or prohibition of the jurisdiction applies, or may."""
        tests = []
        for instrument in self.jurisdictions()[jurisdiction]:
            tests += [f"{self.need(held, instrument)} IS NOT FALSE" for held in self.needs[instrument.id]]
        return sql.disjunction(tests)

    # --- questions ------------------------------------------------------------------------------

    def asks(self) -> str:
        """The facts that can still change the outcome, given that it cannot come out better than its best."""
        asked = [
            sql.where(self.unsettled(h, i), self.need_asks(h, i)) for i in self.instruments for h in self.needs[i.id]
        ]
        return f"list_sort(list_distinct({sql.union(asked)}))"

    def unsettled(self, held: InForce, instrument: Instrument) -> str:
        """Whether a requirement can still make the outcome worse than its best."""
        best, worst = self.bound(held, instrument, "best"), self.bound(held, instrument, "worst")
        return f"{worst} > {self.overall('best')} AND {best} <> {worst}"

    def need_asks(self, held: InForce, instrument: Instrument) -> str:
        """What is open in one requirement: its reach, its condition, its reliefs and their bars."""
        act = self.context.fact(self.line.last, "act")
        reach = [sql.where(f"{act} IS NULL", sql.texts(["act"]))]
        reach += [self.rule_asks(rule) for rule in self.reached_by(held, instrument)]
        open_reach = sql.where(f"{self.need_reach(held, instrument)} IS NULL", sql.union(reach))
        own = sql.where(f"{self.need(held, instrument)} IS NULL", sql.union([open_reach, self.rule_asks(held.rule.id)]))
        return sql.union([own, *(self.relief_asks(relief) for relief in self.reliefs(held))])

    def relief_asks(self, relief: str) -> str:
        """What is open in a relief that may hold and is not surely barred."""
        bars = sql.where(
            f"{self.barred(relief)} IS NULL", sql.union([self.rule_asks(bar) for bar in self.bars(relief)])
        )
        asked = sql.union([self.rule_asks(relief), bars])
        return sql.where(f"{self.value(relief)} IS NOT FALSE AND {self.barred(relief)} IS NOT TRUE", asked)

    def rule_asks(self, rule: str) -> str:
        """What a rule asks as the line sees it, [] where its value is known."""
        return self.questions.guarded(tree.Refer(rule=rule), self.line)


def enforced(held: InForce) -> bool:
    """Suspended and unenforced text does not count in the outcome."""
    return held.version.status not in ("suspended", "not_enforced")


def severity(held: InForce) -> int:
    """The severity of a requirement or prohibition."""
    default = "prohibited" if held.rule.kind == "prohibition" else "licence_required"
    return SEVERITY.get(held.extra.get("effect", default), PROHIBITED)


def highest(values: list[str]) -> str:
    """The highest of severities, none of them NULL; clear for none at all."""
    return f"list_max([{', '.join([str(CLEAR), *values])}])"
