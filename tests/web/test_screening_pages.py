"""Screening on the desk: who was asked for in which way, what is told, and hits that an officer decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from licet.parties.entry import Entry, Name
from licet.parties.match.hit import Query
from licet.services import hits_serve
from licet.services.access.caller import Role
from licet.services.access.desk import Access
from licet.services.check import Checker
from licet.services.hits import Hits
from licet.services.ledger.keep import Keeper
from licet.services.serve import Service
from licet.web.language import LANGUAGES
from tests.ledgers import begun
from tests.web.conftest import Visitor, load_lists

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def listed(checker: Checker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """With two lists of invented firms, loaded today, and a ledger."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        load_lists(home, patch)
        ledger = begun(home)
        own = replace(checker, screening=None)
        yield Service(own, Keeper(own, ledger, "the server"), own=home)
        ledger.store.close()


@pytest.fixture(scope="module")
def visitors(listed: Service, doors: Access) -> dict[Role, Visitor]:
    """Somebody of each role."""
    return {role: Visitor(listed, doors, role.word) for role in (Role.READER, Role.ANALYST, Role.OFFICER)}


@pytest.fixture
def analyst(visitors: dict[Role, Visitor]) -> Visitor:
    return visitors[Role.ANALYST]


@pytest.fixture
def officer(visitors: dict[Role, Visitor]) -> Visitor:
    return visitors[Role.OFFICER]


def screened(visitor: Visitor, **fields: str) -> Any:
    answer = visitor.post("/screening", fields=fields)
    assert answer.status_code == 200 and re.search(r"/screening/\d+$", str(answer.url)), answer.text
    return answer


