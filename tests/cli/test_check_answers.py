"""What `licet check` prints, and its exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from licet.cli import check as command
from licet.cli.app import build
from licet.cli.check import worst
from licet.services.check import Checker

Run = Callable[..., Result]

H800 = """\
case: H800 cards to a cloud company in Shenzhen
on: 2023-11-20
act: export
shipment: {from: US, to: CN, exporter_country: US}
items:
  - {id: card, kind: integrated_circuit, rates: [{tops: 1979, bits: 8}], datacenter: yes, non_planar: yes,
     die_area_mm2: 814}
parties:
  - {role: end_user, name: "Cloud | <b>Company</b> *Shenzhen*", country: CN, headquarters: CN}
complete: [parties, items]
"""


@pytest.fixture
def run(checker: Checker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `licet check` in an empty folder, over the checker of the session."""
    monkeypatch.setattr(command, "open_checker", lambda: checker)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "h800.yaml").write_text(H800, encoding="utf-8")
    runner = CliRunner()
    return lambda *arguments, **extra: runner.invoke(build(), ["check", *arguments], **extra)


def test_text_says_the_outcome_first_and_fits(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = run("h800.yaml")
    assert result.exit_code == 10
    lines = result.stdout.splitlines()
    assert lines[0].startswith("H800 cards to a cloud company in Shenzhen")
    assert lines[0].endswith("on 2023-11-20")
    assert lines[1].startswith("Licence required")
    assert max(map(len, lines)) <= 80
    assert "total processing performance (TPP) 15,832 ≥ 4,800" in " ".join(result.stdout.split())
    assert "presumption of denial" in result.stdout
    assert "\x1b" not in result.stdout


def test_proof_marks_every_step(run: Run) -> None:
    plain, proved = run("h800.yaml").stdout, run("h800.yaml", "--proof").stdout
    tree = proved[proved.index("\nProof\n") :].splitlines()[3:]
    starts = [line.lstrip() for line in tree if line.lstrip()[:1] in "✓✗?"]
    assert "\nProof\n" not in plain
    assert len(starts) > 20
    assert any(line.startswith("✓ total processing performance (TPP) 15,832 ≥ 4,800") for line in starts)


def test_json_is_the_contract_in_its_order(run: Run) -> None:
    decision = json.loads(run("h800.yaml", "--format", "json").stdout)
    assert list(decision)[:8] == ["schema", "engine", "case", "on", "outcome", "bounds", "coverage", "exit_code"]
    assert decision["schema"] == "licet.decision/1"
    assert decision["outcome"] == "licence_required"
    assert decision["proof"] == []
    assert json.loads(run("h800.yaml", "--format", "json", "--proof").stdout)["proof"]


def test_several_answers_are_a_list_in_the_order_asked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("case: x\non: 2023-11-20\nships: two\n", encoding="utf-8")
    result = run("bad.yaml", "h800.yaml", "--on", "2022-10-25", "--on", "2023-11-20", "--format", "json")
    answers = json.loads(result.stdout)
    assert result.exit_code == 2
    assert ["errors" in answer for answer in answers] == [True, True, False, False]
    assert [answer["on"] for answer in answers[2:]] == ["2022-10-25", "2023-11-20"]
    assert answers[0]["errors"][0]["file"] == "bad.yaml"
    assert (answers[0]["errors"][0]["line"], answers[0]["errors"][0]["code"]) == (3, "E_UNKNOWN_KEY")
    assert result.stderr.count("bad.yaml:3:1: E_UNKNOWN_KEY") == 1


def test_standard_input(run: Run) -> None:
    assert run("-", input=H800).stdout == run("h800.yaml").stdout


def test_markdown_keeps_the_words_of_a_case_as_words(run: Run) -> None:
    text = run("h800.yaml", "--format", "markdown").stdout
    assert text.startswith("# H800 cards to a cloud company in Shenzhen\n\n**Licence required**")
    assert "<b>" not in text
    assert r"\*Shenzhen\*" in text


def test_html_needs_nothing_else_and_escapes(run: Run) -> None:
    page = run("h800.yaml", "--format", "html").stdout
    assert page.startswith('<!doctype html>\n<html lang="en-GB">')
    assert "<script" not in page
    assert "url(" not in page
    assert "src=" not in page
    assert "<b>Company" not in page
    assert "&lt;b&gt;Company&lt;/b&gt;" in page
    assert page.count("<table") == page.count("<caption")
    assert "<details" in page
    assert "<svg" in page


def test_chinese(run: Run) -> None:
    text = run("h800.yaml", "--lang", "zh").stdout
    assert "需要许可证" in text
    assert "总处理性能（TPP） 15,832 ≥ 4,800" in text
    assert "中国 (CN)" in text
    assert "法律条款的标题和引文保留英文" in text
    assert '<html lang="zh-Hans">' in run("h800.yaml", "--lang", "zh", "--format", "html").stdout


def test_text_where_only_ascii_can_be_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("licet.render.text._shows_signs", lambda: False)
    text = run("h800.yaml", "--proof").stdout
    assert "[y] total processing performance (TPP) 15,832 >= 4,800" in text
    assert not set(text) & set("✓✗≥–…")


def test_the_law_age_is_recorded_with_the_decision(run: Run) -> None:
    late = ("h800.yaml", "--on", "2026-11-20", "--format", "json")
    assert json.loads(run(*late).stdout)["law"]["as_read"] is True
    assert json.loads(run(*late, "--law-age", "52w").stdout)["law"]["as_read"] is False


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([0, 13], 13), ([13, 12], 12), ([12, 10], 10), ([10, 11], 11), ([11, 2, 0], 2), ([0], 0), ([], 2)],
)
def test_of_several_answers_the_worst_counts(codes: list[int], expected: int) -> None:
    assert worst(codes) == expected
