"""Conditions of the law as SQL truths: the same tree the scalar evaluator compiles to closures."""

from __future__ import annotations

from collections.abc import Callable

from licet.batch import sql
from licet.batch.context import COUNT, NO_ITEM, TRUTH, Context
from licet.batch.lists import done, join, local, own_relation
from licet.batch.numeric import Numbers
from licet.batch.ownership import Owners
from licet.batch.relations import RELATION, Row, Use, View, base
from licet.facts.dictionary import COLLECTIONS, ELEMENT, SAME_FACTS, level, own_name
from licet.rules import tree
from licet.rules.codes import Codes
from licet.rules.described import expanded

LONG = 200
Quantified = tree.Some | tree.Every


class Conditions:
    """Compiles conditions to SQL text over the rows of a view."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.numbers = Numbers(context, self.truth)
        self.owners = Owners(context, self.rule)
        self.parts: dict[object, tuple[str, frozenset[Use]]] = {}

    def rule(self, rule: str) -> str:
        """The column of a rule on the relation of its subject; a rule that does not exist on the day is no."""
        held = self.context.law.rules.get(rule)
        subject = self.context.law.law.rules[rule].subject
        view = base(subject)
        made: Callable[[], str] = (lambda: sql.NO) if held is None else (lambda: self.value(held.when, view))
        return self.context.define(RELATION[subject], rule, TRUTH, made)

    def truth(self, node: tree.Condition, view: View) -> str:
        """The value of a condition; a long one becomes a column of its row, so that it is written once."""
        if not view.own or isinstance(node, tree.Some | tree.Every | tree.Refer):
            return self.value(node, view)
        key = (view.last.relation, view.last.kind, node)
        if key not in self.parts:
            with self.context.recording() as uses:
                self.parts[key] = self.value(node, view), frozenset(uses)
        if len(self.parts[key][0]) < LONG:
            return self.part(key)
        column = self.context.label("part", *key)
        self.context.define(view.last.relation, column, TRUTH, lambda: self.part(key))
        return self.context.read(view.last, column)

    def part(self, key: object) -> str:
        """A condition that was spelled out before, with the columns it reads."""
        text, uses = self.parts[key]
        self.context.uses |= uses
        return text

    def value(self, node: tree.Condition, view: View) -> str:  # noqa: PLR0911 - one for each kind of node
        """The value of a condition, spelled out."""
        match node:
            case tree.All(parts=parts):
                return sql.conjunction([self.truth(part, view) for part in parts])
            case tree.Any(parts=parts):
                return sql.disjunction([self.truth(part, view) for part in parts])
            case tree.Not(part=part):
                return sql.negation(self.truth(part, view))
            case tree.Some() | tree.Every():
                return self.quantified(node, view)
            case tree.Compare():
                return self.numbers.compare(node, view)
            case tree.Refer(rule=rule):
                return self.refer(rule, view)
            case tree.Declared(part=part, fact=fact, code=code):
                declared = sql.choose((self.beneath(fact, code, view), sql.YES))
                return f"coalesce({self.truth(part, view)}, {declared})"
            case tree.Classified(part=part, fact=fact):
                told = self.fact(fact, view)
                stated = f"({told} IS NOT NULL AND len({told}) > 0)"
                return f"coalesce({self.truth(part, view)}, {sql.choose((stated, sql.NO))})"
            case tree.Described():
                return self.context.read(self.item_row(view), self.described(node, view))
            case tree.Owned():
                return self.context.read(view.last, self.owners.column(node))
            case tree.Always(value=value):
                return sql.truth(value)
        return self.leaf(node, view)

    def leaf(self, node: tree.Condition, view: View) -> str:
        """A test of one fact, unknown where the fact is."""
        match node:
            case tree.Holds(fact=fact):
                return self.fact(fact, view)
            case tree.OneOf(fact=fact, values=values):
                return sql.within(self.fact(fact, view), set(values))
            case tree.Same(fact=fact, other=other):
                return f"({self.fact(fact, view)} = {self.fact(other, view)})"
            case tree.Has(fact=fact, values=values):
                return sql.shares(self.fact(fact, view), set(values))
            case tree.Beneath(fact=fact, code=code):
                return self.beneath(fact, code, view)
            case tree.Member(fact=fact, group=group):
                return self.member(fact, group, view)
        raise AssertionError(f"not a leaf: {node}")

    def fact(self, fact: str, view: View) -> str:
        """The column of a fact."""
        return self.context.fact(view.find(level(fact)), own_name(fact))

    def is_set(self, fact: str) -> bool:
        """Whether a fact holds a set of words."""
        known = self.context.law.law.dictionary.find(fact)
        return known is not None and known.type == "set"

    def beneath(self, fact: str, code: str, view: View) -> str:
        """A declared code is this paragraph or beneath it; one above it tells nothing."""
        return sql.any_word(
            self.fact(fact, view),
            self.is_set(fact),
            lambda word: f"({word} = {sql.text(code)} OR starts_with({word}, {sql.text(code + '.')}))",
            lambda word: f"starts_with({sql.text(code)}, {word} || '.')",
        )

    def member(self, fact: str, group: str, view: View) -> str:
        """A text, or any of a set, is in a group; a group not known on the day can only prove membership."""
        held = self.context.law.rules.get(group)
        if held is None:
            return sql.NO
        value, is_set, members = self.fact(fact, view), self.is_set(fact), sorted(held.members)
        if held.match == "code":
            found = self.coded(value, is_set, Codes(held))
        elif held.match == "prefix":
            found = sql.any_word(
                value,
                is_set,
                lambda word: sql.disjunction([f"starts_with({word}, {sql.text(code)})" for code in members]),
                lambda word: sql.disjunction([f"starts_with({sql.text(code)}, {word})" for code in members]),
            )
        else:
            found = sql.shares(value, members) if is_set else sql.within(value, members)
        return found if held.known else sql.choose((found, sql.YES))

    def coded(self, value: str, is_set: bool, codes: Codes) -> str:
        """A code, or any of a set, lies in a group of codes (see `licet.rules.codes`)."""
        inside = [code for code, kept in codes.listed.items() if kept]
        outside = [code for code, kept in codes.listed.items() if not kept]

        def yes(word: str) -> str:
            kept = sql.shares(sql.ancestors(word), inside)
            if not outside:
                return kept
            return f"({kept} AND NOT {sql.shares(sql.ancestors(word), outside)} AND NOT {above_out(word)})"

        def above_out(word: str) -> str:
            return sql.within(word, codes.above_out)

        def open_(word: str) -> str:
            return sql.disjunction([sql.within(word, codes.above_in), above_out(word)])

        return sql.any_word(value, is_set, yes, open_)

    def described(self, node: tree.Described, view: View) -> str:
        """The column of an item's own row that says whether an entry of the group describes it: made once a group."""
        column = f"described {node.group}"
        whole = expanded(node, self.context.law)
        self.context.define(RELATION["item"], column, TRUTH, lambda: self.value(whole, base("item")))
        if self.item_row(view).relation == "case":
            self.context.lifted(column)
        return column

    def item_row(self, view: View) -> Row:
        """The row that shows what is said of the item or component at hand."""
        same = SAME_FACTS.get(view.last.kind, view.last.kind)
        return view.last if same == "item" else view.find("item")

    # --- references -----------------------------------------------------------------------------

    def refer(self, rule: str, view: View) -> str:
        """The value of a rule as seen from another subject (see docs/law-form.md, section 1)."""
        if rule not in self.context.law.law.rules:
            return sql.UNKNOWN
        lifted = self.lifted(rule, view)
        if lifted is not None:
            return self.truth(lifted, view)
        column, row = self.rule(rule), self.row(rule, view)
        if row.relation == "case" and self.subject(rule) == "item":
            self.context.lifted(rule)
        return self.context.read(row, column)

    def subject(self, rule: str) -> str:
        """What one evaluation of a rule is about."""
        return self.context.law.law.rules[rule].subject

    def row(self, rule: str, view: View) -> Row:
        """The row that shows the value of a rule which needs no list to be lifted."""
        subject = self.subject(rule)
        if subject in ("case", "route"):
            return view.rows[0]
        if subject == SAME_FACTS.get(view.last.kind, view.last.kind):
            return view.last
        row = view.find(subject)
        if row.relation == "listing" and subject == "party":
            self.context.bring("listing", "party", self.rule(rule), TRUTH, f"party.{sql.name(rule)}")
        return row

    def lifted(self, rule: str, view: View) -> tree.Condition | None:
        """The reference as `some` over the lists on the way; None where no list lies between."""
        subject, innermost = self.subject(rule), SAME_FACTS.get(view.last.kind, view.last.kind)
        if subject not in ("party", "listing") or subject == innermost:
            return None
        target: tree.Condition = tree.Refer(rule=rule)
        if subject == "listing":
            target = tree.Some(of="listings", where=target)
        elif innermost != "case":
            return None
        return tree.Some(of="parties", where=target) if innermost == "case" else target

    # --- lists ----------------------------------------------------------------------------------

    def hoists(self, node: Quantified, view: View) -> bool:
        """Whether the value belongs to the innermost element alone."""
        if len(view.rows) == 1 or view.holder(COLLECTIONS[node.of]) is not view.last:
            return False
        kind = view.last.kind
        return bool(own_relation(kind)) and local(node, (kind,), self.context.law.law.rules)

    def quantified(self, node: Quantified, view: View) -> str:
        """`some` and `every`: a column of the row that holds the list, or counted in place."""
        if self.hoists(node, view):
            return self.context.read(view.last, self.counted(node, base(view.last.kind)))
        if len(view.rows) == 1:
            return self.context.read(view.last, self.counted(node, view))
        return self.in_place(node, view)

    def counted(self, node: Quantified, view: View) -> str:
        """The column of a quantifier, from the counts of members for which it holds (or fails) and may."""
        row, label = view.last, self.label(node, view)
        kind = ELEMENT[node.of]
        for part, count in _COUNTS[type(node)].items():
            self.context.fold(row.relation, kind, label + part, COUNT, lambda: self.inner(node, view), count)

        def finish() -> str:
            counts = [self.context.read(row, label + part) for part in _COUNTS[type(node)]]
            form = sql.some if isinstance(node, tree.Some) else sql.every
            return self.of_item(node, view, form(*counts))

        return self.context.define(row.relation, label, TRUTH, finish)

    def label(self, node: Quantified, view: View) -> str:
        """The name of a quantifier's column."""
        return self.context.label(f"{type(node).__name__.lower()} {node.of}", view.last.relation, view.last.kind, node)

    def of_item(self, node: Quantified, view: View, value: str) -> str:
        """Unknown for a list of an item that a line does not have."""
        if COLLECTIONS[node.of] == "item" and view.holder("item").relation == "case":
            return sql.choose((NO_ITEM, sql.UNKNOWN), otherwise=value)
        return value

    def inner(self, node: Quantified, view: View) -> str:
        """The condition on a member: a column of its own relation where it reads nothing else."""
        kind, where = ELEMENT[node.of], node.where
        child = view.into(kind)
        column = self.apart(node, view)
        return self.truth(where, child) if column is None else self.context.read(child.last, column)

    def apart(self, node: Quantified, view: View) -> str | None:
        """The column on the member's own relation, if the condition has one value per member."""
        kind, where, rules = ELEMENT[node.of], node.where, self.context.law.law.rules
        relation = own_relation(kind)
        mixed = kind == "listing" and view.last.kind == "owner"
        if not relation or mixed or isinstance(where, tree.Refer) or not local(where, (kind,), rules):
            return None
        label = self.context.label(f"where {kind}", kind, where)
        return self.context.define(relation, label, TRUTH, lambda: self.truth(where, base(kind)))

    def in_place(self, node: Quantified, view: View) -> str:
        """A quantifier inside another one that reads from outside: counted in subqueries."""
        child = view.into(ELEMENT[node.of])
        tables, on = join(view.holder(COLLECTIONS[node.of]), child.last, done(child.last))
        value = f"SELECT {self.truth(node.where, child)} AS held FROM {tables} WHERE {on}"
        counts = [f"(SELECT {count.format('held')} FROM ({value}))" for count in _COUNTS[type(node)].values()]
        form = sql.some if isinstance(node, tree.Some) else sql.every
        return self.of_item(node, view, form(*counts))


_COUNTS = {
    tree.Some: {" yes": "count(*) FILTER (WHERE {})", " open": "count(*) FILTER (WHERE ({}) IS NULL)"},
    tree.Every: {" no": "count(*) FILTER (WHERE NOT {})", " open": "count(*) FILTER (WHERE ({}) IS NULL)"},
}
