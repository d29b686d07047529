"""`licet ledger` and the keeping of `licet check` as a person uses them."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from licet.cli.app import build
from licet.facts.errors import LicetError
from licet.ledger.adding import Entry
from licet.ledger.keys import make_key, read_key
from licet.ledger.ledger import Ledger
from licet.ledger.record import Record
from licet.services.home import home
from licet.services.ledger.opening import open_kept, open_ledger, rotate
from licet.services.orders.summary import Count, Summary
from tests.examples import FOLDER
from tests.services.impact_books import laptops
from tests.services.orders_book import book

H800 = str(FOLDER / "h800-to-china.yaml")
TO_EU = str(FOLDER / "nxt1980i-to-china.yaml")


class Shown:
    """What a run showed."""

    def __init__(self, *words: str) -> None:
        result = CliRunner().invoke(build(words[0]), [*words])
        if isinstance(result.exception, LicetError):
            raise result.exception
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        self.code, self.text, self.told = result.exit_code, result.stdout, " ".join(result.stderr.split())


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the ledger within one of Licet's own, in which the law is compiled already."""
    return _own(tmp_path, monkeypatch)


def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    before, folder = home(), tmp_path / "own"
    assert before is not None
    folder.mkdir()
    for name in ("law", "stamps"):
        if (before / name).is_dir():
            (folder / name).symlink_to(before / name)
    monkeypatch.setenv("LICET_HOME", str(folder))
    monkeypatch.delenv("LICET_LEDGER", raising=False)
    return folder / "ledger"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a ledger with two decisions, under the numbers 2 and 3."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        own = _own(folder, patch)
        Shown("ledger", "start", "--by", "an officer")
        assert Shown("check", H800, TO_EU, "--by", "an analyst").code == 10
    return own


@pytest.fixture
def kept(own: Path, made: Path) -> Path:
    """A ledger of one's own that holds these."""
    shutil.copytree(made, own)
    (own / "ledger.json").write_text(json.dumps({"url": f"sqlite:///{own / 'ledger.sqlite3'}"}), encoding="utf-8")
    return own


def test_without_a_ledger_nothing_is_kept(own: Path) -> None:
    assert Shown("check", H800).code == 10
    assert not own.exists()
    for words in (("list",), ("verify",), ("show", "2"), ("checkpoint",), ("erase", "2", "--reason", "x")):
        with pytest.raises(LicetError, match="E_NO_LEDGER: no ledger is set up - licet ledger start"):
            Shown("ledger", *words)
    shown = Shown("check", H800, "--keep")
    assert (shown.code, shown.text) == (2, "")
    assert "E_NO_LEDGER" in shown.told


def test_a_ledger_is_set_up_once(own: Path) -> None:
    shown = Shown("ledger", "start")
    assert "A ledger is set up. Its public key is " in shown.text
    assert {path.stat().st_mode & 0o077 for path in own.iterdir()} == {0}
    with pytest.raises(LicetError, match="E_LEDGER: there is a ledger already"):
        Shown("ledger", "start")


