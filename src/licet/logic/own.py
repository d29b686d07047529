"""What is worked out from an element alone, so that it stays so while the rest of its case changes.

An item is described by its own facts whoever buys it, and a party is owned by whom it is whatever is shipped. Such
values need not be worked out anew for every item of a case, or for every answer that an interview tries.
"""

from __future__ import annotations

from licet.facts.dictionary import COLLECTIONS, ELEMENT, SAME_FACTS, level
from licet.logic.carried import Dependents, is_coded
from licet.logic.evaluate import scope_of
from licet.rules import tree
from licet.rules.check import Scope
from licet.rules.law import Law
from licet.rules.model import Rule

_ELEMENTS = ("item", "party", "listing")


def own_values(law: Law, dependents: Dependents) -> frozenset[str]:
    """The names under which elements remember what rests on them and on what is beneath them, on whatever day."""
    look = _Look(law)
    others = dependents.resting_on(rule.id for rule in law.rules.values() if not look.rule(rule))
    own = [rule for rule in law.rules.values() if rule.id not in others and rule.subject in _ELEMENTS]
    entries = [rule for rule in law.rules.values() if is_coded(rule)]
    whole = {_scheme(rule) for rule in entries} - {_scheme(rule) for rule in entries if rule.id in others}
    groups = [rule.id for rule in law.rules.values() if rule.kind == "group" and _scheme(rule) in whole]
    return frozenset((
        *(rule.id for rule in own),
        *(f"asks {rule.id}" for rule in own),
        *(f"asks {group}" for group in groups),
        *(f"described {group}" for group in groups),
        *(f"describing {scheme}" for scheme in whole),
    ))  # fmt: skip


def _scheme(rule: Rule) -> str:
    return rule.id.partition(".")[0]


class _Look:
    """What provisions read themselves, in any version; what they refer to is looked at by itself."""

    def __init__(self, law: Law) -> None:
        self.law = law

    def rule(self, rule: Rule) -> bool:
        """Whether it reads nothing but the element that it is about, and what is beneath that."""
        if rule.kind == "group":
            return True
        if rule.kind == "measure":
            scope = scope_of(rule.versions[-1].extra["gives"], ("case",))
        elif rule.subject in _ELEMENTS and rule.clock == "act":
            scope = (rule.subject,)
        else:
            return False
        numbers = [case.value for version in rule.versions for case in version.value]
        return all(self.condition(condition, scope) for condition in rule.conditions()) and all(
            self.number(number, scope) for number in numbers
        )

    def condition(self, node: tree.Condition, scope: Scope) -> bool:
        """The same for a condition."""
        match node:
            case tree.Some(of=of, where=where) | tree.Every(of=of, where=where):
                return COLLECTIONS[of] in scope and self.condition(where, (*scope, ELEMENT[of]))
            case tree.Refer(rule=rule):
                return self._refers(rule, scope)
            case tree.Owned():
                return scope[-1] in ("party", "owner")
            case tree.Compare(left=left, right=right):
                return self.number(left, scope) and self.number(right, scope)
        here = all(level(fact) in scope for fact in tree.facts_of(node))
        return here and all(self.condition(part, scope) for part in tree.children(node))

    def number(self, node: tree.Number, scope: Scope) -> bool:
        """The same for a number."""
        match node:
            case tree.Arith(left=left, right=right):
                return self.number(left, scope) and self.number(right, scope)
            case tree.Aggregate(of=of, value=value):
                return COLLECTIONS[of] in scope and self.number(value, (*scope, ELEMENT[of]))
            case tree.NumberFact(name=name):
                return level(name) in scope
        return isinstance(node, tree.Const)

    def _refers(self, rule: str, scope: Scope) -> bool:
        if rule not in self.law.rules:
            return True
        subject, inner = self.law.rules[rule].subject, SAME_FACTS.get(scope[-1], scope[-1])
        return subject == inner or (subject, inner) == ("listing", "party")
