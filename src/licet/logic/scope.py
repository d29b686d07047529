"""Which element a fact or a list is read from, seen from the innermost element of a condition."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from licet.facts.dictionary import COLLECTIONS, level
from licet.facts.elements import Element
from licet.rules.check import Scope

Getter = Callable[[Element], Element | None]


@cache
def getter(fact: str, scope: Scope) -> Getter:
    """How to get from the innermost element to the one that holds the fact."""
    return _of_kind(level(fact), scope)


@cache
def holder(of: str, scope: Scope) -> Getter:
    """How to get from the innermost element to the one that holds a list."""
    kind = COLLECTIONS[of]
    innermost = scope[-1]
    if kind == "item" and innermost in ("item", "component"):
        return same_element
    if kind == "party" and innermost in ("party", "owner"):
        return same_element
    return _of_kind(kind, scope)


def _of_kind(kind: str, scope: Scope) -> Getter:
    if kind == "case":
        return _root
    if kind == scope[-1]:
        return same_element
    if kind in scope:
        return _climb(len(scope) - 1 - scope.index(kind))
    if kind == "item" and scope[0] == "case":
        return _item
    if kind == "party" and scope[0] == "listing":
        return _climb(len(scope))
    raise AssertionError(f"{kind} is not reachable from {scope}")  # the loader has checked it


def same_element(element: Element) -> Element | None:
    """The element itself; tests of its own facts are compiled without this step."""
    return element


def _root(element: Element) -> Element | None:
    return element.root


def _item(element: Element) -> Element | None:
    return element.root.item


def _climb(steps: int) -> Getter:
    def up(element: Element) -> Element | None:
        for _ in range(steps):
            if element.up is None:
                return None
            element = element.up
        return element

    return up
