"""The plan of the demonstration."""

from __future__ import annotations

from pathlib import Path

import pytest

from licet.facts.errors import CaseError
from licet.services.check import Checker
from licet.services.demo import runs


def plan(folder: Path, text: str) -> Path:
    (folder / "demo.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_run_decides_every_day_of_its_plan_in_order(checker: Checker, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("case: A\nact: procurement\n", encoding="utf-8")
    folder = plan(tmp_path, "- {title: T, runs: [{case: a.yaml, on: [2021-01-15, 2019-08-12]}]}\n")
    (run,) = runs(checker, folder)
    assert run.title == "T"
    assert [found.on for found in run.decisions] == ["2021-01-15", "2019-08-12"]


@pytest.mark.parametrize("text", ["- {runs: []}", "- {title: T, runs: [{on: [2021-01-15]}]}"])
def test_a_plan_with_something_missing_is_refused(checker: Checker, tmp_path: Path, text: str) -> None:
    with pytest.raises(CaseError) as caught:
        list(runs(checker, plan(tmp_path, text)))
    assert caught.value.problems[0].code == "E_DEMO"
