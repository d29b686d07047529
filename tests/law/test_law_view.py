"""A provision in words, lists, timelines, and what changed between two days."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.rules.small import SOURCE, Writer, rule_text

from licet.facts.errors import LicetError
from licet.parties.known import read_parties
from licet.rules.corpus import read_law
from licet.rules.law import Law
from licet.services import lawdiff, lawtime, lawview
from licet.services.lawpage import Page
from licet.services.lawwords import clauses

CHIP = "us.ear.ccl.3A090.a"


def shown(law: Law, rule: str, day: date) -> lawview.Provision:
    return lawview.provision(law, law.rules[rule], day, 3)


def test_a_provision_in_words(law: Law) -> None:
    found = shown(law, CHIP, date(2024, 4, 4))
    assert (found.status, found.version, found.start) == ("in force", 2, "2023-11-17")
    lines = [f"{'  ' * clause.depth}{clause}" for clause in found.conditions]
    assert "      item.tpp is at least 4,800  [a.1]" in lines
    assert "  unless  [Note 2]" in lines
    assert "item.tpp" in {read.fact for read in found.facts}
    assert "us.ear.ccl.4A090.a" in found.named_by["referred to by"]
    assert all(source["cite"] and source["read"] for source in found.sources)


def test_a_provision_before_it_began_has_only_its_head(law: Law) -> None:
    found = shown(law, CHIP, date(2022, 10, 20))
    assert found.status == "begins 2022-10-21"
    assert found.conditions == ()
    assert found.sources == ()


def test_text_markdown_and_json_say_the_same(law: Law) -> None:
    found = shown(law, CHIP, date(2024, 4, 4))
    page = lawview.provision_page(law, found)
    data = json.loads(json.dumps(lawview.as_json(found)))
    assert data["schema"] == "licet.provision/1"
    for text in (page.text(), page.markdown()):
        assert "at least 4,800" in text
        assert "88 FR 73458" in text
    assert page.markdown().startswith("# 15 CFR 774")


def test_markdown_has_no_markup_of_its_own() -> None:
    page = Page("a_b")
    page.section("c").add("<d> *e*")
    assert page.markdown() == "# a\\_b\n\n## c\n\n- \\<d\\> \\*e\\*"


def test_provisions_can_be_shown_on_every_turn(law: Law) -> None:
    """One provision in twenty: to show one, the whole law is searched for what names it."""
    rules = list(law.rules.values())
    for rule in rules[::20]:
        for version in rule.versions:
            day = version.start if type(version.start) is date else date(2024, 1, 31)
            assert lawview.provision_page(law, shown(law, rule.id, day)).text()


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("item.tpp >= 1600", ["item.tpp is at least 1,600"]),
        ("NOT item.tpp >= 1600", ["item.tpp is below 1,600"]),
        ("item.area <> 2.5", ["item.area is not 2.5 mm2"]),
        ("item.datacenter", ["item.datacenter"]),
        ("NOT item.datacenter", ["not item.datacenter"]),
        ("\"item.kind IN ('chip', 'tool')\"", ["item.kind is chip or tool"]),
        ("\"item.kind <> 'chip'\"", ["item.kind is not chip"]),
        ("\"dates.contract < DATE '2022-03-01'\"", ["dates.contract is before 2022-03-01"]),
        ("{fact: item.declared.xx, code: 3A}", ["item.declared.xx is 3A or beneath it"]),
        ("{unknown: look it up}", ["not known: look it up"]),
        ("{some: {of: rates, where: rate.bits > 8}}", ["for at least one of the rates:", "  rate.bits is more than 8"]),
        (
            "{cite: b, any: [{if: item.datacenter, cite: b}, {if: item.tpp > 1, cite: b.2}]}",
            ["any of:  [b]", "  item.datacenter", "  item.tpp is more than 1  [b.2]"],
        ),
        ("{not: {any: [item.datacenter]}}", ["not:", "  any of:", "    item.datacenter"]),
    ],
)
def test_conditions_in_words(when: str, words: list[str], law_folder: Writer) -> None:
    law = read_law(law_folder({"xx/1.yaml": rule_text(when if when[0] in '"{' else f'"{when}"')}))
    version = law.rules["xx.act.1"].versions[0]
    assert version.when is not None
    assert [f"{'  ' * clause.depth}{clause}" for clause in clauses(version.when, law)] == words


def test_unless_stands_beside_the_condition(law_folder: Writer) -> None:
    text = rule_text(more="    unless: {if: item.tpp < 1, cite: Note 2}\n")
    law = read_law(law_folder({"xx/1.yaml": text}))
    when = law.rules["xx.act.1"].versions[0].when
    assert when is not None
    assert [str(clause) for clause in clauses(when, law)] == [
        "item.datacenter",
        "unless  [Note 2]",
        "item.tpp is below 1",
    ]


def test_the_nearest_id_is_offered(law: Law) -> None:
    with pytest.raises(LicetError, match=r"L_NO_RULE.*us\.ear\.ccl\.3A090"):
        lawview.find(law, "us.ear.ccl.3A090")


def test_a_list_by_kind_and_jurisdiction(law: Law) -> None:
    rows = list(lawtime.listed(law, date(2024, 1, 1), "entry", "nl"))
    assert rows
    assert {row.kind for row in rows} == {"entry"}
    assert all(row.id.startswith("nl.") for row in rows)
    assert len(list(lawtime.listed(law, date(2024, 1, 1)))) == len(law.rules)


def test_the_versions_of_a_rule(law: Law) -> None:
    text = lawtime.versions_page(law.rules["us.ear.744.11.a.1"]).text()
    assert "2025-11-10 to 2026-11-09: suspended" in text
    assert "90 FR 50857" in text


def test_a_chart_has_a_character_for_each_span(law_folder: Writer) -> None:
    versions = f"""\
