"""The one figure that settles whether a product is over its limit."""

from __future__ import annotations

from fractions import Fraction

from licet.chain.count import Content
from licet.chain.ranges import Range, exactly
from licet.chain.settle import Settles, settling
from licet.facts.truth import Truth
from tests.chain.reading import of_yaml
from tests.chain.trees import stated

LIMIT = 25


def judge(found: Content) -> Truth:
    if found.percent.low > LIMIT:
        return True
    return False if found.percent.high is not None and found.percent.high <= LIMIT else None


def settled(parts: str, value: str = "value: 100 USD") -> dict[tuple[str, str], Settles]:
    bill = of_yaml(f"item: {{name: X, id: x, {value}, complete: yes, parts: [{parts}]}}")
    return {(one.part.id, one.fact): one for one in settling(bill.product, stated, judge)}


def test_a_value_with_both_ends() -> None:
    found = settled("{id: a, value: 10..40 USD, us_origin: yes, controlled: yes, quantity: 1}")
    assert list(found) == [("a", "value")]
    one = found["a", "value"]
    assert one.within == Range(Fraction(10), Fraction(25))
    assert one.over == Range(Fraction("25.01"), Fraction(40))


def test_a_quantity() -> None:
    one = settled("{id: a, value: 10 USD, us_origin: yes, controlled: yes, quantity: 1..4}")["a", "quantity"]
    assert one.within == Range(Fraction(1), Fraction("2.5"))


def test_an_answer() -> None:
    found = settled("{id: a, value: 40 USD, us_origin: yes, quantity: 1}")
    assert (found["a", "controlled"].over, found["a", "controlled"].within) == (True, False)
    found = settled("{id: a, value: 40 USD, controlled: yes, quantity: 1}")
    assert (found["a", "item.us_origin"].over, found["a", "item.us_origin"].within) == (True, False)


def test_a_discrete_product() -> None:
    inner = "parts: [{value: 40 USD, us_origin: yes, controlled: yes, quantity: 1}]"
    found = settled(f"{{id: a, value: 60 USD, us_origin: no, quantity: 1, {inner}}}")
    assert (found["a", "item.discrete"].over, found["a", "item.discrete"].within) == (False, True)


def test_the_price_of_the_product() -> None:
    part = "{id: a, value: 40 USD, us_origin: yes, controlled: yes, quantity: 1}"
    one = settled(part, "value: unknown")["x", "value"]
    assert one.within == Range(Fraction(160), None)
    assert one.over == Range(Fraction(40), Fraction("159.99"))


def test_what_no_single_answer_settles_names_none() -> None:
    part = "value: 20 USD, us_origin: yes, quantity: 1"
    found = settled(f"{{id: a, {part}}}, {{id: b, {part}}}, {{id: c, {part}}}")
    assert found == {}


def test_one_that_settles_one_way_only() -> None:
    part = "value: 20 USD, us_origin: yes, quantity: 1"
    found = settled(f"{{id: a, {part}}}, {{id: b, {part}}}")
    assert (found["a", "controlled"].over, found["a", "controlled"].within) == (None, False)


def test_nothing_where_it_is_settled() -> None:
    assert settled("{id: a, value: 30 USD, us_origin: yes, controlled: yes, quantity: 1}") == {}


def test_a_bound_is_exact_to_the_cent() -> None:
    part = "{id: a, value: 10..40 USD, us_origin: yes, controlled: yes, quantity: 3}"
    one = settled(part, "value: 1000/7 USD".replace("1000/7", "142.857142"))["a", "value"]
    assert isinstance(one.within, Range)
    assert one.within.high == Fraction("11.9")
    assert judge_at(Fraction("11.9")) is False
    assert judge_at(Fraction("11.91")) is True


def judge_at(value: Fraction) -> bool:
    return exactly(300 * value / Fraction("142.857142")).low > LIMIT
