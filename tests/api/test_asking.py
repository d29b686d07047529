"""The interview over HTTP: a step at a time, with nothing kept in between."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

import licet.services.interview
from licet.facts.case import read_case
from licet.facts.jsontext import read_json
from licet.services.check import Checker
from licet.services.interview import Interview
from tests.api.test_api import CASE, errors

START: dict[str, Any] = {
    "case": "H800 to Shenzhen",
    "on": "2023-11-20",
    "act": "export",
    "shipment": {"from": "US", "to": "CN", "exporter_country": "US", "via": []},
    "items": [
        {"id": "card", "kind": "integrated_circuit", "name": "H800", "origin": "TW", "declared": {"us": ["3A991"]}},
    ],
    "end_use": {"in_country": "CN"},
    "knowledge": {"diversion": "none_after_inquiry", "end_use": "none_after_inquiry"},
}  # fmt: skip
PARTIES = [
    {"role": "exporter", "name": "NVIDIA", "country": "US"},
    {"role": "end_user", "name": "A cloud company in Shenzhen", "country": "CN"},
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question is as good as another here."""
    monkeypatch.setattr(licet.services.interview, "CANDIDATES", 1)


def asked(client: TestClient, **body: Any) -> dict[str, Any]:
    answer = client.post("/v1/ask", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert found["schema"] == "licet.interview/1"
    return found


def test_it_asks_what_the_interview_asks(bare: TestClient, checker: Checker) -> None:
    step = asked(bare, case=CASE)
    interview = Interview(checker, read_case(read_json(json.dumps(CASE)), checker.law.dictionary))
    expected = interview.next()
    assert expected is not None
    question = step["question"]
    assert [part["fact"] for part in question["parts"]] == [fact for fact, _ in expected.parts]
    assert [rule["id"] for rule in question["why"]] == expected.rules
    (part,) = question["parts"]
    assert (part["key"], part["type"], part["ask_en"][-1], part["ask_zh"][-1]) == (
        "knowledge.diversion", "enum", "?", "?",
    )  # fmt: skip
    assert (step["bounds"], step["outcome"], step["settled"]) == (
        {"best": "licence_required", "worst": "prohibited"}, "licence_required", False,
    )  # fmt: skip


def test_from_the_first_question_to_a_settled_outcome(bare: TestClient) -> None:
    """As somebody answers who knows the case and sends back what came, knowing nothing of the form of a case."""
    step, seen = asked(bare, case=START), list[str]()
    while (question := step["question"]) is not None:
        answers: dict[str, Any] = {}
        for part in question["parts"]:
            key = part["key"]
            assert key not in seen
            seen.append(key)
            if key == "complete.parties":
                assert (question["form"], question["members"]) == ("list", ["role", "name", "country"])
                answers[key] = {"complete": True, "members": PARTIES}
            elif question["made_of"]:
                assert question["made_of"] == ["rates", "tops", "bits"]
                answers[key] = {"rates": [{"tops": 1979, "bits": 8}, {"tops": 989.5, "bits": 16}]}
            else:
                answers[key] = True if part["type"] == "yes_no" else None
        step = asked(bare, case=step["case"], declined=step["declined"], answers=answers)
    assert (step["settled"], step["outcome"]) == (True, "licence_required")
    assert [party["name"] for party in step["case"]["parties"]] == ["NVIDIA", "A cloud company in Shenzhen"]
    assert step["case"]["items"][0]["rates"][1] == {"tops": "989.5", "bits": "16"}
    checked = bare.post("/v1/check", json=step["case"])
    assert checked.json()["outcome"] == "licence_required"


def test_what_is_declined_is_not_asked_again(bare: TestClient) -> None:
    step, seen = asked(bare, case=START), list[str]()
    for _ in range(8):
        keys = [part["key"] for part in step["question"]["parts"]]
        assert not {*keys} & {*seen}
        seen += keys
        step = asked(bare, case=step["case"], declined=step["declined"], answers=dict.fromkeys(keys))
    assert not step["settled"]
    assert {*step["declined"]} == {*seen}


@pytest.mark.parametrize(
    ("key", "answer", "where", "value"),
    [
        ("items[1].die_area_mm2", 814, ("items", 0, "die_area_mm2"), "814"),
        ("items[1].die_area_mm2", "800..830", ("items", 0, "die_area_mm2"), ["800", "830"]),
        ("items[1].datacenter", True, ("items", 0, "datacenter"), "yes"),
        ("shipment.to_territory", "none", ("shipment", "to_territory"), "none"),
        ("complete.parties", True, ("complete", "parties"), "yes"),
        ("complete.held", "yes", ("held",), None),
        ("items[1].complete.components", "yes", ("items", 0, "complete", "components"), "yes"),
        ("items[1].complete.rates", "yes", ("items", 0, "complete", "rates"), "yes"),
        ("parties[1].owners[1].share", 51, ("parties", 0, "owners", 0, "share"), "51"),
        ("parties[1].owners[1].uk_person", False, ("parties", 0, "owners", 0, "uk_person"), "no"),
    ],
)
def test_where_an_answer_goes(bare: TestClient, key: str, answer: Any, where: tuple[Any, ...], value: Any) -> None:
    party = {"role": "end_user", "name": "A company", "owners": [{"name": "An owner"}]}
    step = asked(bare, case=START | {"parties": [party], "held": "unknown"}, answers={key: answer})
    found: Any = step["case"]
    for at in where:
        found = found.get(at) if isinstance(found, dict) else found[at]
    assert found == value
    again = asked(bare, case=step["case"], declined=step["declined"])
    assert again["case"] == step["case"]
    assert (key in again["declined"]) == (answer == "800..830")  # nothing more is known than a range


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [
        ("items[2].tpp", 1, "E_ANSWER"),
        ("items[1]", 1, "E_ANSWER"),
        ("items[1].tppp", 1, "E_ANSWER"),
        ("item.tpp", 1, "E_ANSWER"),
        ("case.on", "2020-01-01", "E_ANSWER"),
        ("complete.everything", True, "E_ANSWER"),
        ("complete.parties", "perhaps", "E_ANSWER"),
        ("complete.parties", {"members": {}}, "E_ANSWER"),
        ("complete.parties", {"members": ["x"]}, "E_VALUE"),
        ("complete.parties", {"members": [{"rolle": "end_user"}]}, "E_UNKNOWN_KEY"),
        ("items[1].tpp", {"rate": []}, "E_ANSWER"),
        ("items[1].tpp", "much", "E_NUMBER"),
        ("items[1].tpp", -1, "E_NUMBER"),
        ("shipment.to", "Chinna", "E_COUNTRY"),
        ("", 1, "E_ANSWER"),
    ],
)
def test_what_is_no_answer_is_told(bare: TestClient, key: str, answer: Any, code: str) -> None:
    found = errors(bare.post("/v1/ask", json={"case": START, "answers": {key: answer}}), 422)
    assert found[0]["code"] == code


