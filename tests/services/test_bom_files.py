"""Bills from files: the same bill as YAML, CSV and Excel, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from licet.chain.model import Component
from licet.facts.errors import LicetError
from licet.services.bom_files import LIMITS, open_bill
from licet.services.check import Checker

ROWS: list[list[object]] = [
    ["id", "parent", "name", "quantity", "value", "currency", "origin", "us_origin"],
    ["board", "", "Board", "", 100.5, "USD", "TW", "no"],
    ["a", "board", "Chip", 2, 12.25, "USD", "US", ""],
]
YAML = """
item:
  id: board
  name: Board
  value: 100.5 USD
  origin: TW
  us_origin: no
  parts: [{id: a, name: Chip, quantity: 2, value: 12.25 USD, origin: US}]
"""


def book(path: Path, rows: list[list[object]], above: int = 0) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("Cover").write(0, 0, "A cover")
        sheet = workbook.add_worksheet("Parts")
        for number, row in enumerate(rows, above):
            sheet.write_row(number, 0, row)
    return path


def seen(path: Path, checker: Checker) -> list[Component]:
    product = open_bill(path, checker.law.dictionary).product
    return [Component(part.id, part.facts, part.quantity, part.value) for _, part in product.walk()]


@pytest.mark.parametrize("above", [0, 2])
def test_every_form_gives_the_same_bill(checker: Checker, tmp_path: Path, above: int) -> None:
    excel = book(tmp_path / "bill.xlsx", ROWS, above)
    table = tmp_path / "bill.csv"
    table.write_text("\n".join(",".join(str(cell) for cell in row) for row in ROWS), encoding="utf-8")
    text = tmp_path / "bill.yaml"
    text.write_text(YAML, encoding="utf-8")
    first = seen(text, checker)
    assert seen(excel, checker) == first
    assert seen(table, checker) == first


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("bill.csv", b"\xff\xfe\x00", "E_NOT_TEXT"),
        ("bill.yaml", b"a: &x 1\nb: *x\n", "E_YAML_ALIAS"),
        ("bill.yaml", b"", "E_EMPTY"),
        ("bill.xlsx", b"PK\x03\x04", "P_CUT_SHORT"),
        ("bill.xlsx", b"nonsense", "P_FORMAT"),
        ("bill.ods", b"", "E_TABLE"),
        ("bill.csv", b"x" * (LIMITS.size + 1), "P_TOO_LARGE"),
    ],
)
def test_other_files_are_refused(checker: Checker, tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(LicetError) as caught:
        open_bill(path, checker.law.dictionary)
    assert caught.value.problems[0].code == code


def test_a_workbook_without_the_columns_is_refused(checker: Checker, tmp_path: Path) -> None:
    with pytest.raises(LicetError, match="no sheet with the columns"):
        open_bill(book(tmp_path / "bill.xlsx", [["id", "name"], ["a", "b"]]), checker.law.dictionary)
