"""FollowTheMoney and OpenSanctions files, and a company's own lists."""

from __future__ import annotations

from datetime import date

import pytest

from licet.parties.readers.harvest import Wanted
from licet.parties.readers.registry import read_source
from licet.parties.readers.safe import Source
from tests.parties.readers.reading import OWN, code, editions, entries, numbers, refused, said
from tests.parties.readers.samples import SAMPLES, Rows, xlsx


def test_follow_the_money() -> None:
    found = editions("os.ftm")["os.xx_list"]
    assert found.skipped == {"no party (Sanction)": 1}
    (one,) = found.entries
    assert said(one) == [
        ("Max Mustermann", "primary"), ("Макс", "original"), ("Maxl", "alias"), ("Max Alt", "former"), ("M.", "weak"),
    ]  # fmt: skip
    assert (one.id, one.kind, one.countries, one.births) == ("Q1", "person", ("DE",), ("1961-02",))
    assert (numbers(one), one.addresses, one.url) == ([("passport", "P1")], ("Weg 1, Bonn",), "http://x")
    assert one.programmes == ("US-GLOMAG", "xx_list")
    assert (one.start, one.note) == (None, "Minister; first seen 2024-01-02")


def test_opensanctions_targets() -> None:
    found = editions("os.targets.csv")["os.xx_example_list"]
    assert found.published == date(2026, 7, 1)
    (one,) = found.entries
    assert said(one) == [("Beispiel AG", "primary"), ("BAG", "alias"), ("贝斯", "original")]
    assert (one.kind, one.countries, one.addresses) == ("firm", ("DE", "CN"), ("Weg 1, Bonn",))
    assert (one.programmes, one.start) == (("XX Example List",), None)


def test_a_list_named_by_the_user_takes_all() -> None:
    for form in ("os.ftm", "os.targets.csv", "us.csl.json"):
        found = read_source(SAMPLES[form], Wanted("own.mine"))
        assert list(found) == ["own.mine"]


def test_own_csv_in_chinese() -> None:
    beispiel, max_ = entries("own", "own.test")
    assert said(beispiel) == [("Beispiel GmbH", "primary"), ("BG", "alias")]
    assert (beispiel.countries, beispiel.addresses, beispiel.note) == (("DE",), ("Weg 1",), "do not deliver")
    assert (said(max_), max_.countries) == ([("马克斯", "primary")], ("CN",))


GERMAN: Rows = [
    ["Sperrliste", "", "", "", "", "", ""],
    ["Firmenname", "Land", "Anschrift", "Ort", "Registernummer", "Geburtsdatum", "Art"],
    ["Beispiel GmbH", "Deutschland", "Weg 1", "Jena", 7743, "", "Unternehmen"],
    ["Max Mustermann", "Schweiz", "", "", "", "02/03/1980", "Person"],
    ["Erika Muster", "", "", "", "", "13/03/1980; 04/25/1981", "person"],
]


def test_own_workbook_in_german() -> None:
    firm, max_, erika = read_source(Source("sperrliste.xlsx", xlsx(GERMAN)), OWN)["own.test"].entries
    assert (firm.kind, firm.countries, firm.addresses) == ("firm", ("DE",), ("Weg 1, Jena",))
    assert numbers(firm) == [("id", "7743")]
    assert (max_.kind, max_.countries, max_.births) == ("person", (), ("1980",))
    assert max_.note == "place: Schweiz; born: about 1980 (02/03/1980)"
    assert erika.births == ("1980-03-13", "1981-04-25")


@pytest.mark.parametrize("name", ["own.suppliers", "own.x"])
def test_own_list_needs_a_name_from_the_user(name: str) -> None:
    source = Source("s.csv", b"Name,Country\nBeispiel,DE\n")
    assert code(source, Wanted()) == "P_LIST"
    assert list(read_source(source, Wanted(name))) == [name]


def test_without_a_name_column_the_error_lists_the_headers() -> None:
    error = refused(Source("s.csv", b"Colour,Country\nred,DE\n"), OWN, "own")
    assert error.problems[0].code == "P_COLUMN"
    assert "Colour, Country" in error.problems[0].message


def test_own_csv_may_lack_its_last_new_line_but_no_fields() -> None:
    assert len(read_source(Source("s.csv", b"Name,Country\nA Co,DE\nB Co,CN"), OWN)["own.test"].entries) == 2
    assert code(Source("s.csv", b"Name,Country\nA Co,DE\nB Co")) == "P_CUT_SHORT"
    assert code(Source("s.csv", b"Name,Country\nA Co\nB Co,CN\n")) == "P_FORMAT"


def test_own_csv_in_a_code_page_is_refused() -> None:
    error = refused(Source("s.csv", "Name,Ort\nMüller,Köln\n".encode("cp1252")))
    assert error.problems[0].code == "P_ENCODING"
    assert "CSV UTF-8" in error.problems[0].hint
    utf16 = "Name,Ort\nMüller,Köln\n".encode("utf-16")
    assert said(read_source(Source("s.csv", utf16), OWN)["own.test"].entries[0]) == [("Müller", "primary")]
