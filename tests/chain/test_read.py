"""Bills of materials as they are written, and what is wrong with others."""

from __future__ import annotations

from fractions import Fraction

import pytest

from licet.chain.ranges import ONE, Range, exactly
from licet.facts.errors import CaseError
from tests.chain.reading import of_csv, of_yaml

NESTED = """
bom: A board
on: 2026-09-01
complete: yes
item:
  name: Board
  value: 100 USD
  parts:
    - {id: a, name: Chip, quantity: 2, value: 10..12 USD, origin: US, eccn: 3A991.a, node_nm: 28}
    - id: b
      quantity: [1, 3]
      value: unknown
      us_origin: no
      parts: [{quantity: 1, value: 5 USD}]
"""
TABLE = """id,parent,name,quantity,value,currency,origin,us_origin,eccn,complete
board,,Board,,100,USD,,,,yes
b1,b,,1,5,USD,,,,
a,board,Chip,2,10..12,USD,US,,3A991.a,
b,board,,1..3,unknown,,,no,,
"""


def test_nested_parts() -> None:
    bill = of_yaml(NESTED)
    assert (bill.title, str(bill.on), bill.currency, bill.product.name) == ("A board", "2026-09-01", "USD", "Board")
    chip, board = bill.product.parts
    assert (chip.quantity, chip.value) == (exactly(2), Range(Fraction(10), Fraction(12)))
    assert chip.facts["item.declared.us"] == frozenset({"3A991.a"})
    assert chip.truth("item.us_origin") is True
    assert chip.complete is True
    assert board.parts[0].id == "b.1"
    assert bill.product.complete is True


def test_the_same_bill_as_a_table_in_any_order() -> None:
    nested, table = of_yaml(NESTED).product, of_csv(TABLE).product
    assert [part.id for _, part in table.walk()] == ["board", "a", "b", "b1"]
    for (_, one), (_, other) in zip(nested.walk(), table.walk(), strict=True):
        assert (one.quantity, one.value, one.complete) == (other.quantity, other.value, other.complete)


def test_values_bound_each_other() -> None:
    _, board = of_yaml(NESTED).product.parts
    assert board.value == Range(Fraction(5), Fraction(80))  # 100 less two chips of 10 leave 80 for one piece
    assert board.quantity == Range(Fraction(1), Fraction(3))


def test_a_quantity_left_out_is_not_one() -> None:
    bill = of_yaml("item: {name: X, value: 100 USD, parts: [{value: 10 USD}]}")
    assert bill.product.parts[0].quantity == Range(Fraction(0), Fraction(10))
    assert bill.product.quantity == ONE
    assert bill.product.complete is None


def test_a_table_with_semicolons_and_blank_rows() -> None:
    bill = of_csv("id;parent;quantity;value\n;;;\nx;;;100 USD\n\ny;x;1;5,5 USD\n".replace("5,5", "5.5"))
    assert bill.product.parts[0].value == exactly(Fraction(11, 2))


def test_several_codes_in_one_cell() -> None:
    bill = of_csv("id,parent,quantity,value,eccn\nx,,,100 USD,\ny,x,1,5 USD,3A001.a; 5A002\n")
    assert bill.product.parts[0].facts["item.declared.us"] == frozenset({"3A001.a", "5A002"})


def test_rates_turn_values_into_one_currency() -> None:
    bill = of_yaml(
        "rates: {CNY: [0.13, 0.15]}\n"
        "item: {name: X, value: 100 USD, parts: [{id: y, quantity: 1, value: 100, currency: CNY}]}"
    )
    assert bill.product.parts[0].value == Range(Fraction(13), Fraction(15))


