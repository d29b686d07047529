"""Expressions of the law: SQL syntax, parsed with sqlglot, reduced to a short list of nodes and typed.

Anything not on the list is an error that names the place: `x = NULL`, `1 < x < 3`, functions, unknown facts.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NoReturn

import sqlglot
from sqlglot import exp

from licet.facts.dictionary import Dictionary, FactType
from licet.facts.errors import LawError, Place, nearest
from licet.facts.numbers import day_number, scaled
from licet.rules.tree import (
    All,
    Any,
    Arith,
    Compare,
    Condition,
    Const,
    Has,
    Holds,
    Not,
    Number,
    NumberFact,
    OneOf,
    Same,
    numbers,
)

_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}


class Expressions:
    """Parses expressions of one law against one dictionary."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary

    def condition(self, text: str, place: Place, cite: str = "") -> Condition:
        """A yes/no expression as a condition. Raises LawError."""
        return _Typed(self.dictionary, text, place, cite).condition(self._parse(text, place))

    def number(self, text: str, place: Place) -> Number:
        """A numeric expression. Raises LawError."""
        return _Typed(self.dictionary, text, place, "").number(self._parse(text, place))

    def _parse(self, text: str, place: Place) -> exp.Expr:
        try:
            return sqlglot.parse_one(_quoted_names(text), dialect="duckdb", into=exp.Condition)
        except sqlglot.errors.SqlglotError as bad:
            line = str(bad).splitlines()[0]
            raise LawError.one("L_EXPRESSION", f"cannot read {text!r}: {line}", place) from None


_NAME_OR_TEXT = re.compile(r"'[^']*'|\b[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)+\b")


def _quoted_names(text: str) -> str:
    """Dotted fact names in quotes, so that `shipment.from` is not taken for a FROM."""

    def quote(match: re.Match[str]) -> str:
        word = match.group()
        return word if word.startswith("'") else ".".join(f'"{part}"' for part in word.split("."))

    return _NAME_OR_TEXT.sub(quote, text)


