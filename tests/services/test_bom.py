"""A bill asked about a destination: what the law makes of its content, and which part could be cut off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from licet.chain.model import Bill
from licet.facts.errors import CaseError
from licet.facts.yamltext import read_yaml
from licet.services import bom_depend
from licet.services.bom import Asked, bom
from licet.services.bom_answer import BomAnswer
from licet.services.bom_sale import Sale
from licet.services.check import Checker
from tests.chain.reading import of_yaml
from tests.services.bom_laws import checking, with_rule, without_rule

DAY = date(2024, 6, 3)
SALE = """
on: 2024-06-03
shipment: {to: IR}
parties: [{role: end_user, name: A buyer}]
"""


@pytest.fixture(scope="module")
def ruled(checker: Checker) -> Checker:
    """A checker under whose law parts declared 5A002 count."""
    return checking(checker, with_rule(checker.law, "5A002"))


def bill(part: str = "", price: str = "value: 100 USD", product: str = "origin: TW") -> Bill:
    us = "id: a, name: Radio, quantity: 1, origin: US"
    return of_yaml(f"complete: yes\nitem: {{name: X, {price}, {product}, parts: [{{{us}, {part}}}]}}")


def ask(checker: Checker, found: Bill, to: str = "CN", parts: bool = False) -> BomAnswer:
    return bom(checker, found, Asked(Sale(to=to, on=DAY), parts))


@pytest.mark.parametrize(
    ("value", "to", "verdict", "limit"),
    [
        ("25", "CN", "within", "25"),
        ("25.0001", "CN", "over", "25"),
        ("24..26", "CN", "open", "25"),
        ("10", "IR", "within", "10"),
        ("10.01", "IR", "over", "10"),
        ("10.01", "DE", "within", "25"),
        ("0", "IR", "within", "10"),
    ],
)
def test_the_limit_is_that_of_the_destination(ruled: Checker, value: str, to: str, verdict: str, limit: str) -> None:
    found = ask(ruled, bill(f"eccn: 5A002.a, value: {value} USD"), to).content
    assert found.verdict == verdict
    assert [one.percent for one in found.limits if one.applies == "yes"] == [limit]
    now = {"over": "yes", "within": "no", "open": "unknown"}[verdict]
    assert [one.now for one in found.limits if one.applies == "yes"] == [now]


def test_only_what_is_controlled_to_the_destination_counts(ruled: Checker) -> None:
    found = ask(ruled, bill("eccn: EAR99, value: 60 USD")).content
    assert (found.percent.most, found.verdict) == ("0", "within")
    assert found.parts[0].why == "US origin, not controlled to this destination"
    assert found.law


def test_without_a_code_it_is_open_and_the_code_settles_it(ruled: Checker) -> None:
    found = ask(ruled, bill("value: 60 USD")).content
    assert (found.percent.least, found.percent.most, found.verdict) == ("0", "60", "open")
    (one,) = found.settles
    assert (one.fact, one.over_if, one.within_if) == ("controlled", "yes", "no")
    assert "its ECCN" in one.text


def test_the_figure_that_settles_it(ruled: Checker) -> None:
    found = ask(ruled, bill("eccn: 5A002, value: 10..60 USD")).content
    (one,) = found.settles
    assert (
        one.text == "Radio: what one is worth: 25.01 to 60 USD puts it over the limit; 10 to 25 USD puts it within it"
    )
    assert one.over is not None
    assert (one.over.least, one.over.most) == ("25.01", "60")


def test_without_the_rule_the_bill_has_to_say(checker: Checker) -> None:
    bare = checking(checker, without_rule(checker.law))
    found = ask(bare, bill("eccn: 5A002, value: 60 USD")).content
    assert (found.law, found.verdict) == (False, "open")
    assert any("does not say which US-origin parts" in note for note in found.notes)
    found = ask(bare, bill("eccn: 5A002, value: 60 USD, controlled: yes")).content
    assert found.verdict == "over"


def test_a_bill_that_contradicts_the_law_is_refused(ruled: Checker) -> None:
    with pytest.raises(CaseError, match="controlled says no, by law it is yes"):
        ask(ruled, bill("eccn: 5A002, value: 60 USD, controlled: no"))


def test_technology_has_its_report_and_a_us_product_its_note(ruled: Checker) -> None:
    notes = ask(ruled, bill("eccn: 5A002, value: 5 USD, kind: technology", product="kind: technology, origin: TW"))
    assert any("one-time report" in note for note in notes.content.notes)
    notes = ask(ruled, bill("eccn: 5A002, value: 5 USD", product="origin: US"))
    assert any("whatever its content" in note for note in notes.content.notes)
    notes = ask(ruled, bill("eccn: 5A002, value: 5 USD, kind: software, bundled: no"))
    assert any("judge it by itself" in note for note in notes.content.notes)


def test_the_share_decides_the_product(ruled: Checker) -> None:
    """Over the limit the EAR has a say; below it, nothing else brings the product under them."""
    over = ask(ruled, bill("eccn: 5A002, value: 60 USD", product="origin: TW, us_technology: no"), "IR")
    within = ask(ruled, bill("eccn: 5A002, value: 5 USD", product="origin: TW, us_technology: no"), "IR")
    assert any(rule.id.startswith("us.ear") for rule in over.decision.rules)
    assert not any(rule.id.startswith("us.ear.reach") for rule in within.decision.rules)
    assert over.exit_code in (10, 11, 12)


def test_each_part_is_decided_from_where_it_is_made(ruled: Checker) -> None:
    found = of_yaml(
        "complete: yes\n"
        "item:\n"
        "  name: X\n"
        "  value: 100 USD\n"
        "  origin: CN\n"
        "  parts:\n"
        "  - {id: us, quantity: 1, value: 5 USD, origin: US, eccn: 3A001.a, foundry: A foundry, node_nm: 28}\n"
        "  - {id: cn, quantity: 1, value: 5 USD, origin: CN, us_origin: no, eccn: EAR99, us_technology: no}\n"
    )
    answer = bom(ruled, found, Asked(Sale(to="CN", end_user="Hikvision", on=DAY)))
    first, second = answer.dependence
    assert (first.stopped, first.made_in, first.foundry, first.node_nm) == ("yes", "US", "A foundry", "28")
    assert any(rule.id == "us.ear.744.11" and rule.value == "yes" for rule in first.rules)
    assert second.made_in == "CN"
    assert second.stopped != "yes"
    assert answer.end_user == "Hikvision"


def test_like_parts_are_asked_about_once_and_many_others_not_at_all(
    ruled: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bom_depend, "MAX_ASKED", 2)
    row = "{{id: p{0}, quantity: 1, value: 1 USD, origin: TW, us_origin: no, model: M{1}}}"
    like = ", ".join(row.format(number, 0) for number in range(4))
    other = ", ".join(row.format(number, number) for number in range(4))
    answer = ask(ruled, of_yaml(f"item: {{name: X, value: 900 USD, origin: TW, parts: [{like}]}}"), parts=True)
    assert len(answer.dependence) == 4
    assert len({one.outcome for one in answer.dependence}) == 1
    many = of_yaml(f"item: {{name: X, value: 900 USD, origin: TW, parts: [{other}]}}")
    with pytest.raises(CaseError, match="different parts"):
        ask(ruled, many, parts=True)


def test_the_sale_of_a_case_is_taken_without_its_items(ruled: Checker) -> None:
    node = read_yaml(SALE + "items: [{name: Something else}]", "sale.yaml")
    answer = bom(ruled, bill("eccn: 5A002, value: 5 USD"), Asked(Sale(case=node), parts=False))
    assert (answer.to, answer.on, answer.end_user, answer.product) == ("IR", "2024-06-03", "A buyer", "X")
    again = bom(ruled, bill("eccn: 5A002, value: 5 USD"), Asked(Sale(to="DE", case=node), parts=False))
    assert again.to == "DE"


def test_the_day_of_the_bill_is_used_where_none_is_asked_for(ruled: Checker) -> None:
    dated = replace(bill("eccn: 5A002, value: 5 USD"), on=date(2025, 1, 31))
    assert bom(ruled, dated, Asked(Sale(to="CN"), parts=False)).on == "2025-01-31"


@pytest.mark.parametrize(
    ("sale", "part"),
    [
        (Sale(on=DAY), "--to"),
        (Sale(to="CN"), "no day"),
        (Sale(to="China", on=DAY), "CN"),
        (Sale(on=DAY, case=read_yaml("[]", "x.yaml")), "mapping"),
    ],
)
def test_what_is_missing_is_told(ruled: Checker, sale: Sale, part: str) -> None:
    with pytest.raises(CaseError, match=part):
        bom(ruled, bill("value: 5 USD"), Asked(sale))