@pytest.mark.parametrize(
    ("item", "code", "part"),
    [
        ("parts: [{id: a, quantity: -1, value: 5 USD}]", "E_NUMBER", "less than nothing"),
        ("parts: [{id: a, quantity: 0, value: 5 USD}]", "E_NUMBER", "at least something"),
        ("parts: [{id: a, quantity: few, value: 5 USD}]", "E_NUMBER", "'few'"),
        ("parts: [{id: a, quantity: 1, value: 5}]", "E_UNIT", "no currency"),
        ("parts: [{id: a, quantity: 1, value: 5 usd}]", "E_UNIT", "'usd'"),
        ("parts: [{id: a, quantity: 1, value: 5 USD, currency: EUR}]", "E_UNIT", "EUR"),
        ("parts: [{id: a, quantity: 1, value: 5 EUR}]", "E_BOM_RATE", "EUR"),
        ("parts: [{id: a, quantity: 1, value: 9..5 USD}]", "E_RANGE", "ends before"),
        ("parts: [{id: a, quantity: 3, value: 40 USD}]", "E_BOM_VALUE", "at least 120, it is worth at most 100"),
        ("parts: [{id: a, quantity: 1, value: 5 USD}, {id: a, quantity: 1, value: 5 USD}]", "E_DUPLICATE_KEY", "'a'"),
        ("parts: [{id: a, parent: b, quantity: 1, value: 5 USD}]", "E_BOM", "parent"),
        ("parts: [{id: a, quantity: 1, value: 5 USD, orign: US}]", "E_UNKNOWN_KEY", "origin"),
        ("parts: [{id: a, quantity: 1, value: 5 USD, origin: Taiwan}]", "E_COUNTRY", "TW"),
        ("parts: [{id: a, quantity: 1, value: 5 USD, origin: US, us_origin: no}]", "E_CONTRADICTION", "us_origin"),
        ("parts: [{id: a, quantity: 1, value: 5 USD, us_origin: perhaps}]", "E_VALUE", "perhaps"),
        ("parts: [{id: a, quantity: 1, value: 5 USD, complete: perhaps}]", "E_VALUE", "complete"),
        ("parts: {id: a}", "E_BOM", "list"),
        ("parts: [a]", "E_BOM", "mapping"),
        ("quantity: 5", "E_BOM", "counted as one"),
    ],
)
def test_what_is_wrong_with_a_part_is_told_with_its_place(item: str, code: str, part: str) -> None:
    with pytest.raises(CaseError) as caught:
        of_yaml(f"item: {{name: X, value: 100 USD, {item}}}")
    problem = caught.value.problems[0]
    assert problem.code == code
    assert part in str(problem)
    assert problem.place.line == 1


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("[]", "E_BOM", "mapping"),
        ("bom: X", "E_BOM", "one of them"),
        ("item: {name: X}\nrows: []", "E_BOM", "one of them"),
        ("item: {name: X}\nitems: []", "E_UNKNOWN_KEY", "item"),
        ("item: {name: X}\nrates: {usd: 1}", "E_UNIT", "usd"),
        ("item: {name: X}\nrates: {EUR: 0}", "E_BOM_RATE", "EUR"),
        ("item: {name: X}\nrates: {EUR: unknown}", "E_BOM_RATE", "EUR"),
        ("rows: []", "E_BOM", "0 rows"),
        ("rows: [{id: a}, {id: b}]", "E_BOM", "2 rows"),
        ("rows: [{id: a}, {id: b, parent: c}]", "E_BOM_PARENT", "'c'"),
        ("rows: [{id: a}, {id: b, parent: c}, {id: c, parent: b}]", "E_BOM_CYCLE", "part of itself"),
        ("rows: [{id: a}, {id: b, parent: b}]", "E_BOM_CYCLE", "part of itself"),
        ("rows: [{id: a, parts: []}]", "E_BOM", "parts"),
    ],
)
def test_what_is_wrong_with_a_bill(text: str, code: str, part: str) -> None:
    with pytest.raises(CaseError) as caught:
        of_yaml(text)
    assert caught.value.problems[0].code == code
    assert part in str(caught.value)


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("", "E_EMPTY", "empty"),
        ("id,parent,quantity\n", "E_CSV", "value is missing"),
        ("id,parent,quantity,value,id\n", "E_CSV", "twice"),
        ("id,parent,quantity,value,,x\n", "E_CSV", "no name"),
        ("id,parent,quantity,value\na,,1,1 USD,extra\n", "E_CSV", "5 cells"),
        ('id,parent,quantity,value\na,,1,"1 USD\n', "E_CSV", "not CSV"),
        ("id,parent,quantity,value,colour\na,,1,1 USD,red\n", "E_UNKNOWN_KEY", "'colour'"),
    ],
)
def test_what_is_wrong_with_a_table(text: str, code: str, part: str) -> None:
    with pytest.raises(CaseError) as caught:
        of_csv(text)
    assert caught.value.problems[0].code == code
    assert part in str(caught.value)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(CaseError) as caught:
        of_yaml("item: {name: X, colour: red, parts: [{quantity: -1, value: 1 USD}, {quantity: 1, value: 1}]}")
    assert len(caught.value.problems) == 3


def test_a_hostile_bill_is_bounded() -> None:
    deep = "rows:\n- {id: p0}\n" + "".join(f"- {{id: p{n}, parent: p{n - 1}}}\n" for n in range(1, 40))
    many = "rows:\n- {id: p}\n" + "".join(f"- {{id: q{n}, parent: p}}\n" for n in range(5_001))
    wide = "id,parent,quantity,value," + ",".join(f"c{n}" for n in range(300)) + "\n"
    long = f"id,parent,quantity,value\na,,1,{'9' * 20_000}\n"
    for read, text, code in (
        (of_yaml, deep, "E_TOO_DEEP"),
        (of_yaml, many, "E_TOO_MANY"),
        (of_csv, wide, "E_TOO_LARGE"),
        (of_csv, long, "E_CSV"),
        (of_csv, "id,parent,quantity,value\n" + "a,,1,1 USD\n" * 6_000, "E_TOO_MANY"),
    ):
        with pytest.raises(CaseError) as caught:
            read(text)
        assert caught.value.problems[0].code == code
