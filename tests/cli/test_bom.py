"""`licet bom` as a command: forms, exit codes, the picture, and what is refused."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import typer
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from licet.cli.bom import bom
from licet.services.bom_schema import FILE, text

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "bom"
CAMERA = [str(FOLDER / "camera.yaml"), "--case", str(FOLDER / "camera-buyer.yaml")]
TOOL = [str(FOLDER / "machine-tool.csv"), "--to", "KG", "--on", "2026-09-01", "--no-parts"]
CODES = {0, 10, 11, 12, 13}
SVG = "{http://www.w3.org/2000/svg}"
app = typer.Typer()
app.command()(bom)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("arguments", [CAMERA, TOOL], ids=["camera", "machine-tool"])
def test_every_example_in_every_form(arguments: list[str]) -> None:
    forms = {form: run(*arguments, "--format", form) for form in ("text", "json", "svg", "html")}
    answer = json.loads(forms["json"].stdout)
    assert {result.exit_code for result in forms.values()} == {answer["exit_code"]}
    assert answer["exit_code"] in CODES
    schema = json.loads((ROOT / "schemas" / FILE).read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(answer)] == []
    assert ET.fromstring(forms["svg"].stdout).tag == f"{SVG}svg"
    assert forms["html"].stdout.startswith("<!doctype html>")
    assert "<script" not in forms["html"].stdout
    assert answer["content"]["percent"]["least"] in forms["text"].stdout or answer["content"]["percent"]["most"] != ""


def test_the_published_schema_is_fresh() -> None:
    assert (ROOT / "schemas" / FILE).read_text(encoding="utf-8") == text(), (
        "run: python -m licet.services.bom_schema schemas/"
    )


def test_the_camera_shows_which_parts_could_be_cut_off() -> None:
    answer = json.loads(run(*CAMERA, "--format", "json").stdout)
    parts = {part["id"]: part for part in answer["dependence"]}
    assert parts["soc"]["foundry"] == "TSMC"
    assert parts["soc"]["made_in"] == "TW"
    assert parts["thermal"]["stopped"] == "yes"
    assert any(rule["cite"].startswith("15 CFR 744.11") for rule in parts["thermal"]["rules"])
    assert {limit["percent"] for limit in answer["content"]["limits"] if limit["applies"] == "yes"} == {"25"}


def test_the_picture_draws_what_counts_to_scale(tmp_path: Path) -> None:
    bill = tmp_path / "bill.yaml"
    bill.write_text(
        "complete: yes\nitem: {name: <X & Y>, value: 100 USD, origin: TW, parts: "
        "[{name: A, quantity: 1, value: 20 USD, us_origin: yes, kind: other},"
        " {name: B, quantity: 1, value: 30 USD, us_origin: no}]}",
        encoding="utf-8",
    )
    result = run(str(bill), "--to", "CN", "--on", "2026-09-01", "--no-parts", "--format", "svg")
    picture = ET.fromstring(result.stdout)
    widths = {kind: [float(box.get("width", "0")) for box in picture.iter(f"{SVG}rect") if box.get("class") == kind]
              for kind in ("maybe", "other")}  # fmt: skip
    whole = widths["other"][0]
    assert widths["maybe"][0] == pytest.approx(whole * 0.20, abs=0.2)
    assert widths["other"][1:3] == pytest.approx([whole * 0.20, whole * 0.30], abs=0.2)
    lines = [line for line in picture.iter(f"{SVG}line") if (line.get("class") or "").startswith("limit")]
    at = {float(line.get("x1", "0")) for line in lines if line.get("class") == "limit"}
    start = float(next(picture.iter(f"{SVG}line")).get("x1", "0"))
    assert list(at) == pytest.approx([start + whole * 0.25], abs=0.2)
    assert "<X & Y>" in "".join(picture.itertext())


def test_standard_input_and_a_file_for_the_answer(tmp_path: Path) -> None:
    bill = "complete: yes\non: 2026-09-01\nitem: {name: X, value: 1 USD, origin: TW}"
    out = tmp_path / "answer.json"
    result = CliRunner().invoke(app, ["-", "--to", "DE", "--format", "json", "-o", str(out)], input=bill)
    assert result.exit_code in CODES
    assert json.loads(out.read_text(encoding="utf-8"))["content"]["verdict"] == "within"


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([str(FOLDER / "camera.yaml")], "--to"),
        ([str(FOLDER / "camera.yaml"), "--to", "Cathay"], "E_COUNTRY"),
        ([str(FOLDER / "camera.yaml"), "--to", "CN", "--on", "soon"], "--on"),
        ([str(FOLDER / "camera.yaml"), "--to", "CN", "--law-age", "long"], "--law-age"),
        (["none.yaml", "--to", "CN"], "no such file"),
        ([str(FOLDER / "camera.yaml"), "--to", "CN", "-o", str(FOLDER / "camera.yaml")], "camera.yaml"),
    ],
)
def test_bad_input_ends_with_2_and_a_line(arguments: list[str], part: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert part in result.stderr
    assert "Traceback" not in result.stderr