class _Typed:
    def __init__(self, dictionary: Dictionary, text: str, place: Place, cite: str) -> None:
        self.dictionary, self.text, self.place, self.cite = dictionary, text, place, cite

    def fail(self, message: str, hint: str = "") -> NoReturn:
        raise LawError.one("L_EXPRESSION", f"in {self.text!r}: {message}", self.place, hint)

    def condition(self, node: exp.Expr) -> Condition:
        match node:
            case exp.Paren():
                return self.condition(node.this)
            case exp.And() | exp.Or():
                kind = All if isinstance(node, exp.And) else Any
                return kind(self.cite, self.text, parts=(self.condition(node.left), self.condition(node.right)))
            case exp.Not():
                return Not(self.cite, self.text, part=self.condition(node.this))
            case exp.Column():
                return self.yes_no(node)
            case exp.In():
                return self.membership(node)
            case exp.Between():
                return self.between(node)
        operator = _COMPARISONS.get(type(node))
        if operator is None or not isinstance(node, exp.Binary):
            self.fail(f"{type(node).__name__} is not allowed here")
        return self.comparison(operator, node.left, node.right)

    def yes_no(self, node: exp.Column) -> Condition:
        fact = self.fact(node)
        if fact.type != "yes_no":
            self.fail(f"{self.name(node)} is a {fact.type}, not a yes or no", "compare it with something")
        return Holds(self.cite, self.text, fact=self.name(node))

    def comparison(self, operator: str, left: exp.Expr, right: exp.Expr) -> Condition:
        if any(type(side) in _COMPARISONS for side in (left, right)):
            self.fail("comparisons cannot be chained", "write a < b AND b < c")
        words = self.words(left, right)
        if words is not None:
            if operator not in ("=", "<>"):
                self.fail(f"{operator} does not compare texts")
            return Not(self.cite, self.text, part=words) if operator == "<>" else words
        first, second = self.number(left), self.number(right)
        if operator == "<>":
            return Not(self.cite, self.text, part=Compare(self.cite, self.text, op="=", left=first, right=second))
        return Compare(self.cite, self.text, op=operator, left=first, right=second)

    def words(self, left: exp.Expr, right: exp.Expr) -> Condition | None:
        """The comparison of a text with a literal or another text; None where it is one of numbers."""
        if not isinstance(left, exp.Column):
            return None
        fact = self.fact(left)
        if fact.numeric:
            return None
        if fact.type == "yes_no" and isinstance(right, exp.Boolean):
            held = Holds(self.cite, self.text, fact=self.name(left))
            return held if right.this else Not(self.cite, self.text, part=held)
        if isinstance(right, exp.Column):
            if self.fact(right).type != fact.type:
                self.fail(f"{self.name(left)} and {self.name(right)} are of different types")
            return Same(self.cite, self.text, fact=self.name(left), other=self.name(right))
        if fact.type == "yes_no":
            self.fail(f"{fact.name} is a yes or no", f'write "{fact.name}" or "NOT {fact.name}"')
        return self.one_of(left, fact, (self.word(right, fact),))

    def one_of(self, column: exp.Column, fact: FactType, values: tuple[str, ...]) -> Condition:
        if fact.type == "set":
            return Has(self.cite, self.text, fact=self.name(column), values=values)
        if fact.type == "yes_no":
            self.fail(f"{fact.name} is a yes or no", f'write "{fact.name}" or "NOT {fact.name}"')
        return OneOf(self.cite, self.text, fact=self.name(column), values=values)

    def membership(self, node: exp.In) -> Condition:
        if not isinstance(node.this, exp.Column) or not node.expressions:
            self.fail("IN takes a fact and a list of values", "x IN ('a', 'b')")
        fact = self.fact(node.this)
        if not fact.numeric:
            return self.one_of(node.this, fact, tuple(self.word(value, fact) for value in node.expressions))
        parts = tuple(self.comparison("=", node.this, value) for value in node.expressions)
        return Any(self.cite, self.text, parts=parts)

    def between(self, node: exp.Between) -> Condition:
        low, high = node.args["low"], node.args["high"]
        parts = (self.comparison(">=", node.this, low), self.comparison("<=", node.this, high))
        return All(self.cite, self.text, parts=parts)

    def word(self, node: exp.Expr, fact: FactType) -> str:
        if not isinstance(node, exp.Literal) or not node.is_string:
            self.fail(f"{fact.name} is compared with a quoted text", f"write {fact.name} = '…'")
        value = str(node.this)
        if fact.values and value not in fact.values:
            self.fail(f"{value!r} is not a value of {fact.name}", nearest(value, fact.values))
        return value

    def number(self, node: exp.Expr) -> Number:
        match node:
            case exp.Paren():
                return self.number(node.this)
            case exp.Literal() if not node.is_string:
                return self.literal(str(node.this))
            case exp.Cast() if node.to.this == exp.DataType.Type.DATE:
                return Const(self.day(node), 0)
            case exp.Column():
                return self.number_fact(node)
        operator = _ARITHMETIC.get(type(node))
        if operator is None or not isinstance(node, exp.Binary):
            self.fail(f"{type(node).__name__} is not a number")
        return self.arithmetic(operator, self.number(node.left), self.number(node.right))

    def arithmetic(self, operator: str, left: Number, right: Number) -> Number:
        if operator in "*/":
            for side in (left, right):
                for part in numbers(side):
                    if isinstance(part, NumberFact) and (part.low is None or part.low < 0):
                        self.fail(f"{part.name} may be negative, so it cannot be multiplied", "declare min: 0")
                    if isinstance(part, Const) and part.value < 0:
                        self.fail("a negative number cannot be multiplied")
        if operator in "+-" and any(isinstance(side, Arith) and side.op == "/" for side in (left, right)):
            self.fail("a quotient cannot be added", "bring both sides over one line")
        return Arith(operator, left, right)

    def literal(self, text: str) -> Const:
        decimals = len(text.partition(".")[2])
        try:
            return Const(scaled(text, decimals), decimals)
        except ValueError as bad:
            self.fail(str(bad), "write it out, such as 4800 or 5.92")

    def number_fact(self, node: exp.Column) -> NumberFact:
        fact = self.fact(node)
        if not fact.numeric:
            self.fail(f"{self.name(node)} is a {fact.type}, not a number")
        return NumberFact(self.name(node), fact.scale, fact.low)

    def day(self, node: exp.Cast) -> int:
        try:
            return day_number(date.fromisoformat(str(node.this.this)))
        except ValueError:
            self.fail(f"{node.this.this!r} is not a date", "write DATE 'YYYY-MM-DD'")

    def name(self, node: exp.Column) -> str:
        return ".".join(part.name for part in node.parts)

    def fact(self, node: exp.Column) -> FactType:
        name = self.name(node)
        known = self.dictionary.find(name)
        if known is None:
            self.fail(f"unknown fact {name}", self.dictionary.hint(name))
        return known
