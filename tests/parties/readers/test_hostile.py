"""Files made to harm, cut short, or in the wrong encoding: a clear refusal, never a smaller list."""

from __future__ import annotations

import gzip
import io
import json
import os
import time
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from licet.facts.errors import LicetError
from licet.parties.readers.countries import countries_said, country_in
from licet.parties.readers.dates import births, federal_register
from licet.parties.readers.harvest import Wanted
from licet.parties.readers.ofac_remarks import read_remarks
from licet.parties.readers.registry import read_list, read_source
from licet.parties.readers.safe import Limits, Source, open_source, unfold
from licet.parties.readers.sheet import open_sheets
from licet.parties.readers.text import both_scripts
from tests.parties.readers.reading import OWN, changed, code, refused, said
from tests.parties.readers.samples import SAMPLES, file, parsed, xlsx

CSL = file("csl_reduced.json").data
UN = file("un.xml").data
TEXTS = [form for form in SAMPLES if not form.endswith("xlsx")]


def whole(form: str) -> int:
    found = read_source(SAMPLES[form], OWN if form == "own" else Wanted())
    return sum(len(one.entries) for one in found.values())


@pytest.mark.parametrize("form", TEXTS)
def test_a_file_cut_anywhere_is_refused_or_whole(form: str) -> None:
    """Where a row ends nothing tells of a cut, but in the formats that count, nest or close."""
    data, count = SAMPLES[form].data, whole(form)
    ends = {at + 1 for at, byte in enumerate(data) if byte == 10} | {len(data) - 1, len(data) - 2}
    rows = not data.lstrip().startswith((b"{", b"[", b"<")) and form != "us.ofac.csv"
    for at in range(0, len(data), 1 if rows else 7):
        try:
            found = read_source(changed(form, data[:at]), OWN if form == "own" else Wanted(), form)
        except LicetError:
            continue
        seen = sum(len(one.entries) for one in found.values())
        assert seen == count or (rows and at in ends) or form in ("own", "os.ftm"), at


