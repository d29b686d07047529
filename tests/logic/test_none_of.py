"""A text of which only is known what it is not: outside a group only where the group holds nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from licet.facts.elements import Element, NoneOf
from licet.facts.truth import Truth
from licet.logic.leaves import member
from licet.logic.scope import getter
from licet.logic.words import text
from licet.services.check import Checker


@pytest.mark.parametrize(
    ("members", "known", "expected"),
    [({"CN"}, True, False), ({"CN", "RU"}, True, None), ({"CN"}, False, None), ((), True, False)],
)
def test_membership(members: set[str], known: bool, expected: Truth, checker: Checker) -> None:
    law = checker.decider(date(2024, 6, 1), False).law
    group = replace(law.rules["us.group.D5"], members=frozenset(members), known=known)
    test = member(getter("shipment.to", ("case",)), "shipment.to", group, law)
    assert test(Element({"shipment.to": NoneOf(frozenset({"CN", "KP"}))})) is expected


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (NoneOf(frozenset(("us.sdn", "us.el"))), "not us.el or us.sdn"),
        (NoneOf(frozenset("abcdefgh")), "not a, b, c, d, e, f or 2 others"),
        (NoneOf(frozenset()), "not known"),
        (frozenset(("b", "a")), "a, b"),
        (frozenset(), "empty"),
        (True, "yes"),
        (False, "no"),
        ("CN", "CN"),
    ],
)
def test_a_value_in_words_is_always_the_same(value: object, words: str) -> None:
    assert text(value) == words
