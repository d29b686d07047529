"""Numbers against a line: those that lie alike stand for each other, so the line is asked about a few, not about each.

A range may lie below, on or over the line with either end, or be open there; nothing else can matter to a comparison.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from licet.logic.alike.distinct import distinct
from licet.logic.alike.elements import MISSING, NO_ELEMENT, OPEN, Elements

Codes = NDArray[np.int32]
SPOTS = 5  # an end of a range: below the line, on it, over it, open, none


class Spots:
    """A fact that is held against a line, whose value is scaled as the fact is."""

    def __init__(self, own: str, line: int) -> None:
        self.own, self.line = own, line
        self.stands: Codes = np.array([NO_ELEMENT, MISSING], np.int32)  # for each number the first that lies alike
        self.first: dict[int, int] = {}

    def columns(self, elements: Elements, columns: Sequence[Codes | None]) -> Sequence[Codes | None]:
        """The columns that a test reads, the first of them this fact, with one number for all that lie alike.

        Where the fact is stated, nothing else is looked at: what it could be computed from does not matter.
        """
        own, *others = columns
        if own is None:
            return columns
        self._learn(elements.ends(self.own))
        lies, stated = self.stands[own + 1], own > MISSING
        if stated.all():
            return [lies, *(None for _ in others)]
        beside = (None if other is None else np.where(stated, np.int32(MISSING), other) for other in others)
        return [lies, *beside]

    def _learn(self, ends: NDArray[np.int64]) -> None:
        """Find out where values lie that were not there before."""
        known = len(self.stands) - 1
        if known < len(ends):
            new = ends[known:]
            low, high = (np.where(new >= OPEN, new - OPEN + 2, np.sign(new - self.line)) + 1).T  # each below SPOTS
            spots, first, which = distinct(low * SPOTS + high, SPOTS * SPOTS)
            found = [
                self.first.setdefault(spot, known + at) for spot, at in zip(spots.tolist(), first.tolist(), strict=True)
            ]
            self.stands = np.concatenate([self.stands, np.array(found, np.int32)[which]])
