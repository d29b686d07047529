"""`licet chips`: what the law of some days makes of each chip in a table, sent from the United States to China.

The numbers a chip is judged by are those that the law computes from the row; the entries and the outcome are what the
checker says of the case that is made from it. Nothing about a chip is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from licet.facts.elements import Element, line
from licet.facts.errors import CaseError
from licet.logic.answers import Answers
from licet.logic.decide import CLEAR, EXPORT_WORDS, RELIEF, Bounds, Decider, Line, enforced
from licet.logic.decision import OutcomeBounds, RuleAnswer
from licet.logic.measured import Exact, exact
from licet.logic.outcome import headline
from licet.rules import tree
from licet.rules.snapshot import InForce
from licet.services.check import Checker, Options
from licet.services.chips_case import chip_case
from licet.services.chips_law import PERFORMANCE, Field, code, field, performance_entries
from licet.services.chips_model import Chip, ChipTable

# The days on which the rule on advanced computing was published, first bound, was recast, was corrected, gained its
# paragraph on memory, and got another review policy. What it said on each stands in the law.
DAYS = tuple(
    map(date.fromisoformat, ("2022-10-07", "2022-10-21", "2023-11-20", "2024-04-04", "2024-12-02", "2026-01-15"))
)
DESCRIBED, LICENCE, OPEN, FREE = "described", "licence", "open", "not_described"
_CLASSIFIED = frozenset({"item.declared.us", "item.us_columns"})
_ITEM: tuple[str, ...] = ("item",)


@dataclass(frozen=True, slots=True)
class Status:
    """What a day makes of a chip. `kind` is the status that the picture shows.

    described: `code` is the first entry on performance that describes it. licence: none does, yet a licence is needed.
    open: such an entry may describe it, or another provision may ask for a licence. not_described: neither.
    `outcome`, `best` and `worst` leave out what hangs on the chip's classification alone, which no row states;
    `unclassified` tells that something does. `asks` names the facts that would settle the rest.
    """

    chip: Chip
    on: date
    kind: str
    code: str
    entries: tuple[str, ...]
    entries_open: tuple[str, ...]
    outcome: str
    best: str
    worst: str
    needs: tuple[InForce, ...]
    policies: tuple[str, ...]
    policies_open: tuple[str, ...]
    asks: tuple[str, ...]
    unclassified: bool
    announced: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a chip lies: its performance, and its number on the other axis."""

    up: Exact
    across: Exact


@dataclass(frozen=True, slots=True)
class Day:
    """A day: the field that its law draws (none where it never draws one), each chip on it, and what is not covered."""

    on: date
    field: Field | None
    statuses: tuple[Status, ...]
    spots: dict[str, Spot]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChipsAnswer:
    """The whole answer: the table, what the law computes for each chip, and each day."""

    table: ChipTable
    law: str
    checked_to: str
    measured: dict[str, dict[str, Exact]]
    days: tuple[Day, ...]


def chips(checker: Checker, table: ChipTable, days: Iterable[date] = DAYS) -> ChipsAnswer:
    """The status of each chip on each day. Raises CaseError at the place in the table."""
    made = tuple(_day(checker, table, day) for day in dict.fromkeys(days))
    measured: dict[str, dict[str, Exact]] = {chip.id: {} for chip in table.chips}
    for day in made:
        for chip, spot in day.spots.items():
            measured[chip][PERFORMANCE] = spot.up
            if day.field is not None:
                measured[chip][day.field.across] = spot.across
    checked = min(instrument.checked_to for instrument in checker.law.instruments.values())
    return ChipsAnswer(table, checker.law.hash, checked.isoformat(), measured, made)


def _day(checker: Checker, table: ChipTable, on: date) -> Day:
    if on < checker.law.encoded_from:
        first = checker.law.encoded_from.isoformat()
        raise CaseError.one("E_BEFORE_LAW", f"no law is encoded for {on}", hint=f"the first day is {first}")
    drawn = field(checker, on, table)
    decider = checker.decider(drawn.since if drawn else on, hour_known=False)
    spots = {chip.id: _spot(decider, table, chip, drawn) for chip in table.chips} if drawn else {}
    statuses = tuple(_status(checker, table, chip, on) for chip in table.chips)
    return Day(on, drawn, statuses, spots, _missing(checker, table, on))


