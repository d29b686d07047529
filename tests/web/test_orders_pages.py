"""Order books on the desk: a table, its map proposed and corrected, how far it is, and what it came to."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.check import Checker
from licet.services.jobs import queue
from licet.services.jobs.counter import counter
from licet.services.jobs.drafts import MOST, Drafts
from licet.services.serve import Service
from licet.web.language import LANGUAGES
from tests.services.orders_book import HEADER, MAP
from tests.web.conftest import Visitor

ROWS = [f"L{n},2024-03-0{n % 3 + 1},CN,=thing {n},yes,{n},Firm {n % 2},{n}" for n in range(6)]
BOOK = (HEADER + "".join(f"{row.replace('2024', 'soon') if n == 5 else row}\n" for n, row in enumerate(ROWS))).encode()
WAIT = 60.0  # seconds, on a machine that is busy


@pytest.fixture(scope="module")
def shop(checker: Checker, doors: Access, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Visitor]]:
    """An analyst, a reader and an officer where jobs are done."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LICET_HOME", str(home))
        service = Service(replace(checker, screening=None))
        yield {name: Visitor(service, doors, name) for name in ("reader", "analyst", "officer")}


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is begun."""
    monkeypatch.setattr(queue, "wake", lambda _: None)
    monkeypatch.setattr("licet.services.jobs.counter.wake", lambda _: None)


def sent(visitor: Visitor, path: str, fields: dict[str, str] | None = None, **files: tuple[str, bytes]) -> Any:
    """Send a form with files; without any a file field that nobody used, as a browser does."""
    data = {"token": visitor.token} | (fields or {})
    return visitor.client.post(path, data=data, files=files or {"joined": ("", b"")})


def handed_in(visitor: Visitor, **fields: str) -> Any:
    draft = sent(visitor, "/orders", table=("book.csv", BOOK))
    assert re.search(r"/orders/draft/[0-9a-f]{32}$", str(draft.url)), draft.text
    return sent(visitor, str(draft.url.path), {"map": MAP, "way": "batch"} | fields)


def ended(visitor: Visitor, path: str) -> str:
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        page: str = visitor.get(path).text
        if "data-events" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError(f"{path} does not end")


def test_a_book_is_decided_and_a_change_is_compared(shop: dict[str, Visitor]) -> None:
    analyst = shop["analyst"]
    made = handed_in(analyst)
    page = ended(analyst, made.url.path)
    for said in ("Lines by outcome", "not settled", "could not be decided (1)", "book.csv", "lines: 6"):
        assert said in page, said
    for link in re.findall(r'href="(/v1/batch/[^"]+)"', page):
        assert analyst.get(link).status_code == 200
    for language in LANGUAGES:
        answer = analyst.get(made.url.path, headers={"Accept-Language": language})
        assert answer.status_code == 200 and f'<html lang="{language}">' in answer.text
    again = analyst.post(made.url.path, do="again")
    assert "shipment.to: to" in unescape(again.text) and "book.csv" in again.text
    days = sent(analyst, again.url.path, {"map": MAP, "way": "days", "from": "2022-09-01", "to": "2024-03-01"})
    compared = ended(analyst, days.url.path)
    assert "2022-09-01" in compared and ("lines flip" in compared or "Nothing flips" in compared)
    for language in LANGUAGES:
        assert analyst.get(days.url.path, headers={"Accept-Language": language}).status_code == 200
    for link in re.findall(r'href="(/v1/impact/[^"]+)"', compared):
        assert analyst.get(link).status_code == 200
    assert "book.csv" in analyst.get("/orders").text and "book.csv" in shop["officer"].get("/orders").text
    assert (
        "Nothing was handed in" in analyst.post(made.url.path, do="stop").text
        or "book.csv" in analyst.get("/orders").text
    )
    assert analyst.get(made.url.path).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_waits_in_every_language(shop: dict[str, Visitor], idle: None, language: str) -> None:
    analyst = shop["analyst"]
    draft = sent(analyst, "/orders", table=("a book.csv", BOOK)).url.path
    waiting = handed_in(analyst).url.path
    for path in ("/orders", draft, waiting):
        answer = analyst.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200 and f'<html lang="{language}">' in answer.text
    assert f'data-events="/v1{waiting.removeprefix("/orders")}/events"' in analyst.get(waiting).text
    assert f'href="{waiting}"' in analyst.get(waiting).text  # to look again without scripts
    analyst.post(waiting, do="stop")


def test_a_map_is_proposed_and_what_is_wrong_with_it_stays_to_be_corrected(
    shop: dict[str, Visitor], idle: None
) -> None:
    analyst = shop["analyst"]
    draft = sent(analyst, "/orders", table=("b.csv", b"Order No,Destination country,Colour\n1,CN,red\n"))
    page = unescape(draft.text)
    assert "shipment.to" in page and "Not understood:" in page and "Colour" in page
    answer = sent(analyst, draft.url.path, {"map": "line: Nothing here\nfacts: {item.tpp: x}", "way": "batch"})
    assert answer.status_code == 422 and "Nothing here" in unescape(answer.text)
    assert str(counter().shelf.root) not in answer.text
    assert "Nothing here" in unescape(analyst.get(draft.url.path).text)  # it was kept
    assert analyst.get(sent(analyst, draft.url.path, {"do": "drop"}).url.path).status_code == 200
    assert analyst.get(draft.url.path).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"way": "days"}, "an earlier and a later day"),
        ({"way": "days", "from": "2024-01-01", "to": "2023-01-01"}, "an earlier and a later day"),
        ({"way": "days", "from": "<b>"}, "is not a date"), ({"way": "proposal"}, "no proposal was sent"),
        ({"encoding": "idna"}, "is not known"),
        ({"law_age": "many"}, "0 to 3660 days"), ({"on": "soon"}, "is not a date"), ({"map": ""}, "map"),
        ({"map": "facts: {item.tpp: <script>alert(1)</script>}"}, "script"),
        ({"map": MAP + "join: [{table: ../../l.csv, on: a, key: b}]"}, "sent"),
    ],
)  # fmt: skip
def test_what_cannot_be_begun_is_told(shop: dict[str, Visitor], idle: None, fields: dict[str, str], said: str) -> None:
    answer = handed_in(shop["analyst"], **fields)
    assert answer.status_code == 422 and said in unescape(answer.text)
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("b.csv", b""), ("b.csv", b"\x00\xff"), ("b.xlsx", b"PK\x03\x04"), ("b.parquet", b"PAR1"), ("..", b"a\n1\n"),
        ("b<script>.csv", b"a\n1\n"), ("", b""),
    ],
)  # fmt: skip
def test_hostile_tables_are_refused_and_leave_nothing(
    shop: dict[str, Visitor], idle: None, name: str, data: bytes
) -> None:
    before = {path.name for path in counter().shelf.root.iterdir()} if counter().shelf.root.exists() else set()
    answer = sent(shop["analyst"], "/orders", table=(name, data))
    assert answer.status_code == 422 and "<main" in answer.text
    assert {path.name for path in counter().shelf.root.iterdir()} <= before | {"lock"}


def test_whose_books_they_are(shop: dict[str, Visitor], idle: None) -> None:
    analyst, officer, reader = shop["analyst"], shop["officer"], shop["reader"]
    draft = sent(analyst, "/orders", table=("mine.csv", BOOK)).url.path
    waiting = handed_in(analyst).url.path
    assert officer.get(draft).status_code == 404 and officer.get(waiting).status_code == 200
    for path in ("/orders", draft, waiting):
        assert reader.get(path).status_code == 403
    assert sent(reader, "/orders", table=("b.csv", BOOK)).status_code == 403
    for path in ("/orders", draft):
        refused = analyst.client.post(path, data={"token": "another"}, files={"table": ("b.csv", BOOK)})
        assert refused.status_code == 403
    assert analyst.client.post(waiting, data={"token": "another", "do": "stop"}).status_code == 403
    assert analyst.get("/orders/batch/" + "0" * 32).status_code == 404
    assert analyst.get("/orders/other/" + "0" * 32).status_code == 404
    assert analyst.post(waiting, do="burn").status_code == 400
    analyst.post(waiting, do="stop")


def test_only_the_newest_drafts_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICET_HOME", str(tmp_path))
    mine, others = (Drafts(counter().shelf, Caller(name, Role.ANALYST)) for name in ("ada", "bob"))
    other = others.new()
    made = [mine.new().id for _ in range(MOST + 3)]
    found = [path.name for path in counter().shelf.root.glob(".draft-*")]
    assert len(found) == MOST + 1 and any(made[-1] in name for name in found)
    assert others.find(other.id).folder.is_dir()
