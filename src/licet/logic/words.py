"""Conditions and values in words, for proofs and reasons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from licet.facts.dictionary import Dictionary, own_name
from licet.facts.elements import Element, NoneOf
from licet.facts.numbers import plain
from licet.logic.evaluate import Evaluator
from licet.logic.measured import Exact, reading
from licet.logic.scope import getter
from licet.rules import tree
from licet.rules.check import Scope

Teller = Callable[[Element], str]
MAX_CODES = 6
_SYMBOLS = {"*": "x", "/": "/", "+": "+", "-": "-"}


def condition(node: tree.Condition, dictionary: Dictionary) -> str:  # noqa: PLR0911, PLR0912 - one line for each kind of node
    """A condition without its parts, such as `item.tpp >= 4800` or `all of`."""
    match node:
        case tree.Compare(op=op, left=left, right=right):
            dated = any(_is_date(side, dictionary) for side in (left, right))
            return f"{number(left, dated)} {op} {number(right, dated)}"
        case tree.Holds(fact=fact):
            return fact
        case tree.OneOf(fact=fact, values=values):
            return f"{fact} is {' or '.join(values)}"
        case tree.Same(fact=fact, other=other):
            return f"{fact} is {other}"
        case tree.Member(fact=fact, group=group):
            return f"{fact} in {group}"
        case tree.Has(fact=fact, values=values):
            return f"{fact} has {' or '.join(values)}"
        case tree.Beneath(fact=fact, code=code):
            return f"{fact} is {code} or beneath it"
        case tree.Described(group=group):
            return f"described by an entry of {group}"
        case tree.Refer(rule=rule):
            return rule
        case tree.All():
            return "all of"
        case tree.Any():
            return "any of"
        case tree.Not():
            return "not"
        case tree.Some(of=of):
            return f"some of the {of}"
        case tree.Every(of=of):
            return f"every one of the {of}"
        case tree.Classified():
            return "an entry by its parameters, or the code declared says which"
        case tree.Declared(code=code):
            return f"by its parameters, or declared as {code}"
    return node.text


def number(node: tree.Number, dated: bool = False) -> str:
    """A number as written in the law."""
    match node:
        case tree.Const(value=value, scale=scale):
            return date.fromordinal(value).isoformat() if dated else plain(value, scale)
        case tree.NumberFact(name=name):
            return name
        case tree.Arith(op=op, left=left, right=right):
            return f"{number(left)} {_SYMBOLS[op]} {number(right)}"
    return f"{node.op} of {number(node.value)}"


def teller(node: tree.Condition, scope: Scope, evaluator: Evaluator) -> Teller:
    """What tells what the case says of the facts a leaf reads: `it is 15832`; empty where the leaf reads none."""
    if isinstance(node, tree.Compare):
        dictionary = evaluator.law.law.dictionary
        sides = [side for side in (node.left, node.right) if not isinstance(side, tree.Const)]
        numbers = [(reading(evaluator, side, scope), _is_date(side, dictionary)) for side in sides]
        return lambda element: _it_is([interval(read(element), dated) for read, dated in numbers])
    if isinstance(node, (tree.Declared, tree.Holds)):
        return lambda element: ""
    read = [(getter(fact, scope), own_name(fact)) for fact in tree.facts_of(node)]
    return lambda element: _it_is([_said(get(element), name) for get, name in read])


def _it_is(values: list[str]) -> str:
    return f"it is {' and '.join(values)}" if values else ""


def _said(owner: Element | None, name: str) -> str:
    value = None if owner is None else owner.facts.get(name)
    return "not known" if value is None else text(value)


def text(value: object) -> str:
    """A fact's value that is no number."""
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "empty"
    if isinstance(value, NoneOf):
        return f"not {some_of(sorted(value.texts))}" if value.texts else "not known"
    return "yes" if value is True else "no" if value is False else str(value)


def some_of(codes: list[str]) -> str:
    """A few of the codes and how many there are besides."""
    more = len(codes) - MAX_CODES
    named = codes if more <= 1 else [*codes[:MAX_CODES], f"{more} others"]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def interval(value: Exact, dated: bool = False) -> str:
    """An exact interval in words: 5.71, 5.2..5.9, at least 800, not known."""
    low, high = value
    if (low is None and high is None) or (low == 0 and high is None):
        return "not known"
    if high is None:
        return f"at least {_end(low, dated)}"
    if low is None:
        return f"at most {_end(high, dated)}"
    return _end(low, dated) if low == high else f"{_end(low, dated)}..{_end(high, dated)}"


def _end(value: Fraction | None, dated: bool) -> str:
    assert value is not None
    return date.fromordinal(int(value)).isoformat() if dated else plain(value)


def _is_date(node: tree.Number, dictionary: Dictionary) -> bool:
    known = dictionary.find(node.name) if isinstance(node, tree.NumberFact) else None
    return known is not None and known.type == "date"
