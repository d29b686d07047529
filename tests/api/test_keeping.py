"""What is done to the ledger over HTTP: holds, erasing, a new key, checkpoints, the whole as a file."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from licet.ledger.checkpoint import read_checkpoint
from licet.ledger.verify import verify
from licet.services.access.caller import Role
from licet.services.check import Checker
from licet.services.ledger import export
from licet.services.ledger.keep import Keeper
from licet.services.ledger.opening import open_ledger, start
from licet.services.serve import Service
from tests.api.conftest import client_of
from tests.api.test_api import CASE, errors

JSON = {"content-type": "application/json"}
WHY = {"reason": "an inquiry"}


@pytest.fixture
def service(checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Over a ledger as `licet ledger start` makes it, with a classification of no duty to keep as record 2."""
    monkeypatch.setenv("LICET_HOME", str(tmp_path))
    monkeypatch.delenv("LICET_LEDGER", raising=False)
    start("", "an officer").store.close()
    own = replace(checker, screening=None)
    made = Service(own, Keeper(own, open_ledger(), "nobody"))
    yield made
    assert made.keeper is not None
    assert verify(made.keeper.ledger.store).findings == ()
    made.keeper.ledger.store.close()


@pytest.fixture
def client(service: Service, tmp_path: Path) -> TestClient:
    made = client_of(service, tmp_path / "accounts")
    body = CASE | {"on": "2024-06-01"}
    answer = made.post("/v1/classify", json=body, params={"scheme": "us"}, headers={"Idempotency-Key": "a"})
    assert answer.headers["licet-record"] == "2"
    return made


def test_a_record_is_held_released_and_erased(client: TestClient) -> None:
    held = client.post("/v1/ledger/2/hold", json=WHY).json()
    assert (held["number"], held["kind"], held["about"]) == (3, "hold", 2)
    shown = client.get("/v1/ledger/2").json()
    assert shown["held"] is True
    assert [(one["kind"], one["by"], one["reason"]) for one in shown["events"]] == [
        ("hold", "an officer", "an inquiry"),
    ]  # fmt: skip
    refused = errors(client.post("/v1/ledger/2/erase", json=WHY), 409)[0]
    assert (refused["code"], "hold 3" in refused["message"]) == ("E_KEPT", True)
    assert client.post("/v1/ledger/2/release", json=WHY).json()["kind"] == "release"
    assert errors(client.post("/v1/ledger/2/release", json=WHY), 409)[0]["code"] == "E_NO_HOLD"
    erased = client.post("/v1/ledger/2/erase", json=WHY).json()
    assert (erased["kind"], erased["erased"]) == ("erasure", ["answer", "by", "inputs"])
    assert client.get("/v1/ledger/2").json()["parts"] == {}
    assert errors(client.post("/v1/ledger/2/erase", json=WHY), 410)[0]["code"] == "E_ERASED"
    body = CASE | {"on": "2024-06-01"}
    again = client.post("/v1/classify", json=body, params={"scheme": "us"}, headers={"Idempotency-Key": "a"})
    assert errors(again, 410)[0]["code"] == "E_ERASED"


@pytest.mark.parametrize("what", ["hold", "release", "erase"])
def test_what_is_no_reason_and_no_record_is_refused(client: TestClient, what: str) -> None:
    if what == "release":
        client.post("/v1/ledger/2/hold", json=WHY)
    before, path = client.get("/v1/ledger").json(), f"/v1/ledger/2/{what}"
    for body in ({}, {"reason": ""}, {"reason": "\n \t"}, {"reason": "x" * 2_001}, {"reason": [5]}, {"why": "x"}):
        assert errors(client.post(path, json=body), 422)[0]["code"] in ("E_VALUE", "E_UNKNOWN_KEY")
    assert errors(client.post(path, content=b"[", headers=JSON), 400)[0]["code"] == "E_JSON"
    assert errors(client.post(f"/v1/ledger/77/{what}", json=WHY), 404)[0]["code"] == "E_NO_RECORD"
    for number in (0, 10**30):
        assert client.post(f"/v1/ledger/{number}/{what}", json=WHY).status_code == 422
    assert client.get("/v1/ledger").json() == before


def test_a_checkpoint_is_given(client: TestClient, tmp_path: Path) -> None:
    told = client.post("/v1/ledger/checkpoint").json()
    assert (told["schema"], told["number"]) == ("licet.checkpoint/1", 2)
    file = tmp_path / "point.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert read_checkpoint(file).genuine()


@pytest.mark.parametrize("what", ["no folder", "no file"])
def test_a_checkpoint_that_cannot_be_written_is_no_fault_of_who_asks(
    client: TestClient, tmp_path: Path, what: str
) -> None:
    place = tmp_path / "ledger" / "checkpoints"
    shutil.rmtree(place)
    if what == "no folder":
        place.write_bytes(b"")
    else:
        (place / f"{datetime.now(UTC).date()}.json").mkdir(parents=True)
    errors(client.post("/v1/ledger/checkpoint"), 503)
    if what == "no folder":
        errors(client.post("/v1/check", json=CASE), 503)  # the first decision of a day makes one


def test_the_whole_is_a_file_that_leaves_nothing_behind(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(aside))
    answer = client.get("/v1/ledger/export")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith('attachment; filename="licet-ledger-')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as found:
        records = [json.loads(line) for line in found.read("records.jsonl").splitlines()]
        assert [record["kind"] for record in records] == ["start", "classification"]
        assert {"README.txt", "parts.jsonl"} < {*found.namelist()}
    assert [*aside.iterdir()] == []

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "export", full)
    assert client.get("/v1/ledger/export").status_code >= 500
    assert [*aside.iterdir()] == []


def test_the_key_is_rotated_and_the_server_goes_on_with_it(client: TestClient, tmp_path: Path) -> None:
    key = (tmp_path / "ledger" / "key.pem").read_bytes()
    told = client.post("/v1/ledger/rotate", json={"reason": "once a year"}).json()
    assert (told["kind"], told["number"], told["about"]) == ("rotation", 3, 0)
    assert (tmp_path / "ledger" / "key.pem").read_bytes() != key
    assert client.post("/v1/ledger/2/hold", json=WHY).json()["number"] == 4
    found = client.get("/v1/ledger/verify").json()
    assert (found["findings"], found["key"], len(found["keys"])) == ([], told["key"], 2)


def test_without_a_ledger_there_is_nothing_to_do(bare: TestClient) -> None:
    for method, path in (
        ("POST", "2/hold"), ("POST", "2/release"), ("POST", "2/erase"), ("POST", "rotate"), ("POST", "checkpoint"),
        ("GET", "export"),
    ):  # fmt: skip
        body: Any = WHY if method == "POST" else None
        answer = bare.request(method, f"/v1/ledger/{path}", json=body)
        assert errors(answer, 404)[0]["code"] == "E_NO_LEDGER"


def test_an_officer_neither_erases_nor_rotates(service: Service, client: TestClient, tmp_path: Path) -> None:
    officer = client_of(service, tmp_path / "accounts", Role.OFFICER)
    assert officer.post("/v1/ledger/2/hold", json=WHY).status_code == 200
    assert officer.get("/v1/ledger/export").status_code == 200
    for path in ("2/erase", "rotate"):
        assert errors(officer.post(f"/v1/ledger/{path}", json=WHY), 403)[0]["code"] == "E_ROLE"
