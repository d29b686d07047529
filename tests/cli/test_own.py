"""`licet own` as a command: forms, exit codes, pictures."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
import typer
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from licet.cli.own import own
from licet.render.own_layout import GAP_X, draw
from licet.services.own_schema import FILE, text

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples" / "owners").glob("*.yaml"))
CODES = {"arctic-lng-2": 10, "faq-401-example-3": 11, "open-share": 12, "ring": 11, "two-persons": 11}
app = typer.Typer()
app.command()(own)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_in_every_form(path: Path) -> None:
    forms = {form: run(str(path), "--format", form) for form in ("text", "json", "svg", "html")}
    assert {result.exit_code for result in forms.values()} == {CODES[path.stem]}
    schema = json.loads((ROOT / "schemas" / FILE).read_text(encoding="utf-8"))
    answer = json.loads(forms["json"].stdout)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(answer)] == []
    assert answer["exit_code"] == CODES[path.stem]
    assert ET.fromstring(forms["svg"].stdout).tag.endswith("svg")
    assert "<script" not in forms["html"].stdout and "http://" not in forms["svg"].stdout.replace(
        "http://www.w3.org/", ""
    )
    assert forms["html"].stdout.startswith("<!doctype html>")


def test_the_published_schema_is_fresh() -> None:
    assert (ROOT / "schemas" / FILE).read_text(encoding="utf-8") == text(), (
        "run: python -m licet.services.own_schema schemas/"
    )


def test_a_line_says_who_holds_what() -> None:
    shown = run(str(ROOT / "examples" / "owners" / "two-persons.yaml")).stdout
    assert "OFAC 50 %: proven (First 30 % + Second 30 % = 60 %)" in shown
    assert "UK regulation 7, owned or controlled: disproven" in shown


def test_a_table_with_names_alone(tmp_path: Path) -> None:
    table = tmp_path / "edges.csv"
    table.write_text("owner,owned,share\nPAO Novatek,Venture,60\nOthers,Venture,40\n", encoding="utf-8")
    result = run(str(table), "--on", "2023-11-01")
    assert result.exit_code == 10
    assert "OFAC SSI, Directive 2: proven (PAO Novatek 60 %)" in result.stdout


def test_edges_of_a_table_are_added(tmp_path: Path) -> None:
    graph, table = tmp_path / "graph.yaml", tmp_path / "edges.csv"
    graph.write_text(
        "entities: [{name: X, listed: [us.sdn]}, {name: A, listed: none}]\ncomplete: [owners, listings]\n",
        encoding="utf-8",
    )
    table.write_text("owner,owned,share\nX,A,50\n", encoding="utf-8")
    assert run(str(graph), "--holdings", str(table), "--on", "2026-07-01").exit_code == 11


@pytest.mark.parametrize(
    ("text", "arguments", "part"),
    [
        ("holdings: []", [], "says no day"),
        ("holdings: [{owner: X, owned: A, share: 5}]", ["--on", "2024-05-01", "--target", "Q"], "no entity 'Q'"),
        ("holdings: []", ["--on", "soon"], "--on"),
        ("- a", [], "mapping"),
    ],
)
def test_bad_input_has_exit_code_two(tmp_path: Path, text: str, arguments: list[str], part: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    result = run(str(path), *arguments)
    assert result.exit_code == 2 and part in result.stderr


def test_names_cannot_become_markup(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "own: '<script>alert(1)</script>'\non: 2026-07-01\n"
        "holdings: [{owner: '<b onload=x>', owned: 'A & \"B\"', share: 5}]\n",
        encoding="utf-8",
    )
    for form in ("svg", "html"):
        shown = run(str(path), "--format", form).stdout
        assert "<script" not in shown and "<b onload" not in shown


def test_boxes_of_a_row_never_meet_and_lines_run_downwards_but_in_rings() -> None:
    sizes = {f"N{number}": (120.0 + 40 * (number % 3), 40.0) for number in range(30)}
    edges = [(f"N{owner}", f"N{owned}") for owned in range(3, 30) for owner in (owned // 3, owned // 2, owned - 2)]
    edges.append(("N29", "N3"))
    drawing = draw(sizes, [edge for edge in edges if edge[0] != edge[1]])
    rows: dict[float, list[tuple[float, float]]] = {}
    for box in drawing.boxes.values():
        rows.setdefault(box.y, []).append((box.x - box.width / 2, box.x + box.width / 2))
    for row in rows.values():
        row.sort()
        assert all(right + GAP_X - 1 <= left for (_, right), (left, _) in pairwise(row))
    assert drawing.upward == {("N29", "N3")}
    for edge, points in drawing.lines.items():
        assert (points[0][1] < points[-1][1]) is (edge not in drawing.upward)
    ends = [points[-1] for points in drawing.lines.values()]
    assert len(set(ends)) == len(ends)
