"""Lists of the United Nations, the United Kingdom, the European Union and Australia."""

from __future__ import annotations

from datetime import date

import pytest

from licet.parties.entry import Entry
from licet.parties.readers.eu_journal import list_of
from licet.parties.readers.registry import read_source
from licet.parties.readers.safe import Source
from tests.parties.readers.reading import code, editions, entries, numbers, said
from tests.parties.readers.samples import file


def test_un() -> None:
    found = editions("un.xml")["un.consolidated"]
    assert found.published == date(2026, 8, 1)
    max_, firm = found.entries
    assert said(max_) == [
        ("MAX MUSTERMANN", "primary"), ("ماكس", "original"), ("Maximilian Muster", "alias"), ("Der Adler", "weak"),
        ("Maxl", "weak"),
    ]  # fmt: skip
    assert (max_.id, max_.kind, max_.start) == ("CDi.999", "person", date(2012, 12, 31))
    assert (max_.countries, max_.births) == (("RW", "CD"), ("1971", "1973", "1974"))
    assert (max_.addresses, numbers(max_)) == (("Weg 1, Kigali, Rwanda",), [("passport", "D9")])
    assert (max_.programmes, max_.note) == (("DRC",), "born: 1973 to 1974; Dr; He fled.")
    assert (firm.kind, said(firm)[1], firm.countries) == ("firm", ("MUSTER TRADING", "former"), ("YE",))


@pytest.mark.parametrize("form", ["uk.csv", "uk.xlsx"])
def test_uk(form: str) -> None:
    found = editions(form)["uk.sanctions"]
    assert found.published == date(2025, 4, 10)
    max_, firm = found.entries
    assert said(max_) == [("Max MUSTERMANN", "primary"), ("Max MUSTER", "weak"), ("Макс Мустер", "original")]
    assert (max_.id, max_.kind, max_.start) == ("15175", "person", date(2022, 4, 13))
    assert (max_.countries, max_.births) == (("RU", "UA"), ("1968", "1968-12-31"))
    assert max_.addresses == ("Weg 1, Moscow, 101000, Russia",)
    assert numbers(max_) == [("passport", "P1"), ("passport", "P2"), ("imo", "1234567")]
    assert (max_.programmes, max_.note) == (("Russia",), "Governor; Other. (IMO number):1234567")
    assert (firm.kind, said(firm)) == ("firm", [("BEISPIEL AO", "primary")])


def test_ofsi_in_the_windows_code_page() -> None:
    found = read_source(file("ofsi.csv"))["uk.ofsi"]
    assert found.published == date(2018, 4, 13)
    (one,) = found.entries
    assert said(one) == [("René BEISPIEL", "primary")]
    assert (one.countries, one.births, one.note) == (("DE",), ("1970-03-15",), "“note”")


def test_uk_as_the_foreign_office_publishes_it() -> None:
    found = read_source(file("fcdo.csv"))["uk.sanctions"]
    assert found.published == date(2026, 2, 13)
    firm, ship = found.entries
    assert said(firm) == [("BEISPIEL EXCHANGE", "primary"), ("صرافی", "original"), ("BEISPIEL MONEY", "weak")]
    assert (firm.id, firm.scope, firm.start) == ("AFG0001", "Asset freeze", date(2012, 6, 29))
    assert (firm.addresses, firm.countries) == (("Weg 1, Pakistan",), ("PK",))
    assert (ship.kind, numbers(ship)) == ("vessel", [("imo", "7654321")])


def test_a_uk_file_without_its_first_line_is_refused() -> None:
    assert code(Source("ConList.csv", file("uk.csv").data.partition(b"\n")[2])) == "P_FORMAT"


def eu_max(one: Entry) -> None:
    assert said(one) == [("Max Mustermann", "primary"), ("Макс Мустерман", "original"), ("Maxl", "weak")]
    assert (one.id, one.kind, one.start) == ("EU.27.28", "person", date(2014, 3, 17))
    assert (one.countries, one.births) == (("RU",), ("1961-02-12",))
    assert one.addresses == ("Weg 1, Moscow, RUSSIAN FEDERATION",)
    assert numbers(one) == [("national passport", "P 1")]
    assert (one.programmes, one.cite, one.url) == (("UKR",), "269/2014 (OJ L78)", "http://eur-lex")


