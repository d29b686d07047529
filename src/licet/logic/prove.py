"""The proof of a value, and the shortest reason that suffices. Built only when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from licet.facts.elements import Element
from licet.facts.truth import Truth, word
from licet.logic import words
from licet.logic.ask import Asker
from licet.logic.decision import ProofNode
from licet.logic.evaluate import Evaluator, Node
from licet.logic.scope import getter, holder
from licet.rules import tree
from licet.rules.check import Scope

Reason = list[tuple[str, str]]
MAX_REASON, MAX_TOLD = 6, 12


class Prover:
    """Proofs over one evaluator."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.dictionary = evaluator.law.law.dictionary
        self.asker = Asker(evaluator)
        self.whole: dict[str, bool] = {}

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """The citations of all entries."""
        return tuple(rule.cite for rule in self.evaluator.law.law.rules.values() if rule.kind == "entry")

    def rule(self, rule: str, element: Element, scope: Scope) -> ProofNode:
        """The whole proof of a rule as seen from an element."""
        key = f"proof {rule} {' '.join(scope)}"  # one rule stands in the proofs of many
        if key not in element.memo:
            element.memo[key] = self._rule(rule, element, scope)
        found: ProofNode = element.memo[key]
        return found

    def _rule(self, rule: str, element: Element, scope: Scope) -> ProofNode:
        value = self.evaluator.lifted(rule, scope)(element)
        known = self.evaluator.law.law.rules.get(rule)
        if known is None:
            return ProofNode(word(value), f"{rule} (not in this law)", "")
        node = self.evaluator.node(rule)
        title = f"{rule}: {known.title}"
        if node is None:
            return ProofNode(word(value), f"{title} (not in force on this day)", known.cite)
        targets = self.asker.targets(rule, element, scope, {})
        if len(targets) == 1:
            return ProofNode(word(value), title, known.cite, (self.condition(node, targets[0]),))
        parts = tuple(self._labelled(node, target) for target in targets)
        return ProofNode(word(value), title, known.cite, parts)

    def _labelled(self, node: Node, target: Element) -> ProofNode:
        return ProofNode(word(node.value(target)), target.label, "", (self.condition(node, target),))

    def condition(self, node: Node, element: Element) -> ProofNode:
        """The proof of a compiled condition."""
        value, source = node.value(element), node.source
        match source:
            case tree.Refer(rule=rule):
                return self.rule(rule, element, node.scope)
            case tree.Some(of=of) | tree.Every(of=of):
                return self._quantified(node, of, element, value)
            case tree.Described(group=group):
                return self._described(group, node, element, value)
        stated, text = self._stated(node, element), self._text(node)
        if source.text and source.text != text and isinstance(source, (tree.All, tree.Any, tree.Not)):
            text = f"{text} ({source.text})" if len(source.text) < 200 else text
        parts = tuple(self.condition(part, element) for part in node.parts)
        return ProofNode(word(value), f"{text} ({stated})" if stated else text, source.cite, parts)

    def _described(self, group: str, node: Node, element: Element, value: Truth) -> ProofNode:
        """What describes the item or may; of the entries that do not, how many there are."""
        if getter(tree.declared_in(group), node.scope)(element) is None:
            return ProofNode(
                word(value), f"{words.condition(node.source, self.dictionary)} (no item)", node.source.cite
            )
        declared, classified = node.parts
        entries = classified.parts[0].parts
        shown = [part for part in entries if part.value(element) is not False]
        text = self._text(node)
        if len(shown) < len(entries):
            text += f" ({len(entries) - len(shown)} of its entries told by parameters do not describe it)"
        if shown and classified.value(element) is False:
            text += " (the code declared settles those that are open)"
            shown = []
        parts = tuple(self.condition(part, element) for part in (declared, *shown))
        return ProofNode(word(value), text, node.source.cite, parts)

    def _quantified(self, node: Node, of: str, element: Element, value: Truth) -> ProofNode:
        owner = holder(of, node.scope)(element)
        (part,) = node.parts
        members = owner.lists.get(of, []) if owner is not None else []
        closed = owner is not None and owner.closed.get(of) is True
        ending = "" if closed else " (the list is open)"
        text = self._text(node) + ending
        return ProofNode(word(value), text, node.source.cite, tuple(self._labelled(part, member) for member in members))

    def reason(self, rule: str, element: Element, scope: Scope) -> Reason:
        """Leaves that suffice for the value of a rule, as (words, paragraph): the fewest where there is a choice."""
        key = f"reason {rule} {' '.join(scope)}"  # kept like values of rules: many answers share the same reasons
        if key not in element.memo:
            element.memo[key] = self._reason(rule, element, scope)
        found: Reason = element.memo[key]
        return found

    def _reason(self, rule: str, element: Element, scope: Scope) -> Reason:
        node = self.evaluator.node(rule)
        value = self.evaluator.lifted(rule, scope)(element)
        if node is None:
            return [("not in force on this day", "")]
        targets = [t for t in self.asker.targets(rule, element, scope, {}) if node.value(t) is value]
        reasons = (self._prefixed(self._leaves(node, target, value), target, element) for target in targets)
        return _shortest(reasons) if targets else [("no such party, item or row is known", "")]

    def _prefixed(self, reason: Reason, target: Element, element: Element) -> Reason:
        if target is element or target is element.root.item or target is element.root:
            return reason
        return [(f"{target.label}: {text}", cite) for text, cite in reason]

    def _leaves(self, node: Node, element: Element, value: Truth) -> Reason:
        """The reason for the value a condition has, which is given because working it out again costs the most."""
        source = node.source
        match source:
            case tree.All() | tree.Any():
                return self._joined(node, element, value, value is isinstance(source, tree.All))
            case tree.Described(group=group):
                item = getter(tree.declared_in(group), node.scope)(element)
                if item is None:
                    return [("no item is given" if value is False else "open: which items are there", source.cite)]
                codes = self.evaluator.may_describe(group, item) if value is None else []
                if not codes:
                    return self._joined(node, element, value, False)
                return [(f"open: {words.condition(source, self.dictionary)} ({words.some_of(codes)})", source.cite)]
            case tree.Classified() if node.parts[0].value(element) is not value:
                return [(f"declared as {words.text(element.facts.get(source.fact))}", source.cite)]
            case tree.Not() | tree.Declared() | tree.Classified():
                return self._single(node, element, value)
            case tree.Refer(rule=rule):
                return self._referred(rule, element, node.scope, source.cite)
            case tree.Some(of=of) | tree.Every(of=of):
                return self._members(node, of, element, value)
        stated, text = self._stated(node, element), self._text(node)
        sign = "" if value is True else "not: " if value is False else "open: "
        return [(f"{sign}{text} ({stated})" if stated else sign + text, source.cite)]

    def _text(self, node: Node) -> str:
        """A condition without its parts in words, which are the same in every case."""
        node.text = node.text or words.condition(node.source, self.dictionary)
        return node.text

    def _stated(self, node: Node, element: Element) -> str:
        """What the case says of the facts that a condition reads itself."""
        if node.tells is None:
            node.tells = words.teller(node.source, node.scope, self.evaluator)
        return node.tells(element)

    def _joined(self, node: Node, element: Element, value: Truth, every: bool) -> Reason:
        """All parts where each is needed, else the shortest one that suffices; of an unknown, the open parts."""
        # Where every part is needed all have the value, and where one suffices those after it are not looked at.
        parts = node.parts if every else (part for part in node.parts if part.value(element) is value)
        reasons = (self._leaves(part, element, value) for part in parts)
        found = _together(reasons) if every or value is None else _shortest(reasons)
        cite = node.source.cite
        return [(text, own or cite) for text, own in found]

    def _single(self, node: Node, element: Element, value: Truth) -> Reason:
        (part,) = node.parts
        inner = part.value(element)
        if isinstance(node.source, tree.Declared) and inner is None and value is True:
            return [(f"declared as {words.text(element.facts.get(node.source.fact))}", node.source.code)]
        return self._leaves(part, element, inner)

    def _referred(self, rule: str, element: Element, scope: Scope, cite: str) -> Reason:
        """The reason of the rule referred to, under its own citation; its title alone where that is long."""
        known = self.evaluator.law.law.rules.get(rule)
        if known is None:
            return [(f"{rule} (not in this law)", cite)]
        inner = self.reason(rule, element, scope)
        if len(inner) > MAX_REASON:
            return [(known.title, cite or known.cite)]
        if known.kind != "entry":
            return [(text, own or cite or known.cite) for text, own in inner]
        return [(text, own if self._whole(own) else f"{known.cite} {own}".strip()) for text, own in inner]

    def _whole(self, cite: str) -> bool:
        """Whether a citation begins with an entry and needs none before it."""
        if cite not in self.whole:
            self.whole[cite] = cite.startswith(self.entries)
        return self.whole[cite]

    def _members(self, node: Node, of: str, element: Element, value: Truth) -> Reason:
        owner = holder(of, node.scope)(element)
        (part,) = node.parts
        members = owner.lists.get(of, []) if owner is not None else []
        deciding = [member for member in members if part.value(member) is value]
        if deciding:
            return _shortest(
                [(f"{member.label}: {text}", cite) for text, cite in self._leaves(part, member, value)]
                for member in deciding
            )
        closed = owner is not None and owner.closed.get(of) is True
        return [(f"{'none' if closed else 'not all known'}: {of}", node.source.cite)]


def _shortest(reasons: Iterable[Reason]) -> Reason:
    """The first of the shortest; nothing is shorter than one leaf, so there the rest is not even worked out."""
    found: Reason | None = None
    for reason in reasons:
        if found is None or len(reason) < len(found):
            found = reason
        if len(found) <= 1:
            break
    assert found is not None
    return found


def _together(reasons: Iterable[Reason]) -> Reason:
    """All of them, or as many as anybody is told."""
    found: Reason = []
    for reason in reasons:
        found.extend(reason)
        if len(found) > MAX_TOLD:
            break
    return found
