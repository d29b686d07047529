"""Parties screened over HTTP, by the lists as they are when they are asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from licet.services import serve
from licet.services.check import Checker
from licet.services.serve import Service
from tests.api.conftest import Fakes
from tests.api.test_api import CASE, SCHEMAS, errors
from tests.services.screen_fakes import DAY

ZELKOVA = {"name": "ZELKOVA QD", "country": ["CN"], "role": ["end_user"], "kind": "firm"}


def test_each_party_is_answered_in_its_order(screening: TestClient) -> None:
    parties = [ZELKOVA, {"name": "Nobody Known Anywhere GmbH"}, {"name": "?"}]
    body: dict[str, Any] = {"parties": parties, "on": DAY.isoformat(), "lists": ["us.el"], "limit": 3}
    found = screening.post("/v1/screen", json=body).json()
    schema = json.loads((SCHEMAS / "licet.screening-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(found["answers"])
    assert found["result"] == "hit"
    assert [one["query"]["result"] for one in found["answers"]] == ["hit", "no_hit", "failed"]
    first = found["answers"][0]
    assert (first["query"]["countries"], first["query"]["roles"], first["query"]["limit"]) == (["CN"], ["end_user"], 3)
    assert (first["hits"][0]["list"], first["hits"][0]["alias"]) == ("us.el", "Zelkova QD")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "parties"),
        ({"parties": []}, "parties"),
        ({"parties": [{}]}, "parties.0.name"),
        ({"parties": [{"name": "x", "nmae": "y"}]}, "parties.0.nmae"),
        ({"parties": [{"name": 7}]}, "parties.0.name"),
        ({"parties": [{"name": "x"}] * 1_001}, "parties"),
        ({"parties": [{"name": "x"}], "on": "soon"}, "on"),
        ({"parties": [{"name": "x"}], "limit": 0}, "limit"),
        ({"parties": [{"name": "x"}], "threshold": 0}, "threshold"),
        ({"parties": [{"name": "x"}], "threshold": 1.1}, "threshold"),
    ],
)
def test_what_cannot_be_screened_is_told(screening: TestClient, body: dict[str, Any], path: str) -> None:
    assert errors(screening.post("/v1/screen", json=body), 422)[0]["path"] == path


def test_a_body_that_is_no_json_is_told(screening: TestClient) -> None:
    answer = screening.post("/v1/screen", content=b"{", headers={"content-type": "application/json"})
    assert errors(answer, 422)[0]["code"] == "E_VALUE"


def test_lists_are_used_as_they_are_now(screening: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASE | {
        "on": DAY.isoformat(),
        "parties": [{"role": "end_user", "name": "Zelkova Quantum Devices Co., Ltd."}],
    }

    def results() -> list[str]:
        answer = screening.post("/v1/check", json=case, params={"law_age": 3650})
        return [party["result"] for party in answer.json()["screening"]]

    assert results() == ["listed"]
    made: list[int] = []

    def anew(self: Service) -> Fakes:
        made.append(1)
        return Fakes(self.checker)

    monkeypatch.setattr(serve.Service, "_screeners", anew)
    assert results() == ["listed"]
    assert made == []
    (tmp_path / "lists" / "manifest.json").write_text("22", encoding="utf-8")
    assert results() == ["listed"]
    assert made == [1]
    (tmp_path / "hits").mkdir()
    (tmp_path / "hits" / "decisions.sqlite3").write_text("x", encoding="utf-8")
    results()
    results()
    assert made == [1, 1]


def test_a_screening_is_kept_once_for_each_key(
    keeping: TestClient, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve.Service, "_screeners", lambda self: Fakes(checker))
    body: dict[str, Any] = {"parties": [ZELKOVA, {"name": "?"}], "on": DAY.isoformat(), "lists": ["us.el"]}
    first = keeping.post("/v1/screen", json=body, headers={"Idempotency-Key": "parties-1"})
    again = keeping.post("/v1/screen", json=body, headers={"Idempotency-Key": "parties-1"})
    assert (first.headers["Licet-Record"], again.headers["Licet-Record"]) == ("2", "2")
    assert first.json() == again.json()
    shown = keeping.get("/v1/ledger/2").json()
    assert (shown["record"]["kind"], shown["record"]["result"]) == ("screening", "hit")
    assert shown["parts"]["answer"] == first.json()["answers"]
    other = keeping.post("/v1/screen", json=body | {"limit": 2}, headers={"Idempotency-Key": "parties-1"})
    assert errors(other, 422)[0]["code"] == "E_IDEMPOTENCY"
    assert keeping.post("/v1/screen", json=body).headers["Licet-Record"] == "3"
    assert len(keeping.get("/v1/ledger").json()["records"]) == 3
