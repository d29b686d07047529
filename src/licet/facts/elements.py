"""The facts of one case at run time: elements and their collections.

A *line* is the case with one of its items. Values: yes/no facts are True or False, numbers and
dates intervals of scaled integers, sets frozensets, everything else text. What is not there is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from licet.facts.truth import Truth

Value = Any


@dataclass(frozen=True, slots=True)
class NoneOf:
    """A text of which only is known what it is not."""

    texts: frozenset[str]


class Element:
    """One item, party, listing … with its facts, the lists that belong to it and what encloses it.

    `closed` tells for each list whether it is complete, `told` what is known of the unknown others of an open one;
    `memo` keeps values of rules already worked out.
    """

    __slots__ = ("closed", "facts", "item", "label", "lists", "memo", "others", "others_of", "root", "told", "up")

    def __init__(self, facts: dict[str, Value], label: str = "") -> None:
        self.facts = facts
        self.label = label
        self.lists: dict[str, list[Element]] = {}
        self.closed: dict[str, Truth] = {}
        self.memo: dict[str, Any] = {}
        self.up: Element | None = None
        self.root: Element = self
        self.item: Element | None = None
        self.others: dict[str, Element] = {}
        self.others_of = ""
        self.told: dict[str, dict[str, Value]] = {}

    def listed(self, of: str) -> list[Element]:
        """The members of a list; of an open one, also the unknown others, as one element with what is known of them."""
        members = self.lists.get(of, [])
        if self.closed.get(of) is True:
            return members
        if of not in self.others:
            other = self.others[of] = Element(self.told.get(of, {}), f"other {of}")
            other.up, other.root, other.others_of = self, self.root, of
        return [*members, self.others[of]]

    def missing(self) -> tuple[str, Element] | None:
        """For the unknown others of an open list (or of one of theirs): which list is open, and whose it is."""
        element: Element | None = self
        found: tuple[str, Element] | None = None
        while element is not None:
            if element.others_of and element.up is not None:
                found = (f"complete.{element.others_of}", element.up)
            element = element.up
        return found

    def add(self, of: str, members: list[Element], closed: Truth) -> None:
        """Give this element a list; its members can then see this element."""
        self.lists[of] = members
        self.closed[of] = closed
        for member in members:
            member.up = self

    def settle(self, root: Element, keep: frozenset[str] = frozenset()) -> None:
        """Make the line known to this element and all beneath it, and forget earlier values but for those to `keep`."""
        self.root = root
        self.memo = {name: self.memo[name] for name in keep.intersection(self.memo)} if keep and self.memo else {}
        self.others = {}
        for members in self.lists.values():
            for member in members:
                member.settle(root, keep)

    def changed(self) -> None:
        """Forget what was worked out of this element and of those that enclose it: its facts have changed."""
        element: Element | None = self
        while element is not None:
            element.memo, element = {}, element.up

    def dissolve(self) -> None:
        """Let go of all around this element and those beneath it, which are of no use afterwards.

        They point at one another, so nothing else frees them but the collector of garbage.
        """
        beneath = [*self.all()]
        for element in beneath:
            beneath.extend(element.others.values())
            element.memo, element.others, element.lists, element.facts = {}, {}, {}, {}
            element.up = element.item = None
            element.root = _NOWHERE

    def all(self) -> Iterator[Element]:
        """This element and all beneath it."""
        yield self
        for members in self.lists.values():
            for member in members:
                yield from member.all()


_NOWHERE = Element({})


class Apart:
    """What is worked out of a line on another premise, kept apart from what is worked out of it as it is."""

    def __init__(self, root: Element) -> None:
        elements = [*root.all(), *(() if root.item is None else root.item.all())]
        self.kept = [(element, dict[str, Any](), dict[str, Element]()) for element in elements]

    def change(self) -> None:
        """Take up what was worked out on the other premise, and from there what was worked out before."""
        for number, (element, memo, others) in enumerate(self.kept):
            self.kept[number] = (element, element.memo, element.others)
            element.memo, element.others = memo, others


def line(case: Element, item: Element | None, keep: frozenset[str] = frozenset()) -> Element:
    """The case with one of its items (or none), ready to be evaluated.

    What was worked out before is forgotten, but for values to `keep`: those that rest on nothing but the element that
    remembers them (`licet.logic.own`), and only where no fact of it has changed since.
    """
    case.item = item
    case.settle(case, keep)
    if item is not None:
        item.up = case
        item.settle(case, keep)
    return case