versions:
  - {{from: 2022-01-01, until: 2022-12-31, {SOURCE}, when: item.datacenter}}
  - {{from: 2024-01-01, {SOURCE}, status: suspended, when: item.datacenter}}
  - {{from: 2025-01-01, {SOURCE}, unknown: look it up}}
"""
    head = "id: xx.act.1\nkind: entry\nsubject: item\ncite: Act s. 1\ntitle: Chips\n"
    law = read_law(law_folder({"xx/1.yaml": head + versions}))
    years, line = lawtime.chart(law, law.rules.values(), date(2025, 6, 1))
    assert years.split() == ["2022", "2023", "2024", "2025"]
    assert line == f"xx.act.1  {'1' * 12}{'.' * 12}{'s' * 12}{'?' * 12}"


@pytest.fixture(scope="module")
def found(law: Law, law_root: Path) -> lawdiff.Difference:
    return lawdiff.difference(law, read_parties(law_root), date(2023, 11, 16), date(2023, 11, 17))


class TestDifference:
    """16 and 17 November 2023: the day the October rules of that year began."""

    def test_what_changed_is_shown_before_and_after(self, found: lawdiff.Difference) -> None:
        (chip,) = [changed for changed in found.provisions if changed.id == CHIP]
        assert chip.what == "changed"
        assert chip.notes[0].start == "2023-11-17"
        assert any("io_bandwidth" in line for line in chip.before)
        assert any("performance_density" in line for line in chip.after)

    def test_the_page_is_by_instrument(self, found: lawdiff.Difference) -> None:
        page = lawdiff.difference_page(found)
        titles = [section.title for section in page.sections if section.lines]
        assert titles[0] == "Export Administration Regulations"
        text = page.text()
        assert "changed: 15 CFR 774 Supp. 1, ECCN 3A090.a" in text
        assert "-     item.io_bandwidth_gb_s is at least 600 GB/s" in text
        assert "+       item.tpp is at least 4,800  [a.1]" in text

    def test_as_json(self, found: lawdiff.Difference) -> None:
        data = json.loads(json.dumps(lawdiff.as_json(found)))
        assert data["schema"] == "licet.law-diff/1"
        assert {changed["what"] for changed in data["provisions"]} <= {"new", "changed", "ended"}

    def test_members_of_groups(self, law: Law, law_root: Path) -> None:
        found = lawdiff.difference(law, read_parties(law_root), date(2026, 7, 9), date(2026, 7, 10))
        (group,) = [changed for changed in found.provisions if changed.id == "us.group.D4"]
        assert group.removed == ("AE",)
        assert "removed: AE" in lawdiff.difference_page(found).text()

    def test_rows_of_parties(self, law: Law, law_root: Path) -> None:
        found = lawdiff.difference(law, read_parties(law_root), date(2022, 12, 15), date(2022, 12, 16))
        rows = {(row.entity, row.list): row.what for row in found.parties}
        assert rows["ymtc", "us.el"] == "came"
        assert rows["ymtc", "us.uvl"] == "went"

    def test_a_suspension(self, law: Law, law_root: Path) -> None:
        found = lawdiff.difference(law, read_parties(law_root), date(2025, 11, 9), date(2025, 11, 10))
        (rule,) = [changed for changed in found.provisions if changed.id == "us.ear.744.11.a.1"]
        assert rule.what == "suspended"

    def test_nothing(self, law: Law, law_root: Path) -> None:
        found = lawdiff.difference(law, read_parties(law_root), date(2019, 1, 1), date(2019, 1, 2))
        assert "Nothing changed" in lawdiff.difference_page(found).text()

    def test_the_wrong_way_round(self, law: Law, law_root: Path) -> None:
        with pytest.raises(LicetError, match="E_DATE"):
            lawdiff.difference(law, read_parties(law_root), date(2023, 1, 1), date(2022, 1, 1))
