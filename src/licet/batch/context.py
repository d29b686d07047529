"""What all parts of the compiler share: the snapshot, the columns made so far, and reading from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from licet.batch.relations import RELATION, Column, Relations, Row, Use
from licet.batch.sql import NOTHING, choose, integer, name, text
from licet.facts.dictionary import FactType, level
from licet.facts.errors import LawError
from licet.rules.snapshot import Snapshot

TRUTH, WORDS, COUNT, WIDE = "BOOLEAN", "VARCHAR[]", "BIGINT", "HUGEINT"
LOW, HIGH, STATED, ASKS = ":low", ":high", ":stated", ":asks"
CLOSED = "closed."
LIMIT = 18
NO_ITEM = f"line.{name('item')} IS NULL"


@dataclass(slots=True)
class Context:
    """The state of one compilation. `limits` holds the digits that each number may have before the point."""

    law: Snapshot
    relations: Relations = field(default_factory=Relations)
    limits: dict[str, int] = field(default_factory=dict)
    uses: set[Use] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    numbered: dict[object, str] = field(default_factory=dict)

    def label(self, word: str, *key: object) -> str:
        """A short name for a thing that has none of its own; the same thing gets the same name."""
        return self.numbered.setdefault((word, *key), f"{word} {len(self.numbered) + 1}")

    def read(self, row: Row, column: str) -> str:
        """A column of a row, noted as used."""
        self.uses.add(Use(row.relation, column, row.beneath))
        return f"{row.alias}.{name(column)}"

    def known(self, relation: str, column: str) -> bool:
        """Whether the column was made already."""
        return (relation, column) in self.relations.columns

    @contextmanager
    def recording(self) -> Iterator[set[Use]]:
        """Notes the columns used inside, apart from those used outside."""
        outer, self.uses = self.uses, set()
        try:
            yield self.uses
        finally:
            self.uses = outer

    def define(self, relation: str, column: str, type_: str, make: Callable[[], str]) -> str:
        """A column worked out from its own row; made once."""
        if not self.known(relation, column):
            with self.recording() as uses:
                sql = make()
            self.relations.columns[relation, column] = Column(relation, column, type_, sql, uses=frozenset(uses))
        return column

    def fold(
        self,
        relation: str,
        kind: str,
        column: str,
        type_: str,
        inner: Callable[[], str],
        aggregate: str,
        known: bool = False,
    ) -> str:
        """A column folded over the rows of a list; `aggregate` says `{}` where the value of the inner row stands.

        `known` folds over the members given only, without the unknown others of an open list.
        """
        if not self.known(relation, column):
            with self.recording() as uses:
                sql = inner()
            made = Column(relation, column, type_, aggregate, fold=kind, inner=sql, known=known, uses=frozenset(uses))
            self.relations.columns[relation, column] = made
        return column

    def bring(self, relation: str, source: str, column: str, type_: str, sql: str, *also: str) -> str:
        """A column of another relation, brought along the key; `also` names columns of its own row that `sql` reads."""
        if not self.known(relation, column):
            uses = {Use(source, column), *(Use(relation, own) for own in also)}
            self.relations.columns[relation, column] = Column(
                relation, column, type_, sql, source, uses=frozenset(uses)
            )
        return column

    # --- facts ----------------------------------------------------------------------------------

    def fact(self, row: Row, fact: str, part: str = "") -> str:
        """A fact (or a part of a number) as a row shows it."""
        self._input(row.relation, fact, part)
        return self.read(row, fact + part)

    def closed(self, row: Row, of: str, kind: str) -> str:
        """Whether a list is complete; `kind` is the kind of element it belongs to."""
        self._column(row.relation, RELATION[kind], CLOSED + of, CLOSED + of, TRUTH)
        return self.read(row, CLOSED + of)

    def _input(self, relation: str, fact: str, part: str) -> None:
        known = self.law.law.dictionary.find(fact)
        if known is None:
            raise LawError.one("L_UNKNOWN_FACT", f"there is no fact {fact}")
        self._column(relation, RELATION.get(level(fact), "case"), fact + part, fact, type_of(known, part), known.low)

    def _column(self, relation: str, home: str, column: str, fact: str, type_: str, low: int | None = None) -> None:
        if self.known(relation, column):
            return
        if relation == home or (home == "case" and relation in ("item", "party")):
            self.relations.columns[relation, column] = Column(relation, column, type_, fact=fact)
            return
        source = "item" if relation == "case" else "party"
        self._column(source, home, column, fact, type_, low)
        sql = f"{source}.{name(column)}"
        if relation == "case" and column.endswith(LOW) and low is not None:
            sql = f"coalesce({sql}, {integer(low)})"
        self.bring(relation, source, column, type_, sql)

    # --- things of an item as a line sees them ----------------------------------------------------

    def of_item(self, column: str, type_: str, empty: str) -> str:
        """A computed column of the line's item; `empty` where there is no item."""
        sql = f"coalesce(item.{name(column)}, {empty})" if empty else f"item.{name(column)}"
        return self.bring("case", "item", column, type_, sql)

    def lifted(self, rule: str) -> str:
        """A rule or group of codes of an item as the line sees it: no without an item where the items are complete."""
        self._column("case", "case", CLOSED + "items", CLOSED + "items", TRUTH)
        none = choose((f"line.{name(CLOSED + 'items')}", "FALSE"))
        sql = choose((NO_ITEM, none), otherwise=f"item.{name(rule)}")
        return self.bring("case", "item", rule, TRUTH, sql, CLOSED + "items")

    def lifted_asks(self, rule: str) -> str:
        """What such a rule or group asks as the line sees it: without an item, whether the items are complete."""
        self.lifted(rule)
        open_ = choose((f"line.{name(CLOSED + 'items')}", NOTHING), otherwise=f"[{text('complete.items')}]")
        sql = choose((NO_ITEM, open_), otherwise=f"item.{name(rule + ASKS)}")
        return self.bring("case", "item", rule + ASKS, WORDS, sql, CLOSED + "items")


def type_of(fact: FactType, part: str) -> str:
    """The SQL type of a fact's column."""
    if part == STATED or fact.type == "yes_no":
        return TRUTH
    if fact.numeric:
        return "BIGINT"
    return WORDS if fact.type == "set" else "VARCHAR"
