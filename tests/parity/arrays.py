"""Rules asked of many lines at once (`licet.logic.alike`), held against what is known of each line by itself.

Lines whose items have parts or rates, or whose parties have owners or rows, are never decided so, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from tests.parity.compare import Answer

from licet.facts.case import Case
from licet.facts.elements import Element, line
from licet.logic.alike.asked import Asked, Names
from licet.logic.alike.elements import NO_ELEMENT, Elements
from licet.logic.alike.laws import Laws, Lines
from licet.logic.alike.values import CODE, Kept, Values
from licet.logic.carried import Dependents
from licet.logic.decide import Decider
from licet.rules.snapshot import Snapshot
from licet.services.orders.alike import shared


def disagreements(
    law: Snapshot, cases: Iterable[Case], rules: Sequence[str], known: Sequence[Answer]
) -> tuple[int, list[str]]:
    """How many lines were asked at once, and where a rule has another value, or one number stands for two questions."""
    elements = Elements(shared(law.law), lambda fact: True, lambda fact, value, element: None)
    rows = np.array([*_rows(elements, cases)], np.int64).reshape(-1, 3)
    if not len(rows):
        return 0, []
    laws = Laws([Decider(law)], Dependents(law.law))
    values = Values(laws, elements, Lines(elements, rows[:, 1], rows[:, 2], [len(rows)]), Kept())
    asked, wrong = Asked(values, Names(), {}, {}), list[str]()
    for rule in rules:
        found, asks = values.over(rule).tolist(), asked.over(rule).tolist()
        told: dict[int, tuple[str, ...]] = {}
        for place, number in enumerate(rows[:, 0].tolist()):
            value, names = known[number].values.get(rule, (False, ()))
            if CODE[value] != found[place]:
                wrong.append(f"line {number + 1}: {rule} is {value} alone, and {found[place] - 1:+} with others")
            elif value is None and told.setdefault(asks[place], names) != names:
                wrong.append(f"line {number + 1}: {rule} asks {names}, and {told[asks[place]]} where it is the same")
    return len(rows), wrong


def _rows(elements: Elements, cases: Iterable[Case]) -> Iterator[tuple[int, int, int]]:
    """For each line that can be asked with others its number and the rows of its case and its item."""
    number = -1
    for case in cases:
        for item in case.lines:
            number += 1
            parties = case.root.lists.get("parties", [])
            if any(map(_has_members, parties if item is None else [*parties, item])) or case.root.lists.get("held"):
                continue
            root = line(case.root, item)
            beside = elements.of_case(root)
            rows = tuple(elements.party(party, beside) for party in parties)
            yield number, elements.case(root, rows), NO_ELEMENT if item is None else elements.item(item, beside)


def _has_members(element: Element) -> bool:
    return any(element.lists.values())
