"""A case whose item names its bill of materials (`bom: FILE`) or lists its components: the content counted from them.

The controlled US-origin content is then a fact of the item like any other. What the case states itself wins, and where
both cannot be true the case is refused. The parts of a bill become components of the item, so that the law sees them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

from licet.chain.count import content
from licet.chain.elements import as_item
from licet.chain.model import Component
from licet.chain.narrow import narrow
from licet.chain.ranges import ONE, UNKNOWN, Range
from licet.facts.case import Case
from licet.facts.elements import Element
from licet.facts.errors import CaseError, Problem
from licet.facts.numbers import Interval, show
from licet.logic.decide import Decider
from licet.services.bom_files import bill_beside
from licet.services.bom_law import CONTENT, Controlled, scaled_share

BOM, VALUE, WITHIN = "item.bom", "item.value_usd", "item.within"
_CENTS = 100
_ANYTHING = Range(Fraction(0), Fraction(100))


def fill_content(case: Case, decider: Decider) -> None:
    """Give every item the content that its parts come to. Raises CaseError for what is wrong with a bill."""
    for item in case.items:
        if BOM in item.facts:
            product = _from_bill(case, item, decider)
            problems = [*Controlled(decider, case.root).contradictions(product)]
            problems += _state(case, item, product, decider)
            if problems:
                raise CaseError(problems)
        elif item.lists.get("components"):
            # What is wrong with components is told with the other contradictions of the case.
            with suppress(CaseError):
                _state(case, item, _from_components(item), decider)


def content_contradictions(case: Case, decider: Decider) -> Iterator[Problem]:
    """Components that cannot be, or that come to another content than the item states."""
    for item in case.items:
        if BOM not in item.facts and item.lists.get("components"):
            try:
                yield from _state(case, item, _from_components(item), decider)
            except CaseError as error:
                yield from error.problems


def _state(case: Case, item: Element, product: Component | None, decider: Decider) -> list[Problem]:
    """State the counted share as a fact; beside a stated one, what both allow. A problem where that is nothing."""
    percent = None if product is None else content(product, Controlled(decider, case.root)).percent
    if percent is None or percent == _ANYTHING:
        return []
    counted = scaled_share(decider, percent)
    stated: Interval = item.facts.get(CONTENT, (None, None))
    low = max(end for end in (stated[0], counted[0], 0) if end is not None)
    highs = [end for end in (stated[1], counted[1]) if end is not None]
    if highs and low > min(highs):
        scale = decider.law.law.dictionary.facts[CONTENT].scale
        said, found = show(stated, scale), show(counted, scale)
        text = f"{item.label}: {CONTENT} is given as {said} %, but what its parts come to is {found} %"
        return [Problem("E_CONTRADICTION", text, hint=f"correct one of them, or leave out {CONTENT}")]
    item.facts[CONTENT] = (low, min(highs, default=None))
    return []


def _from_bill(case: Case, item: Element, decider: Decider) -> Component:
    """The product of the bill that an item names; its parts become components of the item. Raises CaseError."""
    named = str(item.facts[BOM])
    if item.lists.get("components"):
        text = f"{item.label}: its parts are named in {named} and as components"
        raise CaseError([Problem("E_CONTRADICTION", text, hint="keep one of them")])
    product = bill_beside(case.file, named, decider.law.law.dictionary).product
    inside = as_item(product)
    item.add("components", inside.lists["components"], inside.closed["components"])
    return product


def _from_components(item: Element) -> Component | None:
    """The components as a tree, each worth its `value` in the item as the item is valued; None where none shows.

    Raises CaseError where they are worth more than what holds them.
    """
    listed = item.lists["components"]
    labels = Counter(part.label for part in listed)
    holders = {str(part.facts[WITHIN]) for part in listed if WITHIN in part.facts}
    if any(labels[label] != 1 for label in holders) or _round(listed):
        return None
    closed = item.closed.get("components")

    def component(element: Element, number: int, top: bool) -> Component:
        below = [
            component(part, index, False)
            for index, part in enumerate(listed, 1)
            if part.facts.get(WITHIN) == (None if top else element.label)
        ]
        complete = closed if top or below else True
        return Component(f"{number}", element.facts, ONE, _value(element), tuple(below), complete)

    return narrow(component(item, 0, True))


def _round(listed: list[Element]) -> bool:
    """Whether following what holds what ever comes back, so that no tree is there."""
    above = {part.label: part.facts.get(WITHIN) for part in listed}
    for start in above:
        seen: set[str] = set()
        here: str | None = start
        while here is not None:
            if here in seen:
                return True
            seen.add(here)
            here = above.get(here)
    return False


def _value(element: Element) -> Range:
    stated: Interval | None = element.facts.get(VALUE)
    if stated is None:
        return UNKNOWN
    low, high = stated
    return Range(Fraction(low or 0, _CENTS), None if high is None else Fraction(high, _CENTS))
