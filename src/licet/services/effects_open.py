"""What an effect still depends on: facts of the deal that nobody has stated, and what the law itself leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from licet.facts.elements import Element
from licet.logic.ask import Asker, Unsettled
from licet.logic.decide import CASE
from licet.logic.evaluate import Evaluator, Node
from licet.rules import tree

ITEM_FACTS = 3  # more of them are told as one


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A fact with its question, or (without a fact) words of the law that say what to find out.

    Of many facts of the item one point is made, with the fact `item`: what the item is has to be told first.
    """

    fact: str
    ask: str


class OpenPoints:
    """Finds the open points of a rule in a world in which it is unknown."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.asker = Asker(evaluator)

    def of(self, rules: Iterable[str], root: Element) -> tuple[OpenPoint, ...]:
        """The facts the rules wait for, and notes where the law says unknown itself; each once."""
        opened: Unsettled = {}
        notes: list[str] = []
        for rule in rules:
            opened.update(self.asker.asks(rule, root, CASE))
            notes.extend(self._notes(rule, root, CASE))
        facts = list(dict.fromkeys(fact for fact, _ in opened.values()))
        of_item = [name for name in facts if name.startswith(("item.", "complete.components"))]
        if len(of_item) > ITEM_FACTS:
            facts = [name for name in facts if name not in of_item]
        points = [self._fact(name) for name in facts]
        if len(of_item) > ITEM_FACTS:
            points.append(OpenPoint("item", f"What is the item ({len(of_item)} facts of it)?"))
        return (*points, *(OpenPoint("", text) for text in dict.fromkeys(notes) if text))

    def _fact(self, name: str) -> OpenPoint:
        known = self.evaluator.law.law.dictionary.find(name)
        return OpenPoint(name, name if known is None else known.ask_en)

    def _notes(self, rule: str, element: Element, scope: tuple[str, ...]) -> Iterator[str]:
        node = self.evaluator.node(rule)
        if node is None:
            return
        for target in self.asker.targets(rule, element, scope, {}):
            yield from self._said(node, target)

    def _said(self, node: Node, element: Element) -> Iterator[str]:
        if node.value(element) is not None:
            return
        match node.source:
            case tree.Always(text=text):
                yield text
            case tree.Refer(rule=rule):
                yield from self._notes(rule, element, node.scope)
            case tree.Some(of=of) | tree.Every(of=of):
                for member in element.lists.get(of, ()):
                    yield from self._said(node.parts[0], member)
            case _:
                for part in node.parts:
                    yield from self._said(part, element)
