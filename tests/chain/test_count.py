"""What counts and what does not, rule by rule of Supplement No. 2."""

from __future__ import annotations

import pytest

from licet.chain.count import Content, content, open_parts
from tests.chain.reading import of_yaml
from tests.chain.trees import stated

US = "us_origin: yes, controlled: yes, quantity: 1"


def count(parts: str, kind: str = "camera", more: str = "complete: yes") -> Content:
    return content(
        of_yaml(f"item: {{name: X, kind: {kind}, value: 100 USD, {more}, parts: [{parts}]}}").product, stated
    )


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (f"{{value: 30 USD, {US}}}", "30"),
        ("{value: 30 USD, us_origin: yes, controlled: no, quantity: 1}", "0"),
        ("{value: 30 USD, us_origin: yes, quantity: 1}", "0..30"),
        ("{value: 30 USD, us_origin: no, quantity: 1}", "0"),
        ("{value: 30 USD, quantity: 1}", "0..30"),
        ("{value: 30 USD, controlled: no, quantity: 1}", "0"),
        ("{value: 30 USD, controlled: yes, quantity: 1}", "0..30"),
        ("{value: 10..15 USD, us_origin: yes, controlled: yes, quantity: 2}", "20..30"),
        ("{value: 10 USD, us_origin: yes, controlled: yes, quantity: 1..3}", "10..30"),
        (f"{{{US}}}", "0..100"),
        (f"{{{US}}}, {{value: 40 USD, us_origin: no, quantity: 1}}", "0..60"),
    ],
)
def test_a_part_counts_by_origin_and_control(parts: str, text: str) -> None:
    assert count(parts).percent.text() == text


@pytest.mark.parametrize(
    ("holder", "text"),
    [
        ("us_origin: no, discrete: no", "20"),
        ("us_origin: no, discrete: yes", "0"),
        ("us_origin: no", "0..20"),
        ("us_origin: no, discrete: no, complete: no", "20..50"),  # what its list leaves out may be content
        ("us_origin: no, discrete: yes, complete: no", "0"),
        ("us_origin: yes, controlled: yes", "50"),  # as it was received, with all that is in it
        ("us_origin: yes, controlled: no", "0"),
        ("us_origin: yes", "0..50"),
        ("discrete: no, controlled: yes", "20..50"),
        ("discrete: no, controlled: no", "0..20"),
    ],
)
def test_content_inside_a_part(holder: str, text: str) -> None:
    found = count(f"{{value: 50 USD, quantity: 1, {holder}, parts: [{{value: 20 USD, {US}}}]}}")
    assert found.percent.text() == text


def test_inside_a_part_that_is_judged_as_a_whole_nothing_counts_twice() -> None:
    found = count(f"{{value: 50 USD, {US}, parts: [{{value: 20 USD, {US}}}]}}")
    assert [one.content.text() for one in found.parts] == ["50", "0"]
    assert [one.counts for one in found.parts] == [True, False]


@pytest.mark.parametrize(
    ("product", "part", "text"),
    [
        ("camera", "kind: software, bundled: yes", "30"),
        ("camera", "kind: software, bundled: no", "0"),
        ("camera", "kind: software", "0..30"),
        ("camera", "kind: technology", "0"),
        ("software", "kind: software", "30"),
        ("software", "kind: integrated_circuit", "0"),
        ("software", "kind: technology", "0"),
        ("technology", "kind: technology", "30"),
        ("technology", "kind: software, bundled: yes", "0"),
    ],
)
def test_like_is_counted_against_like(product: str, part: str, text: str) -> None:
    assert count(f"{{value: 30 USD, {US}, {part}}}", product).percent.text() == text


@pytest.mark.parametrize(
    ("more", "text"),
    [("complete: yes", "30"), ("complete: no", "30..100"), ("complete: unknown", "30..100")],
)
def test_the_rest_of_an_open_list_may_be_content(more: str, text: str) -> None:
    assert count(f"{{value: 30 USD, {US}}}", more=more).percent.text() == text


def test_a_price_that_is_not_known() -> None:
    bill = of_yaml(f"item: {{name: X, complete: yes, parts: [{{value: 30 USD, {US}}}]}}")
    assert content(bill.product, stated).percent.text() == "0..100"
    two = f"{{value: 30 USD, {US}}}, {{value: 60 USD, us_origin: no, quantity: 1}}"
    bill = of_yaml(f"item: {{name: X, complete: yes, parts: [{two}]}}")
    assert content(bill.product, stated).percent.text() == "0..33.333334"


def test_a_price_within_a_range() -> None:
    bill = of_yaml(f"item: {{name: X, value: 100..150 USD, complete: yes, parts: [{{value: 30 USD, {US}}}]}}")
    assert content(bill.product, stated).percent.text() == "20..30"


def test_a_product_with_nothing_named_is_open() -> None:
    assert content(of_yaml("item: {name: X, value: 1 USD}").product, stated).percent.text() == "0..100"
    assert content(of_yaml("item: {name: X, value: 1 USD, complete: yes}").product, stated).percent.text() == "0"


def test_what_is_open_comes_weightiest_first() -> None:
    found = count("{id: a, value: 10 USD, quantity: 1}, {id: b, value: 20 USD, quantity: 1}")
    assert [one.part.id for one in open_parts(found)] == ["b", "a"]