@pytest.mark.parametrize("form", ["au.dfat.xlsx", "uk.xlsx"])
def test_a_workbook_cut_anywhere_is_refused(form: str) -> None:
    data = SAMPLES[form].data
    for at in range(5, len(data) - 1, 97):
        assert code(changed(form, data[:at])) in ("P_CUT_SHORT", "P_FORMAT")
    assert code(changed(form, data[: len(data) // 2])) == "P_CUT_SHORT"


@pytest.mark.parametrize(
    "form", ["us.csl.reduced", "us.csl.json", "jp.meti.json", "un.xml", "us.ofac.xml", "eu.fsf.xml"]
)
def test_what_ends_early_is_called_so(form: str) -> None:
    data = SAMPLES[form].data.rstrip()
    for end in (data[:-1], data[: len(data) * 3 // 4]):
        assert code(changed(form, end), Wanted(), form) == "P_CUT_SHORT"


def test_a_count_that_does_not_fit() -> None:
    assert code(changed("us.csl.reduced", CSL.replace(b'"entryCount": 3', b'"entryCount": 4'))) == "P_CUT_SHORT"


def test_gzip(tmp_path: Path) -> None:
    path = tmp_path / "csl.json.gz"
    packed = gzip.compress(CSL)
    path.write_bytes(packed)
    assert set(read_list(path)) == {"us.el", "us.sdn", "us.dpl"}
    path.write_bytes(packed + gzip.compress(b" ") + bytes(512))
    assert set(read_list(path)) == {"us.el", "us.sdn", "us.dpl"}
    for data, told in ((packed[:-9], "P_CUT_SHORT"), (packed[:40] + b"\xff" * 40, "P_FORMAT")):
        path.write_bytes(data)
        assert told_of(path) == told


def told_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(LicetError) as caught:
        read_list(path, limits=limits or Limits())
    return caught.value.problems[0].code


def test_gzip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(bytes(8 << 20)))
    assert told_of(path) == "P_BOMB"
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    many = b"".join(gzip.compress(bytes(1 << 16)) for _ in range(40))
    source = Source("m", b"", limits=Limits(size=1 << 20))
    with pytest.raises(LicetError):
        unfold(many, source)
    with pytest.raises(LicetError, match="P_BOMB"):
        unfold(gzip.compress(b"") * 2_000, source)
    assert unfold(engine.compress(b"ab") + engine.flush(), source) == b"ab"


def test_a_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name\n" + b"a\n" * 1000)
    assert told_of(path, Limits(size=1000)) == "P_TOO_LARGE"
    with pytest.raises(LicetError, match="P_TOO_LARGE"):
        read_list(path, "own.x", limits=Limits(rows=100))


def test_what_is_no_file(tmp_path: Path) -> None:
    assert told_of(tmp_path / "none.csv") == "P_MISSING"
    assert told_of(tmp_path) == "P_PATH"
    os.mkfifo(tmp_path / "pipe.csv")
    assert told_of(tmp_path / "pipe.csv") == "P_PATH"


def test_links_are_not_followed_out_of_their_folder(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "secret.json").write_bytes(CSL)
    (tmp_path / "lists" / "csl.json").symlink_to("../secret.json")
    assert told_of(tmp_path / "lists" / "csl.json") == "P_PATH"
    (tmp_path / "csl.json").symlink_to("secret.json")
    assert "us.el" in read_list(tmp_path / "csl.json")
    (tmp_path / "loop.json").symlink_to("loop.json")
    assert told_of(tmp_path / "loop.json") == "P_PATH"


def test_a_file_beside_that_is_a_link_elsewhere_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "ofac"
    folder.mkdir()
    (tmp_path / "alt.csv").write_bytes(SAMPLES["us.ofac.csv"].parts["alt"].data)
    (folder / "sdn.csv").write_bytes(SAMPLES["us.ofac.csv"].data)
    (folder / "alt.csv").symlink_to(tmp_path / "alt.csv")
    assert told_of(folder / "sdn.csv") == "P_PATH"


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize("form", ["un.xml", "us.ofac.xml", "eu.fsf.xml"])
@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE])
def test_xml_with_a_document_type(form: str, declared: str) -> None:
    head, end, rest = SAMPLES[form].data.decode().partition("?>")
    assert code(changed(form, head + end + declared + rest), Wanted(), form) == "P_BOMB"


def test_xml_nested_without_end() -> None:
    text = UN.replace(b"<INDIVIDUALS>", b"<INDIVIDUALS>" + b"<a>" * 100_000, 1)
    assert code(changed("un.xml", text), Wanted(), "un.xml") == "P_BOMB"


def test_xml_in_an_encoding_nobody_knows() -> None:
    text = UN.replace(b'encoding="UTF-8"', b'encoding="x-klingon"')
    assert code(changed("un.xml", text), Wanted(), "un.xml") in ("P_ENCODING", "P_FORMAT")


def test_json_nested_without_end_and_numbers_without_end() -> None:
    nested = b'{"sourceGeneratedAt": 1, "entryCount": ' + b"[" * 200_000
    assert code(changed("us.csl.reduced", nested)) == "P_BOMB"
    long = b'{"sourceGeneratedAt": 1, "entryCount": ' + b"1" * 10_000 + b"}"
    assert code(changed("us.csl.reduced", long)) == "P_TOO_LARGE"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("Name\nBeispiel\n".encode("utf-32"), "P_ENCODING"),
        ("Name\nBeispiel\n".encode("utf-16-le"), "P_ENCODING"),
        (b"Name\nBei\x00spiel\n", "P_ENCODING"),
        (b"Name\nB\xc3", "P_CUT_SHORT"),
        ("Name\nБ\n".encode("koi8-r"), "P_ENCODING"),
        (b"Name\n" + b"x" * 3_000 + b"\n", "P_TOO_LARGE"),
        (b"Name,Note\nx," + b"x" * 200_000 + b"\n", "P_TOO_LARGE"),
        (b"Name" + b",a" * 2_000 + b"\n", "P_TOO_LARGE"),
        (b'Name\n"a"b\n', "P_FORMAT"),
        (b'Name\n"a\n', "P_CUT_SHORT"),
        (b"Name,Name\na,b\nc,d,e\n", "P_FORMAT"),
        (b"Name\n", "P_EMPTY"),
        (b"", "P_FORMAT"),
        (b"MZ\x90\x00\x03", "P_FORMAT"),
        (b"\xd0\xcf\x11\xe0" * 100, "P_FORMAT"),
    ],
)
def test_text_that_is_none(data: bytes, told: str) -> None:
    assert code(Source("list.csv", data)) == told


def test_nothing_fits_and_the_error_says_what_was_tried() -> None:
    error = refused(Source("photo.jpg", b"\xff\xd8\xff\xe0 JFIF"), Wanted())
    assert error.problems[0].code == "P_FORMAT"
    assert "UN Security Council consolidated list, XML" in error.problems[0].message


def test_hidden_characters_are_taken_out_of_names() -> None:
    text = "Name,Alias\n\u202eeman liv\u202cE,Hua\u200bwei\u2066\u00ad\nA\u200dB,میان\u200cرودان\n\u200e\u2060,x\n"
    found = read_source(Source("s.csv", text.encode()), OWN)["own.test"]
    assert [said(one) for one in found.entries] == [
        [("eman livE", "primary"), ("Huawei", "alias")],
        [("AB", "primary"), ("میان\u200cرودان", "original")],
        [("x", "primary")],
    ]


ENDLESS = [",", ". ", "1 ", "(", "(a", "a) ", "A.B. ", "a.k.a. '", "Passport A ", "84 FR 1, ", "中", " and ", "DOB 1 "]


