"""Workbooks of parties: cells as text, sheets by name, and nothing that takes the program down."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from licet.batch.tables import Line
from licet.facts.errors import LicetError
from licet.services.screen_tables import open_table

SHEET = "xl/worksheets/sheet1.xml"


def workbook(path: Path, *rows: list[object], sheet: str = "Parties") -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            book.worksheets()[0].write(number, place, cell)
    book.close()
    return path


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """A workbook with other bytes in one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            archive.writestr(name, given.read(name).replace(old, new) if name == part else given.read(name))
    path.write_bytes(made.getvalue())
    return path


def test_cells_become_text(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", [], ["Name", "Born", "No"], ["王伟", date(1972, 11, 21), 12], [], ["x", 1.5])
    table = open_table(path)
    assert table.columns == ("Name", "Born", "No")
    assert list(table.lines) == [Line(3, ("王伟", "1972-11-21", "12")), Line(5, ("x", "1.5", ""))]
    assert table.done() == 1.0


def test_a_day_with_an_hour_keeps_it(tmp_path: Path) -> None:
    assert list(open_table(workbook(tmp_path / "in.xlsx", ["when"], [datetime(2024, 5, 6)])).lines) == [
        Line(2, ("2024-05-06",))
    ]


def test_sheets_by_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", ["name"], ["a"])
    assert open_table(path, sheet="Parties").columns == ("name",)
    with pytest.raises(LicetError, match=r"there is no sheet 'Buyers' - it has Parties"):
        open_table(path, sheet="Buyers")


def test_an_empty_workbook(tmp_path: Path) -> None:
    with pytest.raises(LicetError, match="E_TABLE: the table has no columns"):
        open_table(workbook(tmp_path / "in.xlsx"))


@pytest.mark.parametrize("ending", ["xls", "xlsb", "ods"])
def test_other_workbooks_are_refused(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a.{ending}").write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(LicetError, match=rf"workbooks of the form \.{ending} are not read - save it as \.xlsx"):
        open_table(tmp_path / f"a.{ending}")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"name\nAcme\n"])
def test_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(LicetError, match="P_"):
        open_table(tmp_path / "a.xlsx")


def test_a_bomb_is_not_unfolded(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive, archive.open(SHEET, "w") as part:
        for _ in range(600):
            part.write(b"\0" * (1 << 20))
    with pytest.raises(LicetError, match="P_BOMB"):
        open_table(tmp_path / "a.xlsx")


@pytest.mark.parametrize("place", [b'r="XFD1048576"', b'r="C9999999999993"', b'r="A99999999"'])
def test_a_cell_far_away_asks_for_no_memory(tmp_path: Path, place: bytes) -> None:
    path = changed(workbook(tmp_path / "a.xlsx", ["name"], ["Acme"]), SHEET, b'r="A2"', place)
    with pytest.raises(LicetError, match="P_"):
        open_table(path)


@given(st.data())
def test_any_sheet_is_a_table_or_an_error(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = workbook(tmp_path_factory.mktemp("t") / "a.xlsx", ["name", "b"], ["Acme", 1.5], ["Beta", 3])
    with zipfile.ZipFile(path) as archive:
        name = data.draw(st.sampled_from([SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]))
        part = archive.read(name)
    start = data.draw(st.integers(0, len(part) - 1))
    piece = part[start : start + data.draw(st.integers(1, 12))]
    new = data.draw(
        st.sampled_from([b"", b"9" * 13, b"-1", b"&#0;", b"<", b'"', b"1e400", b"ZZZZ1"]) | st.binary(max_size=6)
    )
    try:
        lines = list(open_table(changed(path, name, piece, new)).lines)
    except LicetError:
        return
    assert len(lines) < 100
