"""Declared codes that nothing in the law encoded can tell."""

from __future__ import annotations

from datetime import date

import pytest

from licet.facts.case import read_case
from licet.facts.elements import Element
from licet.facts.yamltext import read_yaml
from licet.logic.declared import untold
from licet.services.check import Checker, Options

DAY = date(2026, 3, 1)
# ruff: noqa: E501 - the case is written as a file would be
SALE = """
case: A machine to a friend
act: export
shipment: {from: US, to: CA, exporter_country: US, from_territory: none, to_territory: none, via: []}
items: [{id: machine, kind: other, origin: US, declared: {us: CODE}}]
parties:
  - {role: [exporter, seller], entity: other, country: US, headquarters: US, parent_headquarters: US, us_person: yes, eu_person: no, uk_person: no}
  - {role: [purchaser, ultimate_consignee, end_user], entity: other, country: CA, headquarters: CA, parent_headquarters: CA, us_person: no, eu_person: no, uk_person: no}
complete: [parties, items, components, listings, owners]
end_use: {in_country: CA}
knowledge: {end_use: none_after_inquiry, diversion: none_after_inquiry, owner: known}
transaction: {us_person: yes, us_financial_system: yes, eu_business: no}
"""


@pytest.mark.parametrize(
    ("scheme", "code", "told"),
    [
        ("us", "EAR99", True),
        ("us", "3A090.a", True),
        ("us", "3A090", True),
        ("us", "9A515.x", True),
        ("us", "9Z999", False),
        ("us", "NLR", False),
        ("eu", "none", True),
        ("eu", "0B001", True),
        ("jp", "n/a", True),
        ("jp", "none", True),
        ("jp", "99", False),
        ("de", "0016", False),
    ],
)
def test_a_code_is_told_by_an_entry_or_a_group_or_says_that_there_is_none(
    scheme: str, code: str, told: bool, checker: Checker
) -> None:
    item = Element({f"item.declared.{scheme}": frozenset({code}), "item.kind": "other"})
    expected = [] if told else [(scheme, code)]
    assert list(untold(checker.decider(DAY, False).law, item)) == expected


def test_those_of_components_count_too(checker: Checker) -> None:
    item = Element({})
    item.add("components", [Element({"item.declared.us": frozenset({"9Z999"})})], True)
    assert list(untold(checker.decider(DAY, False).law, item)) == [("us", "9Z999")]


@pytest.mark.parametrize(("code", "missing"), [("EAR99", False), ("9Z999", True)])
def test_an_answer_that_rests_on_such_a_code_is_no_plain_clear(code: str, missing: bool, checker: Checker) -> None:
    case = read_case(read_yaml(SALE.replace("CODE", code), "sale.yaml"), checker.law.dictionary)
    found = checker.check(case, Options(on=DAY))
    named = [gap.id for gap in found.coverage.missing if gap.id.startswith("declared.")]
    assert named == ([f"declared.us.{code}"] if missing else [])
    assert (found.exit_code == 0) is not missing
