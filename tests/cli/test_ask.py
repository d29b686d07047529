"""`licet ask` as a person meets it: what it asks, what it takes for an answer, what it writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from licet.cli.app import build
from licet.facts.case import read_case
from licet.facts.yamltext import read_yaml
from licet.services.home import load_law

START = """# kept on top
case: H800 to Shenzhen
on: 2023-11-20
act: export
shipment: {from: US, to: CN, exporter_country: US, via: []}
items: [{id: card, kind: integrated_circuit, name: H800, origin: TW, declared: {us: 3A991}}]
end_use: {in_country: CN}
knowledge: {diversion: none_after_inquiry, end_use: none_after_inquiry}
"""
PARTIES = ["exporter, NVIDIA, US", "end_user, A cloud company in Shenzhen, CN", "", "yes"]


def ask(folder: Path, answers: list[str], *options: str, start: str = START) -> Result:
    (folder / "case.yaml").write_text(start, encoding="utf-8")
    return CliRunner().invoke(build(), ["ask", str(folder / "case.yaml"), *options], input="\n".join(answers) + "\n")


@pytest.fixture
def settled(tmp_path: Path) -> Result:
    rest = ["yes", "yes", "1979@8, 989.5@16"]
    return ask(tmp_path, [*PARTIES, *rest])


def test_it_ends_when_the_outcome_is_settled(settled: Result) -> None:
    assert settled.exit_code == 0
    assert "outcome between licence required and licence required" in settled.output


def test_it_says_why_it_asks(settled: Result) -> None:
    assert "because: 31 CFR 587.201" in settled.output


def test_the_completed_case_can_be_read_and_keeps_its_comment(tmp_path: Path, settled: Result) -> None:
    text = (tmp_path / "case.yaml").read_text(encoding="utf-8")
    case = read_case(read_yaml(text, "case.yaml"), load_law().dictionary)
    assert text.startswith("# kept on top\n")
    assert [rate.facts["rate.bits"] for rate in case.items[0].lists["rates"]] == [(8, 8), (16, 16)]
    assert case.root.closed["parties"] is True


def test_what_cannot_be_understood_is_asked_again(tmp_path: Path) -> None:
    result = ask(tmp_path, ["nobody, Somebody, US", *PARTIES, "quit"])
    assert "'nobody' is not a value of party.roles" in result.output
    assert result.exit_code == 0


def test_i_do_not_know_leaves_the_fact_open_and_is_not_asked_again(tmp_path: Path) -> None:
    result = ask(tmp_path, ["", "?", *["?"] * 24])
    assert result.exit_code == 0
    assert "outcome between no licence required and prohibited" in result.output
    rows = [line.partition(". ")[2] for line in result.output.splitlines() if line[:1].isdigit()]
    questions = [row for row in rows if row and not row.startswith("Which of these are so?")]
    assert len(questions) == len(set(questions)) > 7


def test_a_range_is_an_answer(tmp_path: Path) -> None:
    result = ask(tmp_path, [*PARTIES, "yes", "yes", "4000..5000", "quit"])
    assert "tpp: [4000, 5000]" in (tmp_path / "case.yaml").read_text(encoding="utf-8")
    assert result.exit_code == 0


def test_an_end_of_input_keeps_what_was_said(tmp_path: Path) -> None:
    result = ask(tmp_path, PARTIES)
    assert result.exit_code == 0
    assert "A cloud company in Shenzhen" in (tmp_path / "case.yaml").read_text(encoding="utf-8")


def test_it_speaks_chinese(tmp_path: Path) -> None:
    result = ask(tmp_path, [*PARTIES, "quit"], "--lang", "zh")
    assert "以上是否为全部当事方" in result.output
    assert "空行结束" in result.output


def test_another_language_is_refused(tmp_path: Path) -> None:
    assert ask(tmp_path, [], "--lang", "fr").exit_code == 2


def test_a_settled_case_is_asked_nothing(tmp_path: Path, settled: Result) -> None:
    text = (tmp_path / "case.yaml").read_text(encoding="utf-8")
    assert "0 questions" in ask(tmp_path, [], start=text).output