def number(answer: Any) -> str:
    return str(answer.url).rsplit("/", 1)[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_screening_in_every_language(analyst: Visitor, language: str) -> None:
    made = number(screened(analyst, name="Zelkova Quantum Devices"))
    for path in ("/screening", f"/screening/{made}", "/screening/hits", f"/ledger/{made}"):
        answer = analyst.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200 and f'<html lang="{language}">' in answer.text


def test_a_hit_is_told_with_all_that_is_known_of_it(analyst: Visitor) -> None:
    page = unescape(screened(analyst, name="Zelkova Quantum Devices", country="CN", kind="firm").text)
    for said in ("A party may be on a list", "Test list us.el", "China (CN)", "Effect in law", "firm"):
        assert said in page, said
    assert "<Hefei>" in page


def test_nothing_found_is_never_clear_while_a_list_is_missing(analyst: Visitor) -> None:
    page = screened(analyst, name="Nobody Known Anywhere").text
    assert "No hit, but not clear" in page and "Lists that count are not loaded" in page and "not loaded:" in page
    assert "Clear on these lists" not in page and 'class="badge clear"' not in page
    assert "not loaded: only a few parties" in analyst.get("/screening").text


def test_many_are_asked_for_as_a_list_and_as_a_table(analyst: Visitor) -> None:
    pasted = "Zelkova Quantum Devices; CN\n\nNobody； DE； 1972-11-21; ; Somewhere\n???\n"
    page = screened(analyst, list=pasted).text
    assert [one for one in ("hit: 1", "no hit, but not clear: 1", "not screened: 1") if one not in page] == []
    data = {"token": analyst.token, "name": "", "list": ""}
    file = {"file": ("list.csv", "Name;Country\nZelkova Quantum Devices;CN\n;\nMüller;DE\n".encode())}
    answer = analyst.client.post("/screening", data=data, files=file)
    assert "parties" in analyst.get(f"/ledger/{number(answer)}").text and "Müller" in answer.text


def test_hits_of_many_parties_stand_on_pages(analyst: Visitor) -> None:
    made = screened(analyst, list="Zelkova Quantum Devices\n" * 60)
    assert made.text.count('<section class="party"') == 25 and "1 to 25 of 60" in made.text
    link = f"/screening/{number(made)}?at=57"
    assert f'href="{link}#p57"' in made.text
    last = analyst.get(link).text
    assert 'id="p57"' in last and last.count('<section class="party"') == 10
    assert 'id="p26"' in analyst.get(f"/screening/{number(made)}?page=2").text


def test_the_same_form_sent_twice_is_kept_once(analyst: Visitor) -> None:
    first = screened(analyst, name="Once", once="a" * 32)
    assert number(screened(analyst, name="Once", once="a" * 32)) == number(first)
    assert number(screened(analyst, name="Twice", once="a" * 32)) != number(first)


def test_an_officer_decides_a_hit_and_it_is_kept(analyst: Visitor, officer: Visitor, listed: Service) -> None:
    made = number(screened(analyst, name="Zelkova Quantum Devices Hefei", country="CN"))
    fields = {"party": "1", "hit": "1", "decision": "false"}
    assert officer.post(f"/screening/{made}/hit", fields=fields, reason="").status_code == 422
    page = officer.post(f"/screening/{made}/hit", fields=fields, reason="another <street>")
    for said in ("It is decided, and kept", "Decided since", "Another party", "another &lt;street&gt;", "Screen again"):
        assert said in page.text, said
    assert "hit decided" in officer.get("/ledger?kind=hit").text
    again = analyst.post(f"/screening/{made}/again")
    assert number(again) != made and "only hits known to be other parties" in again.text
    assert "Decided before" in again.text and "No hit, but not clear" in again.text
    standing = hits_serve.standing(listed)[0]
    assert (standing.by, standing.decision) == ("officer", "false")
    assert "another &lt;street&gt;" in analyst.get("/screening/hits").text
    form = {"number": str(standing.number), "reason": "a mistake"}
    assert officer.post("/screening/hits", fields=form).status_code == 200
    assert not hits_serve.standing(listed)
    assert officer.post("/screening/hits", fields=form).status_code == 422


@pytest.mark.parametrize(
    ("language", "agree", "left", "changed"),
    [
        ("en", "words that agree: zelkova, quantum", "only asked for: mohe", "names: + Zelkova"),
        ("zh-Hans", "一致的词：zelkova, quantum", "仅查询中有：yanji", "名称：+ Zelkova"),
        ("zh-Hant", "一致的詞：zelkova, quantum", "僅查詢中有：heihe", "名稱：+ Zelkova"),
        ("ja", "一致する語：zelkova, quantum", "照会のみにある語：hami", "名称：+ Zelkova"),
    ],
)
def test_reasons_and_changes_are_told_in_the_language_of_the_page(
    analyst: Visitor, listed: Service, language: str, agree: str, left: str, changed: str
) -> None:
    """The hit was decided when the entry had another name, which did no harm and does none now."""
    name = f"Zelkova Quantum Devices Hefei {re.split('[: ：]', left)[-1].title()}"
    made = number(screened(analyst, name=name))
    place = re.search(r"<code>(us\.[a-z]+):([^<]+)</code>", analyst.get(f"/screening/{made}").text)
    assert place is not None
    before = Entry(place[1], place[2], (Name("Old <b>names: - x</b>", "primary"),))
    Hits.open(listed.own).decide(Query(name), before, "false", "officer", "another street")
    page = analyst.get(f"/screening/{made}", headers={"Accept-Language": language}).text
    for said in (agree, left, f"{changed} Quantum Devices &lt;Hefei&gt;", "- Old &lt;b&gt;names: - x&lt;/b&gt;"):
        assert said in page, said
    assert "<b>" not in page and ("words that agree" in page) == (language == "en")


def test_who_may_screen_and_decide(visitors: dict[Role, Visitor], analyst: Visitor, officer: Visitor) -> None:
    made = number(screened(analyst, name="Zelkova Quantum Devices"))
    reader = visitors[Role.READER]
    assert reader.get(f"/screening/{made}").status_code == 200 and reader.get("/screening").status_code == 403
    assert reader.post("/screening", name="x").status_code == 403
    assert reader.post(f"/screening/{made}/again").status_code == 403
    for path in (f"/screening/{made}/hit", "/screening/hits"):
        assert analyst.post(path, reason="x").status_code == 403
    assert "Decide this hit" in officer.get(f"/screening/{made}").text
    assert "Decide this hit" not in analyst.get(f"/screening/{made}").text
    for path in ("/screening", f"/screening/{made}/hit", f"/screening/{made}/again", "/screening/hits"):
        assert officer.client.post(path, data={"token": "another", "name": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "nobody is named"),
        ({"name": "x", "on": "soon"}, "is not a date"),
        ({"list": ";".join("abcdefgh")}, "line 1 has 8 parts"),
        ({"list": "name\n" * 1001}, "at most 1,000 parties"),
    ],
)
def test_what_cannot_be_screened_is_told_and_stays_in_the_form(
    analyst: Visitor, fields: dict[str, str], said: str
) -> None:
    answer = analyst.post("/screening", fields=fields)
    assert answer.status_code == 422 and said in unescape(answer.text)
    assert fields.get("list", "")[:9] in unescape(answer.text)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nonsense", b"\x00\xff\xfe", b"a;b\n1;2\n", b'"'])
