"""`licet impact` as a person runs it."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from licet.cli.app import build
from licet.services.impact.schema import FILE, text
from tests.examples import FOLDER as EXAMPLES
from tests.services.impact_books import laptops, quantum
from tests.services.lists_files import ofac

ROOT = Path(__file__).parents[2]
PATCH = str(EXAMPLES / "proposals" / "density-line-at-4.yaml")
DAYS = ("--from", "2024-02-29", "--to", "2024-03-01")


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(build("impact"), ["impact", *words, "--jobs", "1", "--no-screen"])
    return result.exit_code, result.stdout, result.stderr


def test_a_proposal_flips_the_laptop_from_its_day_on(tmp_path: Path) -> None:
    code, shown, _ = run(str(laptops(tmp_path)), "--patch", PATCH)
    said = " ".join(shown.split())
    assert code == 30
    assert "2 lines, 3,000 USD; 1 flip" in said
    assert "2026-02-01 1 line of 1 item, 2,000 USD" in said
    assert "proposed change: 15 CFR 774 Supp. 1, ECCN 3A090.a" in said


def test_table_picture_and_json(tmp_path: Path) -> None:
    out, chart = tmp_path / "out.csv", tmp_path / "out.svg"
    code, shown, _ = run(str(quantum(tmp_path)), *DAYS, "-o", str(out), "--chart", str(chart), "--format", "json")
    assert code == 30
    answer = json.loads(shown)
    schema = json.loads((ROOT / "schemas" / FILE).read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(answer)] == []
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["line"], row["outcome_before"], row["outcome_after"], row["first_day"]) for row in rows] == [
        ("Q-FR-1", "no_licence_required", "licence_required", "2024-03-01"),
        ("Q-FR-2", "no_licence_required", "licence_required", "2024-03-01"),
    ]
    assert "authorisation for any third state" in rows[0]["changes"]
    drawn = " ".join(ElementTree.parse(chart).getroot().itertext())
    assert "2 lines: no licence required → licence required" in drawn
    assert not list(tmp_path.glob(".licet-*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "in one way"),
        (("--from", "2024-02-29"), "in one way"),
        ((*DAYS, "--patch", PATCH), "in one way"),
        ((*DAYS, "--on", "2024-03-01"), "in one way"),
        (("--from", "2024-03-01", "--to", "2024-02-29"), "does not come before"),
        ((*DAYS, "-o", "out.txt"), "this form is not written"),
        ((*DAYS, "--chart", "out.pdf"), "this form is not written"),
        (("--patch", "no-such.yaml"), "cannot be read"),
        ((*DAYS, "--map", "no-such.yaml"), "the map is not there"),
        (("--lists", "2024-01-01", "2024-02-01"), "no list of parties is loaded"),
    ],
)
def test_what_cannot_be_asked_is_told(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    code, shown, complained = run(str(quantum(tmp_path)), *words)
    assert (code, shown) == (2, "")
    assert said in " ".join(complained.split())


def test_the_book_is_never_written_over(tmp_path: Path) -> None:
    book = quantum(tmp_path)
    before = book.read_bytes()
    code, _, _ = run(str(book), *DAYS, "-o", str(book))
    assert code == 2
    assert book.read_bytes() == before


def test_the_published_schema_is_fresh() -> None:
    assert (ROOT / "schemas" / FILE).read_text(encoding="utf-8") == text(), (
        "run: python -m licet.services.impact.schema schemas/"
    )


def test_a_buyer_that_comes_on_a_list_stops_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICET_HOME", str(tmp_path / "home"))

    def load(day: str, *names: str) -> str:
        folder = tmp_path / day
        folder.mkdir()
        files = ofac(names)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        words = ["lists", "add", *(str(folder / name) for name in files), "--published", day, "--accept-shrink"]
        found = CliRunner().invoke(build("lists"), words)
        assert found.exit_code == 0, found.output
        return datetime.now(UTC).isoformat()

    before = load("2026-02-01", "SOMEBODY ELSE")
    after = load("2026-02-10", "SOMEBODY ELSE", "A SHOP CHAIN IN GUANGZHOU")
    words = [str(laptops(tmp_path)), "--lists", before, after, "--jobs", "1", "--format", "json"]
    result = CliRunner().invoke(build("impact"), ["impact", *words])
    answer = json.loads(result.stdout)
    assert result.exit_code == 30
    (flip,), (change,) = answer["flips"], answer["changes"]
    assert (flip["before"], flip["after"], flip["lines"]) == ("no_licence_required", "unknown", 1)
    (cause,) = change["causes"]
    assert (cause["kind"], cause["what"], cause["title"]) == ("row", "came", "A shop chain in Guangzhou: us.sdn")
