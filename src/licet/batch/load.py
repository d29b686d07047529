"""From cases to the relations of a batch: a row per line, each distinct item and party once.

Only what the plan reads is kept. Two elements are the same where all they show the law is the same: their facts,
their lists, and the facts of the case that their rules read (dates, the act).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from licet.batch.context import CLOSED, LIMIT, LOW, STATED
from licet.batch.plan import Plan
from licet.batch.relations import Column
from licet.facts.case import Case
from licet.facts.dictionary import Dictionary, level
from licet.facts.elements import Element

Cell = bool | int | str | None | tuple[str, ...]
KEYS = {
    "case": ("line", "item"),
    "item": ("id", "parent", "level", "missing"),
    "party": ("id", "parent", "level", "missing"),
    "listing": ("id", "party", "level", "missing"),
    "rate": ("id", "item", "level", "missing"),
    "evidence": ("id", "parent", "level", "missing"),
    "line_party": ("line", "party"),
    "line_evidence": ("line", "evidence"),
}
TABLES = {
    relation: f"{relation}_in" if relation in ("case", "item", "party", "listing") else relation for relation in KEYS
}
BENEATH = {"case": (("parties", "party"), ("held", "evidence"))}
BENEATH |= {
    "item": (("rates", "rate"), ("components", "item")),
    "party": (("listings", "listing"), ("owners", "party")),
}
NOTHING_KNOWN = Element({})


class Shown(NamedTuple):
    """What an element shows the law: its cells, and what belongs to it.

    `missing` names the open list of which it stands for the unknown others.
    """

    relation: str
    cells: tuple[Cell, ...]
    beneath: tuple[Shown, ...] = ()
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a fact goes in a row, and which part of it: the end of a number, whether it is stated, or all of it."""

    index: int
    part: str
    limit: int

    def cell(self, value: Any) -> Cell:
        """The cell for a stated value. A number beyond the size that stays exact in SQL is widened, never cut short."""
        if self.part == STATED:
            return True
        if not self.part:
            return tuple(sorted(value)) if isinstance(value, frozenset) else value
        most = 10**self.limit - 1
        low, high = value
        if self.part == LOW:
            return None if low is None or low < -most else min(low, most)
        return None if high is None or high > most else max(high, -most)


@dataclass(slots=True)
class Filler:
    """Fills the rows of one relation: what stands where nothing is stated, and the slots of each fact."""

    columns: list[Column]
    blank: list[Cell] = field(default_factory=list)
    own: dict[str, list[Slot]] = field(default_factory=dict)
    shared: dict[str, list[Slot]] = field(default_factory=dict)
    lists: list[tuple[int, str]] = field(default_factory=list)

    def cells(self, element: Element, root: Element) -> tuple[Cell, ...]:
        """The row of an element of this case; shared facts are those of the case as a whole."""
        row = self.blank.copy()
        for slots, facts in ((self.own, element.facts), (self.shared, root.facts)):
            for fact in facts.keys() & slots.keys():
                for slot in slots[fact]:
                    row[slot.index] = slot.cell(facts[fact])
        for index, of in self.lists:
            row[index] = element.closed.get(of)
        return tuple(row)


def filler(columns: list[Column], limits: dict[str, int], dictionary: Dictionary) -> Filler:
    """How the rows of a relation are filled."""
    made = Filler(columns)
    for index, column in enumerate(columns):
        made.blank.append(False if column.name.endswith(STATED) else None)
        if column.fact.startswith(CLOSED):
            made.lists.append((index, column.fact.removeprefix(CLOSED)))
            continue
        known, part = dictionary.find(column.fact), column.name.removeprefix(column.fact)
        if part == LOW and known is not None:
            made.blank[index] = known.low
        slots = made.shared if level(column.fact) == "case" else made.own
        slots.setdefault(column.fact, []).append(Slot(index, part, limits.get(column.fact, LIMIT)))
    return made


