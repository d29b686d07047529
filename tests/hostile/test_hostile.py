"""Sales that try to get a wrong answer out of the law: nothing clears that must not, nothing stops that must not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from licet.facts.errors import CaseError
from licet.logic.decide import CLEAR, LICENCE, RELIEF, Bounds
from licet.services.check import Checker
from tests.worked.desk import Answer, Desk
from tests.worked.draft import Draft

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def desk(checker: Checker) -> Desk:
    return Desk(checker)


def _cases() -> list[Any]:
    """The cases; one that is known to be answered wrongly may fail, and need not."""
    return [
        pytest.param(
            one,
            id=one["case"],
            marks=[pytest.mark.xfail(reason=one["open"], raises=AssertionError, strict=False)] if "open" in one else [],
        )
        for one in CASES
    ]


def _draft(one: dict[str, Any]) -> Draft:
    day: date = one["day"]
    item = {"origin": "US"} | one["item"]
    return Draft(day, "US", one["to"], item, buyer=one.get("buyer", {}), more=one.get("more", {}))


def _says(answer: Answer) -> str:
    """How the US law comes out, in the words of the cases."""
    bounds: Bounds = answer.bounds("us.")
    if bounds.best >= LICENCE:
        return "licence"
    if bounds.worst == CLEAR:
        return "free"
    return "lifted" if bounds.worst == RELIEF else "open"


@pytest.mark.parametrize("one", _cases())
def test_hostile_case(desk: Desk, one: dict[str, Any]) -> None:
    if one["says"] == "refused":
        with pytest.raises(CaseError, match="E_CONTRADICTION"):
            desk.ask(_draft(one))
        return
    answer = desk.ask(_draft(one))
    if one["says"] == "never":
        assert not answer.clear
    else:
        assert _says(answer) == one["says"]
        assert answer.clear == (one["says"] in ("free", "lifted"))
