"""The relations of a batch and the columns that rules become.

One relation per subject: `case` (a row per line), `item` (components are rows with a parent), `party` (owners are
rows with a parent), `listing`; and two without rules of their own, `rate` and `evidence`. A column is an input fact,
or brought from another relation, or an expression over its own row, or a fold over rows that belong to its row.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from licet.facts.dictionary import SAME_FACTS
from licet.rules.check import Scope

RELATION = {"case": "case", "route": "case", "item": "item", "component": "item", "party": "party", "owner": "party"}
RELATION |= {"listing": "listing", "rate": "rate", "evidence": "evidence"}
ALIAS = {"case": "line"}
GROUP = {"item": "item", "party": "party", "listing": "party", "case": "case"}
TREES = {"component": "item", "owner": "party"}
KEYS = {"case": "line", "item": "id", "party": "id", "listing": "id"}


@dataclass(frozen=True, slots=True)
class Use:
    """A column that an expression reads; `beneath` if from a row lower in the tree."""

    relation: str
    name: str
    beneath: bool = False


@dataclass(slots=True)
class Column:
    """One column of a relation.

    `source` is the relation it is brought from, `fold` the child element it is folded over; `inner` is then the
    expression per child row and `sql` the aggregate over it. `uses` are the columns that must be there before;
    `known` leaves out the unknown others of an open list. `fact` is the name of the fact an input column holds.
    """

    relation: str
    name: str
    type: str
    sql: str = ""
    source: str = ""
    fold: str = ""
    inner: str = ""
    known: bool = False
    fact: str = ""
    uses: frozenset[Use] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """A row an expression sees, under an alias. `beneath`: it lies lower in a tree and was worked out before."""

    relation: str
    alias: str
    kind: str
    beneath: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What an expression sees: the subject's row first, the innermost element last (as the scalar's scope)."""

    rows: tuple[Row, ...]

    @property
    def scope(self) -> Scope:
        """The kinds of the rows."""
        return tuple(row.kind for row in self.rows)

    @property
    def last(self) -> Row:
        """The innermost row."""
        return self.rows[-1]

    @property
    def own(self) -> bool:
        """Whether it is a single row of a relation that carries columns."""
        row = self.last
        return len(self.rows) == 1 and row.relation in KEYS and row.alias == ALIAS.get(row.relation, row.relation)

    def into(self, kind: str) -> View:
        """This view with an element of a list inside it."""
        taken = {row.alias for row in self.rows}
        alias = kind if kind not in taken else f"{kind}{len(taken)}"
        return View((*self.rows, Row(RELATION[kind], alias, kind, kind in TREES or self.last.beneath)))

    def find(self, kind: str) -> Row:
        """The row that holds facts of this kind; the shared facts of the case are on the first row."""
        if kind == self.last.kind:
            return self.last
        for row in self.rows:
            if row.kind == kind:
                return row
        return self.rows[0]

    def holder(self, kind: str) -> Row:
        """The row that holds a list belonging to this kind."""
        if SAME_FACTS.get(self.last.kind, self.last.kind) == kind:
            return self.last
        return self.find(kind)


def base(kind: str) -> View:
    """A view of a single row of the relation of this kind."""
    relation = RELATION[kind]
    return View((Row(relation, ALIAS.get(relation, relation), "case" if kind == "route" else kind),))


@dataclass(slots=True)
class Relations:
    """All columns, by relation and name."""

    columns: dict[tuple[str, str], Column] = field(default_factory=dict)

    def of(self, relation: str) -> list[Column]:
        """The columns of one relation, in the order they were made."""
        return [column for (owner, _), column in self.columns.items() if owner == relation]

    def facts(self, relation: str) -> list[Column]:
        """The input columns of a relation."""
        return [column for column in self.of(relation) if column.fact]
