"""Numbers and comparisons of the law as SQL: facts, measures inlined, aggregates over a list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from licet.batch.context import COUNT, HIGH, LOW, STATED, WIDE, Context
from licet.batch.quantities import DIGITS, Pair, Quantity, combine, comparison, constant, grow
from licet.batch.relations import GROUP, RELATION, Row, View, base
from licet.batch.sql import UNKNOWN, choose
from licet.facts.dictionary import COLLECTIONS, ELEMENT, level, own_name
from licet.facts.errors import LawError
from licet.rules import tree
from licet.rules.model import MeasureCase
from licet.rules.snapshot import InForce

Condition = Callable[[tree.Condition, View], str]
MEMBERS = 9  # digits allowed for the number of rows that a sum adds up


def measured_view(fact: str, row: Row) -> View:
    """The view in which a measure is worked out: the element that holds its fact."""
    kind = own_name(fact).partition(".")[0]
    return View((Row(row.relation, row.alias, kind if kind in ("item", "party") else "case", row.beneath),))


class Numbers:
    """Compiles numbers; `condition` compiles the guards of measures."""

    def __init__(self, context: Context, condition: Condition) -> None:
        self.context, self.condition = context, condition

    def measure(self, number: tree.Number) -> InForce | None:
        """The measure that computes this number, where it has a value on this day."""
        if not isinstance(number, tree.NumberFact):
            return None
        held = self.context.law.measures.get(own_name(number.name))
        return held if held is not None and held.value else None

    def compare(self, node: tree.Compare, view: View) -> str:
        """A comparison; where the left side is a measure with several cases, the first case that holds decides."""
        held = self.measure(node.left)
        if held is None or len(held.value) < 2:
            return self._compared(node.op, lambda: self.quantity(node.left, view), node.right, view)
        assert isinstance(node.left, tree.NumberFact)
        fact, inner = node.left, measured_view(node.left.name, view.find(level(node.left.name)))
        stated = self._compared(node.op, lambda: self.stated(fact, view), node.right, view)
        told = self.context.fact(inner.last, own_name(fact.name), STATED)
        branches = [(told, stated)]
        if inner.last.relation == "case" and inner.last.kind == "item":
            branches.append((f"{inner.last.alias}.item IS NULL", UNKNOWN))
        return choose(*branches, otherwise=self._first_case(node, held.value, inner, view))

    def _first_case(self, node: tree.Compare, cases: tuple[MeasureCase, ...], inner: View, view: View) -> str:
        """The branch of the first guard that holds; unknown where an open guard would make a difference."""
        result = ""
        for case in reversed(cases):
            branch = self._compared(node.op, partial(self.quantity, case.value, inner), node.right, view)
            if case.guard is None:
                result = branch
                continue
            guard = self.condition(case.guard, inner)
            agreed = choose((f"{branch} = {result}", branch))
            result = choose((guard, branch), (f"NOT {guard}", result), otherwise=agreed)
        return result

    def _compared(self, op: str, left: Callable[[], Quantity], right: tree.Number, view: View) -> str:
        self.context.touched = set()
        made = comparison(op, left(), self.quantity(right, view))
        for fact in self.context.touched:
            self.context.limits[fact] = min(self.context.limits.get(fact, DIGITS), made.limit)
        return made.sql

    def quantity(self, node: tree.Number, view: View) -> Quantity:
        """A number as a quotient of intervals."""
        match node:
            case tree.Const(value=value, scale=scale):
                return Quantity(constant(value), scale)
            case tree.Arith(op=op, left=left, right=right):
                first, second = self.quantity(left, view), self.quantity(right, view)
                if op in "+-" and (first.bottom or second.bottom):
                    raise LawError.one("L_EXPRESSION", "a quotient cannot be added")
                return combine(op, first, second)
            case tree.Aggregate():
                return self.aggregate(node, view)
        assert isinstance(node, tree.NumberFact)
        held = self.measure(node)
        if held is None:
            return self.stated(node, view)
        if len(held.value) > 1:
            raise LawError.one("L_EXPRESSION", f"{node.name} has several cases and must stand alone on the left")
        return self.measured(node, held, view)

    def stated(self, node: tree.NumberFact, view: View) -> Quantity:
        """A number as the case states it."""
        row, fact = view.find(level(node.name)), own_name(node.name)
        self.context.touched.add(fact)
        return Quantity(
            Pair(self.context.fact(row, fact, LOW), self.context.fact(row, fact, HIGH), node.scale, 1), node.scale
        )

    def measured(self, node: tree.NumberFact, held: InForce, view: View) -> Quantity:
        """A measure with one case: what the case states under its name, else what it computes."""
        own = self.stated(node, view)
        inner = self.quantity(held.value[0].value, measured_view(node.name, view.find(level(node.name))))
        told = self.context.fact(view.find(level(node.name)), own_name(node.name), STATED)
        scale, unit = max(inner.scale, node.scale + inner.bottom_scale), 10**inner.bottom_scale
        stated = grow(own.top, 10 ** (scale - node.scale - inner.bottom_scale) * unit)
        top = either(told, stated, grow(inner.top, 10 ** (scale - inner.scale)))
        bottom = None if inner.bottom is None else either(told, constant(unit), inner.bottom)
        return Quantity(top, scale, bottom, inner.bottom_scale)

    # --- aggregates -----------------------------------------------------------------------------

    def aggregate(self, node: tree.Aggregate, view: View) -> Quantity:
        """max, min or sum over a list, worked out on the row the list belongs to."""
        home = COLLECTIONS[node.of]
        row, relation = view.holder(home), RELATION[home]
        if GROUP.get(relation) is None:
            raise LawError.one("L_EXPRESSION", f"no number over {node.of} here")
        label, quantity = self._folded(node, home, relation)
        for end, empty in ((LOW, "0"), (HIGH, "")):
            if row.relation == "case" != relation:
                self.context.of_item(label + end, WIDE, empty)
        read = self.context.read
        grown = MEMBERS if node.op == "sum" else 0
        top = Pair(read(row, label + LOW), read(row, label + HIGH), quantity.top.fixed + grown, quantity.top.per)
        return Quantity(top, quantity.scale)

    def _folded(self, node: tree.Aggregate, home: str, relation: str) -> tuple[str, Quantity]:
        """The columns of an aggregate on its own relation, and the quantity of one row of the list."""
        context, view, kind = self.context, base(home), ELEMENT[node.of]
        label = context.label(f"{node.op} {node.of}", relation, node)
        with context.recording():
            value = self.quantity(node.value, view.into(kind))
        if value.bottom is not None:
            raise LawError.one("L_EXPRESSION", "no quotient can be aggregated")
        context.fold(relation, kind, label + " rows", COUNT, lambda: "1", "count(*)", known=True)
        for end, aggregate in {LOW: _LOW[node.op], HIGH: _HIGH[node.op]}.items():
            part, finish = (
                partial(self._end, node, view.into(kind), end),
                partial(self._finished, node, label, end, home),
            )
            context.fold(relation, kind, label + " fold" + end, WIDE, part, aggregate, known=True)
            context.define(relation, label + end, WIDE, finish)
        return label, value

    def _end(self, node: tree.Aggregate, view: View, end: str) -> str:
        """One end of the value of a single row of the list."""
        top = self.quantity(node.value, view).top
        return top.low if end == LOW else top.high

    def _finished(self, node: tree.Aggregate, label: str, end: str, home: str) -> str:
        """Nothing is known of an empty list; an open one may hold more."""
        row = base(home).last
        rows, value = self.context.read(row, label + " rows"), self.context.read(row, label + " fold" + end)
        closed = self.context.closed(row, node.of, home)
        if (node.op == "min") == (end == HIGH):
            return choose((f"{rows} > 0", value), otherwise="NULL" if end == HIGH else "0")
        return choose((f"{rows} > 0 AND {closed}", value), otherwise="NULL" if end == HIGH else "0")


_LOW = {
    "max": "CASE WHEN count(*) = 1 THEN max({}) ELSE max(coalesce({}, 0)) END",
    "min": "CASE WHEN count(*) = 1 THEN min({}) ELSE min(coalesce({}, 0)) END",
    "sum": "CASE WHEN count({}) = count(*) THEN sum({}) END",
}
_HIGH = {
    "max": "CASE WHEN count({}) = count(*) THEN max({}) END",
    "min": "min({})",
    "sum": "CASE WHEN count({}) = count(*) THEN sum({}) END",
}


def either(test: str, yes: Pair, no: Pair) -> Pair:
    """One of two intervals of the same scale."""
    if (yes.low, yes.high) == (no.low, no.high):
        return yes
    low, high = choose((test, yes.low), otherwise=no.low), choose((test, yes.high), otherwise=no.high)
    return Pair(low, high, max(yes.fixed, no.fixed), max(yes.per, no.per))
