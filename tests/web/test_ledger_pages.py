"""The ledger on the desk: listed, shown, verified, made again, held, released, erased, handed out."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from licet.ledger import store as tables
from licet.ledger.adding import Entry
from licet.ledger.canonical import canonical
from licet.ledger.keys import make_key
from licet.ledger.record import BATCH, Record
from licet.services.access.caller import Role
from licet.services.access.desk import Access
from licet.services.check import Checker, Options
from licet.services.hits import Decision
from licet.services.ledger.hits import keep_hit
from licet.services.ledger.keep import Keeper
from licet.services.serve import Service
from licet.web.language import LANGUAGES
from tests.ledgers import begun
from tests.web.conftest import Visitor

CASE = {
    "case": "cards", "on": "2023-11-20", "act": "export", "shipment": {"from": "US", "to": "CN"},
    "items": [{"name": "H800", "kind": "integrated_circuit", "declared": {"us": "3A090.a"}}],
}  # fmt: skip
VERIFY = "/ledger/verify"


@pytest.fixture(scope="module")
def kept(checker: Checker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """With a ledger that keeps two decisions (records 2 and 3) of a case that law asks to keep."""
    folder = tmp_path_factory.mktemp("ledger")
    ledger = begun(folder)
    own = replace(checker, screening=None)
    service = Service(own, Keeper(own, ledger, "the server"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LICET_HOME", str(folder))
        for number in range(2):
            service.check(json.dumps(CASE), Options(), f"{number}", "analyst")
        yield service
    ledger.store.close()


@pytest.fixture(scope="module")
def visitors(kept: Service, doors: Access) -> dict[Role, Visitor]:
    """Somebody of each role."""
    named = {role: Visitor(kept, doors, role.word) for role in (Role.READER, Role.ANALYST, Role.OFFICER)}
    return named | {Role.ADMINISTRATOR: Visitor(kept, doors)}


@pytest.fixture
def root(visitors: dict[Role, Visitor], own_home: Path) -> Visitor:
    """An administrator."""
    return visitors[Role.ADMINISTRATOR]


def newest(service: Service) -> int:
    assert service.keeper is not None
    with service.keeper.ledger.store.reading() as connection:
        return sum(1 for _ in tables.each(connection))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledger_in_every_language(root: Visitor, language: str) -> None:
    for path in ("/ledger", "/ledger?kind=decision", "/ledger/1", "/ledger/2"):
        answer = root.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200 and f'<html lang="{language}">' in answer.text


def test_records_are_listed_the_newest_first(root: Visitor) -> None:
    page = root.get("/ledger?kind=decision").text
    numbers = re.findall(r'<th scope="row"><a href="/ledger/(\d+)">', page)
    assert numbers == ["3", "2"] and "licence required" in page
    assert re.findall(r'<th scope="row"><a href="/ledger/(\d+)">', root.get("/ledger?before=3").text) == ["2", "1"]
    assert "Nothing fits" in root.get("/ledger?kind=batch").text


def test_verifying_tells_what_was_looked_at(root: Visitor) -> None:
    page = root.post(VERIFY).text
    assert "Nothing was changed" in page and re.search(r"Signed with <code>[0-9a-f]{64}</code>", page)


@pytest.mark.parametrize("body", ["{", "[]", '{"at": 1}', '{"at": "2026-11-20T08:00:00.000000+00:00"}'])
def test_a_record_that_was_changed_is_listed_as_such_beside_the_others(
    root: Visitor, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    each = tables.each

    def changed(*given: Any, **how: Any) -> Iterator[Record]:
        for record in each(*given, **how):
            yield replace(record, body=body) if record.number == 2 else record

    monkeypatch.setattr(tables, "each", changed)
    page = root.get("/ledger")
    assert page.status_code == 200 and page.text.count("This record was changed since it was kept") == 1
    assert "licence required" in page.text and 'href="/ledger/2"' in page.text


def test_a_decision_is_made_again(root: Visitor) -> None:
    assert "The same, to the byte" in root.post("/ledger/2", do="replay").text
    assert "By the law of now" in root.post("/ledger/2", do="today").text
    assert 'href="/decision/2"' in root.get("/ledger/2").text and 'href="/ledger/2"' in root.get("/decision/2").text


def test_what_must_be_kept_is_not_erased_and_the_reason_is_told(root: Visitor) -> None:
    told = unescape(root.get("/ledger/2").text)
    assert "It cannot be erased while these stand" in told and "762.6" in told
    refused = root.post("/ledger/2", do="erase", reason="asked to", sure="yes")
    assert refused.status_code == 422 and "must be kept" in refused.text and "762.6" in refused.text
    assert 'value="asked to"' in refused.text
    assert "Tick that you know" in root.post("/ledger/2", do="erase", reason="asked to").text
    assert root.get("/decision/2").status_code == 200


def test_a_hold_comes_and_goes(root: Visitor, kept: Service) -> None:
    assert root.post("/ledger/3", do="hold", reason="").status_code == 422
    page = root.post("/ledger/3", do="hold", reason="an <audit>")
    assert "A hold stands on it now" in page.text and "an &lt;audit&gt;" in page.text
    held = newest(kept)
    assert "about record" in root.get(f"/ledger/{held}").text
    assert "Its holds are released" in root.post("/ledger/3", do="release", reason="over").text
    assert root.post("/ledger/3", do="release", reason="over").status_code == 422


def test_every_kind_of_record_has_a_page(root: Visitor, kept: Service, tmp_path: Path) -> None:
    assert kept.keeper is not None
    ledger = kept.keeper.ledger
    at = datetime(2026, 1, 1, tzinfo=UTC)
    hit = keep_hit(ledger, Decision(at, "ada", "true", "<same>", "X & Co", "k", "us.el", "e<1>", "X", "0" * 64, "{}"))
    says = {"lines": 2, "outcomes": {"prohibited": 1}, "rejected": 1, "engine": "licet", "lists": ""}
    hashes = {f"{what}_sha256": "f" * 64 for what in ("table", "map", "result")}
    inputs = canonical({"table": "<b>.csv", "map": "m.yaml", "joined": {}})
    book = ledger.keep(Entry(says | hashes, {"inputs": inputs, "by": canonical("ada")}), kind=BATCH)
    assert "e&lt;1&gt;" in root.get(f"/ledger/{hit.number}").text
    assert "&lt;b&gt;.csv" in root.get(f"/ledger/{book.number}").text
    assert "cannot be made again here" in root.post(f"/ledger/{book.number}", do="replay").text
    gone = root.post(f"/ledger/{hit.number}", do="erase", reason="asked to", sure="yes")
    assert "It is erased" in gone.text and "&lt;same&gt;" not in gone.text and "(erased)" in gone.text
    turned = ledger.rotate(make_key(tmp_path / "new.pem"), "ada", "a new year")
    for number in range(hit.number, turned.number + 1):
        assert root.get(f"/ledger/{number}").status_code == 200
    listed = root.get("/ledger").text
    assert all(word in listed for word in ("hit decided", "order book", "erasure", "new key"))


@pytest.mark.parametrize(
    ("what", "least"),
    [
        (VERIFY, Role.READER), ("replay", Role.ANALYST), ("today", Role.ANALYST), ("hold", Role.OFFICER),
        ("release", Role.OFFICER), ("/ledger/checkpoint", Role.OFFICER), ("/ledger/export", Role.OFFICER),
        ("erase", Role.ADMINISTRATOR),
    ],
)  # fmt: skip
def test_who_may_do_what(visitors: dict[Role, Visitor], own_home: Path, what: str, least: Role) -> None:
    path = what if what.startswith("/") else "/ledger/3"
    for role in (least - 1, least):
        if not role:
            continue
        visitor = visitors[Role(role)]
        answer = visitor.post(path, do=what, reason="" if what in ("hold", "release", "erase") else "x")
        assert (answer.status_code == 403) == (role < least), role
        if not what.startswith("/"):
            assert (f'value="{what}"' in visitor.get(path).text) == (role >= least) or what == "release"


def test_a_form_without_the_token_does_nothing(root: Visitor, kept: Service) -> None:
    before = newest(kept)
    for path in (VERIFY, "/ledger/export", "/ledger/checkpoint", "/ledger/2"):
        for token in ("", "another"):
            answer = root.client.post(path, data={"token": token, "do": "hold", "reason": "x"})
            assert answer.status_code == 403
    assert newest(kept) == before


def test_a_checkpoint_and_the_whole_are_handed_out(root: Visitor, kept: Service) -> None:
    made = root.post("/ledger/checkpoint")
    assert "attachment" in made.headers["content-disposition"]
    assert made.json()["number"] == newest(kept)
    whole = root.post("/ledger/export")
    with zipfile.ZipFile(io.BytesIO(whole.content)) as archive:
        lines = archive.read("records.jsonl").splitlines()
    assert len(lines) == newest(kept) and whole.headers["content-type"] == "application/zip"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ledger/99999", 404), ("/ledger/0", 422), ("/ledger/x", 422), (f"/ledger/{2**63}", 422),
        ("/ledger/verify", 422), ("/ledger?kind=<script>", 200), ("/ledger?before=-1", 422),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told(root: Visitor, path: str, status: int) -> None:
    answer = root.get(path)
    assert answer.status_code == status and "<script>" not in answer.text.replace("<script src=", "")


def test_what_a_form_does_not_say_is_told(root: Visitor) -> None:
    assert root.post("/ledger/2", do="burn").status_code == 400
    assert root.post("/ledger/99999", do="hold", reason="x").status_code == 404


def test_without_a_ledger_it_is_said(desk: Visitor) -> None:
    assert "No ledger is set up" in desk.get("/ledger").text
    assert desk.get("/ledger/1").status_code == 404
    assert desk.post(VERIFY).status_code == 404
