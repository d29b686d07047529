"""Running the tests that lie beside the law.

The law of a day and what was compiled on it are kept, so all tests of all rules share them. A rule is
itself compiled for each run: what it refers to never refers back to it (the law has no cycles), so a
changed version of the rule can be tried against the same compiled law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from licet.facts.elements import line
from licet.facts.errors import LicetError, Place
from licet.facts.numbers import plain
from licet.facts.truth import WORDS, Truth, word
from licet.logic.ask import Asker, Unsettled
from licet.logic.evaluate import Evaluator, Node
from licet.logic.measured import measure
from licet.logic.prove import Prover
from licet.rules import tree
from licet.rules.check import Scope
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.rules.snapshot import InForce, Snapshot, Span, in_force, snapshot
from licet.services.lawexpect import agrees, wrong_group, wrong_standing
from licet.services.lawtest import LawTest


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that did not find what it expected; `why` is the shortest reason for what was found."""

    place: Place
    title: str
    message: str
    why: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: {self.title}: {self.message}"
        return f"{text}\n    because {self.why}" if self.why else text


class Runner:
    """Runs tests over one law."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.days: dict[tuple[date, bool], Snapshot] = {}
        self.evaluators: dict[tuple[date, bool, frozenset[tuple[str, Truth]]], Evaluator] = {}

    def failures(self, rule: Rule, tests: list[LawTest]) -> Iterator[Failure]:
        """What each failing test expected and what it found; nothing where all pass."""
        for prepared in self.prepare(tests):
            held = prepared.held(rule)
            for message in prepared.wrong(rule, held):
                yield Failure(prepared.test.place, prepared.test.title, message, prepared.why(rule, held, message))

    def prepare(self, tests: list[LawTest]) -> list[Prepared]:
        """The tests with their facts settled and the law of their day at hand."""
        return [Prepared(test, self.evaluator(test)) for test in tests]

    def evaluator(self, test: LawTest) -> Evaluator:
        """The compiled law of a test's day; one of its own for rules whose values the test gives."""
        day = (test.on, test.hour_known)
        key = (*day, frozenset(test.given.items()))
        if key not in self.evaluators:
            if day not in self.days:
                self.days[day] = snapshot(self.law, *day)
            self.evaluators[key] = Evaluator(self.days[day])
            self.evaluators[key].given = test.given
        return self.evaluators[key]


class Prepared:
    """One test ready to run, against the rule as it is or against a changed one.

    Values of other rules stay remembered on the elements of the case from one run to the next.
    """

    def __init__(self, test: LawTest, evaluator: Evaluator) -> None:
        self.test, self.evaluator = test, evaluator
        self.span = Span(test.on, test.hour_known)
        line(test.case.root, test.case.items[0] if test.case.items else None)

    def held(self, rule: Rule) -> InForce | None:
        """The rule as it stands on the day of the test."""
        return in_force(rule, self.span, self.evaluator.law.law)

    def wrong(self, rule: Rule, held: InForce | None) -> Iterator[str]:
        """What is not as expected."""
        try:
            yield from wrong_standing(self.test, held)
            if rule.kind == "group":
                yield from wrong_group(self.test, held)
            elif not self.test.expect:
                return
            elif rule.kind == "measure":
                yield from self._wrong_measure(held)
            else:
                yield from self._wrong_value(rule, held)
        except LicetError as error:
            yield str(error)

    def node(self, rule: Rule, held: InForce | None) -> Node | None:
        """The compiled condition of the rule; None where it does not exist on the day."""
        scope: Scope = ("case",) if rule.subject == "route" else (rule.subject,)
        return None if held is None else self.evaluator.compile(held.when, scope)

    def _wrong_value(self, rule: Rule, held: InForce | None) -> Iterator[str]:
        node = self.node(rule, held)
        value: Truth = False if node is None else node.value(self.test.subject)
        if value is not WORDS[self.test.expect[0]]:
            yield f"expected {self.test.expect[0]}, found {word(value)}"
        if self.test.asks:
            yield from self._wrong_asks(node if value is None else None)

    def _wrong_asks(self, node: Node | None) -> Iterator[str]:
        found: Unsettled = {}
        if node is not None:
            Asker(self.evaluator).condition(node, self.test.subject, found)
        asked = {fact for fact, _ in found.values()}
        for fact in self.test.asks:
            if not ({fact} | inputs(self.evaluator.law, fact)) & asked:
                yield f"expected to ask {fact}, asks {', '.join(sorted(asked)) or 'nothing'}"

    def _wrong_measure(self, held: InForce | None) -> Iterator[str]:
        if held is None or not held.value:
            if self.test.expect[0] not in ("unknown", "no"):
                yield f"expected {self.test.expect[0]}, the measure has no value on this day"
            return
        found = measure(self._measuring(held), held.extra["gives"], self.test.subject)
        wrong = [
            (value, wanted) for value, wanted in zip(found, self.test.expect, strict=True) if not agrees(value, wanted)
        ]
        for value, wanted in dict.fromkeys(wrong):  # an exact value is wrong at both ends: say so once
            yield f"expected {wanted}, found {'open' if value is None else plain(value)}"

    def _measuring(self, held: InForce) -> Evaluator:
        """The evaluator with this measure in its place; what the measure reads stays compiled."""
        law = self.evaluator.law
        changed = Evaluator(replace(law, measures={**law.measures, held.extra["gives"]: held}))
        changed.tests, changed.nodes, changed.given = self.evaluator.tests, self.evaluator.nodes, self.evaluator.given
        return changed

    def why(self, rule: Rule, held: InForce | None, message: str) -> str:
        """The shortest reason for the value found, for a test that expected another."""
        if held is None:
            return f"{rule.id} is not in force on {self.test.on}"
        if rule.kind in ("group", "measure") or "found" not in message:
            return ""
        scope: Scope = ("case",) if rule.subject == "route" else (rule.subject,)
        reason = Prover(self.evaluator).reason(rule.id, self.test.subject, scope)
        return "; ".join(text for text, _ in reason[:4])


def inputs(law: Snapshot, fact: str) -> set[str]:
    """The facts a measured fact is computed from, at any depth."""
    held = law.measures.get(fact)
    found: set[str] = set()
    for case in held.value if held else ():
        names = {number.name for number in tree.facts_in(case.value)}
        if case.guard is not None:
            names |= {name for node in tree.walk(case.guard) for name in tree.facts_of(node)}
        for name in names:
            found |= {name} | inputs(law, name)
    return found