def test_a_rule_of_ones_own_is_set_up(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Shown("ledger", "start", "--years", "7")
    assert open_ledger().years == 7
    monkeypatch.setenv("LICET_LEDGER_YEARS", "10")
    assert open_ledger().years == 10
    for wrong in ("ten", "-1", "101"):
        monkeypatch.setenv("LICET_LEDGER_YEARS", wrong)
        with pytest.raises(LicetError, match=r"E_VALUE: .* is no number of years from 0 to 100"):
            open_ledger()


def test_what_is_kept_is_shown(kept: Path) -> None:
    lines = Shown("ledger", "list").text.splitlines()
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert lines[1].endswith("decision        2023-11-20  licence_required")
    shown = Shown("ledger", "show", "2").text
    assert "Record 2, kept 20" in shown
    assert "UTC by an analyst" in shown
    assert "H800" in shown
    assert "15 CFR 742.6(a)(6)(iii)" in shown
    plain = json.loads(Shown("ledger", "show", "2", "--format", "json").text)
    assert plain["decision"]["outcome"] == plain["record"]["outcome"] == "licence_required"
    assert plain["decision"]["proof"]
    assert plain["case"] == Path(H800).read_text(encoding="utf-8")
    assert "<html" in Shown("ledger", "show", "2", "--format", "html").text
    (newest,) = json.loads(Shown("ledger", "list", "--most", "1", "--json").text)
    assert newest["number"] == 3


def test_what_is_shown_does_not_change_by_keeping(kept: Path) -> None:
    for words in ((), ("--format", "json"), ("--proof",)):
        assert Shown("check", H800, *words).text == Shown("check", H800, "--no-keep", *words).text
    assert len(Shown("ledger", "list").text.splitlines()) == 6


def test_made_again(kept: Path) -> None:
    shown = Shown("ledger", "replay", "2")
    assert (shown.code, shown.text) == (0, "record 2: same\n")
    found = json.loads(Shown("ledger", "replay", "2", "--today", "--json").text)
    assert (found["status"], found["differences"]) == ("same", [])
    with pytest.raises(LicetError, match="E_NO_RECORD"):
        Shown("ledger", "replay", "1")


def test_held_released_and_erased(kept: Path) -> None:
    with pytest.raises(LicetError, match=r"E_KEPT: record 2 must be kept: 15 CFR .*762\.6, .*: until 2028-11-20"):
        Shown("ledger", "erase", "2", "--reason", "asked for")
    Shown("check", H800, "--on", "2019-11-20")  # five years are over
    assert (
        Shown("ledger", "hold", "4", "--reason", "an inquiry", "--by", "counsel").text
        == "Record 4 is held by record 5.\n"
    )
    assert "a hold stands on it" in Shown("ledger", "show", "4").text
    with pytest.raises(LicetError, match=r"E_KEPT: record 4 must be kept: hold 5"):
        Shown("ledger", "erase", "4", "--reason", "asked for")
    assert Shown("ledger", "release", "4", "--reason", "over").text == "Record 4 is free; record 6 says so.\n"
    assert Shown("ledger", "erase", "4", "--reason", "asked for").text == "Record 4 is erased; record 7 says so.\n"
    shown = Shown("ledger", "show", "4").text
    assert "erased; it was decided for 2019-11-20: " in shown
    assert "hold (record 5) counsel: an inquiry" in shown
    assert "H800" not in shown
    again = Shown("ledger", "replay", "4")
    assert (again.code, again.text[:16]) == (14, "record 4: erased")
    assert Shown("ledger", "verify").code == 0


def test_a_change_is_found(kept: Path, tmp_path: Path) -> None:
    point = tmp_path / "point.json"
    Shown("ledger", "checkpoint", "-o", str(point))
    shown = Shown("ledger", "verify", "--checkpoint", str(point))
    assert shown.code == 0
    assert "3 records, 0 erasures, 2 checkpoints: nothing was changed" in shown.text
    with open_kept().engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER licet_record_never_update")
        connection.execute(sa.text("UPDATE licet_record SET body = replace(body, 'unknown', 'free') WHERE number = 3"))
        connection.execute(sa.text("UPDATE licet_record SET body = replace(body, 'licence_required', 'free')"))
    shown = Shown("ledger", "verify")
    assert shown.code == 1
    assert "record 2: the record is not what its hash says" in shown.text
    assert "THIS LEDGER IS NOT AS IT WAS" in shown.text
    found = json.loads(Shown("ledger", "verify", "--json").text)
    assert [(one["number"], one["code"]) for one in found["findings"]] == [(2, "changed"), (3, "changed")]


@pytest.mark.parametrize(
    ("statement", "words", "text"),
    [
        (
            "UPDATE licet_part SET data = '{' WHERE record = 2 AND name = 'answer'",
            "show",
            "answer is not what was kept",
        ),
        (
            "UPDATE licet_part SET data = 'null' WHERE record = 2 AND name = 'inputs'",
            "replay",
            "inputs is not what was",
        ),
        ("UPDATE licet_part SET name = 'x' WHERE record = 2 AND name = 'lists'", "replay --today", "x is not what was"),
        ("UPDATE licet_record SET body = '[]' WHERE number = 2", "show", "its body is not"),
        (
            "UPDATE licet_record SET body = replace(body, 'licence_required', 'free') WHERE number = 2",
            "list",
            "its body",
        ),
        ("UPDATE licet_record SET body = '' WHERE number = 2", "erase", "its body is not"),
    ],
)
def test_what_was_changed_is_not_shown_as_what_was_kept(kept: Path, statement: str, words: str, text: str) -> None:
    with open_kept().engine.begin() as connection:
        for name in ("licet_record_never_update", "licet_part_never_update"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        assert connection.exec_driver_sql(statement).rowcount == 1
    what, *rest = words.split()
    given = {"list": [], "erase": ["2", "--reason", "x"]}.get(what, ["2", *rest])
    with pytest.raises(LicetError, match=f"E_CHANGED: record 2 was changed since it was kept: {text}"):
        Shown("ledger", what, *given)
    assert Shown("ledger", "verify").code == 1


def test_a_law_that_was_exchanged_makes_nothing_again(kept: Path) -> None:
    with open_kept().engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER licet_blob_never_update")
        connection.execute(sa.text("UPDATE licet_blob SET data = :law"), {"law": zlib.compress(b"licet.law/1 x y\n{}")})
    shown = Shown("ledger", "replay", "2")
    assert (shown.code, "gone or changed" in shown.text) == (15, True)


def test_the_export_holds_all_of_it(kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "ledger.zip"
    assert Shown("ledger", "export", "-o", str(out)).text == f"3 records written to {out}\n"
    with zipfile.ZipFile(out) as found:
        names = found.namelist()
        records = [json.loads(line) for line in found.read("records.jsonl").splitlines()]
        parts = [json.loads(line) for line in found.read("parts.jsonl").splitlines()]
    assert [record["number"] for record in records] == [1, 2, 3]
    assert sorted(name for name in names if not name.startswith("law/")) == [
        "README.txt",
        "parts.jsonl",
        "records.jsonl",
    ]
    assert [(part["record"], part["name"]) for part in parts] == [
        (1, "by"), *((number, name) for number in (2, 3) for name in ("answer", "by", "inputs", "lists")),
    ]  # fmt: skip


def test_what_cannot_be_kept_is_not_answered(kept: Path) -> None:
    with open_kept().engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE licet_part")
    shown = Shown("check", H800)
    assert (shown.code, shown.text) == (2, "")
    assert "E_LEDGER: the database of the ledger says: no such table: licet_part" in shown.told


def test_a_key_that_is_gone_is_told(kept: Path) -> None:
    shutil.move(kept / "key.pem", kept.parent / "key.pem")
    shown = Shown("check", H800)
    assert (shown.code, shown.text) == (2, "")
    assert "E_LEDGER_KEY" in shown.told
    assert Shown("ledger", "verify").code == 0  # what is kept can be read without it


@pytest.mark.parametrize(
    "url", ["mysql://u:secret@h/d", "postgresql://u:secret@127.0.0.1:1/d", "no url", "sqlite:////nowhere/l"]
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(own: Path, url: str) -> None:
    with pytest.raises(LicetError) as told:
        Shown("ledger", "start", url)
    assert told.value.problems[0].code in ("E_LEDGER", "E_LEDGER_URL")
    assert "secret" not in str(told.value)
    assert not (own / "ledger.json").exists()


def test_an_interview_is_kept(kept: Path, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    shutil.copy(H800, case)
    result = CliRunner().invoke(build("ask"), ["ask", str(case), "--by", "an analyst"], input="quit\n")
    assert result.exit_code == 0
    plain = json.loads(Shown("ledger", "show", "4", "--format", "json").text)
    assert (plain["by"], plain["case"]) == ("an analyst", case.read_text(encoding="utf-8"))
    assert plain["decision"]["outcome"] == "licence_required"
    assert Shown("ledger", "replay", "4").text == "record 4: same\n"
    with open_kept().engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE licet_part")
    result = CliRunner().invoke(build("ask"), ["ask", str(case)], input="quit\n")
    assert isinstance(result.exception, LicetError)
    assert "licence required" not in result.output


def test_a_run_over_an_order_book_is_kept(kept: Path, tmp_path: Path) -> None:
    table, out = book(tmp_path), tmp_path / "out.csv"
    run = ("batch", str(table), "-o", str(out), "--jobs", "1")
    assert Shown(*run, "--by", "an analyst").code == 1
    plain = json.loads(Shown("ledger", "show", "4", "--format", "json").text)
    says, receipt = plain["record"], json.loads((tmp_path / "out.csv.made-from.json").read_text(encoding="utf-8"))
    assert (says["kind"], says["schema"], says["lines"], says["rejected"]) == ("batch", "licet.ledger/4", 8, 1)
    assert sum(says["outcomes"].values()) == 8
    assert says["result_sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert says["law"]["snapshot"] == receipt["law"]
    assert (says["table_sha256"], plain["parts"]["inputs"]["table"]) == (receipt["table_sha256"], receipt["table"])
    assert str(tmp_path) not in json.dumps(says)
    assert "8 lines: " in Shown("ledger", "show", "4").text
    assert Shown("ledger", "list").text.splitlines()[0].split()[3] == "batch"
    assert Shown("ledger", "replay", "4").code == 15
    assert Shown("ledger", "verify").code == 0
    with open_kept().engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE licet_part")
    shown = Shown(*run, "--on", "2024-01-01")
    assert (shown.code, shown.text, out.exists()) == (2, "", False)


def test_the_key_is_rotated(kept: Path, tmp_path: Path) -> None:
    point = tmp_path / "point.json"
    Shown("ledger", "checkpoint", "-o", str(point))
    old, running = (kept / "key.pem").read_bytes(), open_ledger()
    shown = Shown("ledger", "rotate", "--reason", "once a year", "--by", "an officer").text
    assert shown.startswith("Record 4 names the new key, ")
    assert (kept / "key.pem").read_bytes() != old
    assert (kept / "key.pem").stat().st_mode & 0o077 == 0
    assert not (kept / "key.pem.new").exists()
    assert Shown("check", H800).code == 10
    running.keep(
        Entry({"list": "us.el", "entry": "1", "decision": "true"}), kind="hit"
    )  # a server that was started before
    found = Shown("ledger", "verify", "--checkpoint", str(point))
    assert (found.code, " then " in found.text) == (0, True)
    (kept / "key.pem").write_bytes(old)
    shown_refused = Shown("check", H800)
    assert (shown_refused.code, shown_refused.text) == (2, "")
    assert "E_LEDGER_KEY" in shown_refused.told


def test_a_rotation_that_was_cut_short_goes_on(kept: Path) -> None:
    new = make_key(kept / "key.pem.new")
    assert Shown("check", H800).code == 10  # the ledger does not name it, so the old one signs
    assert new.public in Shown("ledger", "rotate", "--reason", "once a year").text
    other = make_key(kept / "key.pem.new")
    open_ledger().rotate(other, "x", "y")
    assert (kept / "key.pem.new").exists()
    assert Shown("check", H800).code == 10  # the ledger names it, so it is put in place
    assert read_key(kept / "key.pem").public == other.public
    assert Shown("ledger", "verify").code == 0


def test_a_new_key_of_another_rotation_does_not_overwrite_the_one_that_signs(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turned = Ledger.rotate

    def meanwhile(self: Ledger, *given: Any) -> Record:
        record = turned(self, *given)
        (kept / "key.pem.new").replace(kept / "key.pem")  # somebody writes, and somebody else begins to rotate
        make_key(kept / "key.pem.new")
        return record

    monkeypatch.setattr(Ledger, "rotate", meanwhile)
    _, record = rotate("an officer", "once a year")
    assert read_key(kept / "key.pem").public == record.says["key"]
    assert Shown("check", H800).code == 10


def test_rotations_at_one_time_each_take_their_turn(kept: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        records = [record for _, record in pool.map(lambda number: rotate("x", f"the {number}th"), range(4))]
    keys = [record.says["key"] for record in sorted(records, key=lambda record: record.number)]
    assert len({*keys}) == 4 and read_key(kept / "key.pem").public == keys[-1]
    assert Shown("ledger", "verify").code == 0


def test_what_is_found_out_is_kept(kept: Path, tmp_path: Path) -> None:
    owners, item = str(FOLDER / "owners" / "two-persons.yaml"), tmp_path / "item.yaml"
    item.write_text("name: a tool\nkind: machine_tool\ndeclared: {us: 2B001.b.2}\n", encoding="utf-8")
    asked = (
        ("classify", str(item), "--on", "2026-07-23", "--scheme", "us"),
        ("own", owners),
        ("own", owners, "--format", "json"),
    )
    for number, words in enumerate(asked, 4):
        without = Shown(*words, "--no-keep")
        shown = Shown(*words, "--by", "an analyst")
        assert (shown.code, shown.text) == (without.code, without.text)
        assert Shown("ledger", "replay", str(number)).text == f"record {number}: same\n"
        assert Shown("ledger", "replay", str(number), "--today").text == f"record {number}: same\n"
        assert "by an analyst" in Shown("ledger", "show", str(number)).text
    lines = Shown("ledger", "list").text.splitlines()
    assert [line.split()[3] for line in lines[:3]] == ["ownership", "ownership", "classification"]
    assert " proven" in lines[0]
    assert "declared 2B001.b.2" in Shown("ledger", "show", "4").text
    assert Shown("ledger", "verify").code == 0
    with open_kept().engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE licet_part")
    for words in asked:
        shown = Shown(*words)
        assert (shown.code, shown.text) == (2, "") and "E_LEDGER" in shown.told


def test_an_impact_is_kept_before_it_is_shown(kept: Path, tmp_path: Path) -> None:
    patch, out = str(FOLDER / "proposals" / "density-line-at-4.yaml"), tmp_path / "out.csv"
    table = laptops(tmp_path)
    words = ("impact", str(table), "--patch", patch, "--jobs", "1", "--no-screen", "-o", str(out))
    assert Shown(*words, "--by", "an analyst").code == 30
    says = json.loads(Shown("ledger", "show", "4", "--format", "json").text)["record"]
    assert (says["kind"], says["lines"], says["flipped"], says["exit_code"]) == ("impact", 2, 1, 30)
    assert says["table_sha256"] == hashlib.sha256(table.read_bytes()).hexdigest()
    assert says["proposal_sha256"] == hashlib.sha256(Path(patch).read_bytes()).hexdigest()
    assert {side["law"] for side in says["sides"]} == {says["law"]["snapshot"]}
    assert Shown("ledger", "replay", "4").code == 15
    out.unlink()
    with open_kept().engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE licet_part")
    shown = Shown(*words)
    assert (shown.code, shown.text, out.exists()) == (2, "", False)


def test_a_line_that_is_explained_is_kept_as_a_decision(kept: Path, tmp_path: Path) -> None:
    table, out = book(tmp_path), tmp_path / "out.csv"
    Shown("batch", str(table), "-o", str(out), "--jobs", "1", "--no-keep")
    without = Shown("batch", "explain", str(out), "L1", "--no-keep")
    shown = Shown("batch", "explain", str(out), "L1", "--by", "an analyst")
    assert (shown.code, shown.text) == (without.code, without.text)
    plain = json.loads(Shown("ledger", "show", "4", "--format", "json").text)
    assert (plain["record"]["kind"], plain["by"], plain["record"]["on"]) == ("decision", "an analyst", "2024-03-02")
    assert json.loads(plain["case"])["case"] == "Line L1 of book.csv"
    assert Shown("ledger", "replay", "4").text == "record 4: same\n"
    with open_kept().engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE licet_part")
    shown = Shown("batch", "explain", str(out), "L1")
    assert (shown.code, shown.text) == (2, "") and "E_LEDGER" in shown.told


def test_a_folder_of_spark_that_cannot_be_kept_is_not_handed_out(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decided(checker: object, orders: object, wanted: object, table: str, target: str) -> tuple[Summary, int]:
        Path(target, "set_apart=false").mkdir(parents=True)
        return Summary(8, (Count("unknown", 8, 8, None),)), 1

    monkeypatch.setattr("licet.services.orders.spark_run.run_into", decided)
    table, out = book(tmp_path), tmp_path / "out"
    words = ("batch", str(table), "-o", f"{out}/", "--engine", "spark", "--no-lists")
    assert Shown(*words).code == 1
    assert json.loads(Shown("ledger", "list", "--most", "1", "--json").text)[0]["kind"] == "batch"
    shutil.rmtree(out)
    with open_kept().engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE licet_part")
    shown = Shown(*words)
    assert (shown.code, shown.text, out.exists()) == (2, "", False)
    assert "no such table" in shown.told and "the result is not handed out, because it is not kept" in shown.told
