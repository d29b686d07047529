"""Bills from text, for tests."""

from __future__ import annotations

from licet.chain.model import Bill
from licet.chain.read import read_bill
from licet.chain.table import csv_rows, read_rows
from licet.facts.yamltext import read_yaml
from tests.properties.cases import checker


def of_yaml(text: str) -> Bill:
    return read_bill(read_yaml(text, "bill.yaml"), checker().law.dictionary)


def of_csv(text: str) -> Bill:
    return read_bill(read_rows(csv_rows(text, "bill.csv"), "bill.csv"), checker().law.dictionary)
