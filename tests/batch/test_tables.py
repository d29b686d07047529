"""Tables in and out: every form, any encoding, hostile content; nothing half-written."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from licet.batch.tables import Line, Table, read_table
from licet.batch.tables_write import Cell, Column, defused, write_table
from licet.facts.errors import LicetError
from licet.facts.replacing import refuse_input, replacing
from licet.services.screen_tables import open_table

COLUMNS = (Column("row", "INTEGER"), Column("name"), Column("score", "DOUBLE"))
ROWS: list[tuple[Cell, ...]] = [
    (1, "海康威视", 0.93),
    (2, '=cmd|" /C calc"!A0', None),
    (3, 'a "quoted"; cell,\nof two lines', -1.5),
    (4, "\u202eمؤسسة\u202c 🚢", 1.0),
]


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(table: Table) -> list[tuple[str, ...]]:
    return [line.cells for line in table.lines]


# --- CSV ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("name,country\nAcme,US\n", ("name", "country"), [("Acme", "US")]),
        ("name;country\r\nAcme, Inc;US\r\n", ("name", "country"), [("Acme, Inc", "US")]),
        ("name\tcountry\nAcme\tUS", ("name", "country"), [("Acme", "US")]),
        ("name|country\nA|US\nB|CN\n", ("name", "country"), [("A", "US"), ("B", "CN")]),
        ("名称,国家\n海康威视,CN\n", ("名称", "国家"), [("海康威视", "CN")]),
        ('name,note\n"Acme ""X"", Inc","two\nlines"\n', ("name", "note"), [('Acme "X", Inc', "two\nlines")]),
        ("name\nBeta, Inc\nGamma\n", ("name",), [("Beta, Inc",), ("Gamma",)]),
        ("\n\nname,b\nx,1\n", ("name", "b"), [("x", "1")]),
        ("name,b\nx\n", ("name", "b"), [("x", "")]),
        ("name\n", ("name",), []),
    ],
)
def test_csv_of_any_make(tmp_path: Path, text: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = read_table(written(tmp_path / "in.csv", text))
    assert table.columns == columns
    assert cells(table) == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_are_seen(tmp_path: Path, encoding: str) -> None:
    table = read_table(written(tmp_path / "in.csv", "名称;国家\n中芯国际;CN\n".encode(encoding)))
    assert table.columns == ("名称", "国家")
    assert cells(table) == [("中芯国际", "CN")]


@pytest.mark.parametrize("encoding", ["gb18030", "cp1251"])
def test_other_encodings_are_named_not_guessed(tmp_path: Path, encoding: str) -> None:
    text = "名称,国家\n中芯国际,CN\n" if encoding == "gb18030" else "имя,страна\nРосатом,RU\n"
    path = written(tmp_path / "in.csv", text.encode(encoding))
    with pytest.raises(LicetError, match=f"E_ENCODING.*--encoding.*{encoding}"):
        read_table(path)
    assert read_table(path, encoding).columns == tuple(text.partition("\n")[0].split(","))


def test_an_unknown_encoding(tmp_path: Path) -> None:
    with pytest.raises(LicetError, match="E_ENCODING: the encoding 'klingon' is not known"):
        read_table(written(tmp_path / "in.csv", "name\n"), "klingon")


def test_a_row_that_is_wrong_stops_nothing(tmp_path: Path) -> None:
    text = f"name,b\na,1\nb,2,3\n{'x' * 1_000_001},1\nc,4,,\n\nd,5\n"
    lines = list(read_table(written(tmp_path / "in.csv", text)).lines)
    assert [(line.number, line.cells[0][:3]) for line in lines if not line.problem] == [
        (2, "a"),
        (5, "c"),
        (6, ""),
        (7, "d"),
    ]
    assert [(line.number, line.problem) for line in lines if line.problem] == [
        (3, "the row has 3 cells, the header 2"),
        (4, "the row cannot be read: field larger than field limit (1000000)"),
    ]


def test_nul_and_signs_of_direction_are_only_text(tmp_path: Path) -> None:
    table = read_table(written(tmp_path / "in.csv", "name,b\nA\0B,\u202eevil\n"))
    assert cells(table) == [("A\0B", "\u202eevil")]


def test_reading_tells_how_far_it_is(tmp_path: Path) -> None:
    table = read_table(written(tmp_path / "in.csv", "name\n" + "Acme\n" * 50_000))
    assert sum(1 for _ in table.lines) == 50_000
    assert table.done() == 1.0


@given(content=st.binary(max_size=300), ending=st.sampled_from([".csv", ".parquet", ".txt"]))
def test_any_bytes_are_a_table_or_an_error(content: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(LicetError):
        table = read_table(written(Path(folder) / f"in{ending}", content))
        assert all(len(line.cells) == len(table.columns) for line in table.lines)


# --- Parquet ---------------------------------------------------------------------------------


def test_parquet_of_any_types(tmp_path: Path) -> None:
    path = tmp_path / "in[1].parquet"
    columns = "'王伟' AS \"名\"\"x\", DATE '1972-11-21' AS born, ['a', 'b'] AS ids, 12 AS n, NULL::VARCHAR AS e"
    duckdb.sql(f"COPY (SELECT {columns}) TO '{path}' (FORMAT parquet)")
    table = read_table(path)
    assert table.columns == ('名"x', "born", "ids", "n", "e")
    assert list(table.lines) == [Line(1, ("王伟", "1972-11-21", "a; b", "12", ""))]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.parquet", b"PAR1 no", "E_TABLE"),
        ("a.csv", b"", "E_TABLE: the table has no columns"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\xff\xfe", "E_ENCODING"),
        ("a.csv", b",,\n1,2,3\n", "E_TABLE|E_X"),
    ],
)
def test_what_is_no_table(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = written(tmp_path / name, content)
    if content.startswith(b",,"):
        assert read_table(path).columns == ("1", "2", "3")
        return
    with pytest.raises(LicetError, match=said):
        read_table(path)


@pytest.mark.parametrize("name", ["none.csv", ".", "a\0b.csv", "x" * 300 + ".csv"])
def test_files_that_are_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(LicetError, match=r"E_NO_FILE|E_UNREADABLE"):
        read_table(tmp_path / name)


# --- writing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_round_trips(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"out.{form}"
    write_table(path, form, COLUMNS, ROWS)
    table = open_table(path)
    found = cells(table)
    names = [str(row[1]) if form == "parquet" else defused(str(row[1])) for row in ROWS]
    assert table.columns == ("row", "name", "score")
    assert [row[0] for row in found] == ["1", "2", "3", "4"]
    if form == "xlsx":  # read by what also reads lists: hidden signs and line ends are not kept
        names = [" ".join(name.translate({0x202E: None, 0x202C: None}).split()) for name in names]
    assert [row[1] for row in found] == names
    assert [row[2] for row in found] in (["0.93", "", "-1.5", "1"], ["0.93", "", "-1.5", "1.0"])
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [path.name]


def test_parquet_keeps_types_and_missing_values(tmp_path: Path) -> None:
    write_table(tmp_path / "o.parquet", "parquet", COLUMNS, ROWS)
    with duckdb.connect() as database:
        found = database.execute(f"SELECT * FROM '{tmp_path / 'o.parquet'}'")
        assert [str(column[1]) for column in found.description or ()] == ["INTEGER", "VARCHAR", "DOUBLE"]
        assert found.fetchall() == ROWS


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_no_rows_make_an_empty_table(tmp_path: Path, form: str) -> None:
    write_table(tmp_path / f"o.{form}", form, COLUMNS, [])
    assert open_table(tmp_path / f"o.{form}").columns == ("row", "name", "score")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1"])
def test_formulas_are_defused(text: str) -> None:
    assert defused(text) == f"'{text}"
    assert defused("a=1") == "a=1"


def test_a_heading_is_no_formula_and_numbers_stay_numbers(tmp_path: Path) -> None:
    """The columns of a result may be those of somebody's table."""
    path = tmp_path / "out.csv"
    write_table(path, "csv", [Column("=1+1"), Column("amount", "DOUBLE")], [("-1", -1.5)])
    assert path.read_text(encoding="utf-8") == "'=1+1,amount\n'-1,-1.5\n"


