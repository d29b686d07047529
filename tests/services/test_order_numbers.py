"""Numbers of an order book count by the lines of the law they lie between, unless something is computed from them."""

from __future__ import annotations

import pytest

from licet.facts.case import read_case
from licet.facts.yamltext import read_yaml
from licet.services.check import Checker
from licet.services.orders.vectors import Reads


@pytest.fixture(scope="module")
def reads(checker: Checker) -> Reads:
    return Reads(checker.law)


def vector(checker: Checker, reads: Reads, item: str) -> bytes:
    text = f"{{case: A, on: 2024-03-01, act: export, items: [{{kind: integrated_circuit, {item}}}]}}"
    return reads.vector(read_case(read_yaml(text, "case"), checker.law.dictionary))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("tpp: 5000", "tpp: 5100", True),
        ("tpp: 4799", "tpp: 4801", False),  # 3A090.a.1
        ("tpp: 4800", "tpp: 4801", False),  # at the line is not above it
        ("tpp: 5000", "tpp: [5000, 5100]", False),  # a range is still asked about
        ("tpp: 5000", "tpp: 0", False),
        ("tpp: 5000, die_area_mm2: 800", "tpp: 5100, die_area_mm2: 800", False),  # the density is computed from it
        ("tpp: 5000, performance_density: 6", "tpp: 5100, performance_density: 6.5", True),
        ("tpp: 5000, performance_density: 5.9", "tpp: 5000, performance_density: 5.93", False),
        (
            "tpp: 5000, performance_density: 6, non_planar: no",
            "tpp: 5000, performance_density: 6.5, non_planar: no",
            False,
        ),
        ("tpp: 5000, rates: [{tops: 10, bits: 8}]", "tpp: 5100, rates: [{tops: 10, bits: 8}]", False),
        ("model: X1", "model: X2", True),  # no provision reads it
        ("declared: {us: 3A991}", "declared: {us: EAR99}", False),
    ],
)
def test_what_the_law_cannot_tell_apart_is_the_same_case(
    one: str, other: str, same: bool, checker: Checker, reads: Reads
) -> None:
    assert (vector(checker, reads, one) == vector(checker, reads, other)) is same
