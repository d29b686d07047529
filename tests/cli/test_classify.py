"""`licet classify` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from licet.cli.app import build

TOOL = "name: a tool\nkind: machine_tool\ndeclared: {us: 2B001.b.2}\n"


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(build("classify"), ["classify", *words])
    return result.exit_code, result.stdout


def test_text_names_the_code_and_what_it_is_controlled_for(tmp_path: Path) -> None:
    file = tmp_path / "item.yaml"
    file.write_text(TOOL, encoding="utf-8")
    code, shown = run(str(file), "--on", "2026-07-23", "--scheme", "us")
    assert code in (0, 12)
    assert "declared 2B001.b.2" in shown
    assert "NS: Licence for national security, column 2" in shown
    assert "entries of this list are not told by parameters" in " ".join(shown.split())


def test_json_is_a_contract(tmp_path: Path) -> None:
    file = tmp_path / "item.yaml"
    file.write_text(TOOL, encoding="utf-8")
    _, shown = run(str(file), "--on", "2026-07-23", "--format", "json")
    body = json.loads(shown)
    assert body["schema"] == "licet.classification/1"
    assert body["items"][0]["on"] == "2026-07-23"


def test_bad_input_has_exit_code_2(tmp_path: Path) -> None:
    file = tmp_path / "item.yaml"
    file.write_text("kind: [", encoding="utf-8")
    assert run(str(file))[0] == 2
    assert run(str(tmp_path / "none.yaml"))[0] == 2
    file.write_text(TOOL, encoding="utf-8")
    assert run(str(file), "--on", "soon")[0] == 2
