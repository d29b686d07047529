"""Every worked case agrees with Licet, or its difference is known and sourced; what is not covered is never cleared."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from licet.services.check import Checker

from .desk import Desk
from .load import Worked, worked_cases
from .run import Result, examine, families, family_of, known_differences
from .table import DOCUMENT, document

pytestmark = pytest.mark.skipif(not worked_cases(), reason="the worked cases are not at ../shared/cases")


@pytest.fixture(scope="session")
def desk(checker: Checker) -> Desk:
    return Desk(checker)


@pytest.mark.parametrize("worked", worked_cases(), ids=lambda worked: worked.id)
def test_worked_case(desk: Desk, worked: Worked) -> None:
    result = examine(desk, worked)
    if result.covered:
        found = {finding.key: f"expected {finding.expected}, Licet says {finding.said}" for finding in result.different}
        assert found.keys() == known_differences().get(worked.id, {}).keys(), found
        assert result.agrees or found, "nothing of what is expected was judged"
    else:
        assert result.reason
        assert result.cleared == 0, f"not covered ({result.reason}), yet cleared"


def test_known_differences_name_cases_that_exist() -> None:
    assert known_differences().keys() <= {worked.id for worked in worked_cases()}


def test_every_family_is_met() -> None:
    met = {family_of(worked)["family"] for worked in worked_cases()}
    assert {family["family"] for family in families()} - met <= {"other"}


def test_the_table_is_fresh(desk: Desk) -> None:
    results: list[Result] = [examine(desk, worked) for worked in worked_cases()]
    assert DOCUMENT.read_text(encoding="utf-8") == document(results), "run python -m tests.worked.table"


def _wrong(expected: Any) -> Any:
    """Another value of the same kind."""
    match expected:
        case bool():
            return not expected
        case int() | float():
            return expected + 1
        case list():
            return [*expected, "D:1"]
        case None:
            return 77
        case str() if answer := re.match(r"(yes|no)\b", expected):
            return answer[1] == "no"
    return "approval" if "denial" in expected or "case" in expected else "7X777"


@pytest.mark.parametrize("worked", worked_cases(), ids=lambda worked: worked.id)
def test_a_wrong_expectation_is_noticed(desk: Desk, worked: Worked) -> None:
    """No adapter agrees with whatever is expected: with every expected value changed, every judged one differs."""
    changed = replace(worked, expected={key: _wrong(value) for key, value in worked.expected.items()})
    if family_of(changed) is family_of(worked) and not {"entity"} & worked.expected.keys():
        judged = [finding for finding in examine(desk, changed).findings if finding.agrees is not None]
        assert [finding.key for finding in judged if finding.agrees] == []
