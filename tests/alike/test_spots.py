"""Numbers that lie alike against a line stand for each other, and only those."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from licet.logic.alike.elements import MISSING, NO_ELEMENT, Elements
from licet.logic.alike.spots import Spots
from licet.logic.arithmetic import compare

FACT, LINE = "item.tpp", 5
ENDS = st.one_of(st.none(), st.integers(LINE - 3, LINE + 3), st.just(10**30))
RANGES = st.tuples(ENDS, ENDS).map(
    lambda ends: ends if None in ends or ends[0] <= ends[1] else (ends[1], ends[0])  # type: ignore[operator]
)


def _numbered(elements: Elements, values: list[tuple[int | None, int | None]]) -> list[int]:
    return [elements.number(FACT, value) for value in values]


@given(st.lists(RANGES, min_size=1, max_size=12), st.lists(RANGES, max_size=6))
def test_whoever_stands_for_a_number_compares_as_it_does(
    values: list[tuple[int | None, int | None]], more: list[tuple[int | None, int | None]]
) -> None:
    elements = Elements(frozenset(), lambda _: True, lambda _fact, _value, _element: None)
    spots = Spots(FACT, LINE)
    for some in (values, more):  # what comes later takes its place among what was there
        codes = np.array([NO_ELEMENT, MISSING, *_numbered(elements, some)], np.int32)
        (stands,) = spots.columns(elements, [codes])
        assert stands is not None
        assert stands[:2].tolist() == [NO_ELEMENT, MISSING]
        for value, other in zip(some, stands[2:].tolist(), strict=True):
            for op in ("<", "<=", "=", ">=", ">"):
                like = elements.value(FACT, other)
                assert compare(op, value, (LINE, LINE)) == compare(op, like, (LINE, LINE))
    assert len(spots.first) <= 17


def test_what_a_stated_number_could_be_computed_from_does_not_matter() -> None:
    elements = Elements(frozenset(), lambda _: True, lambda _fact, _value, _element: None)
    stated, other = elements.number(FACT, (7, 7)), np.array([4, 5, NO_ELEMENT], np.int32)
    found = Spots(FACT, LINE).columns(elements, [np.array([stated, MISSING, NO_ELEMENT], np.int32), other, None])
    assert [None if column is None else column.tolist() for column in found] == [
        [stated, MISSING, NO_ELEMENT],
        [MISSING, 5, NO_ELEMENT],
        None,
    ]
    assert Spots(FACT, LINE).columns(elements, [None, other]) == [None, other]
