"""Open questions in SQL: for each unknown condition the names of the facts it waits for, as lists of texts.

The same stated pass as the scalar one: [] where the value is known, else the union over the unknown parts.
"""

from __future__ import annotations

from licet.batch import sql
from licet.batch.conditions import Conditions, Quantified
from licet.batch.context import ASKS, HIGH, LOW, WORDS
from licet.batch.lists import done, join
from licet.batch.relations import RELATION, View, base
from licet.batch.unsettled import GATHER, Unsettled
from licet.facts.dictionary import COLLECTIONS, ELEMENT
from licet.rules import tree
from licet.rules.described import expanded


class Questions:
    """Compiles what conditions ask."""

    def __init__(self, conditions: Conditions) -> None:
        self.conditions, self.context = conditions, conditions.context
        self.facts = Unsettled(conditions.numbers, self.guarded)

    def rule(self, rule: str) -> str:
        """The column with what a rule asks, on the relation of its subject."""
        held = self.context.law.rules[rule]
        view, column = base(held.rule.subject), self.conditions.rule(rule)

        def make() -> str:
            asked = self.open(held.when, view)
            return sql.where(f"{self.context.read(view.last, column)} IS NULL", _distinct(asked))

        return self.context.define(RELATION[held.rule.subject], rule + ASKS, WORDS, make)

    def guarded(self, node: tree.Condition, view: View) -> str:
        """What a condition asks, [] where its value is known."""
        asked = self.open(node, view)
        if asked == sql.NOTHING or isinstance(node, _GUARDED_ALREADY) or self.plain_reference(node, view):
            return asked
        return sql.where(f"({self.conditions.truth(node, view)}) IS NULL", asked)

    def plain_reference(self, node: tree.Condition, view: View) -> bool:
        """Whether the questions stand in a column of the rule itself."""
        return isinstance(node, tree.Refer) and self.conditions.lifted(node.rule, view) is None

    def open(self, node: tree.Condition, view: View) -> str:  # noqa: PLR0911 - one for each kind of node
        """What a condition asks whose value is unknown."""
        match node:
            case tree.All(parts=parts) | tree.Any(parts=parts):
                return sql.union([self.guarded(part, view) for part in parts])
            case tree.Not(part=part):
                return self.open(part, view)
            case tree.Declared(part=part, fact=fact):
                return sql.union([self.facts.missing(fact, view), self.guarded(part, view)])
            case tree.Some() | tree.Every():
                return self.quantified(node, view)
            case tree.Refer(rule=rule):
                return self.refer(rule, view)
            case tree.Compare(left=left, right=right):
                return sql.union([self.facts.number(left, view), self.facts.number(right, view)])
            case tree.Classified(part=part, fact=fact):
                return sql.union([self.facts.missing(fact, view), self.guarded(part, view)])
            case tree.Described():
                return self.described(node, view)
            case tree.Owned():
                return self.context.read(view.last, self.owned(node))
            case tree.Member(group=group) if group not in self.context.law.rules:
                return sql.NOTHING
        return sql.union([self.facts.missing(fact, view) for fact in tree.facts_of(node)])

    def described(self, node: tree.Described, view: View) -> str:
        """What a group of codes asks, from the item's own row; without an item, whether the items are complete."""
        column, row, whole = self.conditions.described(node, view), self.conditions.item_row(view), base("item")

        def make() -> str:
            asked = self.open(expanded(node, self.context.law), whole)
            return sql.where(f"{self.context.read(whole.last, column)} IS NULL", _distinct(asked))

        self.context.define(RELATION["item"], column + ASKS, WORDS, make)
        if row.relation == "case":
            self.context.lifted_asks(column)
        return self.context.read(row, column + ASKS)

    # --- references and lists -------------------------------------------------------------------

    def refer(self, rule: str, view: View) -> str:
        """What a rule asks as seen from another subject; a rule that does not exist on the day asks nothing."""
        if rule not in self.context.law.rules:
            return sql.NOTHING
        lifted = self.conditions.lifted(rule, view)
        if lifted is not None:
            return self.open(lifted, view)
        column, row = self.rule(rule), self.conditions.row(rule, view)
        subject = self.conditions.subject(rule)
        if row.relation == "case" and subject == "item":
            self.context.lifted_asks(rule)
        if row.relation == "listing" and subject == "party":
            self.context.bring("listing", "party", column, WORDS, f"party.{sql.name(column)}")
        return self.context.read(row, column)

    def quantified(self, node: Quantified, view: View) -> str:
        """What the unknown members of a list ask."""
        if self.conditions.hoists(node, view):
            return self.context.read(view.last, self.column(node, base(view.last.kind)))
        if len(view.rows) == 1:
            return self.context.read(view.last, self.column(node, view))
        child = view.into(ELEMENT[node.of])
        tables, on = join(view.holder(COLLECTIONS[node.of]), child.last, done(child.last))
        asked = f"SELECT {self.member(node, child)} AS asked FROM {tables} WHERE {on}"
        return f"coalesce((SELECT {GATHER.format('asked')} FROM ({asked})), {sql.NOTHING})"

    def column(self, node: Quantified, view: View) -> str:
        """The column of what a quantifier asks, whether or not its value is known."""
        row, value = view.last, self.conditions.counted(node, view)

        def make() -> str:
            members = self.context.read(row, value + " members" + ASKS)
            return sql.where(f"{self.context.read(row, value)} IS NULL", f"coalesce({members}, {sql.NOTHING})")

        self.context.fold(
            row.relation, ELEMENT[node.of], value + " members" + ASKS, WORDS, lambda: self.inner(node, view), GATHER
        )
        return self.context.define(row.relation, value + ASKS, WORDS, make)

    def inner(self, node: Quantified, view: View) -> str:
        """What one member asks: a column of its own relation where it reads nothing else."""
        kind, where = ELEMENT[node.of], node.where
        child, apart = view.into(kind), self.conditions.apart(node, view)
        if apart is None:
            return self.member(node, child)
        asked = self.context.define(RELATION[kind], apart + ASKS, WORDS, lambda: self.guarded(where, base(kind)))
        return self.others(child, self.context.read(child.last, apart), self.context.read(child.last, asked))

    def member(self, node: Quantified, child: View) -> str:
        """What one member asks, worked out in place."""
        return self.others(child, self.conditions.truth(node.where, child), self.guarded(node.where, child))

    def others(self, child: View, value: str, asked: str) -> str:
        """Of the unknown others of an open list only whether that list is complete is asked."""
        missing = f"{child.last.alias}.missing"
        complete = sql.choose((f"({value}) IS NULL", f"[{missing}]"), otherwise=sql.NOTHING)
        return sql.choose((f"{missing} IS NOT NULL", complete), otherwise=asked)

    def owned(self, node: tree.Owned) -> str:
        """What an ownership test asks, down the tree of owners, whether or not its value is known."""
        label, row = self.conditions.owners.column(node), base("party").last

        def make() -> str:
            open_ = f"{self.context.closed(row, 'owners', 'party')} IS NOT TRUE"
            members = self.context.read(row, label + " members" + ASKS)
            return sql.union([sql.where(open_, sql.texts(["complete.owners"])), f"coalesce({members}, {sql.NOTHING})"])

        self.context.fold(
            "party", "owner", label + " members" + ASKS, WORDS, lambda: self.owner(node, label), GATHER, known=True
        )
        return self.context.define("party", label + ASKS, WORDS, make)

    def owner(self, node: tree.Owned, label: str) -> str:
        """What one owner adds: its share, whether it counts, and its own owners."""
        owner, fact = base("party").into("owner").last, self.context.fact
        ends = fact(owner, node.fact, LOW), fact(owner, node.fact, HIGH)
        asked = [sql.where(f"{ends[0]} IS DISTINCT FROM {ends[1]}", sql.texts([node.fact]))]
        counts = self.context.read(owner, node.counts)
        if node.counts in self.context.law.rules:
            asked.append(self.context.read(owner, self.rule(node.counts)))
        if node.chain:
            asked.append(sql.where(f"{counts} IS NOT TRUE", self.context.read(owner, label + ASKS)))
        return sql.union(asked)


# Conditions whose questions are [] by themselves where the value is known.
_GUARDED_ALREADY = (tree.Holds, tree.OneOf, tree.Same, tree.Has)


def _distinct(words: str) -> str:
    return words if words == sql.NOTHING or "list_concat" not in words else f"list_distinct({words})"
