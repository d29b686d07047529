"""A fact against a line of the law: the commonest comparison, without any indirection."""

from __future__ import annotations

from collections.abc import Callable

from licet.facts.elements import Element
from licet.facts.numbers import Interval
from licet.facts.truth import Truth
from licet.logic.arithmetic import compare
from licet.logic.scope import Getter, same_element

Test = Callable[[Element], Truth]


def against(get: Getter, fact: str, op: str, line: int, low: int | None, computed: Test | None = None) -> Test:
    """A number fact against a literal of the same scale.

    Where the fact is not stated, `computed` tells from the element that would hold it (the fact is a
    measure); else the answer is what the declared minimum allows.
    """
    unstated = compare(op, (low, None), (line, line))
    here = _here(fact, op, line, computed or (lambda element: unstated))
    if get is same_element:
        return here

    def test(element: Element) -> Truth:
        owner = get(element)
        return unstated if owner is None else here(owner)

    return test


def _here(fact: str, op: str, line: int, unstated: Test) -> Test:
    """The comparison where the element itself holds the fact. Numbers are integers: above is at least one more."""
    match op:
        case ">=":
            return _at_least(fact, line, unstated)
        case ">":
            return _at_least(fact, line + 1, unstated)
        case "<":
            return _below(fact, line, unstated)
        case "<=":
            return _below(fact, line + 1, unstated)
    point: Interval = (line, line)

    def test(element: Element) -> Truth:
        value: Interval | None = element.facts.get(fact)
        return unstated(element) if value is None else compare(op, value, point)

    return test


def _at_least(fact: str, line: int, unstated: Test) -> Test:
    def test(element: Element) -> Truth:
        value: Interval | None = element.facts.get(fact)
        if value is None:
            return unstated(element)
        low, high = value
        if low is not None and low >= line:
            return True
        return False if high is not None and high < line else None

    return test


def _below(fact: str, line: int, unstated: Test) -> Test:
    def test(element: Element) -> Truth:
        value: Interval | None = element.facts.get(fact)
        if value is None:
            return unstated(element)
        low, high = value
        if high is not None and high < line:
            return True
        return False if low is not None and low >= line else None

    return test