def test_what_cannot_be_a_step_is_told(bare: TestClient) -> None:
    for body, code, path in (
        ({}, "E_VALUE", "case"),
        ({"case": []}, "E_VALUE", "case"),
        ({"case": START, "declined": [1, {}]}, "E_VALUE", "declined"),
        ({"case": START, "answer": {}}, "E_UNKNOWN_KEY", "answer"),
        ({"case": {}}, "E_DATE", ""),
        ({"case": START | {"items": [{}] * 26}}, "E_TOO_MANY", ""),
        ({"case": START | {"act": "exprot"}}, "E_VALUE", "act"),
    ):
        found = errors(bare.post("/v1/ask", json=body), 422)[0]
        assert (found["code"], found["path"]) == (code, path)


def test_answers_that_cannot_all_be_true_are_told(bare: TestClient) -> None:
    answers = {"items[1].tpp": 10, "items[1].declared.us": ["3A090.a"]}
    assert errors(bare.post("/v1/ask", json={"case": START, "answers": answers}), 422)[0]["code"] == "E_CONTRADICTION"


def test_owners_of_a_graph_can_be_asked_about(bare: TestClient) -> None:
    case = START | {
        "parties": [{"role": "end_user", "name": "A company"}],
        "holdings": [{"owner": "An owner", "owned": "A company", "share": 30}],
    }
    step = asked(bare, case=case, answers={"parties[1].owners[1].country": "CN"})
    assert step["case"]["parties"][0]["owners"][0]["country"] == "CN"
    assert "holdings" not in step["case"]
