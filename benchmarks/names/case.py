"""One question of the test set: a name, the way it was changed, and the entries that are right answers."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from licet.parties.match.hit import Query

_FIELDS = ("kind", "query", "party", "list", "source", "gold")


@dataclass(frozen=True, slots=True)
class Case:
    """A perturbed name.

    `kind`: how it was changed. `list`: the list its entry stands on. `source`: the name as listed.
    `gold`: the entries, as `lists.key` gives them, of which any is right.
    """

    kind: str
    query: Query
    list: str
    source: str
    gold: frozenset[str]


def write(cases: Iterable[Case], path: Path) -> None:
    """Cases as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(_FIELDS)
        for case in cases:
            gold = "|".join(sorted(case.gold))
            out.writerow((case.kind, case.query.name, case.query.kind, case.list, case.source, gold))
