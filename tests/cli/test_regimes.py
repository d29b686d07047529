"""`licet regimes` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from licet.cli.app import build


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(build("regimes"), ["regimes", *words])
    return result.exit_code, result.stdout


@pytest.mark.parametrize(
    ("on", "regime", "member"),
    [
        ("2017-12-07", "wa", "no"),
        ("2017-12-08", "wa", "yes"),
        ("2018-01-18", "ag", "no"),
        ("2018-01-19", "ag", "yes"),
        ("2016-06-30", "mtcr", "unknown"),
        ("2025-01-01", "nsg", "no"),
    ],
)
def test_a_country_takes_part_from_its_day_on(on: str, regime: str, member: str) -> None:
    code, shown = run("India", "--on", on, "--format", "json")
    found = {each["id"]: each["states"][0]["member"] for each in json.loads(shown)["regimes"]}
    assert (code, found[regime]) == (0, member)


def test_without_a_country_all_members_and_the_steps_up_to_the_day_are_shown() -> None:
    code, shown = run("--on", "2024-06-01")
    assert code == 0
    assert "by consensus of 42 members" in shown
    assert "2024-01-24  EU: White paper" in shown
    assert "2025-11-15" not in shown


def test_a_day_beyond_what_was_read_is_told() -> None:
    assert "what changed after that day is not known" in run("ru", "--on", "2026-01-01")[1]
    assert "what changed after that day is not known" not in run("ru", "--on", "2020-01-01")[1]


def test_the_answer_goes_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "regimes.txt"
    assert run("--on", "2024-06-01", "-o", str(file)) == (0, "")
    assert file.read_text(encoding="utf-8").startswith("The regimes on 2024-06-01")


@pytest.mark.parametrize("words", [("Atlantis",), ("--on", "soon"), ("--on", "2024-02-30")])
def test_bad_input_has_exit_code_2(words: tuple[str, ...]) -> None:
    assert run(*words)[0] == 2
