"""A measure stated as a range beside the facts it is computed from: both are true, so the narrower ends count."""

from __future__ import annotations

from math import ceil, floor

from licet.facts.elements import Element
from licet.facts.numbers import Interval
from licet.logic.evaluate import Evaluator
from licet.logic.measured import Exact, measure


def narrow(evaluator: Evaluator, element: Element) -> None:
    """Narrow every measure that is stated as a range, of this item and its components."""
    dictionary = evaluator.law.law.dictionary
    for fact in evaluator.law.measures:
        stated: Interval | None = element.facts.get(fact)
        known = dictionary.find(fact)
        if stated is None or known is None or stated[0] == stated[1]:
            continue
        element.facts[fact] = _both(stated, measure(evaluator, fact, element), 10**known.scale)
    for component in element.lists.get("components", ()):
        narrow(evaluator, component)


def _both(stated: Interval, computed: Exact, unit: int) -> Interval:
    """What both intervals allow, rounded outwards; the stated one where they contradict each other."""
    low, high = stated
    if computed[0] is not None:
        low = max(floor(computed[0] * unit), floor(computed[0] * unit) if low is None else low)
    if computed[1] is not None:
        high = min(ceil(computed[1] * unit), ceil(computed[1] * unit) if high is None else high)
    return stated if low is not None and high is not None and low > high else (low, high)
