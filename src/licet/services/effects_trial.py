"""One row tried in every act, and in one role after the other."""

from __future__ import annotations

from collections.abc import Iterable

from licet.facts.numbers import day_number
from licet.facts.truth import Truth, conjunction, disjunction
from licet.logic.decide import CASE, Decider
from licet.rules.snapshot import InForce
from licet.services.effects_open import OpenPoint, OpenPoints
from licet.services.effects_readers import Readers
from licet.services.effects_worlds import Difference, Facts, World, world

Roles = frozenset[str]
Tried = dict[str, Truth]  # act → what the rule comes to because of the row
ANYBODY: Roles = frozenset()


class Trial:
    """The worlds of one row and one party, by role."""

    def __init__(self, decider: Decider, readers: Readers, listing: Facts, party: Facts) -> None:
        self.decider, self.readers, self.listing, self.party = decider, readers, listing, party
        facts = decider.law.law.dictionary.facts
        self.acts, self.roles = facts["act"].values, facts["party.roles"].values
        self.worlds: dict[Roles, tuple[World, World]] = {}
        self.settled: dict[Roles, str] = {}
        self.points = OpenPoints(decider.evaluator)

    def values(self, rules: Iterable[InForce], roles: Roles) -> dict[str, Tried]:
        """What each rule comes to in each act its instrument governs, for a party in these roles."""
        found: dict[str, Tried] = {held.rule.id: {} for held in rules}
        for act in self.acts:
            difference = self._difference(roles, act)
            for held in rules:
                if self._governs(held, roles):
                    found[held.rule.id][act] = self._value(held, difference)
        return found

    def by_role(self, held: InForce, act: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The roles in which the rule bites in an act, and those in which it may; both empty where all do alike."""
        values = {role: self._value(held, self._difference(frozenset({role}), act)) for role in self.roles}
        if len(set(values.values())) == 1:
            return (), ()
        yes = tuple(role for role, value in values.items() if value is True)
        return yes, tuple(role for role, value in values.items() if value is None)

    def open_points(self, held: InForce, roles: Roles, act: str) -> tuple[OpenPoint, ...]:
        """What the rule waits for; a policy waits for what it is the policy of as well."""
        root = self._difference(roles, act).root.given
        rules = [held.rule.id, *(held.extra["of"] if held.rule.kind == "policy" else ())]
        return self.points.of(rules, root)

    def _pair(self, roles: Roles) -> tuple[World, World]:
        if roles not in self.worlds:
            case: Facts = {"case.on": (day_number(self.decider.law.day),) * 2}
            party = {**self.party, "party.roles": roles} if roles else self.party
            self.worlds[roles] = world(case, party, self.listing), world(case, party, None)
        return self.worlds[roles]

    def _difference(self, roles: Roles, act: str) -> Difference:
        given, bare = self._pair(roles)
        if self.settled.get(roles) != act:
            given.settle(act)
            bare.settle(act)
            self.settled[roles] = act
        return Difference(self.decider.evaluator, self.readers, given, bare)

    def _governs(self, held: InForce, roles: Roles) -> bool:
        instrument = self.decider.law.law.instruments[held.rule.instrument]
        return self.decider.channel(instrument, self._pair(roles)[0].root) is True

    def _value(self, held: InForce, difference: Difference) -> Truth:
        if held.rule.kind != "policy":
            return difference.value(held)
        # A policy has an effect where it holds and the row brings about what it is the policy of.
        own = self.decider.evaluator.lifted(held.rule.id, CASE)(difference.root.given)
        rules = self.decider.law.rules
        return conjunction((own, disjunction(difference.value(rules[of]) for of in held.extra["of"] if of in rules)))
