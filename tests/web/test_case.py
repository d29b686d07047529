"""A case from its short form through the interview, as a form without scripts has it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from licet.services import drafts
from licet.services.access.desk import Access
from licet.services.serve import Service
from licet.web.language import LANGUAGES
from tests.api.conftest import PASSWORD
from tests.web.conftest import Visitor

EXAMPLES = Path(__file__).parents[2] / "examples"
START = {
    "from": "form", "case": "H800 to Shenzhen", "on": "2023-11-20", "act": "export", "shipment.from": "US",
    "shipment.to": "CN", "shipment.exporter_country": "US", "items[1].name": "H800",
    "items[1].kind": "integrated_circuit", "items[1].value": "1200000 USD",
    "parties[1].role": "purchaser+ultimate_consignee+end_user", "parties[1].name": "A cloud company",
    "parties[1].country": "CN", "complete.items": "yes",
}  # fmt: skip
H800 = {"items[1].datacenter": "yes", "items[1].die_area_mm2": "814", "end_use.in_country": "CN"}


def begun(desk: Visitor, **fields: str) -> str:
    """The address of a case that was begun."""
    answer = desk.post("/case", follow=False, fields=START | fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def case_of(desk: Visitor, address: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(desk.get(f"{address.partition('#')[0]}/file").text, Loader=yaml.BaseLoader)
    return found


def keys(page: str) -> list[str]:
    return [unescape(key) for key in re.findall(r'name="key" value="([^"]+)"', page)]


def test_the_form_becomes_a_case(desk: Visitor) -> None:
    case = case_of(desk, begun(desk))
    assert (case["case"], case["on"], case["shipment"]["to"]) == ("H800 to Shenzhen", "2023-11-20", "CN")
    assert case["items"] == [{"name": "H800", "kind": "integrated_circuit", "value_usd": "1200000"}]
    (party,) = case["parties"]
    assert (party["name"], party["roles"]) == ("A cloud company", ["end_user", "purchaser", "ultimate_consignee"])
    assert case["complete"] == {"items": "yes"}
    assert "H800 to Shenzhen" in desk.get("/case").text


def test_from_the_first_question_to_the_decision(desk: Visitor) -> None:
    """As somebody answers who knows the case, of which the file says all but the figures and the place of use."""
    left_out = ("    rates:", "    die_area", "    datacenter:", "end_use:")
    rows = (EXAMPLES / "h800-to-china.yaml").read_text(encoding="utf-8").splitlines()
    text = "\n".join(row for row in rows if not row.startswith(left_out))
    address = desk.post("/case", follow=False, fields={"from": "text", "text": text}).headers["location"]
    asked: list[str] = []
    for _ in range(12):
        page = desk.get(address).text
        if not (put := keys(page)):
            break
        assert not {*asked} & {*put} and "Why it is asked" in page
        asked += put
        form = re.search(r'name="form" value="(\w+)"', page)
        fields: dict[str, Any] = {"key": put, "form": form and form[1], "do": "unknown"}
        if put[0] in ("items[1].tpp", "items[1].max_tpp"):
            fields |= {"do": "answer", "made_of": "rates", "rate[1].tops": "1979", "rate[1].bits": "8"}
        elif put[0] in H800:
            fields |= {"do": H800[put[0]], put[0]: H800[put[0]]}
        answer = desk.post(address.partition("#")[0], follow=False, fields=fields)
        assert answer.status_code == 303, answer.text
        address = answer.headers["location"].partition("#")[0]
    assert "items[1].tpp" in asked
    page = desk.get(address).text
    assert "Nothing more to ask" in page and "Licence required" in page and "1979@8" in page
    assert case_of(desk, address)["items"][0]["rates"] == [{"tops": "1979", "bits": "8"}]
    decided = desk.post(f"{address}/decide")
    assert decided.status_code == 200 and "3A090" in decided.text and "not kept" in decided.text


def test_one_can_go_back_and_answer_otherwise(desk: Visitor) -> None:
    first = begun(desk)
    (key, *_) = keys(desk.get(first).text)
    answer = {"key": key, "form": "value", "do": "unknown"}
    second = desk.post(first, follow=False, fields=answer).headers["location"]
    assert second != first and keys(desk.get(first).text)[0] == key != keys(desk.get(second).text)[0]
    assert desk.post(first, follow=False, fields=answer).headers["location"] == second  # the same again is the same


def test_a_fact_is_changed_taken_back_and_added(desk: Visitor) -> None:
    address = begun(desk)
    page = desk.get(f"{address}?edit=shipment.to").text
    assert 'value="CN" selected' in page and "Take back" in page
    changed = {"key": "shipment.to", "form": "value", "do": "answer", "edit": "shipment.to", "shipment.to": "JP"}
    after = desk.post(address, follow=False, fields=changed).headers["location"]
    assert case_of(desk, after)["shipment"]["to"] == "JP"
    back = desk.post(address, follow=False, do="remove", edit="shipment.to").headers["location"]
    assert "to" not in case_of(desk, back)["shipment"]
    for edit, value in (("on", "2024-01-01"), ("case", "Another title")):
        after = desk.post(address, follow=False, fields={"edit": edit, edit: value, "do": "answer"}).headers["location"]
        assert case_of(desk, after)[edit] == value


def test_a_range_a_set_and_a_choice_are_read(desk: Visitor) -> None:
    address = begun(desk)
    given: dict[str, tuple[dict[str, Any], Any]] = {
        "items[1].die_area_mm2": (
            {"items[1].die_area_mm2": "800", "items[1].die_area_mm2~to": "830 mm2"},
            ["800", "830"],
        ),
        "parties[1].roles": ({"parties[1].roles": ["end_user", "purchaser"]}, ["end_user", "purchaser"]),
        "shipment.via": ({"shipment.via": "HK, SG"}, ["HK", "SG"]),
        "shipment.to_territory": ({"shipment.to_territory": "none"}, "none"),
    }
    for key, (fields, value) in given.items():
        assert desk.get(f"{address}?edit={key}").status_code == 200
        done = desk.post(
            address, follow=False, fields={"key": key, "form": "value", "do": "answer", "edit": key} | fields
        )
        found: Any = case_of(desk, done.headers["location"])
        for step in re.findall(r"\w+", key):
            found = found[int(step) - 1 if step.isdecimal() else step]
        assert found == value


def test_things_are_added_and_left_out(desk: Visitor) -> None:
    address = begun(desk)
    more = {"edit": "add:", "of": "parties", "do": "more", "new[1].role": "exporter+seller", "new[1].name": "A maker"}
    after = desk.post(address, follow=False, fields=more).headers["location"].partition("#")[0]
    assert [party["name"] for party in case_of(desk, after)["parties"]] == ["A cloud company", "A maker"]
    owner = {"edit": "add:parties[1]", "of": "owners", "do": "more", "new[1].name": "O", "new[1].share": "51"}
    owned = desk.post(after, follow=False, fields=owner).headers["location"].partition("#")[0]
    assert case_of(desk, owned)["parties"][0]["owners"] == [{"name": "O", "share": "51"}]
    less = desk.post(owned, follow=False, edit="add:parties[1]", do="leave-out").headers["location"]
    assert [party["name"] for party in case_of(desk, less)["parties"]] == ["A maker"]
    assert desk.post(owned, follow=False, edit="add:parties[7]", do="leave-out").status_code == 422
    assert desk.get(f"{address}?edit=add:parties%5B1%5D").status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"key": "items[1].die_area_mm2", "form": "value", "do": "answer"}, "Say something here"),
        ({"key": "items[1].die_area_mm2", "form": "value", "items[1].die_area_mm2": "big"}, "die_area_mm2"),
        ({"key": "items[1].die_area_mm2", "form": "value", "items[1].die_area_mm2": "8 km"}, "km"),
        ({"key": "items[9].die_area_mm2", "form": "value", "items[9].die_area_mm2": "8"}, "items[9]"),
        ({"key": "no.such", "form": "value", "no.such": "8"}, "names no fact"),
        ({"key": "shipment.to", "form": "value", "shipment.to": "ZZ"}, "not a country"),
        ({"edit": "on", "on": "yesterday"}, "on:"),
    ],
)
def test_what_cannot_be_understood_is_told_beside_its_field(desk: Visitor, fields: dict[str, str], said: str) -> None:
    address = begun(desk)
    page = desk.post(address, fields={"edit": fields.get("key", ""), "do": "answer"} | fields)
    text = unescape(page.text)
    assert page.status_code in (404, 422) and said in text
    if (name := fields.get("key", "")).startswith(("items[1]", "shipment")):
        assert f'id="e-{name}-1"' in text and 'aria-describedby="' in text and 'aria-invalid="true"' in text


def test_the_form_keeps_what_was_typed(desk: Visitor) -> None:
    page = desk.post("/case", fields=START | {"shipment.to": "XX", "items[1].value": "12 pounds"})
    text = unescape(page.text)
    assert page.status_code == 422 and 'value="12 pounds"' in text and 'value="H800"' in text
    assert ('id="e-shipment.to-1"' in text and 'href="#f-items[1].value"' in text) or "f-shipment.to" in text


def test_a_case_from_text_file_and_example(desk: Visitor) -> None:
    text = (EXAMPLES / "h800-to-china.yaml").read_text(encoding="utf-8")
    pasted = desk.post("/case", follow=False, fields={"from": "text", "text": text})
    sent = desk.client.post(
        "/case", data={"token": desk.token, "from": "text"}, files={"file": ("c.yaml", text)}, follow_redirects=False
    )
    example = desk.post("/case", follow=False, fields={"from": "example", "example": "h800-to-china"})
    cases = [case_of(desk, one.headers["location"]) for one in (pasted, sent, example)]
    assert cases[0] == cases[1] == cases[2]
    for wrong in ("", "nothing", "../../setup", "demo"):
        assert desk.post("/case", fields={"from": "example", "example": wrong}).status_code == 422
    address = example.headers["location"]
    mended = desk.post(f"{address}/text", follow=False, text=text.replace("to: CN", "to: JP"))
    assert case_of(desk, mended.headers["location"])["shipment"]["to"] == "JP"
    broken = desk.post(f"{address}/text", text="case: x\nno_such: y\n")
    assert broken.status_code == 422 and "line 2" in broken.text and "no_such: y" in broken.text


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000, "{" * 3000, "a: &a [*a]", "a: &a x\nb: *a", "!!python/object:os.system x", "\x00", "case: [", "- 1",
        "items: [{bom: /etc/passwd}]", '{"case": NaN}', '{"case": "x", "case": "y"}', "case: " + "x" * 20_000,
        "act: fly",
        "parties:\n" + "".join(f"- {{name: p{n}}}\n" for n in range(6000)),
    ],
)  # fmt: skip
def test_hostile_text_is_refused_with_a_page(desk: Visitor, text: str) -> None:
    page = desk.post("/case", fields={"from": "text", "text": text})
    if page.status_code != 200:
        assert page.status_code in (400, 413, 422), page.status_code
        assert "Please correct this" in page.text


HOSTILE = "<script>alert(1)</script> \u202e\u2066\x07 \"'&{{7*7}} 深圳"


def test_names_stay_names(desk: Visitor) -> None:
    address = begun(desk, case=HOSTILE, **{"parties[1].name": HOSTILE, "items[1].name": HOSTILE})
    for path in (address, f"{address}/text", "/case", f"{address}?edit=add:items%5B1%5D", f"{address}/decision"):
        page = desk.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text and "\u202e" not in page.text and "\x07" not in page.text
        assert "{{7*7}}" in page.text and "深圳" in page.text  # no word of a case is converted or worked out


@settings(max_examples=6)
@given(
    fields=st.dictionaries(
        st.sampled_from([*START, "key", "form", "do", "edit", "of"]), st.text(max_size=60), max_size=8
    )
)
def test_whatever_a_form_says_the_answer_is_a_page(
    fields: dict[str, str], service: Service, doors: Access, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LICET_HOME", str(tmp_path_factory.getbasetemp() / "any"))
        desk = Visitor(service, doors)
        address = begun(desk)
        for path in ("/case", address):
            page = desk.post(path, fields=fields)
            assert page.status_code < 500 and page.headers["content-type"].startswith("text/html")


def test_a_draft_is_its_owners(desk: Visitor, service: Service, doors: Access) -> None:
    address = begun(desk)
    other = Visitor(service, doors, "analyst", PASSWORD)
    for path in (address, f"{address}/file", f"{address}/text", f"{address}/decision"):
        assert other.get(path).status_code == 404
    assert other.post(address, do="ask-again").status_code == 404
    assert other.post(f"{address}/drop").status_code == 404
    for name in ("x", "0" * 16 + "-" + "0" * 24, "a/b", "%00"):
        assert desk.get(f"/case/{name}").status_code == 404
    assert desk.post(f"{address}/drop", follow=False).status_code == 303
    assert desk.get(address).status_code == 404


def test_there_is_an_end_to_drafts(desk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_STATES", 4)
    address = begun(desk)
    for day in range(10, 20):
        address = desk.post(
            address, follow=False, fields={"edit": "on", "on": f"2024-01-{day}", "do": "answer"}
        ).headers["location"].partition("#")[0]  # fmt: skip
    assert desk.get(address).status_code == 200
    assert len([*(Path(drafts._folder("an officer"))).iterdir()]) <= 6
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 1)
    assert "drop one" in desk.post("/case", fields=START).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_asks(desk: Visitor, language: str) -> None:
    desk.get(f"/?lang={language}")
    page = desk.get(begun(desk)).text
    words = {"en": "Next question", "zh-Hans": "下一个问题", "zh-Hant": "下一個問題", "ja": "次の質問"}
    assert words[language] in page
    question = {"en": "After inquiry", "zh-Hans": "经查询", "zh-Hant": "經查詢", "ja": "照会の結果"}
    assert question[language] in page