@pytest.mark.parametrize(("form", "day"), [("eu.fsf.csv", date(2026, 8, 5)), ("eu.fsf.xml", date(2026, 7, 20))])
def test_eu_financial_sanctions(form: str, day: date) -> None:
    found = editions(form)["eu.fsf"]
    assert found.published == day
    max_, firm = found.entries
    eu_max(max_)
    assert max_.note.startswith("Minister; ")
    assert (firm.id, firm.kind, said(firm)) == ("20", "firm", [("Beispiel AO", "primary")])


def test_eu_journal() -> None:
    found = editions("eu.journal")
    (firm,), (ship,) = found["eu.annex-iv"].entries, found["eu.833"].entries
    assert said(firm) == [
        ("Beispiel Elektronik", "primary"), ("Muster; Sohn", "alias"), ("BE", "alias"), ("БЕ", "original"),
        ("BEX", "weak"), ("Alt AO", "former"),
    ]  # fmt: skip
    assert (firm.id, firm.kind, firm.scope) == ("IV/7", "firm", "annex IV: Export control")
    assert (firm.countries, firm.start) == (("TR",), date(2025, 5, 21))
    assert firm.addresses == ("1 Street, Istanbul, Türkiye",)
    assert (numbers(firm), firm.cite, firm.note) == (
        [("registration number", "315939-5"), ("inn", "7700")], "32014R0833", "note",
    )  # fmt: skip
    assert (ship.kind, ship.countries, ship.scope) == ("vessel", ("PA",), "annex XLII: Transportation restrictions")
    assert found["eu.833"].skipped == {"a thing, not a party": 1}


def test_eu_journal_amendment_is_told_apart_from_a_whole_list() -> None:
    found = read_source(file("32026R1843.csv"))["eu.269"]
    assert found.format == "eu.journal.amendment"
    (one,) = found.entries
    assert (one.countries, one.births) == (("DE", "MA"), ("1961-02-01", "1962-04-03"))
    assert (one.cite, one.scope, one.note) == ("32026R1843", "annex I.PERSONS: Asset freeze", "Director; because")


def test_an_act_whose_annex_names_nobody() -> None:
    header = file("32014R0833.csv").data.partition(b"\n")[0] + b"\r\n"
    found = read_source(Source("32004R0314.csv", header))
    assert {name: one.entries for name, one in found.items()} == {"eu.314-2004": ()}
    assert code(Source("list.csv", header)) == "P_EMPTY"


@pytest.mark.parametrize(
    ("celex", "annex", "list_id"),
    [
        ("32014R0269", "I.PERSONS", "eu.269"), ("32014R0833", "XLII", "eu.833"), ("32014R0833", "IV", "eu.annex-iv"),
        ("32006R0765", "I.A", "eu.765-2006"), ("nonsense", "", ""),
    ],
)  # fmt: skip
def test_lists_of_acts(celex: str, annex: str, list_id: str) -> None:
    assert list_of(celex, annex) == list_id


def test_australia() -> None:
    found = editions("au.dfat.xlsx")["au.dfat"]
    assert found.published == date(2026, 5, 8)
    max_, ship = found.entries
    assert said(max_) == [("Max Mustermann", "primary"), ("Maxl", "weak"), ("ماكس", "original")]
    assert (max_.id, max_.kind, max_.start) == ("3", "person", date(2001, 1, 25))
    assert (max_.countries, max_.births) == (("AF", "IR"), ("1963", "1972-01-30"))
    assert (max_.addresses, max_.programmes) == (("Kabul, Afghanistan",), ("1988 (Taliban)",))
    assert (max_.scope, max_.cite) == ("Targeted Financial Sanction, Travel Ban", "Regulation 2013")
    assert (ship.kind, numbers(ship), ship.scope) == ("vessel", [("imo", "7654321")], "Maritime Restriction")
    assert len(entries("au.dfat.xlsx", "au.dfat")) == 2