@pytest.mark.parametrize("piece", ENDLESS)
def test_long_texts_take_no_long_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    country_in(f"x{text}x")
    countries_said(text)
    births([text])
    federal_register(text)
    read_remarks(text)
    both_scripts(text)
    assert time.process_time() - start < 3


def test_half_a_surrogate_in_json_is_dropped() -> None:
    whole = parsed("csl_reduced.json")
    whole["entries"][0]["n"] = "A\ud800B"
    assert read_source(changed("us.csl.reduced", json.dumps(whole)))["us.el"].entries[0].name == "AB"


def repacked(change: dict[str, bytes | None], names: dict[str, str] | None = None) -> Source:
    """A workbook with some of its parts changed, taken out or renamed."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx([["Name"], ["Beispiel"]]))) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = {name: old.read(name) for name in old.namelist()} | change
        for name, data in parts.items():
            if data is not None:
                new.writestr((names or {}).get(name, name), data)
    return Source("book.xlsx", held.getvalue())


SHEET = "xl/worksheets/sheet1.xml"
BOX = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def test_a_workbook_repacked_is_still_read() -> None:
    assert len(read_source(repacked({}), OWN)["own.test"].entries) == 1


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"/></row>', "P_TOO_LARGE"),
        (b"<row r = '1048576'><c r = 'xfd1048576'><v>1</v></c></row>", "P_TOO_LARGE"),
        (b'<row r="99999999999999999999"><c><v>1</v></c></row>', "P_FORMAT"),
        (b'<row r="1"><c r="xxxxxxxxxxxxxxxxxxxx1"><v>1</v></c></row>', "P_FORMAT"),
        (b"<row><c t='s'><v><![CDATA[0]]></v></c></row>", "P_BOMB"),
        (b"<row><c t='s'><v>&#48;</v></c></row>", "P_BOMB"),
        (b"<row><c t='s'><v>0<!-- x -->0</v></c></row>", "P_BOMB"),
    ],
)  # fmt: skip
def test_workbooks_that_spread_or_hide(sheet: bytes, told: str) -> None:
    assert code(repacked({SHEET: BOX % sheet})) == told


def test_a_workbook_that_repeats_one_long_text() -> None:
    strings = b"<sst><si><t>" + os.urandom(150_000).hex().encode() + b"</t></si></sst>"
    cells = b"<row>" + b'<c t="s"><v>0</v></c>' * 1_000 + b"</row>"
    assert code(repacked({"xl/sharedStrings.xml": strings, SHEET: BOX % cells})) == "P_BOMB"


def test_a_workbook_without_shared_texts() -> None:
    cells = b'<row><c t="inlineStr"><is><t>%s</t></is></c></row>'
    sheet = BOX % (cells % b"Name" + cells % b"Beispiel")
    found = read_source(repacked({"xl/sharedStrings.xml": None, SHEET: sheet}), OWN)["own.test"]
    assert [one.name for one in found.entries] == ["Beispiel"]


def test_a_workbook_that_announces_texts_without_end() -> None:
    strings = b'<sst count="99999999999999" uniqueCount="99999999999999"><si><t>Name</t></si></sst>'
    assert code(repacked({"xl/sharedStrings.xml": strings})) == "P_BOMB"


def test_a_zip_bomb() -> None:
    assert code(repacked({"xl/media/x.bin": bytes(30 << 20)})) == "P_BOMB"


def test_a_zip_that_lies_about_a_length() -> None:
    source = repacked({"xl/media/x.bin": b"0123456789" * 100})
    data = source.data.replace((1000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert data != source.data
    assert code(replace(source, data=data)) == "P_BOMB"


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/passwd", "xl\\..\\..\\evil"])
def test_parts_with_paths(name: str) -> None:
    assert code(repacked({"docProps/app.xml": b"<a/>"}, {"docProps/app.xml": name})) == "P_PATH"


def test_other_archives_and_workbooks() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("sdn.csv", "1")
    assert code(Source("sdn.zip", held.getvalue())) == "P_FORMAT"
    assert code(repacked({"xl/workbook.bin": b"x"})) == "P_FORMAT"
    assert code(repacked({"xl/workbook.xml": None})) == "P_FORMAT"
    assert code(repacked({SHEET: b"<worksheet"})) in ("P_FORMAT", "P_COLUMN")
    assert code(repacked({SHEET: BOX.decode().replace("<worksheet", "<!DOCTYPE x><worksheet").encode()})) == "P_BOMB"
    assert code(repacked({SHEET: "<worksheet/>".encode("utf-16")})) == "P_ENCODING"


def test_sheets_are_opened_once() -> None:
    source = open_sheets(repacked({}))
    assert [(name, rows) for name, rows in source.sheets] == [("Sheet1", [(1, ["Name"]), (2, ["Beispiel"])])]


def test_open_source_unfolds(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"x"))
    assert (open_source(path).name, open_source(path).data) == ("a.csv", b"x")
