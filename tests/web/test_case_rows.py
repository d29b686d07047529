"""What a case says, on its page: rates row by row, papers and rows of lists, and its words."""

from __future__ import annotations

import re

from tests.web.conftest import Visitor
from tests.web.test_case import begun, case_of


def example(desk: Visitor) -> str:
    """The address of a case that was begun with an example."""
    fields = {"from": "example", "example": "h800-to-china"}
    return str(desk.post("/case", follow=False, fields=fields).headers["location"])


def test_rates_are_changed_row_by_row_without_scripts(desk: Visitor) -> None:
    address = example(desk)
    rates = [{"tops": "1979", "bits": "8"}, {"tops": "989.5", "bits": "16"}]
    assert case_of(desk, address)["items"][0]["rates"] == rates
    page = desk.get(f"{address}?edit=items%5B1%5D.rates").text
    fields = {"edit": "items[1].rates"} | dict(re.findall(r'name="(rate\[\d\]\.\w+)" value="([^"]*)"', page))
    assert fields["rate[2].tops"] == "989.5" and "Add a row" in page
    more = desk.post(address, fields=fields | {"do": "row"})
    assert more.status_code == 200 and 'name="rate[3].tops" value=""' in more.text
    less = desk.post(address, fields=fields | {"do": "without-1"}).text
    assert 'name="rate[1].tops" value="989.5"' in less and "rate[2]" not in less
    assert case_of(desk, address)["items"][0]["rates"] == rates  # nothing was saved yet
    wrong = desk.post(
        address, fields=fields | {"rate[1].tops": "", "rate[1].bits": "", "rate[2].tops": "x<", "do": "answer"}
    )
    assert wrong.status_code == 422 and 'id="e-rate[1].tops-1"' in wrong.text and 'value="x&lt;"' in wrong.text
    rows = {"rate[2].tops": "800..830", "rate[7].tops": "4", "rate[7].bits": "4", "do": "answer"}
    after = desk.post(address, follow=False, fields=fields | rows).headers["location"].partition("#")[0]
    assert case_of(desk, after)["items"][0]["rates"] == [
        rates[0], {"tops": ["800", "830"], "bits": "16"}, {"tops": "4", "bits": "4"},
    ]  # fmt: skip
    gone = desk.post(after, follow=False, fields={"edit": "items[1].rates", "do": "remove"}).headers["location"]
    assert "rates" not in case_of(desk, gone.partition("#")[0])["items"][0]
    for edit in ("items[9].rates", "rates", "parties[1].rates"):
        assert desk.get(address, params={"edit": edit}).status_code == 422
        assert desk.post(address, fields={"edit": edit, "rate[1].tops": "1", "do": "answer"}).status_code == 422


def test_papers_and_rows_of_lists_are_added(desk: Visitor) -> None:
    address = example(desk)
    fields = {"edit": "add:", "of": "held", "new[1].kind": "licence", "do": "more"}
    after = desk.post(address, follow=False, fields=fields).headers["location"].partition("#")[0]
    fields = {"edit": "add:parties[2]", "of": "listings", "new[1].list": "us.el", "do": "more"}
    after = desk.post(after, follow=False, fields=fields).headers["location"].partition("#")[0]
    case = case_of(desk, after)
    assert case["held"][0]["kind"] == "licence" and case["parties"][1]["listings"][0]["list"] == "us.el"
    page = desk.get(after).text
    assert "edit=held%5B1%5D.kind" in page and "edit=parties%5B2%5D.listings%5B1%5D.list" in page


def test_what_is_said_in_japanese_is_not_marked_as_english(desk: Visitor) -> None:
    address = example(desk)
    desk.get("/?lang=ja")
    page = desk.get(address).text
    assert "<dd>輸出</dd>" in page and "<dd>中国 (CN)</dd>" in page and "<dt>仕向地</dt>" in page
    assert "<dd><bdi>NVIDIA H800 SXM</bdi></dd>" in page  # a word of the case itself, in whatever language
    desk.get("/?lang=en")
    asked = desk.get(begun(desk)).text
    assert "none_after_inquiry if" not in asked and "integrated_circuit</bdi>" not in asked


def test_several_countries_are_asked_for_with_how_to_write_them(desk: Visitor) -> None:
    page = desk.get(f"{example(desk)}?edit=shipment.via").text
    assert "SG, HK" in page and 'aria-describedby="h-shipment.via' in page
