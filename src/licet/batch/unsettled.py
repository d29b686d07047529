"""Facts that are not settled, as questions: words and truths not stated, numbers that are no single point."""

from __future__ import annotations

from collections.abc import Callable

from licet.batch import sql
from licet.batch.context import ASKS, COUNT, HIGH, LOW, NO_ITEM, STATED, WORDS
from licet.batch.numeric import Numbers, measured_view
from licet.batch.relations import ALIAS, KEYS, RELATION, Row, View, base
from licet.facts.dictionary import COLLECTIONS, ELEMENT, level, own_name
from licet.rules import tree
from licet.rules.snapshot import InForce

GATHER = "list_distinct(flatten(list({})))"


class Unsettled:
    """Compiles what single facts and numbers ask; `guarded` says what the guard of a measure asks."""

    def __init__(self, numbers: Numbers, guarded: Callable[[tree.Condition, View], str]) -> None:
        self.numbers, self.context, self.guarded = numbers, numbers.context, guarded

    def missing(self, fact: str, view: View) -> str:
        """A fact that is not stated, of an element that is there."""
        row, own = view.find(level(fact)), own_name(fact)
        return self.once(row, own, lambda at: self.there(at, fact, f"{self.context.fact(at, own)} IS NULL", own))

    def once(self, row: Row, fact: str, make: Callable[[Row], str]) -> str:
        """What is asked of a fact, as a column of its relation where that carries columns."""
        if row.relation not in KEYS:
            return make(row)
        own = Row(row.relation, ALIAS.get(row.relation, row.relation), row.kind)
        return self.context.read(row, self.context.define(row.relation, fact + ASKS, WORDS, lambda: make(own)))

    def there(self, row: Row, fact: str, test: str, word: str) -> str:
        """One question; an item's facts are not asked of a line without an item."""
        if row.relation == "case" and level(fact) == "item":
            test = f"{test} AND NOT {NO_ITEM}"
        return sql.where(test, sql.texts([word]))

    def number(self, node: tree.Number, view: View) -> str:
        """The facts of a number that are not settled."""
        match node:
            case tree.Arith(left=left, right=right):
                return sql.union([self.number(left, view), self.number(right, view)])
            case tree.NumberFact(name=fact):
                return self.number_fact(fact, view)
            case tree.Aggregate():
                return self.aggregate(node, view)
        return sql.NOTHING

    def number_fact(self, fact: str, view: View) -> str:
        """What a measure is computed from, else the fact itself."""
        own = own_name(fact)
        return self.once(view.find(level(fact)), own, lambda row: self.unsettled(fact, own, row))

    def unsettled(self, fact: str, own: str, row: Row) -> str:
        """What a number asks of the row that holds it."""
        low, high = self.context.fact(row, own, LOW), self.context.fact(row, own, HIGH)
        ask = self.there(row, fact, f"({low} = {high}) IS NOT TRUE", own)
        held = self.context.law.measures.get(own)
        if held is None:
            return ask
        told = self.context.fact(row, own, STATED)
        inner = self.measured(held, own, measured_view(fact, row))
        if inner == sql.NOTHING:
            return sql.where(told, ask)
        return sql.choose((told, ask), otherwise=inner)

    def measured(self, held: InForce, fact: str, view: View) -> str:
        """What the cases of a measure ask, the guards as far as they are unknown."""
        asked = []
        for case in held.value:
            if case.guard is not None:
                asked.append(self.guarded(case.guard, view))
            if isinstance(case.value, tree.Aggregate):
                asked.append(self.empty(case.value, fact, view))
            asked.append(self.number(case.value, view))
        return sql.union(asked)

    def empty(self, node: tree.Aggregate, fact: str, view: View) -> str:
        """The measured fact itself, where the list it is computed from has no rows."""
        self.numbers.aggregate(node, view)
        rows = self.rows(node, view)
        return self.there(view.last, fact, f"coalesce({rows}, 0) = 0", fact)

    def rows(self, node: tree.Aggregate, view: View) -> str:
        """The number of rows an aggregate saw."""
        relation, row = RELATION[COLLECTIONS[node.of]], view.holder(COLLECTIONS[node.of])
        column = self.context.label(f"{node.op} {node.of}", relation, node) + " rows"
        if row.relation == "case" != relation:
            self.context.of_item(column, COUNT, "0")
        return self.context.read(row, column)

    def aggregate(self, node: tree.Aggregate, view: View) -> str:
        """What the rows of an aggregate ask."""
        home = COLLECTIONS[node.of]
        relation, row, kind = RELATION[home], view.holder(home), ELEMENT[node.of]
        column = self.context.label(f"{node.op} {node.of}", relation, node) + ASKS
        self.context.fold(
            relation, kind, column, WORDS, lambda: self.number(node.value, base(home).into(kind)), GATHER, known=True
        )
        if row.relation == "case" != relation:
            self.context.of_item(column, WORDS, sql.NOTHING)
        return f"coalesce({self.context.read(row, column)}, {sql.NOTHING})"
