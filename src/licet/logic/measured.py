"""The value of a number for people: an exact interval of fractions, for margins, proofs and tests."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from licet.facts.dictionary import own_name
from licet.facts.elements import Element
from licet.logic.arithmetic import Quantity
from licet.logic.evaluate import Branch, Evaluator, scope_of
from licet.logic.scope import getter
from licet.rules import tree
from licet.rules.check import Scope

Exact = tuple[Fraction | None, Fraction | None]
Reading = Callable[[Element], Exact]


def exact(evaluator: Evaluator, number: tree.Number, scope: Scope, element: Element) -> Exact:
    """The interval of a number seen from an element; None on a side that is not bounded."""
    return reading(evaluator, number, scope)(element)


def reading(evaluator: Evaluator, number: tree.Number, scope: Scope) -> Reading:
    """What reads the interval of a number from an element, for who asks for it again and again."""
    quantity = evaluator.quantity(number, scope)
    name = own_name(number.name) if isinstance(number, tree.NumberFact) else ""
    if not isinstance(number, tree.NumberFact) or name not in evaluator.law.measures:
        return lambda element: _of(quantity, element)
    get = getter(number.name, scope)

    def read(element: Element) -> Exact:
        owner = get(element)
        if owner is not None and name not in owner.facts:
            return measure(evaluator, name, owner)
        return _of(quantity, element)

    return read


def measure(evaluator: Evaluator, fact: str, owner: Element) -> Exact:
    """What a measure computes for the element that holds its fact; the hull of the cases that may hold."""
    found: list[Exact] = []
    for guard, quantity in _branches(evaluator, fact):
        holds = True if guard is None else guard(owner)
        if holds is False:
            continue
        found.append(_of(quantity, owner))
        if holds is True:
            break
    lows, highs = [low for low, _ in found], [high for _, high in found]
    return (
        None if None in lows or not lows else min(low for low in lows if low is not None),
        None if None in highs or not highs else max(high for high in highs if high is not None),
    )


def _branches(evaluator: Evaluator, fact: str) -> list[Branch]:
    """The cases of a measure, compiled once."""
    if fact not in evaluator.branches:
        scope = scope_of(fact, ("case",))
        evaluator.branches[fact] = [
            (
                None if case.guard is None else evaluator.compile(case.guard, scope).value,
                evaluator.quantity(case.value, scope),
            )
            for case in evaluator.law.measures[fact].value
        ]
    return evaluator.branches[fact]


def _of(quantity: Quantity, element: Element) -> Exact:
    low, high = quantity.top(element)
    unit = 10**quantity.scale
    if quantity.bottom is None:
        return (None if low is None else Fraction(low, unit), None if high is None else Fraction(high, unit))
    under, over = quantity.bottom(element)
    bottom_unit = 10**quantity.bottom_scale
    return (
        None if low is None or not over else Fraction(low, unit) / Fraction(over, bottom_unit),
        None if high is None or not under else Fraction(high, unit) / Fraction(under, bottom_unit),
    )
