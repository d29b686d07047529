"""What is known of a party fills in only what the case leaves open."""

from __future__ import annotations

from datetime import date

import pytest

from licet.facts.case import read_case
from licet.facts.elements import Element
from licet.facts.yamltext import read_yaml
from licet.services.check import Checker
from licet.services.resolve import resolve_parties

DAY = date(2023, 11, 20)


def party(checker: Checker, text: str, day: date = DAY) -> tuple[Element, list[str]]:
    case = read_case(read_yaml(f"parties: [{text}]", "case"), checker.law.dictionary)
    found = resolve_parties(case, checker.known, day)
    return case.root.lists["parties"][0], found


def lists(element: Element) -> list[str]:
    return sorted(row.facts["listing.list"] for row in element.lists.get("listings", []))


@pytest.mark.parametrize(
    "name", ["YMTC", "ymtc", "长江存储", "Yangtze Memory Technologies Co., Ltd.", "ＹＭＴＣ", "Y.M.T.C"]
)
def test_a_party_is_known_by_any_of_its_names_as_a_whole(checker: Checker, name: str) -> None:
    element, found = party(checker, f"{{name: '{name}'}}")
    assert found == ["ymtc"]
    assert element.facts["party.headquarters"] == "CN"
    assert "us.el" in lists(element)


@pytest.mark.parametrize("name", ["YMTC Trading", "YM TC X", "Yangtze", "", "ymt"])
def test_a_name_that_only_looks_alike_is_nobody(checker: Checker, name: str) -> None:
    element, found = party(checker, f"{{name: '{name}', country: US}}")
    assert found == []
    assert lists(element) == []


def test_what_the_case_says_stays(checker: Checker) -> None:
    element, _ = party(checker, "{name: YMTC, country: SG, headquarters: SG}")
    assert (element.facts["party.country"], element.facts["party.headquarters"]) == ("SG", "SG")


def test_rows_stand_on_the_days_they_stood(checker: Checker) -> None:
    before, _ = party(checker, "{name: YMTC}", date(2022, 12, 15))
    after, _ = party(checker, "{name: YMTC}", date(2022, 12, 16))
    assert "us.el" not in lists(before)
    assert "us.el" in lists(after)


def test_naming_a_row_of_one_list_hides_no_row_of_another(checker: Checker) -> None:
    element, _ = party(checker, "{name: YMTC, listings: [{list: us.other}], complete: [listings]}")
    assert {"us.el", "us.other"} <= set(lists(element))


def test_a_row_the_case_gives_itself_takes_the_place_of_the_known_one(checker: Checker) -> None:
    element, _ = party(checker, "{name: YMTC, listings: [{list: us.el, scope: limited}]}")
    (row,) = [row for row in element.lists["listings"] if row.facts["listing.list"] == "us.el"]
    assert row.facts["listing.scope"] == "limited"


def test_filling_in_twice_adds_nothing(checker: Checker) -> None:
    case = read_case(read_yaml("parties: [{name: YMTC, owners: [{name: Hikvision}]}]", "case"), checker.law.dictionary)
    assert resolve_parties(case, checker.known, DAY) == ["hikvision", "ymtc"]
    first = lists(case.root.lists["parties"][0])
    resolve_parties(case, checker.known, DAY)
    assert lists(case.root.lists["parties"][0]) == first


def test_only_the_case_can_say_that_there_are_no_other_rows(checker: Checker) -> None:
    element, _ = party(checker, "{name: YMTC}")
    assert element.closed.get("listings") is None
