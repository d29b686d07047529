"""Three truth values and intervals, held against trying everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.facts.elements import Element
from licet.facts.numbers import Interval, exact_text, scaled, show
from licet.facts.truth import Truth, conjunction, disjunction, negation
from licet.logic.arithmetic import Quantity, add, combine, compare, comparison, multiply, subtract
from tests.properties.cases import often

TRUTHS: tuple[Truth, ...] = (True, False, None)
HERE = Element({})
OPERATORS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    "=": lambda a, b: a == b,
}


@st.composite
def intervals(draw: st.DrawFn, low: int = -6) -> Interval:
    """A small interval, sometimes without an end."""
    ends = sorted(draw(st.lists(st.integers(low, 6), min_size=2, max_size=2)))
    bounded = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    first = ends[0] if bounded[0] or low >= 0 else None
    return first, ends[1] if bounded[1] or bounded[2] else None


def points(interval: Interval) -> Iterator[int]:
    """The whole numbers of an interval, an open end cut off well beyond the others."""
    low, high = interval
    yield from range(-40 if low is None else low, 41 if high is None else high + 1)


def turns(value: Truth) -> tuple[bool, ...]:
    """What an unknown may turn out to be."""
    return (True, False) if value is None else (value,)


def common(values: Iterator[bool]) -> Truth:
    """The common value of all, else unknown."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


@pytest.mark.parametrize("many", range(4))
def test_and_or_are_what_every_completion_agrees_on(many: int) -> None:
    for values in product(TRUTHS, repeat=many):
        worlds = list(product(*map(turns, values)))
        assert conjunction(values) is common(all(world) for world in worlds)
        assert disjunction(values) is common(any(world) for world in worlds)


def test_the_laws_of_de_morgan_and_of_double_negation() -> None:
    for left, right in product(TRUTHS, repeat=2):
        assert negation(conjunction((left, right))) is disjunction((negation(left), negation(right)))
        assert negation(disjunction((left, right))) is conjunction((negation(left), negation(right)))
        assert negation(negation(left)) is left


@often(300)
@given(intervals(), intervals(), st.sampled_from(sorted(OPERATORS)))
def test_a_comparison_is_what_all_points_agree_on(left: Interval, right: Interval, op: str) -> None:
    test = OPERATORS[op]
    every = common(test(Fraction(a), Fraction(b)) for a in points(left) for b in points(right))
    found = compare(op, left, right)
    assert found is every or (found is None and None in (*left, *right))


@often(200)
@given(intervals(), intervals())
def test_a_sum_and_a_difference_hold_exactly_their_points(left: Interval, right: Interval) -> None:
    for join, one in ((add, 1), (subtract, -1)):
        low, high = join(left, right)
        found = [a + one * b for a in points(left) for b in points(right)]
        assert low is None or low == min(found)
        assert high is None or high == max(found)


@often(200)
@given(intervals(low=0), intervals(low=0))
def test_a_product_holds_exactly_its_points(left: Interval, right: Interval) -> None:
    low, high = multiply(left, right)
    found = [a * b for a in points(left) for b in points(right)]
    assert low == min(found)
    assert high is None or high == max(found)


def number(interval: Interval, scale: int = 0) -> Quantity:
    return Quantity(lambda _: interval, scale)


@often(120)
@given(intervals(low=0), intervals(low=0), intervals(low=0), st.sampled_from(sorted(OPERATORS)))
def test_a_quotient_is_compared_exactly_and_never_when_it_may_divide_by_zero(
    top: Interval, bottom: Interval, line: Interval, op: str
) -> None:
    found = comparison(op, combine("/", number(top), number(bottom)), number(line))(HERE)
    if bottom[0] == 0:
        assert found is None
        return
    test = OPERATORS[op]
    worlds = product(points(top), points(bottom), points(line))
    every = common(test(Fraction(a, b), Fraction(c)) for a, b, c in worlds)
    assert found is None or found is every


@often(200)
@given(
    st.integers(0, 9999),
    st.integers(1, 9999),
    st.integers(0, 9999),
    st.tuples(*[st.integers(0, 3)] * 3),
    st.sampled_from(sorted(OPERATORS)),
)
def test_exact_quotients_of_any_scale_are_compared_as_fractions(
    top: int, bottom: int, line: int, scales: tuple[int, int, int], op: str
) -> None:
    first, second, third = scales
    quotient = combine("/", number((top, top), first), number((bottom, bottom), second))
    exact = OPERATORS[op](Fraction(top, 10**first) / Fraction(bottom, 10**second), Fraction(line, 10**third))
    assert comparison(op, quotient, number((line, line), third))(HERE) is exact


@often(200)
@given(st.integers(-(10**20), 10**20), st.integers(0, 9))
def test_a_number_is_written_and_read_back_exactly(value: int, scale: int) -> None:
    assert scaled(exact_text(value, scale), scale) == value


@given(intervals())
def test_every_interval_can_be_shown(interval: Interval) -> None:
    assert show(interval)
