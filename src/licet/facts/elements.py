"""The facts of one case at run time: elements and their collections.

A *line* is the case with one of its items. Values: yes/no facts are True or False, numbers and
dates intervals of scaled integers, sets frozensets, everything else text. What is not there is unknown.
"""

from __future__ import annotations

from typing import Any

from licet.facts.truth import Truth

Value = Any


class Element:
    """One item, party, listing … with its facts, the lists that belong to it and what encloses it.

    `closed` tells for each list whether it is complete; `memo` keeps values of rules already worked out.
    """

    __slots__ = ("closed", "facts", "item", "label", "lists", "memo", "root", "up")

    def __init__(self, facts: dict[str, Value], label: str = "") -> None:
        self.facts = facts
        self.label = label
        self.lists: dict[str, list[Element]] = {}
        self.closed: dict[str, Truth] = {}
        self.memo: dict[str, Any] = {}
        self.up: Element | None = None
        self.root: Element = self
        self.item: Element | None = None

    def add(self, of: str, members: list[Element], closed: Truth) -> None:
        """Give this element a list; its members can then see this element."""
        self.lists[of] = members
        self.closed[of] = closed
        for member in members:
            member.up = self

    def settle(self, root: Element) -> None:
        """Make the line known to this element and all beneath it, and forget earlier values."""
        self.root = root
        self.memo = {}
        for members in self.lists.values():
            for member in members:
                member.settle(root)


def line(case: Element, item: Element | None) -> Element:
    """The case with one of its items (or none), ready to be evaluated."""
    case.item = item
    case.settle(case)
    if item is not None:
        item.up = case
        item.settle(case)
    return case
