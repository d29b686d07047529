"""What one case may take of a server: too many parties for its items, or too much that is open, is refused at once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from licet.facts.case import read_case
from licet.facts.errors import CaseError
from licet.facts.jsontext import read_json
from licet.facts.plain import to_plain
from licet.services.check import Checker, Options
from licet.services.classify import classify
from licet.services.interview_steps import TIMES, Said, step
from licet.services.most import Most
from licet.services.serve import open_service

KINDS = (
    "reach", "entries", "requirements", "prohibitions", "reliefs", "bars", "policies", "duties", "flags", "exposures",
)  # fmt: skip


def case_of(items: int, parties: int = 0, **facts: Any) -> dict[str, Any]:
    """A case of things of which little is known."""
    things = [{"id": f"i{number}", **facts} for number in range(items)]
    firms = [{"name": f"Firm {n}", "owners": [{"name": "Ada"}]} for n in range(parties)]
    return {"case": "x", "on": "2026-07-01", "act": "export", "items": things, "parties": firms}


def check(checker: Checker, said: dict[str, Any], questions: bool = False) -> dict[str, Any]:
    case = read_case(read_json(json.dumps(said)), checker.law.dictionary)
    plain: dict[str, Any] = to_plain(checker.check(case, Options(questions=questions)))
    return plain


def code(call: Any) -> str:
    """The code of what went wrong."""
    with pytest.raises(CaseError) as told:
        call()
    return told.value.problems[0].code


def test_an_answer_has_so_many_rules_and_no_more(checker: Checker) -> None:
    said = case_of(2, kind="camera")
    found = check(checker, said)
    rules = sum(len(of[kind]) for of in found["jurisdictions"] for kind in KINDS)
    assert rules > 1_000
    assert check(replace(checker, most=Most(rules=rules)), said) == found
    few = replace(checker, most=Most(rules=rules - 1))
    assert code(partial(check, few, said)) == "E_TOO_OPEN"
    asked = rules + len(check(checker, said, questions=True)["questions"])
    assert check(replace(checker, most=Most(rules=asked)), said, questions=True)["questions"]
    assert code(partial(check, replace(checker, most=Most(rules=asked - 1)), said, questions=True)) == "E_TOO_OPEN"


def test_parties_owners_and_rows_count_once_for_each_item(checker: Checker) -> None:
    said = case_of(2, parties=3, kind="camera")
    exact, few = (replace(checker, most=Most(visits=visits)) for visits in (12, 11))
    assert check(exact, said)["exit_code"]
    assert code(partial(check, few, said)) == "E_TOO_MANY"
    alone = {"case": "x", "on": "2026-07-01", "parties": [{"name": "Ada"}] * 12}  # decided as it is, without an item
    assert check(exact, alone)["exit_code"]
    assert code(partial(check, few, alone)) == "E_TOO_MANY"


def test_papers_count_twenty_times(checker: Checker) -> None:
    said = case_of(2, kind="camera") | {"held": [{}] * 3}
    assert check(replace(checker, most=Most(visits=120)), said)["exit_code"]
    assert code(partial(check, replace(checker, most=Most(visits=119)), said)) == "E_TOO_MANY"


def test_components_count_by_what_is_known_of_them(checker: Checker) -> None:
    inner = {"kind": "camera", "components": [{"declared": {"us": ["EAR99"]}}, {"name": "x"}]}
    said = case_of(1, kind="camera") | {"items": [{"kind": "camera", "components": [inner, {}]}, {"components": [{}]}]}
    parts = 1 + 2 + 10 + 10 + 10
    assert check(replace(checker, most=Most(parts=parts)), said)["exit_code"]
    assert code(partial(check, replace(checker, most=Most(parts=parts - 1)), said)) == "E_TOO_MANY"


def test_owners_and_rows_that_holdings_hang_beneath_parties_count(checker: Checker) -> None:
    holdings = [{"owner": "X", "owned": f"P{number}", "share": "10%"} for number in range(3)]
    parties = [{"name": "X", "listings": [{}] * 4}, *({"name": f"P{number}"} for number in range(3))]
    said = case_of(1, kind="camera") | {"parties": parties, "holdings": holdings}
    firms = 4 + 4 + 3 * 5
    assert check(replace(checker, most=Most(visits=firms)), said)["exit_code"]
    assert code(partial(check, replace(checker, most=Most(visits=firms - 1)), said)) == "E_TOO_MANY"
    many = said | {"parties": [{"name": "X", "listings": [{}] * 2_000}, *parties[1:]]}
    assert code(partial(check, checker, many)) == "E_TOO_MANY"  # wherever it is asked


def test_a_step_of_an_interview_counts_ten_times(checker: Checker) -> None:
    said = Said(case_of(1, parties=1, kind="camera"), (), {})
    assert step(replace(checker, most=Most(visits=2 * TIMES)), said).question is not None
    assert code(partial(step, replace(checker, most=Most(visits=2 * TIMES - 1)), said)) == "E_TOO_MANY"


def test_a_classification_tells_so_many_entries_and_no_more(checker: Checker) -> None:
    node, day = read_json(json.dumps(case_of(2, kind="camera"))), date(2026, 7, 1)
    found = classify(checker.law, node, day)
    entries = sum(one.entries for one in found)
    assert entries > 100
    decider = partial(checker.decider, hour_known=False)
    assert classify(checker.law, node, day, (), decider, Most(rules=entries)) == found
    assert code(lambda: classify(checker.law, node, day, (), decider, Most(rules=entries - 1))) == "E_TOO_OPEN"


def test_a_server_has_a_most_and_the_command_line_has_none(
    checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LICET_HOME", str(tmp_path))
    monkeypatch.delenv("LICET_LEDGER", raising=False)
    assert checker.most is None
    assert open_service("x", replace(checker)).checker.most == Most()
