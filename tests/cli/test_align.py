"""`licet align` and `licet law try` as a person runs them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from licet.cli.app import build
from tests.examples import FOLDER as EXAMPLES

NARROW = ("--item", "nxt2000i", "--place", "NL", "--place", "JP", "--from", "2023-07-01", "--until", "2023-09-30")


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(build(words[0]), list(words))
    return result.exit_code, result.stdout


def test_without_a_name_it_tells_what_there_is() -> None:
    code, shown = run("align")
    assert code == 0
    assert {"quantum", "duv"} <= set(shown.split())


def test_the_text_names_days_entries_lines_and_the_lag() -> None:
    code, shown = run("align", "duv", *NARROW)
    assert code == 0
    said = " ".join(shown.split())
    assert "Netherlands 2023-09-01 controlled" in said
    assert "item.overlay_nm <= 1.5" in said
    assert "40 days between the first and the last" in said
    assert "without an authorisation from: none" in said


def test_a_day_in_between_shows_where_it_could_still_be_had() -> None:
    _, shown = run("align", "duv", *NARROW, "--on", "2023-08-01")
    said = " ".join(shown.split())
    assert "Netherlands from 2023-09-01 not controlled" in said
    assert "If NL controlled it too, that closes the last known way." in said


def test_json_is_a_contract() -> None:
    _, shown = run("align", "duv", *NARROW, "--format", "json")
    body = json.loads(shown)
    assert body["schema"] == "licet.alignment/1"
    rows = {row["place"]: row["controls"] for row in body["items"][0]["rows"]}
    assert rows["NL"] == [{"first": "2023-09-01", "last": "2023-09-30", "at_latest": False}]
    assert body["regimes"][0]["adopted"] == "none"


def test_the_picture_is_svg_without_anything_from_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "duv.svg"
    assert run("align", "duv", *NARROW, "-o", str(file)) == (0, "")
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    classes = [element.get("class") for element in root.iter()]
    assert classes.count("cell yes") == 2
    assert not [value for element in root.iter() for name, value in element.items() if name.endswith("href")]


def test_a_table_has_a_row_for_each_stretch(tmp_path: Path) -> None:
    file = tmp_path / "duv.csv"
    assert run("align", "duv", *NARROW, "-o", str(file))[0] == 0
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["place"], row["value"]) for row in rows if row["from"] == "2023-09-01"] == [("NL", "yes")]


@pytest.mark.parametrize(
    "words",
    [
        ("align", "unobtainium"),
        ("align", "duv", "--on", "soon"),
        ("align", "duv", "-o", "duv.doc"),
        ("law", "try", "none.yaml"),
        ("law", "try", str(EXAMPLES / "h800-to-china.yaml")),
    ],
)
def test_bad_input_has_exit_code_2(words: tuple[str, ...]) -> None:
    assert run(*words)[0] == 2


def test_a_proposal_tells_what_it_changes(tmp_path: Path) -> None:
    patch = str(EXAMPLES / "proposals" / "density-line-at-4.yaml")
    case = str(EXAMPLES / "rtx4090-laptop-to-china.yaml")
    code, shown = run("law", "try", patch, case, "--on", "2026-02-01", "--technology", "quantum")
    assert code == 0
    assert "Proposal: The density line of 3A090.a falls to 4" in shown
    assert "->  licence_required" in shown
    file = tmp_path / "tried.json"
    assert run(
        "law", "try", patch, case, "--on", "2026-02-01", "--technology", "quantum", "--format", "json", "-o", str(file)
    ) == (0, "")
    assert json.loads(file.read_text(encoding="utf-8"))["changed"]
