"""Expressions: what is allowed, how it is typed, and what is refused with a place and a hint."""

from __future__ import annotations

from datetime import date

import pytest
from tests.rules.small import FACTS

from licet.facts.dictionary import Dictionary, read_dictionary
from licet.facts.errors import LawError, Place
from licet.facts.yamltext import read_yaml
from licet.rules.expression import Expressions
from licet.rules.tree import All, Any, Arith, Compare, Condition, Const, Has, Holds, Not, NumberFact, OneOf, Same

HERE = Place("law/xx/1.yaml", 9, 11)
TPP = NumberFact("item.tpp", 3, 0)


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return read_dictionary([read_yaml(FACTS, "facts.yaml")])


@pytest.fixture(scope="module")
def expressions(dictionary: Dictionary) -> Expressions:
    return Expressions(dictionary)


def compared(text: str, op: str, value: int, scale: int) -> Compare:
    return Compare(text=text, op=op, left=TPP, right=Const(value, scale))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("item.tpp >= 4800", compared("item.tpp >= 4800", ">=", 4800, 0)),
        ("item.tpp = 5.92", compared("item.tpp = 5.92", "=", 592, 2)),
        ("item.tpp <> 1", Not(text="item.tpp <> 1", part=compared("item.tpp <> 1", "=", 1, 0))),
        ("item.datacenter", Holds(text="item.datacenter", fact="item.datacenter")),
        ("item.kind = 'chip'", OneOf(text="item.kind = 'chip'", fact="item.kind", values=("chip",))),
        ("item.kind IN ('chip', 'tool')", OneOf("", "item.kind IN ('chip', 'tool')", "item.kind", ("chip", "tool"))),
        ("party.roles = 'buyer'", Has("", "party.roles = 'buyer'", "party.roles", ("buyer",))),
        ("shipment.to = party.country", Same("", "shipment.to = party.country", "shipment.to", "party.country")),
        ("item.datacenter = TRUE", Holds(text="item.datacenter = TRUE", fact="item.datacenter")),
    ],
)
def test_what_an_expression_means(text: str, tree: Condition, expressions: Expressions) -> None:
    assert expressions.condition(text, HERE) == tree


def test_and_or_not_and_parentheses(expressions: Expressions) -> None:
    node = expressions.condition("NOT item.datacenter AND (item.tpp > 1 OR item.area > 2)", HERE)
    assert isinstance(node, All)
    assert isinstance(node.parts[0], Not)
    assert isinstance(node.parts[1], Any)


def test_between_is_two_comparisons(expressions: Expressions) -> None:
    node = expressions.condition("item.tpp BETWEEN 1 AND 2", HERE)
    assert isinstance(node, All)
    assert [part.op for part in node.parts if isinstance(part, Compare)] == [">=", "<="]


def test_a_list_of_numbers_is_one_of_them(expressions: Expressions) -> None:
    node = expressions.condition("item.tpp IN (1, 2)", HERE)
    assert isinstance(node, Any)
    assert len(node.parts) == 2


def test_a_date_is_counted_in_days(expressions: Expressions) -> None:
    node = expressions.condition("dates.contract >= DATE '2022-03-01'", HERE)
    assert isinstance(node, Compare)
    assert node.right == Const(date(2022, 3, 1).toordinal(), 0)


def test_a_quotient_keeps_its_sides(expressions: Expressions) -> None:
    node = expressions.condition("item.tpp / item.area >= 5.92", HERE)
    assert isinstance(node, Compare)
    assert isinstance(node.left, Arith)
    assert node.left.op == "/"


def test_the_paragraph_is_kept(expressions: Expressions) -> None:
    assert expressions.condition("item.datacenter", HERE, "a.1").cite == "a.1"


# What is refused: the expression, and part of the words or of the hint.
REFUSED = {
    "item.tpp = NULL": "Null is not a number",
    "item.tpp IS NULL": "Is is not allowed here",
    "item.kind = NULL": "compared with a quoted text",
    "1 < item.tpp < 3": "cannot be chained",
    "item.tpp": "is a number, not a yes or no",
    "item.kind": "is a enum, not a yes or no",
    "item.tppp > 1": "did you mean item.tpp",
    "tpp > 1": "unknown fact tpp",
    "item.tpp > 'fast'": "Literal is not a number",
    "item.kind = 3": "compared with a quoted text",
    "item.kind = chip": "unknown fact chip",
    "item.kind = 'chips'": "did you mean chip",
    "item.kind > 'chip'": "> does not compare texts",
    "item.kind = item.tpp": "are of different types",
    "item.datacenter = 'yes'": 'write "item.datacenter" or "NOT item.datacenter"',
    "item.datacenter > 1": "item.datacenter is",
    "item.tpp > item.kind": "is a enum, not a number",
    "abs(item.tpp) > 1": "is not a number",
    "coalesce(item.tpp, 0) > 1": "is not a number",
    "random() > 1": "is not a number",
    "item.kind LIKE 'c%'": "is not allowed here",
    "CASE WHEN item.datacenter THEN 1 ELSE 0 END > 0": "is not a number",
    "item.tpp IN (SELECT 1)": "IN takes a fact and a list of values",
    "EXISTS (SELECT 1)": "is not allowed here",
    "item.delta * 2 > 1": "may be negative, so it cannot be multiplied",
    "item.tpp / item.delta > 1": "may be negative, so it cannot be multiplied",
    "item.tpp / item.area + 1 > 2": "a quotient cannot be added",
    "dates.contract > DATE '2022-02-30'": "is not a date",
    "item.tpp >": "cannot read",
    "item.tpp > 1; DROP TABLE x": "cannot read",
    "": "cannot read",
    "'": "cannot read",
    "(item.datacenter": "cannot read",
    "1 = 1 = 1": "cannot be chained",
    "TRUE": "is not allowed here",
    "item.tpp > 1e400": "number",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_names_file_line_and_reason(text: str, expressions: Expressions) -> None:
    with pytest.raises(LawError) as raised:
        expressions.condition(text, HERE)
    (problem,) = raised.value.problems
    assert problem.code == "L_EXPRESSION"
    assert problem.place == HERE
    assert REFUSED[text] in f"{problem.message} - {problem.hint}"


@pytest.mark.parametrize("text", ["item.kind", "item.tpp > 1", "'text'", "item.datacenter"])
def test_a_number_is_not_a_condition(text: str, expressions: Expressions) -> None:
    with pytest.raises(LawError, match="L_EXPRESSION"):
        expressions.number(text, HERE)
