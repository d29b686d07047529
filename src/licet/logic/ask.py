"""Which open facts can still change a value: the stated pass.

Walk the tree from an unknown condition down through the parts that are unknown themselves; every fact
that an unknown leaf reads and that is not settled is open. The result is a superset of what matters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from licet.facts.dictionary import ELEMENT, own_name
from licet.facts.elements import Element
from licet.logic.evaluate import Evaluator, Node, scope_of
from licet.logic.scope import getter, holder
from licet.rules import tree
from licet.rules.check import Scope

Unsettled = dict[tuple[str, int], tuple[str, Element]]  # open facts, each with the element that it belongs to
Walk = Callable[[Element, Unsettled], None]
Open = dict[tuple[str, int], "OpenFact"]  # the same with the rules that wait for each


@dataclass(slots=True)
class OpenFact:
    """A fact not settled, the element it belongs to, and the rules that wait for it."""

    fact: str
    element: Element
    rules: list[str] = field(default_factory=list)


class Asker:
    """Collects open facts of rules."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.walks: dict[Node, Walk] = {}

    def rule(self, rule: str, element: Element, scope: Scope, found: Open) -> None:
        """Open facts of a rule as seen from an element, if its value there is unknown."""
        for key, (fact, owner) in self.asks(rule, element, scope).items():
            _wait(found, key, fact, owner, rule)

    def asks(self, rule: str, element: Element, scope: Scope) -> Unsettled:
        """The same without saying who waits for them."""
        found: Unsettled = {}
        if self.evaluator.lifted(rule, scope)(element) is None:
            self._refer(rule, element, scope, found)
        return found

    def fact(self, fact: str, element: Element, rule: str, found: Open) -> None:
        """A single fact a rule waits for."""
        _wait(found, (fact, id(element)), fact, element, rule)

    def condition(self, node: Node, element: Element, found: Unsettled) -> None:
        """Open facts of a compiled condition whose value is unknown for this element."""
        walk = self.walks.get(node)
        if walk is None:
            walk = self.walks[node] = self._walk(node)
        walk(element, found)

    def _walk(self, node: Node) -> Walk:
        source, scope = node.source, node.scope
        match source:
            case tree.Some(of=of) | tree.Every(of=of):
                return lambda element, found: self._quantified(node, of, element, found)
            case tree.Refer(rule=rule):
                return lambda element, found: self._refer(rule, element, scope, found)
            case tree.Described(group=group):
                return lambda element, found: self._described(group, node, element, found)
            case tree.Owned():
                return lambda element, found: self._owned(source, element, found)
            case tree.Compare(left=left, right=right):
                return lambda element, found: self._numbers((left, right), scope, element, found)
        return self._through(node)

    def _through(self, node: Node) -> Walk:
        """The facts that a condition reads itself, and the parts of it that are unknown."""
        reads = [(getter(fact, node.scope), own_name(fact)) for fact in tree.facts_of(node.source)]
        parts = [(part.value, part) for part in node.parts]

        def walk(element: Element, found: Unsettled) -> None:
            for get, name in reads:
                owner = get(element)
                if owner is not None and name not in owner.facts:
                    _add(found, name, owner)
            for value, part in parts:
                if value(element) is None:
                    self.condition(part, element, found)

        return walk

    def _refer(self, rule: str, element: Element, scope: Scope, found: Unsettled) -> None:
        node = self.evaluator.node(rule)
        if node is None:
            return
        for target in self.targets(rule, element, scope, found):
            if node.value(target) is None:
                self._remembered(f"asks {rule}", node, target, found)

    def _described(self, group: str, node: Node, element: Element, found: Unsettled) -> None:
        """The declared code, and what the open entries of the group ask; without an item, whether the items are all."""
        item = getter(tree.declared_in(group), node.scope)(element)
        if item is None:
            _add(found, "complete.items", element.root)
            return
        key = f"asks {group}"
        if key not in item.memo:
            fresh: Unsettled = {}
            self._fact(tree.declared_in(group), node.scope, element, fresh)
            # Whoever declares a code has settled the entries that are open; an empty list of codes declares none.
            if not item.facts.get(own_name(tree.declared_in(group))):
                for rule, _ in self.evaluator.open_entries(group, item):
                    self._refer(rule, item, ("item",), fresh)
            item.memo[key] = fresh
        found.update(item.memo[key])

    def _remembered(self, key: str, node: Node, target: Element, found: Unsettled) -> None:
        """What a rule or a group asks of an element, kept on it: hundreds of rules ask the same entries."""
        if key not in target.memo:
            fresh: Unsettled = {}
            self._member(node, target, fresh)
            target.memo[key] = fresh
        found.update(target.memo[key])

    def _member(self, node: Node, member: Element, found: Unsettled) -> None:
        """Open facts of a member of a list; of the unknown others of an open list, that the list is complete."""
        missing = member.missing()
        if missing is None:
            self.condition(node, member, found)
        else:
            _add(found, *missing)

    def targets(self, rule: str, element: Element, scope: Scope, found: Unsettled) -> list[Element]:
        """The elements of the rule's own subject that a reference reaches; open lists on the way are asked for."""
        if rule not in self.evaluator.law.law.rules:
            return []
        subject = self.evaluator.law.law.rules[rule].subject
        innermost = {"component": "item", "owner": "party"}.get(scope[-1], scope[-1])
        if subject in ("case", "route"):
            return [element.root]
        if subject == innermost:
            return [element]
        if subject == "item":
            if element.root.item is None:
                _add(found, "complete.items", element.root)
            return [element.root.item] if element.root.item is not None else []
        if subject == "party" and innermost != "case":
            owner = getter("party.name", scope)(element)
            return [owner] if owner is not None else []
        parties = element.listed("parties") if innermost == "case" else [element]
        return parties if subject == "party" else [row for party in parties for row in party.listed("listings")]

    def _quantified(self, node: Node, of: str, element: Element, found: Unsettled) -> None:
        owner = holder(of, node.scope)(element)
        if owner is None:
            return
        (part,) = node.parts
        for member in owner.listed(of):
            if part.value(member) is None:
                self._member(part, member, found)

    def _owned(self, node: tree.Owned, party: Element, found: Unsettled) -> None:
        if party.closed.get("owners") is not True:
            _add(found, "complete.owners", party)
        owners = party.lists.get("owners", [])
        test = self.evaluator.rule(node.counts)
        for owner in owners:
            low, high = owner.facts.get(node.fact) or (0, None)
            if low != high:
                _add(found, node.fact, owner)
            if test(owner) is None:
                self._refer(node.counts, owner, ("party",), found)
            if test(owner) is not True and node.chain:
                self._owned(node, owner, found)

    def _fact(self, fact: str, scope: Scope, element: Element, found: Unsettled) -> None:
        owner = getter(fact, scope)(element)
        if owner is not None and own_name(fact) not in owner.facts:
            _add(found, own_name(fact), owner)

    def _numbers(self, nodes: tuple[tree.Number, ...], scope: Scope, element: Element, found: Unsettled) -> None:
        for node in nodes:
            self._number(node, scope, element, found)

    def _number(self, node: tree.Number, scope: Scope, element: Element, found: Unsettled) -> None:
        match node:
            case tree.Arith(left=left, right=right):
                self._numbers((left, right), scope, element, found)
            case tree.NumberFact(name=name):
                self._number_fact(name, scope, element, found)
            case tree.Aggregate(of=of, value=value):
                owner = holder(of, scope)(element)
                for member in owner.lists.get(of, ()) if owner is not None else ():
                    self._number(value, (*scope, ELEMENT[of]), member, found)

    def _number_fact(self, name: str, scope: Scope, element: Element, found: Unsettled) -> None:
        """A number that is not settled: what a measure is computed from, else the fact itself."""
        owner = getter(name, scope)(element)
        if owner is None:
            return
        fact = own_name(name)
        low, high = owner.facts.get(fact) or (None, None)
        if low is not None and low == high:
            return
        held = self.evaluator.law.measures.get(fact)
        if fact in owner.facts or held is None:
            _add(found, fact, owner)
            return
        inner = scope_of(name, scope)
        for case in held.value:
            if case.guard is not None:
                guard = self.evaluator.compile(case.guard, inner)
                if guard.value(owner) is None:
                    self.condition(guard, owner, found)
            if isinstance(case.value, tree.Aggregate) and not owner.lists.get(case.value.of):
                _add(found, fact, owner)
            self._number(case.value, inner, owner, found)


def _add(found: Unsettled, fact: str, element: Element) -> None:
    found.setdefault((fact, id(element)), (fact, element))


def _wait(found: Open, key: tuple[str, int], fact: str, element: Element, rule: str) -> None:
    kept = found.get(key)
    if kept is None:
        found[key] = OpenFact(fact, element, [rule])
    elif rule not in kept.rules:
        kept.rules.append(rule)