@dataclass(slots=True)
class Loader:
    """Collects the rows of many cases. `same` numbers distinct elements by what they show."""

    plan: Plan
    fillers: dict[str, Filler] = field(init=False)
    rows: dict[str, list[tuple[Cell, ...]]] = field(init=False)
    same: dict[Shown, int] = field(default_factory=dict)
    numbered: int = 0
    lines: int = 0

    def __post_init__(self) -> None:
        dictionary, limits = self.plan.law.law.dictionary, self.plan.limits
        self.fillers = {relation: filler(columns, limits, dictionary) for relation, columns in self.plan.inputs.items()}
        self.rows = {relation: [] for relation in KEYS}

    def add(self, case: Case) -> range:
        """A line for each item of a case, or one without an item; the numbers of the lines."""
        root, first = case.root, self.lines + 1
        beneath = self.beneath("case", root, root)
        parties = [self.number(shown) for shown in beneath if shown.relation == "party"]
        held = [self.number(shown) for shown in beneath if shown.relation == "evidence"]
        for item in case.lines:
            self.lines += 1
            number = None if item is None else self.number(self.shown("item", item, root))
            self.rows["case"].append((self.lines, number, *self.fillers["case"].cells(root, root)))
            self.rows["line_party"] += [(self.lines, party) for party in parties]
            self.rows["line_evidence"] += [(self.lines, row) for row in held]
        return range(first, self.lines + 1)

    def shown(self, relation: str, element: Element, root: Element, missing: str = "", others: str = "") -> Shown:
        """What an element shows, with all beneath it; `others` are the lists of unknown others it lies in."""
        beneath = self.beneath(relation, element, root, missing, others)
        return Shown(relation, self.fillers[relation].cells(element, root), tuple(beneath), missing or None)

    def beneath(
        self, relation: str, element: Element, root: Element, missing: str = "", others: str = ""
    ) -> list[Shown]:
        """The members of the lists of an element; of an open one, also the unknown others, as deep as the law looks."""
        found = []
        for of, kind in BENEATH.get(relation, ()):
            found += [self.shown(kind, member, root) for member in element.lists.get(of, ())]
            if element.closed.get(of) is not True and others.count(f" {of}") < self.plan.others.get(of, 0):
                found.append(self.shown(kind, NOTHING_KNOWN, root, missing or f"complete.{of}", f"{others} {of}"))
        return found

    def number(self, shown: Shown) -> int:
        """The number of an element, with a row for it if it is new."""
        number = self.same.get(shown)
        if number is None:
            number = self.same[shown] = self.insert(shown, None, 0)
        return number

    def insert(self, shown: Shown, parent: int | None, depth: int) -> int:
        """A row for an element and for each beneath it. A row of a list stands on the level of its party."""
        self.numbered += 1
        own = self.numbered
        self.rows[shown.relation].append((own, parent, depth, shown.missing, *shown.cells))
        for below in shown.beneath:
            self.insert(below, own, depth + (below.relation == shown.relation))
        return own

    # --- writing --------------------------------------------------------------------------------

    def columns(self, relation: str) -> dict[str, str]:
        """The columns of a relation with their SQL types, in the order of its rows."""
        keys = {key: "VARCHAR" if key == "missing" else "BIGINT" for key in KEYS[relation]}
        return keys | {column.name: column.type for column in self.plan.inputs.get(relation, ())}

    def write(self, relation: str, path: Path) -> None:
        """The rows of a relation as lines of JSON."""
        names = list(self.columns(relation))
        encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
        with path.open("w", encoding="ascii") as file:
            file.writelines(encode(dict(zip(names, row, strict=True))) + "\n" for row in self.rows[relation])


def load(cases: Iterable[Case], plan: Plan) -> Loader:
    """The rows of cases."""
    loader = Loader(plan)
    for case in cases:
        loader.add(case)
    return loader
