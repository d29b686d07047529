"""Which part could be cut off: each part decided as a shipment of its own, from where it is made to the buyer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from licet.chain.elements import as_item
from licet.chain.model import Bill, Component
from licet.chain.ranges import exactly, shown
from licet.facts.case import Case
from licet.facts.elements import line
from licet.facts.errors import CaseError, Place, Problem
from licet.facts.numbers import Interval
from licet.logic.decide import CLEAR
from licet.logic.decision import Decision, JurisdictionAnswer, RuleAnswer
from licet.services.bom_answer import DependenceAnswer, RuleRef
from licet.services.bom_law import CONTENT, US_ORIGIN
from licet.services.bom_sale import Sale, made_in
from licet.services.check import Checker, Options

MAX_ASKED = 300  # different parts; each is a decision of its own
_STOPPED = {"licence_required": "yes", "hold": "yes", "prohibited": "yes", "unknown": "unknown"}
_SHOWN = ("yes", "unknown")


@dataclass(frozen=True, slots=True)
class _Decided:
    """A part with its case and what came of it."""

    case: Case
    decision: Decision


@dataclass(slots=True)
class Dependence:
    """Asks the engine about parts; like parts from one country are asked about once."""

    checker: Checker
    sale: Sale
    options: Options
    share: Callable[[Component], Interval]
    memo: dict[str, _Decided] = field(default_factory=dict)

    def of(self, bill: Bill) -> tuple[DependenceAnswer, ...]:
        """Every part of the bill, in its order. Raises CaseError."""
        decided = [(part, self.decide(part)) for depth, part in bill.product.walk() if depth]
        seen = Counter(rule.id for _, one in decided for rule in stopping(one.decision))
        return tuple(self.answer(part, one, seen) for part, one in decided)

    def answer(self, part: Component, decided: _Decided, seen: Counter[str]) -> DependenceAnswer:
        """One part: what stops it, then what may, first what is open for few parts, for that turns on the part."""
        decision, facts = decided.decision, part.facts
        rules = sorted(stopping(decision), key=lambda rule: (_SHOWN.index(rule.value), seen[rule.id]))
        first = next((rule.id for rule in rules if rule.value == "unknown"), "")
        stopped = _STOPPED.get(decision.outcome, "no")
        return DependenceAnswer(
            id=part.id,
            name=part.name,
            kind=str(facts.get("item.kind", "")),
            made_in=made_in(part) or "",
            foundry=str(facts.get("item.foundry", "")),
            foundry_country=str(facts.get("item.foundry_country", "")),
            node_nm=_node(part),
            designer=str(facts.get("item.designer", "")),
            stopped=stopped,
            outcome=decision.outcome,
            best=decision.bounds.best,
            worst=decision.bounds.worst,
            rules=tuple(rules),
            asks=self.question(decided.case, first) if first and stopped == "unknown" else "",
            covered=decision.coverage.level == "complete",
        )

    def decide(self, part: Component) -> _Decided:
        """The decision for a part that leaves the country where it was made. Raises CaseError, placed at the part."""
        item, origin = as_item(part), made_in(part)
        # Of a part with nothing named in it only a stated origin tells that it holds no US content.
        if part.parts or part.truth(US_ORIGIN) is False:
            item.facts.setdefault(CONTENT, self.share(part))
        key = repr((origin, [sorted(e.facts.items(), key=repr) for e in (item, *item.lists["components"])]))
        if key not in self.memo:
            if len(self.memo) >= MAX_ASKED:
                text = f"more than {MAX_ASKED} different parts to decide"
                raise CaseError.one("E_TOO_MANY", text, part.place, "ask about a part of the bill, or use --no-parts")
            case = self.sale.ask(item, origin, part.name, self.checker.law.dictionary)
            try:
                self.memo[key] = _Decided(case, self.checker.check(case, replace(self.options, questions=False)))
            except CaseError as error:
                raise CaseError(_placed(problem, part) for problem in error.problems) from None
        return self.memo[key]

    def question(self, case: Case, rule: str) -> str:
        """What is asked first about a rule that is open for a part."""
        (item,), facts = case.items, case.root.facts
        decider = self.checker.decider(date.fromordinal(facts["case.on"][0]), "case.minute" in facts)
        found = decider.decide(line(case.root, item), item)
        needs = {key: [need for need in needs if need.rule.rule.id == rule] for key, needs in found.needed.items()}
        asked = [name for name, _ in decider.asked(replace(found, needed=needs), CLEAR).values()]
        fact = self.checker.law.dictionary.find(asked[0]) if asked else None
        if fact is None:
            return ""
        return fact.ask(self.options.language)


def stopping(decision: Decision) -> list[RuleRef]:
    """The requirements and prohibitions that hold or may."""
    return [
        reference(rule)
        for jurisdiction in decision.jurisdictions
        for rule in (*jurisdiction.prohibitions, *jurisdiction.requirements)
        if rule.value in _SHOWN
    ]


def duties(jurisdictions: tuple[JurisdictionAnswer, ...]) -> list[RuleRef]:
    """What must be done besides."""
    return [reference(rule) for one in jurisdictions for rule in one.duties if rule.value in _SHOWN]


def reference(rule: RuleAnswer) -> RuleRef:
    """A rule of a decision, in short."""
    return RuleRef(rule.id, rule.cite, rule.title, rule.value)


def _placed(problem: Problem, part: Component) -> Problem:
    place: Place = problem.place if problem.place.file else part.place
    return Problem(problem.code, problem.message, place, problem.hint)


def _node(part: Component) -> str:
    """The process node, as a number or a range of nanometres."""
    stated = part.facts.get("item.node_nm")
    if stated is None:
        return ""
    low, high = (shown(exactly(end).low / 10) if end is not None else "" for end in stated)
    return low if low == high else f"{low}..{high}"