def test_hostile_tables_are_refused(analyst: Visitor, data: bytes) -> None:
    answer = analyst.client.post("/screening", data={"token": analyst.token}, files={"file": ("x.csv", data)})
    assert answer.status_code in (400, 422) and "<main" in answer.text


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><b>', "\u202eabc", "x" * 3000, "𝕏\u0000y"])
def test_hostile_names_stay_names(analyst: Visitor, name: str) -> None:
    page = screened(analyst, name=name).text
    assert "<script>alert" not in page and '"><b>' not in page and "\u202e" not in page


@pytest.mark.parametrize(
    "fields", [{}, {"party": "9", "hit": "1"}, {"party": "1", "hit": "0"}, {"party": "x", "hit": "²"}]
)
def test_a_hit_that_is_none_cannot_be_decided(officer: Visitor, analyst: Visitor, fields: dict[str, str]) -> None:
    made = number(screened(analyst, name="Zelkova Quantum Devices"))
    assert (
        officer.post(f"/screening/{made}/hit", fields={"decision": "true", "reason": "x"} | fields).status_code == 400
    )
    assert officer.post("/screening/1/hit", fields={"decision": "true", "reason": "x"} | fields).status_code in (
        400,
        404,
    )
    assert officer.post(f"/screening/{made}/hit", party="1", hit="1", decision="maybe", reason="x").status_code == 422


def test_without_lists_and_ledger_it_is_said(desk: Visitor) -> None:
    assert "No published list is loaded" in desk.get("/screening").text
    page = desk.post("/screening", name="Nobody Known").text
    assert "No hit, but not clear" in page and "hits cannot be decided here" in page
    assert "Decide this hit" not in page


def test_without_a_ledger_every_page_says_what_that_means_and_what_to_do(desk: Visitor) -> None:
    pages = [desk.get(path) for path in ("/screening", "/screening/hits", "/ledger")]
    for page in (*pages, desk.post("/screening", name="Nobody Known")):
        assert page.status_code == 200 and "No ledger is set up" in page.text and "licet ledger start" in page.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "ask for the country; the entry's: China (CN)"), ("zh-Hant", "詢問國家；條目所載：中國 (CN)"),
     ("ja", "国を確認。掲載：中国 (CN)")],
)  # fmt: skip
def test_what_would_tell_a_party_apart_is_told_in_the_language_of_the_page(
    analyst: Visitor, language: str, words: str
) -> None:
    place = f"/screening/{number(screened(analyst, name='Zelkova Quantum Devices'))}"
    page = unescape(analyst.get(place, headers={"Accept-Language": language}).text)
    assert words in page
