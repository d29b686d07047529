"""NOT, AND and OR of compiled tests, in Kleene's logic.

These run for every condition of every case, so the commonest sizes are written out: a loop and a
generator cost more than the tests they join.
"""

from __future__ import annotations

from collections.abc import Callable

from licet.facts.elements import Element
from licet.facts.truth import Truth

Test = Callable[[Element], Truth]


def negation_of(part: Test) -> Test:
    """Kleene's NOT."""

    def test(element: Element) -> Truth:
        value = part(element)
        return None if value is None else not value

    return test


def not_both(first: Test, second: Test) -> Test:
    """Kleene's NOT of an AND of two: how most exclusions of the law are written."""

    def test(element: Element) -> Truth:
        left = first(element)
        if left is False:
            return True
        right = second(element)
        if right is False:
            return True
        return False if left is right is True else None

    return test


def conjunction_of(tests: tuple[Test, ...]) -> Test:
    """Kleene's AND, stopping at the first no."""
    if len(tests) == 2:
        return _both(*tests)
    if len(tests) == 3:
        return _all_three(*tests)

    def test(element: Element) -> Truth:
        result: Truth = True
        for part in tests:
            value = part(element)
            if value is False:
                return False
            if value is None:
                result = None
        return result

    return test


def disjunction_of(tests: tuple[Test, ...]) -> Test:
    """Kleene's OR, stopping at the first yes."""
    if len(tests) == 2:
        return _either(*tests)

    def test(element: Element) -> Truth:
        result: Truth = False
        for part in tests:
            value = part(element)
            if value is True:
                return True
            if value is None:
                result = None
        return result

    return test


def _both(first: Test, second: Test) -> Test:
    def test(element: Element) -> Truth:
        left = first(element)
        if left is False:
            return False
        right = second(element)
        return right if left is True or right is False else None

    return test


def _all_three(first: Test, second: Test, third: Test) -> Test:
    def test(element: Element) -> Truth:
        left = first(element)
        if left is False:
            return False
        middle = second(element)
        if middle is False:
            return False
        right = third(element)
        return right if right is False or left is middle is True else None

    return test


def _either(first: Test, second: Test) -> Test:
    def test(element: Element) -> Truth:
        left = first(element)
        if left is True:
            return True
        right = second(element)
        return right if left is False or right is True else None

    return test
