"""What a test of facts comes to, asked once for each set of values that elements have, and looked up from then on.

It is asked of the scalar evaluator, on small elements made to state just these values.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from licet.facts.dictionary import level
from licet.facts.elements import Element
from licet.logic.alike.distinct import distinct
from licet.logic.alike.elements import CLOSED, MISSING, NO_ELEMENT, Elements
from licet.logic.alike.spots import Spots
from licet.rules.check import Scope

FRESH = -1
BIG = 2**62
FEW = 500  # values of a fact that are asked for all at once
Reads = tuple[tuple[str, str], ...]  # facts as a condition names them, and as elements hold them
Columns = Sequence[NDArray[np.int32] | None]  # their numbers; None for a fact that no element states


class Made(NamedTuple):
    """Elements in scope of each other, by kind, made to ask a single test."""

    inner: Element
    of_kind: dict[str, Element]


class Looked:
    """What a test of some facts comes to, asked once for all the values that elements have."""

    def __init__(self, scope: Scope, reads: Reads, ask: Callable[[Made], int], spots: Spots | None = None) -> None:
        self.scope, self.reads, self.ask, self.spots = scope, reads, ask, spots
        self.one = np.full(64, FRESH, np.int64)
        self.seen = 0  # values of its only fact that were all asked for
        self.more: dict[tuple[int, ...], int] = {}

    def up(self, elements: Elements, columns: Columns, size: int) -> NDArray[np.int64]:
        """What it comes to for as many places, by the columns of the facts that it reads."""
        if self.spots is not None:
            columns = self.spots.columns(elements, columns)
        if len(columns) == 1 and columns[0] is not None:
            return self._one(elements, columns[0])
        told = [column for column in columns if column is not None]
        if not told:
            nothing = (MISSING,) * len(columns)
            if nothing not in self.more:
                self.more[nothing] = self._asked(elements, nothing)
            return np.full(size, self.more[nothing], np.int64)
        return self._more(elements, columns, told)

    def _one(self, elements: Elements, column: NDArray[np.int32]) -> NDArray[np.int64]:
        there = len(elements.known_values(self.reads[0][1]))
        if there == self.seen:
            return self.one[column + 1]
        if there >= len(self.one):
            self.one = np.concatenate([self.one, np.full(2 * there - len(self.one), FRESH, np.int64)])
        if there <= FEW:
            for code in range(NO_ELEMENT, there):
                if self.one[code + 1] == FRESH:
                    self.one[code + 1] = self._asked(elements, (code,))
            self.seen = there
        found = self.one[column + 1]
        if there > FEW and found.min(initial=0) == FRESH:
            for code in np.unique(column[found == FRESH]).tolist():
                self.one[code + 1] = self._asked(elements, (code,))
            found = self.one[column + 1]
        return found

    def _more(self, elements: Elements, columns: Columns, told: list[NDArray[np.int32]]) -> NDArray[np.int64]:
        key, span = told[0].astype(np.int64) + 1, int(told[0].max(initial=0)) + 2
        for column in told[1:]:
            own = int(column.max(initial=0)) + 2
            if span * own > BIG:
                found, key = np.unique(key, return_inverse=True)
                span = len(found)
            key, span = key * own + column + 1, span * own
        _, first, inverse = distinct(key, span)
        answers = np.empty(len(first), np.int64)
        for number, place in enumerate(first.tolist()):
            codes = tuple(MISSING if column is None else int(column[place]) for column in columns)
            if codes not in self.more:
                self.more[codes] = self._asked(elements, codes)
            answers[number] = self.more[codes]
        return answers[inverse]

    def _asked(self, elements: Elements, codes: tuple[int, ...]) -> int:
        told = [(fact, own, elements.value(own, code)) for (fact, own), code in zip(self.reads, codes, strict=True)]
        gone = {level(fact) for (fact, _), code in zip(self.reads, codes, strict=True) if code == NO_ELEMENT}
        return self.ask(made(self.scope, told, gone))


def made(scope: Scope, told: Sequence[tuple[str, str, Any]], gone: Container[str] = ()) -> Made:
    """Elements in scope of each other that state these facts; `gone` are the kinds of which the line has none."""
    of_kind = {kind: Element({}) for kind in scope}
    root = of_kind.setdefault("case", Element({}))
    if scope[0] == "listing":
        of_kind["party"] = of_kind["listing"].up = Element({})
    if scope[0] == "case" and "item" not in gone:
        root.item = of_kind.setdefault("item", Element({}))
    for outer, inner in pairwise(scope):
        of_kind[inner].up = of_kind[outer]
    for element in of_kind.values():
        element.root = root
    for fact, own, value in told:
        if value is None:
            continue
        if own.startswith(CLOSED):
            of_kind[scope[-1]].closed[own.removeprefix(CLOSED)] = value
        elif level(fact) in of_kind:
            of_kind[level(fact)].facts[own] = value
    return Made(of_kind[scope[-1]], of_kind)
