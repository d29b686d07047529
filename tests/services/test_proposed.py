"""Words held against their sources, and cases made of facts."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.facts.case import read_case
from licet.facts.dictionary import Dictionary
from licet.facts.elements import Element
from licet.facts.errors import CaseError
from licet.facts.jsontext import read_json
from licet.facts.yamltext import read_yaml
from licet.services.check import Checker
from licet.services.interview_paths import paths
from licet.services.proposed.build import build
from licet.services.proposed.model import Proposed, Source
from licet.services.proposed.quotes import folded, numbers, stands_in


@pytest.mark.parametrize(("words", "text", "found"), [
    ("4,800", "of 4,800 TOPS", True), ("4,800", "of 14,800 TOPS", False), ("4,800", "of 4,800.5 TOPS", False),
    ("4,800", "of 4,800, at most", True), ("800", "of 4,800 TOPS", False), ("40 C", "down to -40 C", False),
    ("-40 C", "down to \u221240 C", True), ("chip", "chips", False), ("chip", "a chip.", True),
    ("中芯", "中芯国际", True),
    ("深圳市", "深圳\n市", True), ("“dense”", 'is "dense" here', True), ("Buyer", "buyer", False),
    ("ＡＢＣ", "ABC", True),
    ("5", "1.5", False), ("5 nm", "1 to 5 nm", True), ("no", "not", False), ("ship to CN", "ship  to\tCN", True),
])  # fmt: skip
def test_words_stand_whole_in_a_text(words: str, text: str, found: bool) -> None:
    assert stands_in(folded(words), folded(text)) is found


@given(st.text(max_size=40), st.text(min_size=1, max_size=20), st.text(max_size=40))
def test_what_stands_between_spaces_is_found(before: str, words: str, after: str) -> None:
    text, quote = folded(f"{before} | {words} | {after}"), folded(f"| {words} |")
    assert stands_in(quote, text)


@pytest.mark.parametrize(("text", "number"), [
    ("1,979", "1979"), ("1.979", "1.979"), ("1.234.567,8", "1234567.8"), ("1 500 000", "1500000"), ("9 of 10", "10"),
    ("1'000", "1000"), ("0,5 mm", "0.5"), ("1,979 TOPS at 8 bits", "8"), ("1,234,567.5", "1234567.5"),
])  # fmt: skip
def test_numbers_are_read_as_they_may_be_meant(text: str, number: str) -> None:
    assert Decimal(number) in numbers(folded(text))


@pytest.mark.parametrize(("name", "value", "words", "stands"), [
    ("dates.order", "2023-11-20", "on 20 November 2023", True), ("dates.order", "2023-11-20", "Nov 20, 2023", True),
    ("dates.order", "2023-11-20", "on 20 October 2023", False), ("dates.order", "2023-11-20", "20.11.2023", True),
    ("dates.order", "2023-04-03", "3/4/2023", False), ("dates.order", "2023-11-05", "2023年11月5日", True),
    ("dates.order", "2023-11-20", "2023-11-20", True), ("dates.order", "2023-11-20", "November 2023", False),
    ("item.overlay_nm", "2.4", "2.40 nm", True), ("item.overlay_nm", "2.4", "2.40 um", False),
    ("item.overlay_nm", "2.4", "overlay 2.40", False), ("item.declared.us", ["3A991"], "ECCN 3A991.", True),
    ("item.declared.us", ["3A991"], "ECCN 3A991.a", False), ("item.declared.us", ["3A991"], "ECCN 13A991", False),
    ("party.country", "CN", "in China", True), ("party.country", "CN", "中国深圳", True),
    ("party.country", "CN", "in Shenzhen", False), ("party.country", "IN", "in China", False),
    ("party.name", "华为", "买方:华为技术有限公司", True), ("party.name", "Hua", "Huawei", False),
    ("item.datacenter", "yes", "for servers", None), ("item.datacenter", "unknown", "not told", None),
])  # fmt: skip
def test_whether_a_value_stands_in_its_words(
    checker: Checker, name: str, value: Any, words: str, stands: bool | None
) -> None:
    facts = [Proposed(name, value, words, "mail", "thing" if name.startswith(("item", "party")) else "")]
    (used,) = build(dictionary(checker), facts).used
    assert used.literal is stands


def test_what_rules_out_all_else_is_told_apart(checker: Checker) -> None:
    facts = [
        said("complete.parties", "yes"), said("complete.items", "no"),
        said("knowledge.diversion", "none_after_inquiry"), said("knowledge.end_use", "known"),
        said("item.datacenter", "yes", "card"),
    ]  # fmt: skip
    assert [used.closes for used in build(dictionary(checker), facts).used] == [True, False, True, False, False]


def dictionary(checker: Checker) -> Dictionary:
    return checker.law.dictionary


def said(name: str, value: object, of: str = "") -> Proposed:
    return Proposed(name, value, "as they say", "mail", of)


def test_things_inside_things_stand_where_a_case_has_them(checker: Checker) -> None:
    facts = [
        said("item.kind", "computer", "pc"), said("component.kind", "integrated_circuit", "pc/gpu"),
        said("rate.tops", 10, "pc/gpu/dense"), said("rate.bits", 8, "pc/gpu/dense"), said("rate.tops", 5, "pc/whole"),
        said("party.name", "Novo A/S", "buyer"), said("owner.name", "Ring", "buyer/one"),
        said("owner.share", "51%", "buyer/one"),
        said("owner.name", "Deep", "buyer/one/two"), said("listing.list", "us.el", "buyer/row"),
        said("evidence.kind", "purchase_order", "paper1"), said("complete.owners", "yes", "buyer"),
        said("complete.parties", "no"), said("complete.rates", True, "pc"), said("shipment.to", "CN"),
    ]  # fmt: skip
    built = build(dictionary(checker), facts, on="2024-01-01", title="one")
    case = json.loads(built.text)
    (pc,) = case["items"]
    assert pc["components"][0]["rates"] == [{"tops": "10", "bits": "8"}]
    assert pc["rates"] == [{"tops": "5"}] and pc["complete"] == {"rates": "yes"}
    (buyer,) = case["parties"]
    assert buyer["owners"][0]["owners"] == [{"name": "Deep"}] and buyer["complete"] == {"owners": "yes"}
    assert buyer["listings"] == [{"list": "us.el"}]
    assert case["held"] == [{"kind": "purchase_order"}]
    assert case["complete"] == {"parties": "no"} and case["on"] == "2024-01-01" and case["case"] == "one"
    assert (built.key("Novo A/S"), built.key("Deep"), built.key("gpu")) == ("buyer", "buyer/one/two", "pc/gpu")
    found = paths(read_case(read_json(built.text), dictionary(checker)))
    assert set(built.places) == set(found.values()) - {""}
    assert built.places["parties[1].owners[1].owners[1]"] == "buyer/one/two"
    assert built.place("owner.share", "buyer/one") == "parties[1].owners[1]"
    assert {used.at for used in built.used if used.fact.of == "pc/gpu/dense"} == {"items[1].components[1].rates[1]"}


def test_parts_of_parts_stand_where_a_case_has_them(checker: Checker) -> None:
    keys = ("a/b", "a/b/c", "a/d", "a/b/c/e", "f/g")
    built = build(dictionary(checker), [said("component.name", key.upper(), key) for key in keys], on="2024-01-01")
    case = read_case(read_json(built.text), dictionary(checker))
    own = {path: element for item in case.items for element, path in _elements(item, paths(case))}
    assert {key: own[place].facts.get("item.name") for place, key in built.places.items() if "/" in key} == {
        key: key.upper() for key in keys
    }


def _elements(item: Element, found: dict[int, str]) -> list[tuple[Element, str]]:
    return [(one, found[id(one)]) for one in (item, *item.lists["components"])]


def test_facts_join_a_document_under_the_names_of_its_things(checker: Checker) -> None:
    text = (
        "on: 2024-01-01\ncomplete: [parties]\nitems: [{id: a/b, declared: {eu: none}}]\nparties: [{name: Novo A/S}]\n"
    )
    built = build(
        dictionary(checker),
        [
            said("item.declared.us", "3A991", "a/b"), said("rate.tops", 4, "a/b/r"),
            said("party.country", "DK", "Novo A/S"),
            said("owner.name", "Ring", "Novo A/S/o"), said("complete.items", "yes"), said("item.kind", "memory"),
        ],
        document=text,
    )  # fmt: skip
    case = json.loads(built.text)
    assert case["items"] == [
        {"id": "a/b", "declared": {"eu": "none", "us": "3A991"}, "rates": [{"tops": "4"}], "kind": "memory"}
    ]
    assert case["parties"] == [{"name": "Novo A/S", "country": "DK", "owners": [{"name": "Ring"}]}]
    assert case["complete"] == {"parties": "yes", "items": "yes"}


def test_facts_of_a_part_may_be_called_those_of_an_item(checker: Checker) -> None:
    """Questions name them so, for a part has the facts of an item and an owner those of a party."""
    facts = [
        said("item.name", "GPU", "pc/gpu"), said("party.name", "Ring", "Novo A/S/one"),
        said("complete.owners", "no", "Novo A/S/one"),
    ]  # fmt: skip
    case = json.loads(build(dictionary(checker), facts, document="on: 2024-01-01\nparties: [{name: Novo A/S}]\n").text)
    assert case["items"][0]["components"] == [{"id": "gpu", "name": "GPU"}]
    assert case["parties"][0]["owners"] == [{"name": "Ring", "complete": {"owners": "no"}}]


def test_things_of_a_document_that_have_one_name_are_both_there(checker: Checker) -> None:
    text = "on: 2024-01-01\nparties: [{name: A/S}, {name: A/S}, {country: DK}]\nitems: [{}, {}]\n"
    built = build(dictionary(checker), [said("party.country", "DE", "parties[2]")], document=text)
    assert [*built.places] == ["items[1]", "items[2]", "parties[1]", "parties[2]", "parties[3]"]
    assert json.loads(built.text)["parties"][1] == {"name": "A/S", "country": "DE"}
    assert built.key("A/S") == "A/S" and built.key("parties[3]") == "parties[3]"


def test_an_open_end_of_a_range_stays_open_in_json(checker: Checker) -> None:
    text = "on: 2024-01-01\nitems: [{id: a, tpp: [800, ~], die_area_mm2: }]\n"
    facts = read_case(read_yaml(text, "x"), dictionary(checker)).items[0].facts
    again = build(dictionary(checker), [], document=text)
    assert (
        read_case(read_json(again.text), dictionary(checker)).items[0].facts == facts == {"item.tpp": (800_000, None)}
    )


def test_texts_that_are_too_large_or_too_many_are_refused(checker: Checker) -> None:
    for facts, sources in (
        ([said("act", "export")] * 501, []),
        ([], [Source(str(number), "") for number in range(21)]),
        ([], [Source("one", "x" * 400_001)]),
        ([], [Source("one", ""), Source("one", "")]),
    ):
        with pytest.raises(CaseError):
            build(dictionary(checker), facts, sources)
