"""All tests that lie beside the law, one case a rule, and everything `licet law check` finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.law.conftest import ROOT

from licet.rules.law import Law, rule_files
from licet.services.lawcheck import Report, check
from licet.services.lawrun import Runner
from licet.services.lawtest import read_tests

# The names of the files, so that a law that does not load fails as a test and not while tests are collected.
FILES = [path for path in rule_files(ROOT) if not path.name.startswith("_")]


@pytest.fixture(scope="session")
def runner(law: Law) -> Runner:
    return Runner(law)


@pytest.fixture(scope="session")
def report() -> Report:
    return check(ROOT)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_rule(path: Path, law: Law, runner: Runner) -> None:
    name = path.relative_to(ROOT.parent).as_posix()
    (rule,) = [rule for rule in law.rules.values() if rule.file == name]
    tests = read_tests(law, ROOT, rule)
    assert tests, "there is no test beside it"
    assert [str(failure) for failure in runner.failures(rule, tests)] == []


def test_check_finds_no_error(report: Report) -> None:
    assert [str(problem) for problem in report.errors] == []


def test_remarks_name_a_file(report: Report) -> None:
    assert all(problem.place.file.startswith("law/") for problem in report.remarks)
