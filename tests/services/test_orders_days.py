"""Days and amounts as order books write them."""

from __future__ import annotations

from datetime import date

import pytest

from licet.facts.errors import CaseError
from licet.services.orders.days import read_day
from licet.services.orders.rows import read_amount


@pytest.mark.parametrize(
    "text", ["2024-03-05", "20240305", "5.3.2024", "5 Mar 2024", "2024-03-05 00:00:00", " 2024/03/05 ", "March 5, 2024"]
)
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert read_day(text) == date(2024, 3, 5)


def test_what_could_be_two_days_is_refused_unless_its_form_is_told() -> None:
    with pytest.raises(CaseError) as refused:
        read_day("05/03/2024")
    assert "format:" in refused.value.problems[0].hint
    assert read_day("05/03/2024", "%d/%m/%Y") == date(2024, 3, 5)
    assert read_day("25/03/2024") == read_day("03/25/2024") == date(2024, 3, 25)


@pytest.mark.parametrize("text", ["2024-02-30", "soon", "2024", "0000-00-00", "2024-03-05 13:45", "٢٠٢٤", "31.4.2024"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(CaseError):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", 1234.5),
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("1234,5", 1234.5),
        ("1 234,5", 1234.5),
        ("1'234.5", 1234.5),
        ("1.234.567", 1234567),
        ("1,234", 1234),
        ("0,125", 0.125),
        ("-5", -5),
        ("1e3", 1000),
    ],
)
def test_an_amount_is_read_with_either_decimal_mark(text: str, amount: float) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize("text", ["nan", "inf", "-Infinity", "1e999", "12 EUR", "1,2,3", "1.2.3", "--5", "", "0x10"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert read_amount(text) is None