def _missing(checker: Checker, table: ChipTable, on: date) -> tuple[str, ...]:
    """What has a say in such a shipment and is not encoded; it hangs on the shipment, so one chip stands for all."""
    if not table.chips:
        return ()
    decision = checker.check(chip_case(table, table.chips[-1], checker.law.dictionary), Options(on=on))
    return tuple(missing.what for missing in decision.coverage.missing)


def _spot(decider: Decider, table: ChipTable, chip: Chip, drawn: Field) -> Spot:
    case = chip_case(table, chip, decider.law.law.dictionary)
    line(case.root, case.items[0])
    return Spot(_number(decider, PERFORMANCE, case.items[0]), _number(decider, drawn.across, case.items[0]))


def _number(decider: Decider, fact: str, item: Element) -> Exact:
    """A number of an item, as stated or as the law computes it. A minimum that holds for anything says nothing."""
    known = decider.law.law.dictionary.find(fact)
    assert known is not None
    low, high = exact(decider.evaluator, tree.NumberFact(fact, known.scale, known.low), _ITEM, item)
    return (None if high is None and low == Fraction(known.low or 0) else low), high


def _status(checker: Checker, table: ChipTable, chip: Chip, on: date) -> Status:
    case = chip_case(table, chip, checker.law.dictionary)
    decider, _ = checker.prepare(case, Options(on=on))
    problems = list(checker.contradictions(case, decider))
    if problems:
        raise CaseError(problems)
    found = checker.lines(case, decider)[0]
    values = {code(held): decider.evaluator.rule(held.rule.id)(case.items[0]) for held in performance_entries(decider)}
    sure = [name for name, value in values.items() if value is True]
    unsure = [name for name, value in values.items() if value is None]
    answers, outcome = Answers(decider), _Outcome(decider, found)
    policies = [policy for j in found.needed for policy in answers.policies(found, j)]
    return Status(
        chip=chip,
        on=on,
        kind=_kind(sure, unsure, outcome.bounds),
        code=sure[0] if sure else "",
        entries=tuple(_entries(decider, case.items[0])),
        entries_open=tuple(unsure),
        outcome=headline(outcome.bounds, outcome.words),
        best=outcome.words.best,
        worst=outcome.words.worst,
        needs=tuple(need.rule for need in outcome.needs if need.value is True),
        policies=_policies(policies, "yes"),
        policies_open=_policies(policies, "unknown"),
        asks=tuple(outcome.asks),
        unclassified=outcome.unclassified,
        announced=_announced(chip, on),
    )


def _policies(policies: Iterable[RuleAnswer], value: str) -> tuple[str, ...]:
    words = (policy.detail.get("policy", "") for policy in policies if policy.value == value)
    return tuple(dict.fromkeys(word for word in words if word))


class _Outcome:
    """What a line comes to, without the requirements that hang on nothing but how the chip is classified."""

    def __init__(self, decider: Decider, found: Line) -> None:
        asked = [(need, [fact for fact, _ in facts.values()]) for need, facts in decider.asked_needs(found, CLEAR)]
        left_out = {id(need) for need, facts in asked if facts and _CLASSIFIED.issuperset(facts)}
        self.unclassified = bool(left_out)
        self.needs = [need for needs in found.needed.values() for need in needs if id(need) not in left_out]
        self.asks = dict.fromkeys(fact for need, facts in asked if id(need) not in left_out for fact in facts)
        self.bounds = Bounds()
        for need in self.needs:
            self.bounds = self.bounds.join(need.bounds)
        self.words = OutcomeBounds(EXPORT_WORDS[self.bounds.best], EXPORT_WORDS[self.bounds.worst])


def _kind(sure: list[str], unsure: list[str], bounds: Bounds) -> str:
    if sure:
        return DESCRIBED
    if bounds.best > RELIEF:
        return LICENCE
    return OPEN if unsure or bounds.worst > RELIEF else FREE


def _entries(decider: Decider, item: Element) -> Iterator[str]:
    """The codes of all entries of a list that describe the item by its parameters."""
    for held in decider.law.of_kind("entry"):
        by_parameters = "code" in held.extra and held.rule.subject == "item" and enforced(held)
        if by_parameters and decider.evaluator.rule(held.rule.id)(item) is True:
            yield code(held)


def _announced(chip: Chip, on: date) -> bool:
    """Whether the chip was announced by that day; also where the day of it is not known."""
    text = chip.launched.text
    return chip.launched.node is None or text <= on.isoformat()[: len(text)]
