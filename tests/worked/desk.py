"""One case put to Licet, and what its answer says: bounds, rules, measures, entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from licet.facts.case import Case
from licet.facts.elements import line
from licet.facts.truth import Truth
from licet.logic.decide import LICENCE, RELIEF, Bounds, Decider, Line
from licet.logic.decision import Decision, JurisdictionAnswer, ProofNode, RuleAnswer
from licet.logic.measured import measure
from licet.logic.prove import Prover
from licet.services.check import Checker

from .draft import Draft, Plain, read


@dataclass(slots=True)
class Desk:
    """Puts cases to one checker."""

    checker: Checker

    def ask(self, draft: Draft | Plain) -> Answer:
        """The answer to a draft."""
        plain = draft.plain(self.members("eu.group.members", draft.on)) if isinstance(draft, Draft) else draft
        case = read(plain, self.checker.law.dictionary)
        decision = self.checker.check(case)
        decider, _ = self.checker.prepare(case)
        return Answer(case, decision, decider, self.checker.lines(case, decider))

    def members(self, group: str, day: date) -> frozenset[str]:
        """The members of a group on a day."""
        held = self.checker.decider(day, False).law.rules.get(group)
        return frozenset() if held is None else held.members

    def groups(self, prefix: str) -> list[str]:
        """The ids of all encoded groups that begin so."""
        rules = self.checker.law.rules.values()
        return sorted(rule.id for rule in rules if rule.kind == "group" and rule.id.startswith(prefix))


class Answer:
    """A decision, with the rules and measures behind it."""

    def __init__(self, case: Case, decision: Decision, decider: Decider, lines: list[Line]) -> None:
        self.case, self.decision, self.decider, self.lines = case, decision, decider, lines

    @property
    def clear(self) -> bool:
        """Whether the whole answer is a plain clear."""
        return self.decision.exit_code == 0

    @cached_property
    def jurisdictions(self) -> dict[str, JurisdictionAnswer]:
        """The jurisdictions that are shown, by id."""
        return {answer.id: answer for answer in self.decision.jurisdictions}

    @property
    def gaps(self) -> set[str]:
        """What coverage names as missing."""
        return {missing.id for missing in self.decision.coverage.missing}

    def bounds(self, prefix: str) -> Bounds:
        """The bounds over the requirements and prohibitions whose id begins so, such as `us.` or `us.ofac.`."""
        result = Bounds()
        for found in self.lines:
            for needs in found.needed.values():
                for need in needs:
                    if need.rule.rule.id.startswith(prefix):
                        result = result.join(need.bounds)
        return result

    def licence(self, prefix: str) -> str:
        """`required`, `not required` or `unknown`: a licence, or a prohibition; a relief makes it `not required`."""
        bounds = self.bounds(prefix)
        if bounds.best >= LICENCE:
            return "required"
        return "not required" if bounds.worst <= RELIEF else "unknown"

    def relieved(self, prefix: str, relief: str) -> str:
        """Whether a relief lifts what would otherwise be needed: yes, no or unknown."""
        if self.bounds(prefix).worst == RELIEF and self.truth(relief) is True:
            return "yes"
        return "no" if self.truth(relief) is False or self.bounds(prefix).best >= LICENCE else "unknown"

    def truth(self, rule: str) -> Truth:
        """The value of a rule for the first line. Raises LookupError where the law has no such rule."""
        if rule not in self.decider.law.law.rules:
            raise LookupError(f"no rule {rule}")
        root = line(self.case.root, self.lines[0].item)
        return self.decider.value(rule, root)

    def rules(self, section: str, prefix: str = "") -> list[RuleAnswer]:
        """The answers of a section that hold (value yes), over all jurisdictions."""
        found = [answer for one in self.decision.jurisdictions for answer in getattr(one, section)]
        return [answer for answer in found if answer.value == "yes" and answer.id.startswith(prefix)]

    def paragraphs(self, rule: str) -> set[str]:
        """The paragraphs of an item's entry that hold, as its branches cite them."""
        item = self.lines[0].item
        assert item is not None
        line(self.case.root, item)
        return {node.cite for node in _walk(Prover(self.decider.evaluator).rule(rule, item, ("item",)))} - {""}

    def number(self, fact: str) -> Fraction | None:
        """A number of the item, stated or measured; None where it is not exactly known."""
        item = self.lines[0].item
        assert item is not None
        line(self.case.root, item)
        if fact in item.facts or fact not in self.decider.law.measures:
            return None
        low, high = measure(self.decider.evaluator, fact, item)
        return low if low is not None and low == high else None


def _walk(node: ProofNode) -> Iterator[ProofNode]:
    """The steps of a proof that hold, with all that hold beneath them."""
    if node.value == "yes":
        yield node
        for part in node.parts:
            yield from _walk(part)
