"""Section 889 and brands: who produced the equipment on that day, and for what; never the name on the box."""

from __future__ import annotations

import pytest

from licet.facts.case import read_case
from licet.facts.yamltext import read_yaml
from licet.logic.decision import Decision
from licet.services.check import Checker

BAN = "us.s889.a.1.A"


def bought(
    checker: Checker, on: str, *parties: str, purpose: str = "yes", agency: str = "yes", kind: str = "camera"
) -> Decision:
    """What a buyer may do who asks for one thing; nothing covered is inside it."""
    lines = "\n".join(f"  - {{{party}}}" for party in parties)
    said = f"end_use: {{s889_purpose: {purpose}}}\n" if purpose else ""
    text = (
        f"on: {on}\nact: procurement\nitems: [{{id: it, name: it, kind: {kind}, s889_component: no, "
        f"cannot_see_user_data: no}}]\nparties:\n"
        f"  - {{role: [agency, purchaser], name: A buyer, country: US, federal_agency: {agency}}}\n{lines}\n"
        f"complete: [parties, items, components, listings, owners]\ntransaction: {{federal_award: no}}\n{said}"
    )
    return checker.check(read_case(read_yaml(text, "case"), checker.law.dictionary))


def ban(decision: Decision) -> str:
    found = {answer.id: answer.value for us in decision.jurisdictions for answer in us.prohibitions}
    return found.get(BAN, "no")


def asked(decision: Decision) -> list[str]:
    return [question.fact for question in decision.questions]


def test_lorex_is_covered_to_the_day_it_was_sold_and_asked_for_after(checker: Checker) -> None:
    last = bought(checker, "2022-11-24", "role: [producer], name: Lorex")
    assert (ban(last), last.outcome) == ("yes", "may_not_buy")
    after = bought(checker, "2022-11-25", "role: [producer], name: Lorex")
    assert (ban(after), asked(after)) == ("unknown", ["party.s889_group"])
    settled = bought(checker, "2022-11-25", "role: [producer], name: Lorex, s889_group: none")
    assert ban(settled) == "no"


def test_what_dahua_makes_under_the_name_is_covered_after_the_sale_too(checker: Checker) -> None:
    found = bought(checker, "2023-06-01", "role: [brand_owner], name: Lorex", "role: [producer], name: Dahua")
    assert ban(found) == "yes"


@pytest.mark.parametrize("brand", ["Honeywell", "HiLook", "HiWatch", "Honor"])
def test_a_brand_or_an_oem_relation_makes_no_subsidiary(checker: Checker, brand: str) -> None:
    element = checker.known.find(brand)
    assert element is not None
    assert not [row for row in element.rows if row.list == "us.s889"]
    found = bought(checker, "2020-06-01", f"role: [producer], name: {brand}")
    assert (ban(found), asked(found)) == ("unknown", ["party.s889_group"])


def test_an_oem_camera_is_covered_by_its_producer_and_cleared_by_another(checker: Checker) -> None:
    label = "role: [brand_owner], name: Honeywell"
    assert ban(bought(checker, "2020-06-01", label, "role: [producer], name: 大华股份")) == "yes"
    assert ban(bought(checker, "2020-06-01", label, "role: [producer], name: Test Maker, s889_group: none")) == "no"
    open_one = bought(checker, "2020-06-01", label)
    assert (ban(open_one), asked(open_one)) == ("unknown", ["item.s889_produced"])


def test_the_brand_of_a_baby_camera_for_a_home_decides_nothing(checker: Checker) -> None:
    private = bought(checker, "2023-01-01", "role: [brand_owner], name: EZVIZ", purpose="no", agency="no")
    assert ban(private) == "no"
    for role in ("brand_owner", "producer"):
        nursery = bought(checker, "2023-01-01", f"role: [{role}], name: EZVIZ", purpose="no")
        assert ban(nursery) == "no", "bought by an agency, for none of the purposes"
    guard = bought(checker, "2023-01-01", "role: [brand_owner], name: EZVIZ")
    assert (ban(guard), asked(guard)) == ("unknown", ["item.s889_produced"])


def test_for_hikvisions_subsidiary_the_purpose_decides(checker: Checker) -> None:
    producer = "role: [producer], name: 萤石"
    assert [ban(bought(checker, "2023-01-01", producer, purpose=said)) for said in ("yes", "no")] == ["yes", "no"]
    unsaid = bought(checker, "2023-01-01", producer, purpose="")
    assert (ban(unsaid), asked(unsaid)) == ("unknown", ["end_use.s889_purpose"])


@pytest.mark.parametrize(
    ("name", "kind", "last", "after"),
    [
        ("Sepura", "telecom_equipment", "2022-07-13", "2022-07-14"),
        ("PowerTrunk", "telecom_equipment", "2025-08-31", "2025-09-01"),
        ("Imou", "camera", "2025-03-03", "2025-03-04"),
        ("超聚变", "telecom_equipment", "2021-11-04", "2021-11-05"),
    ],
)
def test_those_sold_are_covered_to_the_last_day_shown(
    checker: Checker, name: str, kind: str, last: str, after: str
) -> None:
    producer = f"role: [producer], name: {name}"
    assert ban(bought(checker, last, producer, kind=kind)) == "yes"
    assert ban(bought(checker, after, producer, kind=kind)) == "unknown"


def test_a_share_that_may_not_control_leaves_the_question_open(checker: Checker) -> None:
    producer = "role: [producer], name: 努比亚"
    days = ("2020-12-27", "2020-12-28")
    found = [bought(checker, day, producer, kind="telecom_equipment", purpose="no") for day in days]
    assert [ban(one) for one in found] == ["unknown", "yes"]
    assert asked(found[0]) == ["party.s889_group"]


def test_every_row_of_the_section_stands_at_a_named_producer_or_follows_from_a_relation(checker: Checker) -> None:
    named = {"huawei", "zte", "hytera", "hikvision", "dahua"}
    for party in checker.known.parties.values():
        rows = [row for row in party.rows if row.list == "us.s889"]
        if party.entity not in named:
            assert all(" of " in row.cite and row.scope == "limited" for row in rows), party.entity
        else:
            assert len(rows) == 1
