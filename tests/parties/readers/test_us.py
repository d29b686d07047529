"""Lists of the United States: every field of every form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from licet.parties.readers.csl import directives, list_of
from licet.parties.readers.harvest import Wanted
from licet.parties.readers.ofac_csv import beside
from licet.parties.readers.ofac_remarks import read_remarks
from licet.parties.readers.registry import read_list, read_source
from licet.parties.readers.safe import Source
from licet.parties.rows import row_facts
from tests.parties.readers.reading import changed, code, editions, entries, numbers, refused, said
from tests.parties.readers.samples import FILES, file, jsoned, parsed


def test_csl_reduced() -> None:
    found = editions("us.csl.reduced")
    assert {name: len(one.entries) for name, one in found.items()} == {"us.el": 1, "us.sdn": 1, "us.dpl": 1}
    assert {one.published for one in found.values()} == {date(2026, 7, 31)}
    (chips,), (max_,), (erika,) = (found[name].entries for name in ("us.el", "us.sdn", "us.dpl"))
    assert said(chips) == [("Beispiel Chips Co., Ltd.", "primary"), ("BCC", "alias")]
    assert (chips.countries, row_facts(chips).footnotes, chips.start) == (("CN", "TR"), ("4",), date(2019, 10, 9))
    assert chips.scope.endswith("of the EAR)4")
    assert chips.policy == "Presumption of denial."
    assert chips.cite.startswith("84 FR 54002")
    assert chips.url == "https://www.bis.gov/el"
    assert (max_.id, max_.kind, max_.countries, max_.programmes) == ("77", "person", ("PS",), ("NPWMD", "IFSR"))
    assert (erika.kind, erika.countries, erika.note) == ("unknown", (), "place: AN")
    assert erika.start == date(2003, 6, 27)


def test_ids_made_for_rows_without_one_stay_the_same_and_apart() -> None:
    whole = parsed("csl_reduced.json")
    twice = {**whole, "entryCount": 4, "entries": [whole["entries"][0], *whole["entries"]]}
    ids = [one.id for one in read_source(changed("us.csl.reduced", jsoned(twice)))["us.el"].entries]
    first = entries("us.csl.reduced", "us.el")[0].id
    assert ids == [first, f"{first}-2"]


def test_csl_json() -> None:
    (optik,), (max_,) = entries("us.csl.json", "us.el"), entries("us.csl.json", "us.sdn")
    assert (optik.id, optik.kind, optik.countries) == ("abc", "unknown", ("DE", "AT"))
    assert optik.addresses == ("Weg 1, Jena, 07743, DE",)
    assert (row_facts(optik).footnotes, optik.start, optik.end) == (("1", "2"), date(2020, 6, 18), None)
    assert said(optik) == [("Beispiel Optik GmbH", "primary"), ("Optik Beispiel", "alias")]
    assert (max_.id, max_.countries, max_.births) == ("9", ("IR", "TR"), ("1972-11",))
    assert numbers(max_) == [("passport", "X123"), ("imo", "1234567")]
    assert max_.note == "born: 1971-02-30; Director; (Linked To: SOMEONE)"


def test_csl_csv() -> None:
    (anna,), (bank,), (ship,) = (entries("us.csl.csv", name) for name in ("us.dpl", "us.ssi", "us.sdn"))
    assert (anna.id, anna.start, anna.end) == ("x1", date(2003, 6, 19), date(2056, 6, 29))
    assert anna.addresses == ("12 EXAMPLE LANE, HOUSTON, TX, 77042, US", "GENEVA, CH")
    assert (anna.countries, anna.note) == (("US", "CH"), "no standard denial order")
    assert (bank.kind, bank.footnotes) == ("firm", ("directive_2",))
    assert bank.programmes == ("UKRAINE-EO13662", "RUSSIA-EO14024")
    assert numbers(bank) == [("tax id no.", "7700000001"), ("passport", "AB12")]
    assert [name for name, _ in said(bank)] == ["BEISPIELBANK AO", "BB", "BEISPIEL"]
    assert (ship.kind, ship.countries, numbers(ship)) == ("vessel", ("PA",), [("imo", "7654321")])


def test_an_unknown_source_is_an_error_unless_it_is_skipped_knowingly() -> None:
    results = parsed("csl.json")["results"]
    strange = {"results": [{**results[0], "source": "Moon List (ML) - Bureau"}, *results]}
    source = changed("us.csl.json", jsoned(strange))
    error = refused(source, Wanted())
    assert error.problems[0].code == "P_UNKNOWN_LIST"
    assert "Moon List" in str(error)
    found = read_source(source, Wanted(skip_unknown=True))
    assert found["us.el"].skipped == {"unknown list Moon List (ML) - Bureau": 1}


@pytest.mark.parametrize(
    ("source", "list_id"),
    [
        ("Military End User (MEU) List - Bureau of Industry and Security", "us.meu"),
        ("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department", "us.ns_mbs"),
        ("Capta List (CAP) - Treasury Department", "us.capta"),
        ("Foreign Sanctions Evaders (FSE) - Treasury Department", "us.fse"),
        ("ITAR Debarred (DTC) - State Department", "us.dtc"),
        ("Nonproliferation Sanctions (ISN) - State Department", "us.isn"),
        ("", ""),
    ],
)
def test_sources(source: str, list_id: str) -> None:
    assert list_of(source) == list_id


def test_ofac_csv_with_the_files_beside_it() -> None:
    air, max_, ship = entries("us.ofac.csv", "us.sdn")
    assert said(air) == [("BEISPIEL AIRLINES", "primary"), ("BEISPIEL-LUFT", "alias")]
    assert (air.kind, air.countries, air.addresses) == ("firm", ("CU",), ("Havana, Cuba",))
    assert said(max_) == [
        ("MUSTERMANN, Max", "primary"), ("MUSTER", "former"), ("MUSTER, M.", "former"), ("MAXL; DER GROSSE", "weak"),
    ]  # fmt: skip
    assert (max_.kind, max_.countries, max_.births) == ("person", ("IR", "TR"), ("1961-02-12", "1963"))
    assert numbers(max_) == [("passport", "A1234"), ("national id no.", "0032")]
    assert max_.programmes == ("SDGT", "IFSR")
    assert max_.note == "born: circa 1963; Minister; POB Shiraz, Iran; Linked To: BEISPIEL AIRLINES"
    assert (ship.kind, ship.countries, ship.addresses) == ("vessel", ("PS", "PA"), ())
    assert numbers(ship) == [("imo", "7654321"), ("mmsi", "572469210")]
    assert ship.note == "call sign: CS41; vessel: Tanker; flag: Panama; owner: Owner Ltd."


def test_sdn_csv_alone() -> None:
    found = read_source(file("sdn.csv"))["us.sdn"].entries
    assert [len(one.names) for one in found] == [1, 3, 1]


def test_files_that_do_not_fit_each_other_are_refused_with_the_count() -> None:
    alt = file("alt.csv").data.replace(b"36,12", b"99,12")
    source = replace(file("sdn.csv"), parts={"alt": Source("alt.csv", alt)})
    error = refused(source)
    assert error.problems[0].code == "P_PARTS"
    assert error.problems[0].place.file == "alt.csv"
    assert "1 of its rows" in error.problems[0].message


def test_files_beside_are_found_by_name(tmp_path: Path) -> None:
    assert beside("ofac_2021-07_sdn.csv") == {"alt": "ofac_2021-07_alt.csv", "add": "ofac_2021-07_add.csv"}
    assert beside("CONS_PRIM.CSV") == {"alt": "CONS_ALT.CSV", "add": "CONS_ADD.CSV"}
    assert beside("sdn_2024-05-03.csv") == {"alt": "alt_2024-05-03.csv", "add": "add_2024-05-03.csv"}
    assert beside("list.csv") == {}
    for name in ("sdn.csv", "alt.csv", "add.csv"):
        (tmp_path / name).write_bytes((FILES / name).read_bytes())
    assert [len(one.names) for one in read_list(tmp_path / "sdn.csv")["us.sdn"].entries] == [2, 4, 1]


def test_a_file_without_its_closing_mark_was_cut() -> None:
    data = file("sdn.csv").data
    assert code(Source("sdn.csv", data.removesuffix(b"\x1a"))) == "P_CUT_SHORT"
    assert code(Source("sdn.csv", data[:200])) == "P_CUT_SHORT"


def test_the_consolidated_csv_tells_its_lists() -> None:
    found = read_source(file("cons_prim.csv"))
    held = {name: [one.id for one in edition.entries] for name, edition in found.items()}
    assert held == {"us.ns_plc": ["9"], "us.ssi": ["10"], "us.ns_mbs": ["10"], "us.ns_cmic": ["11"]}
    assert found["us.ssi"].entries[0].footnotes == ("directive_4",)
    assert found["us.ns_mbs"].entries[0].footnotes == ()


def test_remarks_cut_by_the_publisher_lose_only_their_end() -> None:
    text = "nationality Haiti; " + "x" * 960 + "; National ID No. 12"
    found = read_remarks(text.ljust(1000, "3"))
    assert (found.countries, found.identifiers) == (["Haiti"], [])
    assert found.rest[0].startswith("National ID No. 12")


def test_directives() -> None:
    assert directives("Executive Order 13662 Directive Determination - Subject to Directive 1; a") == ("directive_1",)
    assert directives("Subject to Directive 3 - All transactions in, Executive Order 14024 Directive Information") == ()


def test_ofac_xml() -> None:
    found = editions("us.ofac.xml")["us.sdn"]
    assert found.published == date(2026, 7, 4)
    max_, ship = found.entries
    assert said(max_) == [
        ("MUSTERMANN, Max", "primary"), ("MUSTER, M.", "alias"), ("MAXL", "weak"), ("MEIER", "former"),
    ]  # fmt: skip
    assert (max_.id, max_.kind, max_.countries, max_.births) == ("40", "person", ("IR", "TR"), ("1961-02-12",))
    assert (max_.addresses, numbers(max_)) == (("Weg 1, Tehran, Iran",), [("passport", "A1234")])
    assert max_.note == "Gender Male; Minister; (Linked To: BEISPIEL AIRLINES)"
    assert (ship.kind, ship.countries, numbers(ship)) == ("vessel", ("PA",), [("imo", "7654321")])


def test_an_xml_with_fewer_entries_than_it_says_was_cut() -> None:
    text = "<sdnList><publshInformation><Record_Count>2</Record_Count></publshInformation></sdnList>"
    assert code(changed("us.ofac.xml", text)) == "P_CUT_SHORT"


def test_1260h() -> None:
    (one,) = entries("us.1260h.csv", "us.1260h")
    assert said(one) == [("Beispiel Inc.", "primary"), ("BI", "alias"), ("Alt One", "former"), ("Alt Two", "former")]
    assert (one.start, one.end) == (date(2022, 10, 5), date(2024, 1, 31))
    assert (one.url, one.note) == ("http://x", "note; parent: Muster Group")


def test_denied_persons() -> None:
    found = editions("us.dpl.txt")["us.dpl"]
    assert found.published == date(2022, 8, 29)
    (one,) = found.entries
    assert said(one) == [("MAX MUSTERMANN", "primary")]
    assert (one.start, one.end) == (date(2022, 8, 24), date(2026, 1, 14))
    assert one.addresses == ("1 EXAMPLE AVENUE, EL PASO, TX, 79905, US",)
    assert (one.countries, one.cite) == (("US",), "87 F.R. 52741 8/29/2022")
    assert one.note == "F.R. NOTICE ADDED; no standard denial order"
