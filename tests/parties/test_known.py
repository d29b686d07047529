"""The dated file of known parties: relations, and the rows that follow from them. All names are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from licet.facts.errors import LawError
from licet.parties.known import KnownParties, Row, read_parties

SOURCE = "source: {cite: a paper, read: 2026-01-01, basis: secondary}"
LISTS = "xx.ban: {checked_to: 2026-01-01, reaches: [subsidiary, affiliate]}\nxx.other: {checked_to: 2026-01-01}\n"
MAKER = f"""
listings:
  - {{list: xx.ban, from: 2020-01-01, until: 2024-12-31, footnotes: [a], scope: limited, scope_text: radios, {SOURCE}}}
  - {{list: xx.other, from: 2020-01-01, {SOURCE}}}
"""


def link(above: str, start: str, end: str = "", relation: str = "") -> str:
    until = f"until: {end}, " if end else ""
    said = f"relation: {relation}, " if relation else ""
    return f"  - {{entity: {above}, {said}from: {start}, {until}{SOURCE}}}\n"


def known(folder: Path, lists: str = LISTS, **parties: str) -> KnownParties:
    (folder / "parties").mkdir()
    (folder / "parties" / "_lists.yaml").write_text(lists, encoding="utf-8")
    for entity, more in parties.items():
        seat = entity[:2].upper()
        head = f"entity: {entity}\nnames: [{entity.title()} Works]\ncountry: CN\nheadquarters: {seat}\n{SOURCE}\n"
        body = f"parents:\n{more}" if more.startswith("  -") else more
        (folder / "parties" / f"{entity}.yaml").write_text(head + body, encoding="utf-8")
    return read_parties(folder)


def banned(found: KnownParties, entity: str) -> list[Row]:
    return [row for row in found.parties[entity].rows if row.list == "xx.ban"]


def span(row: Row) -> tuple[str, str]:
    return row.start.isoformat(), row.end.isoformat() if row.end else ""


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-03-01", "2022-11-24", ("2021-03-01", "2022-11-24")),
        ("2018-01-01", "", ("2020-01-01", "2024-12-31")),
        ("2018-01-01", "2020-01-01", ("2020-01-01", "2020-01-01")),
        ("2024-12-31", "", ("2024-12-31", "2024-12-31")),
    ],
)
def test_a_row_passes_on_for_the_days_both_stood(
    tmp_path: Path, start: str, end: str, expected: tuple[str, str]
) -> None:
    found = known(tmp_path, maker=MAKER, shop=link("maker", start, end))
    (row,) = banned(found, "shop")
    assert span(row) == expected
    assert (row.footnotes, row.scope, row.scope_text) == (("a",), "limited", "radios")
    assert row.cite == "a paper; subsidiary of Maker Works: a paper"
    assert not [row for row in found.parties["shop"].rows if row.list == "xx.other"]


@pytest.mark.parametrize(("start", "end"), [("2018-01-01", "2019-12-31"), ("2025-01-01", "")])
def test_a_relation_of_other_days_passes_on_nothing(tmp_path: Path, start: str, end: str) -> None:
    assert banned(known(tmp_path, maker=MAKER, shop=link("maker", start, end)), "shop") == []


@pytest.mark.parametrize(
    ("relation", "passes"), [("affiliate", True), ("brand", False), ("stake", False), ("oem", False)]
)
def test_only_the_relations_the_list_names_pass_a_row_on(tmp_path: Path, relation: str, passes: bool) -> None:
    found = known(tmp_path, maker=MAKER, shop=link("maker", "2019-01-01", relation=relation))
    assert bool(banned(found, "shop")) is passes


def test_a_list_that_names_no_relation_reaches_nobody_else(tmp_path: Path) -> None:
    lists = "xx.ban: {checked_to: 2026-01-01}\nxx.other: {checked_to: 2026-01-01}\n"
    assert banned(known(tmp_path, lists, maker=MAKER, shop=link("maker", "2019-01-01")), "shop") == []


def test_rows_pass_through_a_chain_and_an_oem_link_breaks_it(tmp_path: Path) -> None:
    found = known(
        tmp_path,
        maker=MAKER,
        middle=link("maker", "2021-01-01", "2023-12-31"),
        below=link("middle", "2020-06-01"),
        label=link("below", "2020-06-01", relation="oem"),
    )
    assert [span(row) for row in banned(found, "below")] == [("2021-01-01", "2023-12-31")]
    assert banned(found, "label") == []


def test_a_sale_and_a_purchase_back_give_two_rows(tmp_path: Path) -> None:
    parts = link("maker", "2020-01-01", "2020-12-31") + link("maker", "2021-01-01", "2021-12-31", "stake")
    found = known(tmp_path, maker=MAKER, shop=parts + link("maker", "2022-01-01"))
    assert [span(row) for row in banned(found, "shop")] == [("2020-01-01", "2020-12-31"), ("2022-01-01", "2024-12-31")]


def test_a_row_of_its_own_goes_before(tmp_path: Path) -> None:
    own = f"listings:\n  - {{list: xx.ban, from: 2022-05-05, footnotes: [b], {SOURCE}}}\n"
    found = known(tmp_path, maker=MAKER, shop=link("maker", "2019-01-01") + own)
    assert [(row.start, row.footnotes) for row in banned(found, "shop")] == [(date(2022, 5, 5), ("b",))]


def test_a_circle_of_owners_ends(tmp_path: Path) -> None:
    found = known(
        tmp_path,
        maker=MAKER,
        one=link("two", "2020-01-01") + link("maker", "2020-01-01"),
        two=link("one", "2020-01-01"),
    )
    assert len(banned(found, "one")) == 1
    assert len(banned(found, "two")) == 1


def test_the_headquarters_above_are_those_of_owners_only(tmp_path: Path) -> None:
    found = known(
        tmp_path,
        maker=MAKER,
        label=link("maker", "2020-01-01", relation="oem"),
        share=link("maker", "2020-01-01", relation="stake"),
        brand=link("maker", "2020-01-01", relation="brand"),
        child=link("maker", "2020-01-01", "2021-12-31"),
    )
    day = date(2021, 6, 1)
    above = {name: found.parent_headquarters(found.parties[name], day) for name in ("label", "share", "brand", "child")}
    assert above == {"label": None, "share": None, "brand": "MA", "child": "MA"}
    assert found.parent_headquarters(found.parties["child"], date(2022, 1, 1)) is None


def test_a_relation_to_somebody_not_known_is_nothing(tmp_path: Path) -> None:
    assert found_nothing(known(tmp_path, shop=link("nobody", "2020-01-01")))


def found_nothing(found: KnownParties) -> bool:
    return found.parties["shop"].rows == ()


@pytest.mark.parametrize(
    ("shop", "lists", "code"),
    [
        (link("maker", "2020-01-01", relation="cousin"), LISTS, "L_PARTIES"),
        ("  - {entity: maker, from: 2020-01-01}\n", LISTS, "L_SOURCE"),
        (link("maker", "2020-01-01"), LISTS.replace("affiliate", "cousin"), "L_PARTIES"),
    ],
)
def test_what_is_wrong_in_a_relation_is_said(tmp_path: Path, shop: str, lists: str, code: str) -> None:
    with pytest.raises(LawError) as caught:
        known(tmp_path, lists, maker=MAKER, shop=shop)
    assert [problem.code for problem in caught.value.problems] == [code]
