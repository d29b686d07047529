"""`licet batch` as a person runs it."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from benchmarks import orders
from typer.testing import CliRunner

from licet.cli.app import build
from licet.facts.errors import LicetError
from licet.facts.yamltext import read_yaml
from licet.services.check import Checker
from licet.services.orders.mapping import parse_map, read_map
from licet.services.screen_tables import open_table
from tests.services.orders_book import HEADER, MAP, book


class Shown:
    """What a run of the command showed."""

    def __init__(self, *words: str) -> None:
        result = CliRunner().invoke(build("batch"), ["batch", *words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        self.code, self.text, self.told = result.exit_code, result.stdout, " ".join(result.stderr.split())


def batch(table: Path, out: Path, *more: str) -> Shown:
    return Shown(str(table), "-o", str(out), "--jobs", "1", *more)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_the_page_and_the_files(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    shown = batch(book(tmp_path), out)
    assert shown.code == 1
    assert "9 lines; 2 different cases" in shown.text or "9 lines;" in shown.text
    assert "What to find out first" in shown.text
    assert f"Written to {out}" in shown.text
    decided, rejected = rows(out), rows(tmp_path / "out.rejected.csv")
    assert [row["line"] for row in decided] == [f"L{n}" for n in range(9) if n % 5 != 4]
    assert [(row["row"], row["line"]) for row in rejected] == [("6", "L4")]
    assert "no day" in rejected[0]["reason"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "book.csv", "book.csv.map.yaml", "out.csv", "out.csv.made-from.json", "out.rejected.csv",
    ]  # fmt: skip


def test_all_forms_hold_the_same(tmp_path: Path) -> None:
    table = book(tmp_path, 4)
    outs = {form: tmp_path / f"out.{form}" for form in ("csv", "parquet", "xlsx")}
    for out in outs.values():
        assert batch(table, out).code == 0
    plain = [list(row.values()) for row in rows(outs["csv"])]
    excel = [line.cells for line in open_table(outs["xlsx"]).lines]
    parquet = duckdb.connect().execute(f"FROM '{outs['parquet']}'").fetchall()
    joined = [["; ".join(cell) if isinstance(cell, list) else cell for cell in row] for row in parquet]
    assert [[_text(cell) for cell in row] for row in excel] == [[_text(cell) for cell in row] for row in joined]
    assert [[_text(cell) for cell in row] for row in joined] == [[_text(cell) for cell in row] for row in plain]


def _text(cell: object) -> str:
    text = str(cell)
    return text.removesuffix(".0")


def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    table = book(tmp_path, 6)
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    batch(table, one)
    Shown(str(table), "-o", str(two), "--jobs", "2")
    assert one.read_bytes() == two.read_bytes()


def test_explain_shows_the_line_and_what_has_changed(tmp_path: Path) -> None:
    table, out = tmp_path / "book.csv", tmp_path / "out.csv"
    orders.main(2, table, distinct=False)  # settled by most facts; the proof of a case that is wide open takes long
    assert batch(table, out, "--on", "2025-05-05").code == 0
    table.write_text(table.read_text() + table.read_text().splitlines()[1] + "\n")
    receipt = tmp_path / "out.csv.made-from.json"
    receipt.write_text(json.dumps(json.loads(receipt.read_text()) | {"law": "another"}))
    shown = Shown("explain", str(out), "O-00000000")
    assert shown.code == int(rows(out)[0]["exit_code"])
    assert "Line O-00000000 of book.csv" in shown.text
    assert "on 2025-05-05" in shown.text
    assert "book.csv has changed" in shown.told
    assert "the law is another one" in shown.told
    assert "several lines are called" in shown.told
    assert "no line 'L9'" in Shown("explain", str(out), "L9").told
    table.unlink()
    assert Shown("explain", str(out), "O-00000000").code == 2
    assert "made from" in Shown("explain", str(tmp_path / "nothing.csv"), "L1").told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no columns"),
        (HEADER, "no line"),
        (HEADER.replace("\n", ",to\n") + "1,2024-03-05,CN,x,yes,1,F,1,US\n", "two columns are called 'to'"),
        (HEADER.replace("thing", "ting") + "1,2024-03-05,CN,x,yes,1,F,1\n", "no column 'thing'"),
        ((HEADER + "1,2024-03-05,中国,相机,yes,1,海康,1\n").encode("gb18030"), "gb18030"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(tmp_path: Path, text: str | bytes, said: str) -> None:
    table = book(tmp_path, 1)
    table.write_bytes(text if isinstance(text, bytes) else text.encode())
    shown = batch(table, tmp_path / "out.csv")
    assert (shown.code, said in shown.told) == (2, True), shown.told
    assert not (tmp_path / "out.csv").exists()


def test_outputs_that_cannot_be_are_refused(tmp_path: Path) -> None:
    table = book(tmp_path, 1)
    (tmp_path / "dir.csv").mkdir()
    rejects = tmp_path / "out.rejected.csv"
    rejects.write_text(table.read_text())
    Path(f"{rejects}.map.yaml").write_text(MAP)
    before = rejects.read_bytes()
    for given, out in (
        (table, table), (table, tmp_path / "dir.csv"), (table, table / "x.csv"), (table, tmp_path / "out.txt"),
        (table, tmp_path / "out"), (rejects, tmp_path / "out.csv"),
    ):  # fmt: skip
        assert batch(given, out).code == 2
    assert rejects.read_bytes() == before
    assert Shown(str(table), str(table), "-o", "x.csv").code == 2
    assert batch(table.with_name("bok.csv"), tmp_path / "out.csv").code == 2


def test_what_is_wrong_with_a_line_is_told_with_it(tmp_path: Path) -> None:
    table, out = book(tmp_path, 1), tmp_path / "out.csv"
    bad = {
        "05/03/2024,CN,x,yes,1,F,1": "format:",
        ",CN,x,yes,1,F,1": "date is empty",
        "2024-03-05,Narnia,x,yes,1,F,1": "country",
        "2024-03-05,CN,x,perhaps,1,F,1": "yes or no",
        "2024-03-05,CN,x,yes,abc,F,1": "abc",
        "2024-03-05,CN,x,yes,1,F,nan": "no number",
        "2024-03-05,CN,x,yes,1,F,inf": "no number",
        "2024-03-05,CN,x,yes,1,F,1,more": "9 cells",
        "1066-03-05,CN,x,yes,1,F,1": "no law is encoded",
        f"2024-03-05,CN,{'x' * 999_000},yes,1,F,1": "characters",
    }
    good = "=1+1,2024-03-05 00:00:00,China,@x,yes,1,+F,-5\n"
    table.write_text(HEADER + "".join(f"{n},{cells}\n" for n, cells in enumerate(bad)) + good + ",,,,,,,\n\n")
    assert batch(table, out).code == 1
    reasons = [row["reason"] for row in rows(tmp_path / "out.rejected.csv")]
    assert all(said in reason for said, reason in zip(bad.values(), reasons, strict=True)), reasons
    (row,) = rows(out)
    assert (row["line"], row["item"], row["value"]) == ("'=1+1", "'@x", "-5.0")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    table, out = book(tmp_path, 1), tmp_path / "out.csv"
    table.write_bytes((HEADER + "1,2024-03-05,中国,相机,yes,1,海康威视,1\n").encode(encoding))
    assert batch(table, out, *(("--encoding", encoding) if encoding == "gb18030" else ())).code == 0
    assert rows(out)[0]["item"] == "相机"


def test_typed_cells_of_excel_and_parquet_mean_what_text_means(tmp_path: Path) -> None:
    table = book(tmp_path, 1)
    table.write_text(HEADER + "1,2024-03-05,CN,x,yes,12.5,F,1.5\n")
    sheet = tmp_path / "sheet.xlsx"
    with xlsxwriter.Workbook(str(sheet)) as workbook:
        page, form = workbook.add_worksheet(), workbook.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, HEADER.strip().split(","))
        page.write_row(1, 0, [1, "", "CN", "x", True, 12.5, "F", 1.5])
        page.write_datetime(1, 1, datetime(2024, 3, 5), form)
    typed = tmp_path / "typed.parquet"
    duckdb.sql(
        "COPY (SELECT 1 AS no, DATE '2024-03-05' AS date, 'CN' AS \"to\", 'x' AS thing, true AS dc, "
        f"12.50::DECIMAL(8,2) AS tpp, 'F' AS who, 1.5::DOUBLE AS amount) TO '{typed}'"
    )
    found = []
    for given in (table, sheet, typed):
        out = tmp_path / f"{given.stem}-out.csv"
        shown = batch(given, out, "--map", f"{table}.map.yaml")
        assert shown.code == 0, (given, shown.told, (tmp_path / f"{out.stem}.rejected.csv").read_text())
        found.append([{key: cell for key, cell in row.items() if key != "row"} for row in rows(out)])
    assert found[0] == found[1] == found[2]


def test_joined_tables(tmp_path: Path) -> None:
    table = book(tmp_path, 1)
    table.write_text("no,date,sku\n1,2024-03-05,A\n2,2024-03-05,B\n3,2024-03-05,\n")
    text = "line: no\non: date\nconstants: {act: export, shipment: {from: DE, to: CN}}\nfacts: {item.name: thing}\n"
    Path(f"{table}.map.yaml").write_text(f"{text}join: [{{table: products.csv, on: sku}}]\n")
    products, out = tmp_path / "products.csv", tmp_path / "out.csv"
    products.write_text("sku,thing\nA,chip\nA,chip\n")
    assert batch(table, out).code == 1
    assert [row["item"] for row in rows(out)] == ["chip", ""]
    assert "no row with sku 'B'" in rows(tmp_path / "out.rejected.csv")[0]["reason"]
    for bad, said in (("sku,thing\nA,chip\nA,other\n", "two different rows"), ("nr,thing\n", "no column 'sku'")):
        products.write_text(bad)
        assert said in batch(table, out).told
    products.unlink()
    assert batch(table, out).code == 2
    products.write_text("sku,thing\nA,chip\n")
    assert batch(table, products).code == 2


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Order No,Ship date,Destination,Product,ECCN,Customer,Amount", "1,13/05/2024,China,Chip,3A991.a,Firm,5"),
        ("Auftrag,Versanddatum,Zielland,Artikel,Ursprungsland,Kunde,Betrag", "1,5.3.2024,China,Chip,DE,Firma,5"),
        ("订单号,日期,目的国,产品,原产国,客户,金额", "1,2024-03-05,中国,芯片,CN,公司,5"),
    ],
)
def test_a_map_is_proposed_and_can_be_read(tmp_path: Path, checker: Checker, header: str, line: str) -> None:
    table = tmp_path / "book.csv"
    table.write_text(f'{header},Zzz: "x"\n{line},?\n', encoding="utf-8")
    shown = batch(table, tmp_path / "out.csv")
    assert shown.code == 2
    assert "There was no map" in shown.told
    path = Path(f"{table}.map.yaml")
    made = read_map(path, checker.law.dictionary)
    assert made.line
    assert made.on is not None
    assert made.value is not None
    assert {"shipment.to"} <= made.facts.keys()
    assert made.parties
    assert "Zzz" in path.read_text(encoding="utf-8").splitlines()[-1]
    assert batch(table, tmp_path / "out.csv").code == 0, (tmp_path / "out.rejected.csv").read_text()


@pytest.mark.parametrize(
    "text",
    [
        "[1]", "facts: [a]", "fcts: {}", "facts: {item.nonsense: a}", "facts: {case.on: date}", "line: [a]",
        "parties: 5",
        "parties: {name: x}", "join: [1]", "facts: {item.name: {low: a}}", "facts: {item.name: {colum: a}}",
        "constants: 5", "constants: {item: 5}", "constants: {items: []}\nfacts: {item.name: thing}",
        "on: {low: a, high: b}", "value: {column: a, currency: [x]}", "schema: licet.orders/9", "a: &a [*a]",
        "a: &a [x]\nb: [*a, *a]", "on: date\non: date", "{", "", "facts: " + "{" * 500,
    ],
)  # fmt: skip
def test_maps_of_other_shapes_are_refused(checker: Checker, text: str) -> None:
    with pytest.raises(LicetError):
        parse_map(read_yaml(text, "map.yaml"), checker.law.dictionary, Path())
