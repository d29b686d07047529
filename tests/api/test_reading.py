"""Law, lists and alignment over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from licet.facts.errors import CaseError
from licet.parties.store import store as kept
from licet.render.align_data import as_json as alignment_json
from licet.services import align_kept, lawcoverage, lawdiff, lists, lists_view
from licet.services.align import Asked, align
from licet.services.check import Checker
from licet.services.home import law_root
from licet.services.serve import Service
from tests.api.conftest import client_of
from tests.api.test_api import errors
from tests.services.lists_files import catalogue, csl

RULE = "us.ear.ccl.3A090.a"


def paged(client: TestClient, path: str, key: str, **params: Any) -> list[dict[str, Any]]:
    """All rows of a list, page by page."""
    rows, after = list[dict[str, Any]](), None
    while True:
        answer = client.get(path, params=params | ({} if after is None else {"after": after}))
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page[key]) <= params["limit"]
        rows += page[key]
        after = page["next"]
        if after is None:
            return rows


# --- law ---------------------------------------------------------------------------------------


def test_the_versions_of_a_provision(bare: TestClient, checker: Checker) -> None:
    told = bare.get(f"/v1/law/{RULE}/timeline").json()
    rule = checker.law.rules[RULE]
    assert (told["id"], told["cite"], len(told["versions"])) == (RULE, rule.cite, len(rule.versions))
    starts = [version["start"] for version in told["versions"]]
    assert starts == sorted(starts)
    assert told["versions"][0]["sources"][0]["basis"] == "official"
    assert errors(bare.get("/v1/law/us.nothing/timeline"), 404)[0]["code"] == "L_NO_RULE"


def test_what_changed_between_two_days(bare: TestClient) -> None:
    told = bare.get("/v1/law/diff", params={"from": "2023-11-16", "to": "2023-11-17"}).json()
    assert told["schema"] == "licet.law-diff/1"
    assert RULE in [provision["id"] for provision in told["provisions"]]
    same = {"from": "2023-11-17", "to": "2023-11-17"}
    assert errors(bare.get("/v1/law/diff", params=same), 422)[0]["code"] == "E_DATE"
    assert errors(bare.get("/v1/law/diff"), 422)[0]["path"] == "query.from"


def test_what_changed_in_years_comes_page_by_page(bare: TestClient, checker: Checker) -> None:
    span = (date(2018, 10, 1), date(2026, 10, 1))
    whole = lawdiff.as_json(lawdiff.difference(checker.law, checker.known, *span))
    whole = json.loads(json.dumps(whole))
    params: dict[str, Any] = {"from": span[0].isoformat(), "to": span[1].isoformat()}
    counts = {"provisions": len(whole["provisions"]), "parties": len(whole["parties"])}
    assert min(counts.values()) > 500
    first = bare.get("/v1/law/diff", params=params)
    assert len(first.content) < 200_000
    assert (len(first.json()["provisions"]), first.json()["parties"], first.json()["counts"]) == (100, [], counts)
    provisions, parties = list[Any](), list[Any]()
    after: int | None = 0
    while after is not None:
        page = bare.get("/v1/law/diff", params=params | {"limit": 500, "after": after}).json()
        assert len(page["provisions"]) + len(page["parties"]) <= 500 and page["counts"] == counts
        provisions, parties, after = provisions + page["provisions"], parties + page["parties"], page["next"]
    assert (provisions, parties) == (whole["provisions"], whole["parties"])
    behind = bare.get("/v1/law/diff", params=params | {"after": 1_000_000}).json()
    assert (behind["provisions"], behind["parties"], behind["next"]) == ([], [], None)
    for wrong in ({"limit": 501}, {"limit": 0}, {"after": -1}):
        assert errors(bare.get("/v1/law/diff", params=params | wrong), 422)


def test_coverage_comes_page_by_page(bare: TestClient, checker: Checker) -> None:
    whole = json.loads(json.dumps(lawcoverage.as_json(lawcoverage.coverage(checker.law, date(2024, 1, 1)))))
    sections, entries = list[Any](), list[Any]()
    after: int | None = 0
    while after is not None:
        page = bare.get("/v1/law/coverage", params={"on": "2024-01-01", "limit": 300, "after": after}).json()
        sections, entries, after = sections + page["sections"], entries + page["entries"], page["next"]
    assert (sections, entries) == (whole["sections"], whole["entries"])
    assert page["counts"] == {"sections": len(sections), "entries": len(entries)}


def test_versions_that_begin_in_a_span_page_by_page(bare: TestClient, checker: Checker) -> None:
    span = {"from": "2023-10-01", "to": "2024-04-30", "jurisdiction": "us"}
    rows = paged(bare, "/v1/law/changes", "changes", limit=60, **span)
    assert rows == bare.get("/v1/law/changes", params=span | {"limit": 500}).json()["changes"]
    assert [row["day"] for row in rows] == sorted(row["day"] for row in rows)
    assert ("2023-11-17", RULE) in [(row["day"], row["id"]) for row in rows]
    begun = {
        (rule.id, number)
        for rule in checker.law.rules.values()
        for number, version in enumerate(rule.versions, 1)
        if "2023-10-01" <= str(version.start)[:10] <= "2024-04-30" and rule.id.startswith("us.")
    }
    assert {(row["id"], row["number"]) for row in rows if row["id"].startswith("us.")} == begun


def test_what_is_encoded(bare: TestClient) -> None:
    told = bare.get("/v1/law/coverage", params={"jurisdiction": "us", "on": "2024-01-01"})
    assert told.status_code == 200
    assert told.json()


# --- lists -------------------------------------------------------------------------------------


@pytest.fixture
def listed(checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """With two editions of two lists: Firm a to d, then Firm b to e."""
    monkeypatch.setenv("LICET_HOME", str(tmp_path))
    monkeypatch.setattr(kept, "shipped", lambda: catalogue({"csl": [], "paper": []}))
    for keys, made in (("abcd", "2026-06-30"), ("bcde", "2026-07-31")):
        file = tmp_path / "csl.json"
        file.write_bytes(csl(keys, "xyz", made))
        lists.add(lists.open_store(), [file], lists.Reading(), datetime.fromisoformat(f"{made}T12:00+00:00"))
    yield client_of(Service(replace(checker, screening=None), own=tmp_path), tmp_path / "accounts")


def test_the_lists_in_use(listed: TestClient) -> None:
    told = listed.get("/v1/lists").json()
    store = lists.open_store()
    states = store.state(None, None, date.today())
    assert told == lists_view.state_json(states, store.snapshot_id(), lists_view.not_loaded(store))
    assert {row["list"]: (row["edition"], row["entries"]) for row in told["lists"]} == {
        "us.el": ("2026-07-31", 4), "us.sdn": ("2026-07-31", 3),
    }  # fmt: skip
    before = listed.get("/v1/lists", params={"known": "2026-07-01"}).json()
    assert {row["edition"] for row in before["lists"]} == {"2026-06-30"}


def test_the_entries_of_a_list_page_by_page(listed: TestClient) -> None:
    rows = paged(listed, "/v1/lists/us.el", "entries", limit=3)
    assert sorted(row["name"] for row in rows) == ["Firm b", "Firm c", "Firm d", "Firm e"]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert (rows[0]["countries"], rows[0]["names"][0]["kind"]) == (["CN"], "primary")
    then = listed.get("/v1/lists/us.el", params={"known": "2026-07-01"}).json()
    assert sorted(row["name"] for row in then["entries"]) == ["Firm a", "Firm b", "Firm c", "Firm d"]


def test_the_editions_of_a_list_and_what_changed(listed: TestClient) -> None:
    editions = listed.get("/v1/lists/us.el/history").json()["editions"]
    pages = [
        listed.get("/v1/lists/us.el/history", params={"limit": 1, "after": n}).json() for n in range(len(editions))
    ]
    assert [row for page in pages for row in page["editions"]] == editions
    assert [page["next"] for page in pages] == [*range(1, len(editions)), None]
    assert [(row["edition"], row["added"], row["removed"]) for row in editions] == [
        ("2026-06-30", None, None), ("2026-07-31", 1, 1),
    ]  # fmt: skip
    for params in ({}, {"from": editions[0]["load"], "to": editions[1]["load"]}, {"from": "2026-07-01"}):
        told = listed.get("/v1/lists/us.el/changes", params=params).json()
        assert ([row["name"] for row in told["added"]], [row["name"] for row in told["removed"]]) == (
            ["Firm e"], ["Firm a"],
        )  # fmt: skip
    pages = [listed.get("/v1/lists/us.el/changes", params={"after": n, "limit": 1}).json() for n in range(3)]
    assert [[row["name"] for row in (*page["added"], *page["removed"])] for page in pages] == [
        ["Firm e"],
        ["Firm a"],
        [],
    ]
    assert [page["next"] for page in pages] == [1, None, None]
    assert {*pages[0]["counts"].values()} == {0, 1}
    assert errors(listed.get("/v1/lists/us.el/changes", params={"from": "zz"}), 404)[0]["code"] == "E_NO_EDITION"


def test_lists_that_are_not_there(bare: TestClient, listed: TestClient) -> None:
    for path in ("/v1/lists/us.ell", "/v1/lists/us.ell/history", "/v1/lists/us.ell/changes"):
        found = errors(listed.get(path), 404)[0]
        assert (found["code"], found["hint"]) == ("E_NO_LIST", "did you mean us.el?")
    assert errors(listed.get("/v1/lists", params={"known": "soon"}), 422)[0]["code"] == "E_KNOWN"


# --- alignment ---------------------------------------------------------------------------------

SPAN = {"from": "2023-06-01", "until": "2023-12-31", "place": ["US", "NL"]}


def test_the_matrix_of_a_technology(bare: TestClient, checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    names = bare.get("/v1/align").json()["technologies"]
    assert "duv" in names
    told = bare.get("/v1/align/duv", params=SPAN)
    assert told.status_code == 200, told.text
    asked = Asked("CN", date(2023, 6, 1), date(2023, 12, 31), places=("US", "NL"))
    assert told.json() == json.loads(alignment_json(align(checker, law_root(), "duv", asked)))
    assert [row["place"] for row in told.json()["items"][0]["rows"]] == ["US", "NL"]
    monkeypatch.setattr(align_kept, "align", None)  # it is not worked out again
    assert bare.get("/v1/align/duv", params=SPAN).json() == told.json()


def test_not_everybody_waits_for_alignments(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits takes a thread from all others."""
    waiting, asked = align_kept.Alignments(), Asked("CN", date(2023, 6, 1), date(2023, 12, 31))
    for _ in range(align_kept.MOST_WAITING):
        waiting.room.acquire()
    with pytest.raises(CaseError, match="E_BUSY"):
        waiting.ask(checker, law_root(), "duv", asked)
    waiting.room.release()
    monkeypatch.setattr(align_kept, "align", lambda *_: "an answer")
    answer: Any = waiting.ask(checker, law_root(), "duv", asked)
    assert answer == "an answer"


def test_alignments_that_cannot_be(bare: TestClient, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("technology: own\n", encoding="utf-8")
    for path in ("/v1/align/duw", f"/v1/align/{str(own).replace('/', '%2F')}"):
        assert bare.get(path).status_code == 404
    for params, code in (
        ({"to": "XX"}, "E_COUNTRY"),
        ({"place": "QQ"}, "E_COUNTRY"),
        ({"item": "nothing"}, "E_ITEM"),
        ({"from": "2024-01-01", "until": "2023-01-01"}, "E_DATE"),
        ({"from": "soon"}, "E_VALUE"),
    ):
        assert errors(bare.get("/v1/align/duv", params=params), 422)[0]["code"] == code
