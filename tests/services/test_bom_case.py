"""A case whose item names its bill, or lists its components: what `licet check` makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from licet.facts.case import Case
from licet.facts.errors import CaseError
from licet.services.bom_law import CONTENT
from licet.services.check import Checker
from tests.services.bom_laws import case_of, checking, with_rule

HEAD = "on: 2024-06-03\nact: export\nshipment: {from: TW, to: CN}\n"
BILL = """
complete: yes
item:
  name: Camera
  value: 100 USD
  parts:
    - {id: a, name: Radio, quantity: 1, value: 30 USD, origin: US, eccn: 5A002}
    - {id: b, name: Lens, quantity: 1, value: 20 USD, us_origin: no}
"""


@pytest.fixture(scope="module")
def ruled(checker: Checker) -> Checker:
    """A checker under whose law parts declared 5A002 count."""
    return checking(checker, with_rule(checker.law, "5A002"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a bill."""
    (tmp_path / "bill.yaml").write_text(BILL, encoding="utf-8")
    return tmp_path


def prepared(checker: Checker, item: str, folder: Path | None = None) -> Case:
    file = "" if folder is None else str(folder / "case.yaml")
    case = case_of(checker, f"{HEAD}items: [{{name: Camera, {item}}}]", file)
    checker.prepare(case)
    return case


def share(case: Case) -> tuple[int | None, int | None] | None:
    found: tuple[int | None, int | None] | None = case.items[0].facts.get(CONTENT)
    return found


def test_a_bill_gives_the_content_and_the_components(ruled: Checker, folder: Path) -> None:
    case = prepared(ruled, "bom: bill.yaml", folder)
    assert share(case) == (300_000, 300_000)
    assert [part.label for part in case.items[0].lists["components"]] == ["Radio", "Lens"]
    assert case.items[0].closed["components"] is True
    assert case.items[0].lists["components"][0].up is case.items[0]


def test_the_content_brings_the_product_under_the_law(ruled: Checker, folder: Path) -> None:
    item = "name: Camera, origin: TW, us_technology: no"
    over = ruled.check(case_of(ruled, f"{HEAD}items: [{{{item}, bom: bill.yaml}}]", str(folder / "case.yaml")))
    reach = [rule for one in over.jurisdictions if one.id == "us" for rule in one.reach]
    assert any(rule.id == "us.ear.reach.734.4" and rule.value == "yes" for rule in reach)


def test_what_the_case_states_wins_and_a_contradiction_is_refused(ruled: Checker, folder: Path) -> None:
    assert share(prepared(ruled, "bom: bill.yaml, us_controlled_content: 20..40", folder)) == (300_000, 300_000)
    assert share(prepared(ruled, "bom: bill.yaml, us_controlled_content: 30", folder)) == (300_000, 300_000)
    with pytest.raises(CaseError, match="given as 25 %, but what its parts come to is 30 %"):
        prepared(ruled, "bom: bill.yaml, us_controlled_content: 25", folder)
    with pytest.raises(CaseError, match="as components"):
        prepared(ruled, "bom: bill.yaml, components: [{name: Y}]", folder)


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("../bill.yaml", "E_BOM_FILE"),
        ("/etc/passwd", "E_BOM_FILE"),
        ("none.yaml", "P_MISSING"),
        ("case.xls", "E_TABLE"),
    ],
)
def test_only_a_file_beside_the_case_is_read(ruled: Checker, folder: Path, named: str, code: str) -> None:
    with pytest.raises(CaseError) as caught:
        prepared(ruled, f"bom: {named}", folder)
    assert caught.value.problems[0].code == code


@pytest.mark.parametrize("linked", ["bill.yaml", "."])
def test_a_link_out_of_the_folder_is_not_followed(ruled: Checker, tmp_path: Path, linked: str) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "bill.yaml").write_text(BILL, encoding="utf-8")
    (tmp_path / "inner" / "way").symlink_to(tmp_path / linked)
    with pytest.raises(CaseError) as caught:
        prepared(ruled, f"bom: {'way' if linked != '.' else 'way/bill.yaml'}", tmp_path / "inner")
    assert caught.value.problems[0].code == "E_BOM_FILE"


def test_a_case_that_is_no_file_names_none(ruled: Checker) -> None:
    with pytest.raises(CaseError, match="no file"):
        prepared(ruled, "bom: bill.yaml")


RADIO = "{name: Radio, us_origin: yes, declared: {us: 5A002}, value: 30 USD}"
WHOLE = "value: 100 USD, complete: components, components"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (f"{WHOLE}: [{RADIO}]", (300_000, 300_000)),
        (f"value: 100 USD, components: [{RADIO}]", (300_000, 1_000_000)),
        (f"{WHOLE}: [{{name: Lens, us_origin: no}}]", (0, 0)),
        ("complete: components, components: [{name: Lens, us_origin: no}]", (0, 0)),
        ("value: 100 USD, components: [{name: Lens}]", None),
        (f"{WHOLE}: [{{name: B, us_origin: no, discrete: yes, components: [{RADIO}]}}]", (0, 0)),
        (f"{WHOLE}: [{{name: B, us_origin: no, discrete: no, components: [{RADIO}]}}]", (300_000, 300_000)),
        (f"{WHOLE}: [{{us_origin: no, discrete: no, components: [{RADIO}]}}]", (300_000, 300_000)),
    ],
)
def test_components_in_the_case_count_as_well(ruled: Checker, item: str, expected: tuple[int, int] | None) -> None:
    assert share(prepared(ruled, item)) == expected


def test_components_worth_more_than_the_item_are_refused(ruled: Checker) -> None:
    case = case_of(ruled, f"{HEAD}items: [{{name: X, value: 20 USD, components: [{RADIO}]}}]")
    with pytest.raises(CaseError, match="worth at least 30"):
        ruled.check(case)


def test_components_that_contradict_the_stated_share_are_refused(ruled: Checker) -> None:
    item = f"name: X, value: 100 USD, us_controlled_content: 10, complete: components, components: [{RADIO}]"
    with pytest.raises(CaseError, match="given as 10 %"):
        ruled.check(case_of(ruled, f"{HEAD}items: [{{{item}}}]"))


def test_components_that_hold_each_other_are_left_alone(ruled: Checker) -> None:
    parts = "{name: A, within: B, us_origin: no}, {name: B, within: A, us_origin: no}"
    assert share(prepared(ruled, f"complete: components, components: [{parts}]")) is None
