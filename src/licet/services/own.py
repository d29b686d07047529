"""Who owns an entity, and what the law makes of it: the use case behind `licet own`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from licet import __version__
from licet.facts.errors import CaseError, nearest
from licet.facts.truth import Truth, disjunction
from licet.parties.known import KnownParties
from licet.parties.owners.model import Entity, Graph
from licet.parties.owners.onday import on_day
from licet.parties.owners.situation import Counts, Situation, situation
from licet.parties.owners.solve import Solution
from licet.rules.law import Law
from licet.services.check import SEMANTICS
from licet.services.own_answer import (
    EXIT_BLOCKED,
    EXIT_NOTHING,
    EXIT_OPEN,
    EXIT_RESTRICTED,
    PROVEN,
    SCHEMA,
    EdgeAnswer,
    EntityAnswer,
    FlagAnswer,
    LeadsTo,
    OwnersAnswer,
    TargetAnswer,
    TestAnswer,
    WholeAnswer,
)
from licet.services.own_facts import Entities
from licet.services.own_law import OwnershipLaw, Test, ownership_law
from licet.services.own_said import Sayer, shown

MAX_TARGETS = 200


@dataclass(frozen=True, slots=True)
class Solved:
    """A test with its solution; None where the law of the day is not known."""

    test: Test
    solution: Solution | None

    def owned(self, name: str) -> Truth:
        """Whether owners that count hold enough."""
        return None if self.solution is None else self.solution.owned(name)


def own(law: Law, known: KnownParties, graph: Graph, day: date | None, targets: tuple[str, ...] = ()) -> OwnersAnswer:
    """The answer for a graph on `day`, else on the day it names. Raises CaseError.

    Asked about are `targets`, else those the graph names, else those that own nothing themselves.
    """
    day = day or graph.on
    if day is None:
        raise CaseError.one("E_DATE", "the graph says no day", hint="add on: YYYY-MM-DD, or use --on")
    graph = on_day(graph, day)
    return _Owners(ownership_law(law, day), known, graph, day).answer(targets or graph.targets or graph.ends())


class _Owners:
    def __init__(self, law: OwnershipLaw, known: KnownParties, graph: Graph, day: date) -> None:
        self.law, self.known, self.graph, self.day = law, known, graph, day
        self.entities = Entities(graph, known, law.snapshot, day)
        self.solved: dict[str, Solved] = {}
        for test in law.tests:
            self.solved[test.held.rule.id] = self.solve(test)
        self.sayer = Sayer(graph, self.entities)

    def solve(self, test: Test) -> Solved:
        """A test over the graph; earlier tests are given to the rule that says who counts."""
        if test.params is None:
            return Solved(test, None)
        counts = {name: self.counts(test.counts, name) for name in self.graph.entities}
        return Solved(test, Solution(test.params, self.situation(test, counts)))

    def situation(self, test: Test, counts: dict[str, Counts]) -> Situation:
        assert test.params is not None
        return situation(self.graph, test.params, counts)

    def counts(self, rule: str, name: str) -> Counts:
        """Whether an entity counts, without and with somebody in control of it."""
        given = self.given(name)
        free = self.entities.value(rule, name, given, False)
        return Counts(free, free if free is True else self.entities.value(rule, name, given, True))

    def given(self, name: str) -> dict[str, Truth]:
        return {rule: solved.owned(name) for rule, solved in self.solved.items()}

    # --- the answer -----------------------------------------------------------------------------

    def answer(self, targets: tuple[str, ...]) -> OwnersAnswer:
        for name in targets:
            if name not in self.graph.entities:
                hint = nearest(name, self.graph.entities)
                raise CaseError.one("E_OWN", f"there is no entity {name!r} in the graph", hint=hint)
        found = tuple(self.target(name) for name in dict.fromkeys(targets[:MAX_TARGETS]))
        return OwnersAnswer(
            schema=SCHEMA,
            engine=f"licet {__version__}, semantics {SEMANTICS}",
            title=self.graph.title,
            on=self.day.isoformat(),
            law=self.law.snapshot.law.hash,
            lists=self.known.hash,
            recognised=self.entities.recognised,
            exit_code=exit_code(found),
            targets=found,
            not_yet=self.law.not_yet,
            entities=tuple(self.entity(entity) for entity in self.graph.entities.values()),
            edges=tuple(self.edges()),
        )

    def target(self, name: str) -> TargetAnswer:
        entity = self.graph.entities[name]
        tests = tuple(self.test(solved, name) for solved in self.solved.values())
        return TargetAnswer(
            name=name,
            other=entity.other,
            lists=self.entities.lists(name),
            screened=entity.screened,
            tests=tests,
            wholes=tuple(self.wholes(name)),
            flags=tuple(self.flags(name)),
        )

    def test(self, solved: Solved, name: str) -> TestAnswer:
        given = {rule: other.owned(name) for rule, other in self.solved.items()}
        return self.sayer.test(solved.test, solved.solution, name, given)

    def wholes(self, name: str) -> list[WholeAnswer]:
        """The rules that join ownership with control."""
        found = []
        for whole in self.law.wholes:
            parts = [self.solved[rule].solution for rule in whole.tests if rule in self.solved]
            known = [solution for solution in parts if solution is not None]
            controlled = disjunction(solution.controlled(name) for solution in known) if known else None
            value = self.entities.value(whole.held.rule.id, name, self.given(name), controlled)
            found.append(self.sayer.whole(whole, known, name, value, controlled))
        return found

    def flags(self, name: str) -> list[FlagAnswer]:
        party, found = self.entities.with_owners(name), []
        for held in self.law.flags:
            value = self.entities.evaluator.rule(held.rule.id)(party)
            if value is not False:
                word = "yes" if value else "unknown"
                check = held.extra.get("check", "")
                found.append(FlagAnswer(held.rule.id, word, held.rule.title, held.rule.cite, check))
        return found

    # --- the picture ----------------------------------------------------------------------------

    def entity(self, entity: Entity) -> EntityAnswer:
        return EntityAnswer(
            name=entity.name,
            other=entity.other,
            kind=entity.kind,
            country=entity.country,
            lists=self.entities.lists(entity.name),
            screened=entity.screened,
            owners_complete=entity.owners_complete or not entity.can_be_owned,
        )

    def edges(self) -> list[EdgeAnswer]:
        found = [
            EdgeAnswer(
                kind="share",
                owner=holding.owner,
                owned=holding.owned,
                share=shown(holding.share),
                votes=None if holding.votes is None else shown(holding.votes),
                value="",
                by="",
                source=holding.source,
            )
            for holding in self.graph.holdings
        ]
        words = {True: "yes", False: "no", None: "unknown"}
        found += [
            EdgeAnswer("control", one.holder, one.owned, None, None, words[one.value], one.by, one.source)
            for one in self.graph.controls
        ]
        return found


def exit_code(targets: tuple[TargetAnswer, ...]) -> int:
    """11 where a proven test blocks, 10 where one restricts, 12 where one is open, else 0.

    A proven test whose effect is suspended on the day restricts nothing; one whose effect no source shows is open.
    """
    found = {EXIT_NOTHING}
    for target in targets:
        for one in target.leading:
            if one.value == PROVEN:
                found.add(_effect(one.leads_to, one.standing if isinstance(one, TestAnswer) else "in_force"))
            elif one.value == "open":
                found.add(EXIT_OPEN)
    return next(code for code in (EXIT_BLOCKED, EXIT_RESTRICTED, EXIT_OPEN, EXIT_NOTHING) if code in found)


def _effect(leads_to: tuple[LeadsTo, ...], standing: str) -> int:
    """What follows from a proven test. Where nothing that rests on it is encoded, it is taken to block."""
    if standing not in ("in_force", "scheduled"):
        return EXIT_NOTHING
    if not leads_to:
        return EXIT_BLOCKED
    if any(one.standing == "in_force" and one.alone and one.kind == "prohibition" for one in leads_to):
        return EXIT_BLOCKED
    if any(one.standing == "in_force" for one in leads_to):
        return EXIT_RESTRICTED
    return EXIT_OPEN if any(one.standing in ("unknown", "scheduled") for one in leads_to) else EXIT_NOTHING
