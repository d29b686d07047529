"""Two worlds that differ in one row: the party with it, and the same party without. What differs is its effect.

Nothing else is known of the deal in either: one item of which nothing is known, no other party, no paper in hand.
Only the act is tried one by one, since a law says first for which acts it is there.
"""

from __future__ import annotations

from dataclasses import dataclass

from licet.facts.elements import Element, Value, line
from licet.facts.truth import Truth
from licet.logic.evaluate import Evaluator, Node
from licet.rules import tree
from licet.rules.snapshot import InForce
from licet.services.effects_readers import Readers

RANK: dict[Truth, int] = {False: 0, None: 1, True: 2}
Facts = dict[str, Value]


@dataclass(frozen=True, slots=True)
class World:
    """A deal with one party, and an item of which nothing is known."""

    root: Element
    party: Element

    def settle(self, act: str) -> None:
        """Make it a deal of this act; what was worked out before is forgotten."""
        self.root.facts["act"] = act
        line(self.root, self.root.item)


def world(case: Facts, party: Facts, row: Facts | None) -> World:
    """The party with one row, or with none, where it is certain that it has no other."""
    root, member, item = Element(dict(case), "case"), Element(dict(party), "party"), Element({}, "item")
    rows = [] if row is None else [Element(dict(row), "row")]
    member.add("listings", rows, True)
    member.add("owners", [], True)
    root.add("parties", [member], True)
    root.add("held", [], True)
    root.closed["items"] = True
    item.add("components", [], None)
    item.add("rates", [], None)
    root.item = item
    return World(root, member)


@dataclass(frozen=True, slots=True)
class Pair:
    """The same element in the world with the row and in the one without."""

    given: Element
    bare: Element

    def rises(self, node: Node) -> bool:
        """Whether the row moves the value of a condition up: from no to unknown, from unknown to yes."""
        return RANK[node.value(self.given)] > RANK[node.value(self.bare)]


class Difference:
    """What a row changes in the rules of a day, for worlds settled with the same act."""

    def __init__(self, evaluator: Evaluator, readers: Readers, given: World, bare: World) -> None:
        self.evaluator, self.readers = evaluator, readers
        self.root, self.party = Pair(given.root, bare.root), Pair(given.party, bare.party)

    def value(self, held: InForce) -> Truth:
        """What a rule comes to because of the row: no where the row changes nothing about it."""
        test = self.evaluator.lifted(held.rule.id, ("case",))
        given, bare = test(self.root.given), test(self.root.bare)
        if RANK[given] > RANK[bare]:
            return given
        node = self.evaluator.node(held.rule.id)
        if node is None or given is False or bare is True:
            return False
        return None if self._touched(node, self._seen_by(held.rule.subject)) else False

    def _seen_by(self, subject: str) -> Pair | None:
        """The pair a rule of this subject is evaluated on; none for rows, of which there is one in one world only."""
        return {"case": self.root, "route": self.root, "party": self.party}.get(subject)

    def _touched(self, node: Node, pair: Pair | None) -> bool:
        """Whether the row settles a part of a condition that other facts leave open as a whole.

        Only on straight ways: not through a negation, nor through a rule that is shown itself and says it there.
        """
        if pair is None:
            return False
        if isinstance(node.source, tree.Refer):
            held = self.evaluator.law.rules.get(node.source.rule)
            return held is not None and not self.readers.shown(held) and self._through(held, node, pair)
        if pair.rises(node):
            return True
        if node.value(pair.given) is not None or isinstance(node.source, tree.Not):
            return False
        if isinstance(node.source, tree.Some | tree.Every):
            return node.source.of == "parties" and self._touched(node.parts[0], self.party)
        return any(self._touched(part, pair) for part in node.parts)

    def _through(self, held: InForce, reference: Node, pair: Pair) -> bool:
        """A helper that rises, or that is touched itself."""
        node = self.evaluator.node(held.rule.id)
        if pair.rises(reference):
            return True
        target = pair if held.rule.subject == "party" and pair is self.party else self._seen_by(held.rule.subject)
        return node is not None and reference.value(pair.given) is None and self._touched(node, target)
