"""The value of a number for people: an exact interval of fractions, for margins, proofs and tests."""

from __future__ import annotations

from fractions import Fraction

from licet.facts.dictionary import own_name
from licet.facts.elements import Element
from licet.logic.arithmetic import Quantity
from licet.logic.evaluate import Evaluator, scope_of
from licet.logic.scope import getter
from licet.rules import tree
from licet.rules.check import Scope

Exact = tuple[Fraction | None, Fraction | None]


def exact(evaluator: Evaluator, number: tree.Number, scope: Scope, element: Element) -> Exact:
    """The interval of a number seen from an element; None on a side that is not bounded."""
    if isinstance(number, tree.NumberFact):
        owner = getter(number.name, scope)(element)
        held = evaluator.law.measures.get(own_name(number.name))
        if owner is not None and held is not None and own_name(number.name) not in owner.facts:
            return measure(evaluator, own_name(number.name), owner)
    return _of(evaluator.quantity(number, scope), element)


def measure(evaluator: Evaluator, fact: str, owner: Element) -> Exact:
    """What a measure computes for the element that holds its fact; the hull of the cases that may hold."""
    held, scope = evaluator.law.measures[fact], scope_of(fact, ("case",))
    found: list[Exact] = []
    for case in held.value:
        guard = True if case.guard is None else evaluator.compile(case.guard, scope).value(owner)
        if guard is False:
            continue
        found.append(_of(evaluator.quantity(case.value, scope), owner))
        if guard is True:
            break
    lows, highs = [low for low, _ in found], [high for _, high in found]
    return (
        None if None in lows or not lows else min(low for low in lows if low is not None),
        None if None in highs or not highs else max(high for high in highs if high is not None),
    )


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
