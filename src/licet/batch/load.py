"""From cases to the relations of a batch: a row per line, each distinct item and party once.

Only what the plan reads is kept. Two elements are the same where all they show the law is the same: their facts,
their lists, and the facts of the case that their rules read (dates, the act).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from licet.batch.context import CLOSED, HIGH, LIMIT, LOW, STATED
from licet.batch.plan import Plan
from licet.batch.relations import Column
from licet.facts.case import Case
from licet.facts.dictionary import Dictionary
from licet.facts.elements import Element
from licet.facts.numbers import Interval

Cell = bool | int | str | None | list[str]
KEYS = {
    "case": ("line", "item"),
    "item": ("id", "parent", "level"),
    "party": ("id", "parent", "level"),
    "listing": ("id", "party", "level"),
    "rate": ("item",),
    "evidence": ("id",),
    "line_party": ("line", "party"),
    "line_evidence": ("line", "evidence"),
}
FILES = {"case": "case_in", "item": "item_in", "party": "party_in", "listing": "listing_in"}


@dataclass(frozen=True, slots=True)
class Reader:
    """How one column is filled: from which fact, and which part of a number."""

    column: str
    fact: str
    part: str
    widest: int | None
    limit: int

    def cell(self, element: Element, shared: Element) -> Cell:
        """The value of the column for an element; facts of the case as a whole come from `shared`."""
        if self.part == "closed":
            return element.closed.get(self.fact)
        facts = element.facts if self.fact in element.facts else shared.facts
        value: Any = facts.get(self.fact)
        if self.part == STATED:
            return value is not None
        if self.part in (LOW, HIGH):
            return self.end(value)
        return sorted(value) if isinstance(value, frozenset) else value

    def end(self, value: Interval | None) -> int | None:
        """One end of a number; beyond the size a column holds exactly it is widened, never cut short."""
        low, high = (self.widest, None) if value is None else value
        if self.part == LOW:
            return None if low is None or low < -(10**self.limit) else min(low, 10**self.limit)
        return None if high is None or high > 10**self.limit else max(high, -(10**self.limit))


def readers(columns: Iterable[Column], limits: dict[str, int], dictionary: Dictionary) -> list[Reader]:
    """How the input columns of a relation are filled."""
    made = []
    for column in columns:
        if column.fact.startswith(CLOSED):
            made.append(Reader(column.name, column.fact.removeprefix(CLOSED), "closed", None, LIMIT))
            continue
        known, part = dictionary.find(column.fact), column.name.removeprefix(column.fact)
        made.append(Reader(column.name, column.fact, part, known.low if known else None, limits.get(column.fact, LIMIT)))
    return made


@dataclass(slots=True)
class Loader:
    """Writes cases as rows, one file of JSON lines per relation. `same` numbers distinct elements by what they show."""

    plan: Plan
    readers: dict[str, list[Reader]] = field(default_factory=dict)
    rows: dict[str, list[list[Cell]]] = field(default_factory=dict)
    same: dict[object, int] = field(default_factory=dict)
    lines: int = 0

    def __post_init__(self) -> None:
        dictionary = self.plan.law.law.dictionary
        self.readers = {relation: readers(columns, self.plan.limits, dictionary) for relation, columns in self.plan.inputs.items()}
        self.rows = {relation: [] for relation in KEYS}

    def add(self, case: Case) -> None:
        """A line for each item of a case, or one without an item."""
        root, items = case.root, case.items or [None]
        parties = [self.number("party", self.party(party, root)) for party in root.lists.get("parties", ())]
        held = [self.number("evidence", ("evidence", self.cells("evidence", row, root))) for row in root.lists.get("held", ())]
        for item in items:
            self.lines += 1
            number = None if item is None else self.number("item", self.item(item, root))
            self.rows["case"].append([self.lines, number, *self.cells("case", root, root)])
            self.rows["line_party"] += [[self.lines, party] for party in parties]
            self.rows["line_evidence"] += [[self.lines, row] for row in held]

    def cells(self, relation: str, element: Element, root: Element) -> tuple[Cell, ...]:
        """The input columns of a relation for one element."""
        return tuple(reader.cell(element, root) for reader in self.readers[relation])

    # --- elements as what they show ---------------------------------------------------------------

    def item(self, item: Element, root: Element) -> Shown:
        """An item (or component) with its rates and components."""
        rates = tuple(Shown("rate", self.cells("rate", rate, root)) for rate in item.lists.get("rates", ()))
        parts = tuple(self.item(part, root) for part in item.lists.get("components", ()))
        return Shown("item", self.cells("item", item, root), rates, parts)
