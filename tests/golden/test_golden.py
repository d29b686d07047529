"""The demonstration decides as written down, and asks no more than it should."""

from __future__ import annotations

import json

import pytest

from licet.services.check import Checker
from licet.services.demo import Run
from tests.golden.make import FOLDER, done, run

ANEW = "the decisions have changed: read the difference, then write them with  python -m tests.golden.make"
MOST_QUESTIONS = 13
FILES = sorted(path.name for path in FOLDER.glob("*.json"))


@pytest.fixture(scope="module")
def made(checker: Checker) -> dict[str, Run]:
    return {f"{found.file.stem}.json": found for found in done(checker)}


def test_every_case_of_the_demonstration_has_its_file(made: dict[str, Run]) -> None:
    assert sorted(made) == FILES, ANEW


@pytest.mark.parametrize("name", FILES)
def test_the_decisions_are_those_written_down(made: dict[str, Run], name: str) -> None:
    written = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    assert run(made[name]) == written, ANEW


@pytest.mark.parametrize("name", FILES)
def test_the_interview_ends_where_the_whole_case_does_after_few_questions(made: dict[str, Run], name: str) -> None:
    count = made[name].count
    assert count.settled
    assert count.count <= MOST_QUESTIONS
    assert len(set(count.steps)) == len(count.steps) == count.count