def broken() -> Iterator[tuple[Cell, ...]]:
    yield (1, "x", 1.0)
    raise KeyboardInterrupt


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_what_is_broken_off_leaves_the_old_file(tmp_path: Path, form: str) -> None:
    path = written(tmp_path / f"o.{form}", "old")
    with pytest.raises(KeyboardInterrupt):
        write_table(path, form, COLUMNS, broken())
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_table_is_not_replaced_by_its_own_result(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "name\n")
    (tmp_path / "link.csv").symlink_to(path)
    for name in ("a.csv", "link.csv"):
        with pytest.raises(LicetError, match=r"E_WRITE.*it is the table that is read"):
            refuse_input(tmp_path / name, path)
    refuse_input(tmp_path / "b.csv", path)


@pytest.mark.parametrize("target", ["no/such/folder/a.csv", ".", "x" * 300])
def test_a_file_that_cannot_be_written(tmp_path: Path, target: str) -> None:
    with pytest.raises(LicetError, match="E_WRITE"):
        write_table(tmp_path / target, "csv", COLUMNS, ROWS)
    assert list(tmp_path.iterdir()) == []


def test_the_rights_of_the_file_stay(tmp_path: Path) -> None:
    path = written(tmp_path / "o.csv", "old")
    path.chmod(0o640)
    with replacing(path) as made:
        made.write_text("new", encoding="utf-8")
    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_new_file_gets_the_usual_rights(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_table(tmp_path / "o.csv", "csv", COLUMNS, [])
    finally:
        os.umask(before)
    assert (tmp_path / "o.csv").stat().st_mode & 0o777 == 0o640


def test_a_workbook_on_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise FileCreateError("[Errno 28] No space left on device")

    monkeypatch.setattr("xlsxwriter.Workbook.close", full)
    with pytest.raises(LicetError, match=r"E_WRITE.*No space left"):
        write_table(tmp_path / "a.xlsx", "xlsx", [Column("a")], [["x"]])
    assert list(tmp_path.iterdir()) == []
