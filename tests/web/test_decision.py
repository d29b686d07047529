"""A decision as a page: kept once under who made it, with all that decides."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from licet.services.access.desk import Access
from licet.web.language import LANGUAGES
from tests.web.conftest import Visitor
from tests.web.test_case import begun


def from_example(desk: Visitor, name: str) -> str:
    answer = desk.post("/case", follow=False, fields={"from": "example", "example": name})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def decided(desk: Visitor, address: str, **fields: str) -> Any:
    return desk.post(f"{address}/decide", follow=False, fields=fields)


def test_a_decision_is_kept_once_under_who_made_it(keeping: Visitor) -> None:
    address = from_example(keeping, "h800-to-china")
    first = decided(keeping, address, once="a" * 32)
    assert re.fullmatch(r"/decision/\d+\?case=.+", first.headers["location"])
    assert decided(keeping, address, once="a" * 32).headers["location"] == first.headers["location"]
    assert decided(keeping, address, once="b" * 32).headers["location"] != first.headers["location"]
    page = keeping.get(first.headers["location"]).text
    for said in ("Licence required", "3A090.a", "15 CFR 774", "presumption of denial", "<svg", "Record 2", "analyst"):
        assert said in page, said
    assert 'class="proof"' not in page and len(page) < 400_000
    whole = re.search(r'href="([^"]+proof=whole)#proof"', page)
    assert whole is not None and 'class="proof"' in keeping.get(unescape(whole[1])).text
    assert "Proof" in page and re.search(r"<code>[0-9a-f]{64}</code>", page)
    assert f'href="{address}"' in page


def test_an_open_question_leads_back_to_its_answer(keeping: Visitor, service: Any, doors: Access) -> None:
    address = begun(keeping)
    shown = keeping.get(decided(keeping, address).headers["location"])
    links = re.findall(rf'href="{address}\?edit=([^"#]+)#ask"', shown.text)
    assert links
    for link in links[:3]:
        assert "Change what is said" in keeping.get(f"{address}?edit={link}").text
    number = re.search(r"/decision/(\d+)", str(shown.url))
    assert number is not None
    alone = keeping.get(f"/decision/{number[1]}").text
    key = re.search(r'name="key" value="([^"]+)"', alone)
    assert key is not None and "Go on with this case" in alone
    again = keeping.post(f"/decision/{number[1]}/again", follow=False, key=key[1]).headers["location"]
    assert again.startswith("/case/") and "edit=" in again and keeping.get(again).status_code == 200


def test_without_a_ledger_a_decision_is_shown_and_not_kept(desk: Visitor) -> None:
    address = from_example(desk, "nxt1980i-parts-to-china")
    page = desk.post(f"{address}/decide", law_age="180").text
    for said in ("not kept", "Conflicts of laws", "Netherlands", "United States", "European Union", "nl.semi.art-2"):
        assert said in page, said
    whole = desk.get(f"{address}/decision?law_age=180&proof=whole").text
    assert (
        'class="proof"' in whole and 'class="proof"' not in page and f'href="{address}/decision?law_age=180"' in whole
    )
    assert desk.get("/decision/1").status_code == 404
    for days in ("-1", "x", "99999", "²"):
        assert desk.post(f"{address}/decide", law_age=days).status_code == 422


def test_a_reader_sees_decisions_and_makes_none(keeping: Visitor, doors: Access) -> None:
    number = re.search(r"\d+", decided(keeping, from_example(keeping, "h800-to-china")).headers["location"])
    assert number is not None
    service = keeping.client.app.state.service  # type: ignore[attr-defined]
    reader = Visitor(service, doors, "reader")
    page = reader.get(f"/decision/{number[0]}").text
    assert "3A090.a" in page and "Go on with this case" not in page
    assert reader.post(f"/decision/{number[0]}/again").status_code == 403
    for path in ("/decision/0", "/decision/x", f"/decision/{2**64}", "/decision/99", "/decision/1"):
        assert reader.get(path).status_code in (404, 422)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_is_said_in_every_language(desk: Visitor, language: str) -> None:
    desk.get(f"/?lang={language}")
    page = desk.post(f"{from_example(desk, 'h800-to-china')}/decide").text
    said = {"en": "Licence required", "zh-Hans": "需要许可证", "zh-Hant": "需要許可證", "ja": "許可が必要"}
    assert said[language] in page
    assert "15 CFR 742.6" in page
    if language != "en":
        assert '<span lang="en">Licence for advanced computing items' in page


def test_a_fault_is_a_page_that_tells_nothing(desk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    address = from_example(desk, "h800-to-china")
    monkeypatch.setattr("licet.web.decision.Builder", replace)
    page = desk.get(f"{address}/decision")
    assert page.status_code == 500 and "A fault of Licet" in page.text and "replace" not in page.text
