"""Parties of a case held against lists: what is taken, what stays open, what is told of lists that have none of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from licet.facts.case import Case, read_case
from licet.facts.elements import Element, NoneOf
from licet.facts.yamltext import read_yaml
from licet.logic.decision import ListsUsed
from licet.parties.entry import Entry, Name
from licet.services.case_screen import CaseScreen
from licet.services.check import Checker
from licet.services.hits import Hits
from licet.services.resolve import resolve_parties
from licet.services.screen import Settings
from tests.services.screen_fakes import DAY, ENTRIES, LOADED, ZELKOVA, FakeStore, make

TEXT = """
case: wafers to Hefei
on: 2026-07-31
act: export
shipment: {{from: US, to: CN, exporter_country: US}}
items: [{{id: wafer, kind: integrated_circuit, origin: US, declared: {{us: EAR99}}}}]
parties: [{{roles: [end_user], name: {name}, country: CN{more}}}]
complete: [parties]
"""
SISTER = replace(ZELKOVA, id="el-2", names=(Name("Zelkova Quantum Devices (Wuxi) Co., Ltd.", "primary"),))


def case(checker: Checker, name: str, more: str = "") -> Case:
    return read_case(read_yaml(TEXT.format(name=name, more=more), "case.yaml"), checker.law.dictionary)


def screen(checker: Checker, store: FakeStore | None = None, home: Path | None = None) -> CaseScreen:
    settings = Settings(DAY, lists=("us.el", "us.sdn", "uk"), now=LOADED, effects=False)
    return CaseScreen(make(checker, store, home, settings))


def party(found: Case) -> Element:
    return found.root.lists["parties"][0]


def lists(element: Element) -> list[object]:
    return [row.facts["listing.list"] for row in element.lists.get("listings", ())]


@pytest.mark.parametrize("name", ["Zelkova Quantum Devices Co., Ltd.", "ZELKOVA QD", "榉木量子器件有限公司"])
def test_a_party_that_bears_the_very_name_has_the_row(checker: Checker, name: str) -> None:
    found = case(checker, f'"{name}"')
    (answer,) = screen(checker).fill(found)
    assert answer.result == "listed"
    assert [(hit.list, hit.taken) for hit in answer.hits] == [("us.el", "yes")]
    row = party(found).lists["listings"][0].facts
    assert row["listing.list"] == "us.el"
    assert row["listing.scope"] == "all_items"
    assert row["listing.exceptions_barred"] is True


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("Zelkova Quantum Device Company", ""),
        ("Zelkova Quantum Devices Co., Ltd.", ", kind: vessel"),
    ],
)
def test_a_likeness_has_to_be_decided(checker: Checker, name: str, more: str) -> None:
    found = case(checker, f'"{name}"', more)
    (answer,) = screen(checker).fill(found)
    assert answer.result == "possible"
    assert lists(party(found)) == []
    assert party(found).told["listings"]["listing.list"] == NoneOf(frozenset(("us.sdn", "uk.sanctions")))


def test_a_persons_name_alone_proves_nothing(checker: Checker) -> None:
    found = case(checker, '"Igor Primerovich Testovich"', ", kind: person")
    (answer,) = screen(checker).fill(found)
    assert (answer.result, lists(party(found))) == ("possible", [])


def test_what_somebody_decided_counts(checker: Checker, tmp_path: Path) -> None:
    for decision, result, rows in (("true", "listed", ["us.el"]), ("false", "open", [])):
        home = tmp_path / decision
        found = case(checker, '"Zelkova Quantum Device Company"')
        first = screen(checker, home=home)
        asked = next(iter((first.fill(found), first.answered)[1]))
        Hits.open(home).decide(asked.query, ZELKOVA, decision, "A. Officer", "seen its papers")
        again = case(checker, '"Zelkova Quantum Device Company"')
        (answer,) = screen(checker, home=home).fill(again)
        assert answer.result == result
        assert "A. Officer" in answer.hits[0].because
        assert lists(party(again)) == rows


def test_a_row_that_is_taken_settles_its_list_against_sisters(checker: Checker) -> None:
    found = case(checker, '"Zelkova Quantum Devices Co., Ltd."')
    (answer,) = screen(checker, FakeStore((*ENTRIES, SISTER))).fill(found)
    assert [(hit.entry, hit.taken) for hit in answer.hits] == [("el-1", "yes"), ("el-2", "no")]
    assert answer.result == "listed"


def test_stale_lists_and_lists_with_doubts_clear_nobody(checker: Checker) -> None:
    for store in (FakeStore(stale=("us.el",)), FakeStore(doubts={"us.el": "no edition by then"})):
        found = case(checker, '"Blue Teapot Works"')
        (answer,) = screen(checker, store).fill(found)
        assert answer.result == "open"
        assert party(found).told["listings"]["listing.list"] == NoneOf(frozenset(("us.sdn", "uk.sanctions")))


def test_rows_without_a_date_are_not_taken(checker: Checker) -> None:
    found = case(checker, '"Zelkova QD"')
    (answer,) = screen(checker, FakeStore(undated=frozenset(("el-1",)))).fill(found)
    assert (answer.result, lists(party(found))) == ("possible", [])


def test_rows_the_case_names_stay_as_they_are(checker: Checker) -> None:
    found = case(checker, '"Zelkova QD"', ", listings: [{list: us.el, scope: limited}]")
    screen(checker).fill(found)
    assert [row.facts.get("listing.scope") for row in party(found).lists["listings"]] == ["limited"]


def test_filling_twice_changes_nothing(checker: Checker) -> None:
    found, one = case(checker, '"Zelkova QD"'), screen(checker)
    one.fill(found)
    before = [dict(row.facts) for row in party(found).lists["listings"]]
    one.fill(found)
    assert [dict(row.facts) for row in party(found).lists["listings"]] == before


def test_owners_are_screened_as_well(checker: Checker) -> None:
    owners = ', owners: [{name: "Zelkova QD", share: 60}]'
    found = case(checker, "Blue Teapot Works", owners)
    answers = screen(checker).fill(found)
    assert [answer.result for answer in answers] == ["open", "listed"]
    assert lists(party(found).lists["owners"][0]) == ["us.el"]


def test_a_row_amended_since_says_only_which_list_it_is_on(checker: Checker) -> None:
    later: Entry = replace(ZELKOVA, cite="84 FR 54002, 10/9/19; 91 FR 99999, 8/9/26")
    found = case(checker, '"Zelkova QD"')
    screen(checker, FakeStore((later,), published=("us.el",))).fill(found)
    assert set(party(found).lists["listings"][0].facts) == {"listing.list"}


def all_lists(checker: Checker) -> FakeStore:
    """A fresh list of every name the law reads, with one entry each."""
    effects = make(checker, settings=Settings(DAY, now=LOADED)).effects
    assert effects is not None
    teapot = Entry("", "1", (Name("Unrelated Teacup Holdings", "primary"),), "firm", ("GB",))
    return FakeStore((ZELKOVA, *(replace(teapot, list=name) for name in sorted(effects.lists))), tuple(effects.lists))


def test_no_entity_list_licence_where_the_list_has_none_of_it(checker: Checker) -> None:
    store = all_lists(checker)
    answers = {}
    for name in ("Blue Teapot Works", "Zelkova QD"):
        screened = Checker(checker.law, checker.known, {}, lambda _: screen_all(checker, store))
        decision = screened.check(case(checker, f'"{name}"'))
        us = next(place for place in decision.jurisdictions if place.id == "us")
        answers[name] = {rule.id: rule.value for rule in us.requirements}
        assert decision.screening[0].result == ("clear" if name == "Blue Teapot Works" else "listed")
    assert "us.ear.744.11" not in answers["Blue Teapot Works"]
    assert answers["Zelkova QD"]["us.ear.744.11"] == "yes"


def screen_all(checker: Checker, store: FakeStore) -> CaseScreen:
    return CaseScreen(make(checker, store, None, Settings(DAY, now=LOADED, effects=False)))


def test_without_lists_the_same_case_stays_open(checker: Checker) -> None:
    decision = checker.check(case(checker, "Blue Teapot Works"))
    us = next(place for place in decision.jurisdictions if place.id == "us")
    assert {rule.id: rule.value for rule in us.requirements}["us.ear.744.11"] == "unknown"
    assert decision.screening == ()


def test_the_decision_names_the_lists(checker: Checker) -> None:
    used = screen(checker).used(ListsUsed("0" * 64, {"us.el": "2020-01-01", "us.fcc": "2026-06-08"}, ()))
    days = {"us.el": "2026-07-31", "us.sdn": "2026-07-31", "uk.sanctions": "2026-07-31", "us.fcc": "2026-06-08"}
    assert used.names == days
    assert used.snapshot != "0" * 64


# --- who is taken without anybody's word -------------------------------------------------------


def bare(checker: Checker, party: str) -> Case:
    text = f"case: x\non: 2026-07-31\nact: export\nparties: [{{{party}}}]\n"
    return read_case(read_yaml(text, "case.yaml"), checker.law.dictionary)


def unsaid(name: str, kind: str = "unknown", countries: tuple[str, ...] = ("CN",)) -> Entry:
    """An entry of a list that does not say what its entries are."""
    return replace(ZELKOVA, id="el-9", names=(Name(name, "primary"),), kind=kind, countries=countries)


@pytest.mark.parametrize(
    ("entry", "party", "taken"),
    [
        (unsaid("Harold Zelkov"), "name: Harold Zelkov, country: CN", "unknown"),  # may be a person
        (unsaid("Harold Zelkov"), "name: Harold Zelkov, country: CN, kind: person", "unknown"),
        (unsaid("Harold Zelkov"), "name: Harold Zelkov, country: CN, kind: firm", "yes"),
        (unsaid("Zelkov Trading LLC"), "name: Zelkov Trading LLC", "yes"),  # reads as a firm
        (unsaid("Apex", "firm"), "name: Apex", "unknown"),  # many are called so
        (unsaid("Apex", "firm"), "name: Apex, country: CN", "yes"),
        (unsaid("榉木量子", "firm"), "name: 榉木量子", "yes"),
    ],
)
def test_names_that_others_may_bear_are_asked_about(checker: Checker, entry: Entry, party: str, taken: str) -> None:
    (answer,) = screen(checker, FakeStore((entry,))).fill(bare(checker, party))
    assert [hit.taken for hit in answer.hits] == [taken]


# --- parties that the law's own file knows -----------------------------------------------------


def test_a_firm_given_by_its_entity_alone_is_screened_by_its_names(checker: Checker) -> None:
    entry = unsaid("Semiconductor Manufacturing International Corporation", "firm")
    found = bare(checker, "entity: smic")
    resolve_parties(found, checker.known, DAY)
    (answer,) = screen(checker, FakeStore((replace(entry, list="uk.sanctions"),))).fill(found)
    assert [(hit.list, hit.taken) for hit in answer.hits] == [("uk.sanctions", "yes")]
    assert "uk.sanctions" in lists(party(found))


def test_a_known_firm_is_screened_by_its_other_names_as_well(checker: Checker) -> None:
    entry = unsaid("Semiconductor Manufacturing International Corporation", "firm")
    found = bare(checker, "name: SMIC")
    resolve_parties(found, checker.known, DAY)
    (answer,) = screen(checker, FakeStore((replace(entry, list="uk.sanctions"),))).fill(found)
    assert [(hit.list, hit.taken) for hit in answer.hits] == [("uk.sanctions", "yes")]


def test_a_footnote_that_a_newer_list_has_reaches_the_row_of_the_file(checker: Checker) -> None:
    entry = unsaid("Semiconductor Manufacturing International Corporation", "firm")
    found = bare(checker, "name: SMIC")
    resolve_parties(found, checker.known, DAY)
    screen(checker, FakeStore((replace(entry, footnotes=("1",)),))).fill(found)
    (row,) = [row for row in party(found).lists["listings"] if row.facts["listing.list"] == "us.el"]
    assert row.facts["listing.footnotes"] == frozenset(("1", "5"))


@pytest.mark.parametrize("name", ["🙂", "Ze " * 60])
def test_a_name_that_cannot_be_read_clears_no_list(checker: Checker, name: str) -> None:
    found = bare(checker, f'name: "{name}"')
    (answer,) = screen(checker).fill(found)
    assert answer.result == "open"
    assert party(found).told["listings"]["listing.list"] == NoneOf(frozenset())


def test_a_second_row_of_the_very_name_that_is_not_certain_stays_open(checker: Checker) -> None:
    twin = replace(ZELKOVA, id="el-2", footnotes=("1",))
    store = FakeStore((ZELKOVA, twin), undated=frozenset(("el-2",)))
    found = case(checker, '"Zelkova QD"')
    (answer,) = screen(checker, store).fill(found)
    assert sorted(hit.taken for hit in answer.hits) == ["unknown", "yes"]
    assert "us.el" not in party(found).told["listings"]["listing.list"].texts


@pytest.mark.parametrize(("name", "closed"), [("Apex", None), ("Apexx Zelkova", True)])
def test_calling_the_rows_complete_settles_no_entry_of_the_very_name(
    checker: Checker, name: str, closed: bool | None
) -> None:
    found = bare(checker, f"name: {name}, complete: [listings]")
    party(found).closed["listings"] = True
    screen(checker, FakeStore((unsaid("Apex", "firm"),))).fill(found)
    assert party(found).closed["listings"] is closed
