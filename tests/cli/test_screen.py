"""`licet screen` and `licet hits`: forms, exit codes, tables in and out, refusals."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from licet.cli import hits
from licet.cli.screen import screen
from licet.facts.errors import LicetError
from licet.ledger.store import Store, last
from licet.parties.entry import Entry
from licet.parties.match.hit import DEFAULT_THRESHOLD
from licet.services import screen_open
from licet.services.check import Checker
from licet.services.kept import Compiled
from licet.services.ledger.opening import start
from licet.services.ledger.show import Shown, read_shown
from licet.services.screen_schema import FILE, screening_schema, text
from licet.services.screen_tables import open_table
from tests.services.screen_fakes import ENTRIES, FakeStore

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
DAY = ("--on", "2026-07-31")
OURS = (*DAY, "--list", "us.el", "--list", "us.sdn", "--list", "uk")

app = typer.Typer()
app.command("screen")(screen)
app.add_typer(hits.app, name="hits")


@pytest.fixture
def store(checker: Checker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeStore:
    """A store of three entries, in use."""
    store = FakeStore()
    monkeypatch.setattr("licet.services.home.load_compiled", lambda: Compiled(checker.law, checker.known))
    monkeypatch.setattr(screen_open, "open_store", lambda: store)
    monkeypatch.setenv("LICET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return store


@pytest.fixture
def run(store: FakeStore) -> Run:
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, list(arguments))


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


# --- text ----------------------------------------------------------------------------------------


def test_a_hit_in_text(run: Run) -> None:
    result = run("screen", "Zelkova Quantum", "--role", "end_user", *OURS)
    assert result.exit_code == 20
    said = " ".join(result.stdout.split())
    for words in (
        "Zelkova Quantum (end user) – hit",
        "Zelkova Quantum Devices Co., Ltd. – EL list (us.el)",
        "firm, China (CN), entry el-1, on the list since 2023-04-01 [88 FR 99999]",
        "review: Presumption of denial; licence exceptions barred",
        "bites Export Administration Regulations (US), export, reexport",
        "Licence required because an entity on the Entity List is a party",
        "presumption of denial [15 CFR 744.11(a), 744.16(c)]",
        "to rule it out: ask for the country: the entry's is China",
        "complete yes",
    ):
        assert words in said
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_which_alias_matched(run: Run) -> None:
    assert "found by its name in its own script 榉木量子器件有限公司" in run("screen", "榉木量子器件", *OURS).stdout


@pytest.mark.parametrize("columns", ["80", "100", "120"])
def test_text_fits_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = run("screen", "Zelkova Quantum", "Igor Testovich", *OURS).stdout.splitlines()
    assert 60 < max(map(len, lines)) <= min(100, int(columns))


def test_the_same_effect_is_told_once(run: Run, store: FakeStore) -> None:
    store.entries = (*ENTRIES, *(replace(ENTRIES[0], id=f"el-{number}") for number in (8, 9)))
    said = run("screen", "Zelkova Quantum Devices", "--role", "carrier", *OURS).stdout
    assert said.count("A listed entity takes part in another role") == 1
    assert said.count("effect: the same as of") == 2


def test_no_hit_and_all_fresh(run: Run) -> None:
    result = run("screen", "Quite Another Bakery", *OURS)
    assert result.exit_code == 0
    assert "Quite Another Bakery – no hit\n" in result.stdout


def test_no_hit_is_not_clear_where_a_list_is_stale_or_missing(run: Run, store: FakeStore) -> None:
    store.stale = ("us.el",)
    result = run("screen", "Quite Another Bakery", *OURS)
    assert result.exit_code == 21
    assert "no hit, but not clear: see below" in result.stdout
    assert "us.el: last seen 40 days ago" in result.stdout
    store.stale = ()
    missing = run("screen", "Quite Another Bakery", *DAY)
    assert missing.exit_code == 21
    assert "not loaded: " in missing.stdout


def test_an_older_day_and_what_was_known_then(run: Run) -> None:
    result = run("screen", "Zelkova Quantum", *OURS, "--known", "2026-07-01")
    assert result.exit_code == 21
    assert "no list is loaded" in result.stdout


# --- JSON ----------------------------------------------------------------------------------------


def test_json_is_a_list_that_fits_the_schema(run: Run) -> None:
    result = run("screen", "Zelkova Quantum", "Igor Testovich", "Bakery", *OURS, "--format", "json")
    data = json.loads(result.stdout)
    assert [one["query"]["result"] for one in data] == ["hit", "hit", "no_hit"]
    assert [error.message for error in Draft202012Validator(screening_schema()).iter_errors(data)] == []


def test_the_published_schema_is_fresh() -> None:
    published = (ROOT / "schemas" / FILE).read_text(encoding="utf-8")
    assert published == text(), "run: python -m licet.services.screen_schema schemas/"


# --- tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_a_table_in_and_a_table_out(run: Run, tmp_path: Path, form: str) -> None:
    table(
        tmp_path / "in.csv",
        "名称;国家;角色",
        "Zelkova Quantum Devices;CN;end user",
        ";CN;",
        "=Bakery;Atlantis;",
        "Igor Testovich;;bank",
    )
    result = run("screen", "--file", "in.csv", *OURS, "-o", f"out.{form}")
    assert result.exit_code == 20, result.output
    made = open_table(tmp_path / f"out.{form}")
    rows = [dict(zip(made.columns, line.cells, strict=True)) for line in made.lines]
    assert [(row["row"], row["result"]) for row in rows] == [
        ("2", "hit"),
        ("3", "failed"),
        ("4", "no_hit"),
        ("5", "hit"),
    ]
    first, failed, odd, _ = rows
    assert (first["list"], first["entry"], first["since"]) == ("us.el", "el-1", "2023-04-01")
    assert float(first["score"]) > 0.9
    assert "Licence required because an entity" in first["bites"]
    assert failed["notes"] == "the name is empty"
    assert odd["name"] == ("=Bakery" if form == "parquet" else "'=Bakery")
    assert odd["notes"] == "country 'Atlantis' is not known"
    assert sorted(entry.name for entry in tmp_path.glob("*.*")) == ["in.csv", f"out.{form}"]


def test_csv_to_standard_output(run: Run) -> None:
    result = run("screen", "Zelkova Quantum", *OURS, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["result"], row["entry"], row["complete"]) == ("hit", "el-1", "yes")


def test_text_of_a_table_tells_only_what_there_is_to_tell(run: Run, tmp_path: Path) -> None:
    table(tmp_path / "in.csv", "name", "Bakery One", "Zelkova Quantum", "…", "Bakery Two")
    result = run("screen", "--file", "in.csv", *OURS)
    assert "row 3: Zelkova Quantum – hit" in result.stdout
    assert "row 4: … – not screened" in result.stdout
    assert "Bakery" not in result.stdout
    assert "4 parties: 1 with a hit, 2 clear, 1 not screened" in result.stdout


def test_options_stand_in_for_what_rows_do_not_say(run: Run, tmp_path: Path) -> None:
    table(tmp_path / "in.csv", "Buyer,Role", "Zelkova Quantum,", "Zelkova Quantum,carrier")
    options = ("--column", "name=Buyer", "--role", "end_user", "--country", "China", "--format", "json")
    first, second = json.loads(run("screen", "--file", "in.csv", *OURS, *options).stdout)
    assert (first["query"]["roles"], second["query"]["roles"]) == (["end_user"], ["carrier"])
    assert first["query"]["countries"] == ["CN"]


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "E_ASK"),
        (("A", "--file", "in.csv"), "E_ASK"),
        (("A", "--format", "xlsx"), "E_ASK"),
        (("",), "E_NAME"),
        (("x" * 10_000,), "E_NAME"),
        (("A", "--role", "boss"), "E_VALUE"),
        (("A", "--country", "Atlantis"), "E_VALUE"),
        (("A", "--born", "02/03/1972"), "E_VALUE"),
        (("A", "--threshold", "1.5"), "E_VALUE"),
        (("A", "--limit", "0"), "E_VALUE"),
        (("A", "--on", "yesterday"), "E_DATE"),
        (("A", "--known", "yesterday"), "E_KNOWN"),
        (("A", "--list", "us.ell"), "E_LIST"),
        (("--file", "none.csv"), "E_NO_FILE"),
        (("--file", "empty.csv"), "E_TABLE"),
        (("--file", "in.csv", "--column", "name=Buyer"), "E_COLUMN"),
        (("--file", "in.csv", "--role", "boss"), "E_VALUE"),
        (("--file", "in.csv", "-o", "in.csv"), "E_WRITE"),
        (("A", "-o", "no/such/a.csv"), "E_WRITE"),
    ],
)
def test_bad_input(run: Run, tmp_path: Path, arguments: tuple[str, ...], code: str) -> None:
    table(tmp_path / "in.csv", "name", "Acme")
    table(tmp_path / "empty.csv", "name")
    result = run("screen", *arguments, *([] if "--on" in arguments else DAY))
    assert result.exit_code == 2
    assert f"{code}: " in result.stderr
    assert "Traceback" not in result.output
    assert (tmp_path / "in.csv").read_text(encoding="utf-8") == "name\nAcme\n"


def test_bad_input_as_json(run: Run) -> None:
    result = run("screen", "", *DAY, "--format", "json")
    assert json.loads(result.stdout)["errors"][0]["code"] == "E_NAME"


def test_control_characters_do_not_reach_the_terminal(run: Run, store: FakeStore, tmp_path: Path) -> None:
    name = ENTRIES[0].names[0]
    odd = Entry("us.el", "el-\x1b[2J", (type(name)("Zelkova\x1b[31m Quantum"),), note="\x1b")
    store.entries = (odd, *ENTRIES[1:])
    table(tmp_path / "in.csv", "name", "Zelkova\x1b[31m Quantum")
    for arguments in (("Zelkova Quantum\x1b[31m",), ("--file", "in.csv")):
        result = run("screen", *arguments, *OURS)
        assert result.exit_code == 20
        assert "\x1b" not in result.stdout


# --- decisions -----------------------------------------------------------------------------------


def test_a_decision_silences_the_hit_and_can_be_let_go(run: Run) -> None:
    why = ("--reason", "born 1990", "--by", "A. Tester")
    made = run("hits", "decide", "Igor Testovich", "us.sdn:sdn-7", "--false", *why)
    assert made.exit_code == 0, made.output
    assert made.stdout.startswith("1: Igor Testovich is not TESTOVICH, Igor Primerovich (us.sdn:sdn-7), A. Tester on ")
    screened = run("screen", "Igor Testovich", *OURS)
    assert screened.exit_code == 0
    assert "decided: false match by A. Tester on " in screened.stdout
    assert json.loads(run("hits", "list", "--format", "json").stdout)[0]["entry"] == "sdn-7"
    assert run("hits", "forget", "1", *why).exit_code == 0
    assert run("screen", "Igor Testovich", *OURS).exit_code == 20
    assert run("hits", "list").stdout == "nothing has been decided\n"


def test_an_entry_that_changed_is_open_again_and_says_why(run: Run, store: FakeStore) -> None:
    run("hits", "decide", "Igor Testovich", "us.sdn:sdn-7", "--false", "--reason", "x", "--by", "A")
    store.entries = (*ENTRIES[:1], Entry("us.sdn", "sdn-7", ENTRIES[1].names), ENTRIES[2])
    result = run("screen", "Igor Testovich", *OURS)
    assert result.exit_code == 20
    assert "open again: the entry has changed since (kind: person is now unknown" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("Igor", "us.sdn:sdn-7"), "E_DECISION"),
        (("Igor", "us.sdn:sdn-7", "--true", "--false"), "E_DECISION"),
        (("Igor", "us.sdn:none", "--true"), "E_ENTRY"),
        (("Igor", "us.none:sdn-7", "--true"), "E_LIST"),
        (("Igor", "sdn-7", "--true"), "E_LIST"),
        (("…", "us.sdn:sdn-7", "--true"), "E_VALUE"),
        (("Igor", "us.sdn:sdn-7", "--true", "--country", "Atlantis"), "E_VALUE"),
    ],
)
def test_decisions_that_say_too_little(run: Run, arguments: tuple[str, ...], code: str) -> None:
    result = run("hits", "decide", *arguments, "--reason", "x", "--by", "A")
    assert isinstance(result.exception, LicetError)
    assert result.exception.problems[0].code == code


def test_a_screen_and_a_case_look_equally_far(run: Run) -> None:
    (answer,) = json.loads(run("screen", "Zelkova QD", *OURS, "--format", "json").stdout)
    assert answer["query"]["threshold"] == DEFAULT_THRESHOLD


@pytest.fixture
def ledger(store: FakeStore) -> Store:
    """A ledger that is set up."""
    return start("", "an officer").store


def newest(ledger: Store) -> Shown:
    with ledger.reading() as connection:
        record = last(connection)
    assert record is not None
    return read_shown(ledger, record.number)


def test_a_screen_is_kept_before_it_is_shown(run: Run, ledger: Store) -> None:
    result = run("screen", "Zelkova QD", *OURS, "--by", "an analyst")
    assert result.exit_code == 20
    assert result.output == run("screen", "Zelkova QD", *OURS, "--no-keep").output
    found = newest(ledger)
    assert (found.record.kind, found.record.number, found.by) == ("screening", 2, "an analyst")
    assert (found.record.says["result"], found.record.says["table"]) == ("hit", "")
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE licet_part")
    for form in ("text", "json", "csv"):
        result = run("screen", "Zelkova QD", *OURS, "--format", form)
        assert (result.exit_code, "Zelkova" in result.stdout) == (2, False)


def test_a_table_that_is_screened_is_named_by_its_hash(run: Run, ledger: Store, tmp_path: Path) -> None:
    given = table(tmp_path / "parties.csv", "name,country", "Zelkova QD,CN", "Nobody,DE")
    out = tmp_path / "out.csv"
    assert run("screen", "--file", str(given), *OURS, "-o", str(out)).exit_code == 20
    says = newest(ledger).record.says
    assert says["table"] == hashlib.sha256(given.read_bytes()).hexdigest()
    assert says["parties"] == {"clear": 1, "hits": 1, "unclear": 0, "failed": 0}
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE licet_part")
    assert run("screen", "--file", str(given), *OURS, "-o", str(tmp_path / "other.csv")).exit_code == 2
    assert not (tmp_path / "other.csv").exists()


def test_a_hit_that_is_decided_is_kept(run: Run, ledger: Store) -> None:
    decided = ("hits", "decide", "Zelkova QD", "us.el:el-1", "--false", "--by", "an officer", "--reason", "a namesake")
    assert run(*decided).exit_code == 0
    found = newest(ledger)
    assert (found.record.kind, found.record.says["decision"], found.by) == ("hit", "false", "an officer")
    assert run("hits", "forget", "1", "--by", "an officer", "--reason", "a slip").exit_code == 0
    assert newest(ledger).record.says["decision"] == "forgotten"
    assert run(*decided, "--no-keep").exit_code == 0
    assert newest(ledger).record.number == 3
