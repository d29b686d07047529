"""Dates, citations, countries."""

from __future__ import annotations

from datetime import date

import pytest

from licet.parties.readers.countries import countries_said, country, country_in
from licet.parties.readers.dates import births, day, federal_register, iso


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-02-29", "2024-02-29"),
        ("2023-02-29", ""),
        ("1972", "1972"),
        ("1972-11", "1972-11"),
        ("12 Feb 1961", "1961-02-12"),
        ("Feb 1961", "1961-02"),
        ("2nd March, 1961", "1961-03-02"),
        ("26 Feb. 2011", "2011-02-26"),
        ("February 26, 2011", "2011-02-26"),
        ("00/00/1968", "1968"),
        ("00/05/1968", "1968-05"),
        ("13/04/2022", "2022-04-13"),
        ("31/02/2022", ""),
        ("28.2.2011", "2011-02-28"),
        ("04/1963", "1963-04"),
        ("2025年1月2日", "2025-01-02"),
        ("2026-07-31T13:15:00+00:00", "2026-07-31"),
        ("0017-05-26", ""),
        ("3017-05-26", ""),
        ("", ""),
        ("soon", ""),
        ("1" * 60, ""),
        ("12/00/1968", ""),
        ("32 Foo 1990", ""),
    ],
)
def test_iso(text: str, told: str) -> None:
    assert iso(text) == told


def test_month_first() -> None:
    assert (day("08/24/2022", month_first=True), day("08/24/2022"), day("1972")) == (date(2022, 8, 24), None, None)


@pytest.mark.parametrize(
    ("text", "found", "kept"),
    [
        ("12 Feb 1961", ("1961-02-12",), ()),
        ("circa 1962", ("1962",), ("circa 1962",)),
        ("1955 to 1957", ("1955", "1956", "1957"), ("1955 to 1957",)),
        (
            "Between 1945 and 1950 (Approximately)",
            ("1945", "1946", "1947", "1948", "1949", "1950"),
            ("Between 1945 and 1950 (Approximately)",),
        ),
        ("01 Jan 1961 to 31 Dec 1962", ("1961", "1962"), ("01 Jan 1961 to 31 Dec 1962",)),
        ("1900 to 1990", (), ("1900 to 1990",)),
        ("1.2.1961 or 3.4.1962", ("1961-02-01", "1962-04-03"), ()),
        ("(a) 1.2.1961, (b) 1962", ("1961-02-01", "1962"), ()),
        ("30 Feb 1961", (), ("30 Feb 1961",)),
        ("", (), ()),
    ],
)
def test_births(text: str, found: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert births([text]) == (found, kept)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("84 FR 54002, 10/9/19", date(2019, 10, 9)),
        ("68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06", date(2003, 6, 27)),
        ("Vol. 76, No. 229, 11/29/2011", date(2011, 11, 29)),
        ("75 FR 1699 (1/13/10), 75 FR 36519", date(2010, 1, 13)),
        ("85 FR 36719 (no. 117); 86 FR 1 1/4/21", None),
        ("87 FR 12240; 87 FR 34136 6/6/22", None),
        ("46 F.R. 44803 9/8/81", date(1981, 9, 8)),
        ("99F.R. 12345 1/2/2034", date(2034, 1, 2)),
        ("84 FR 54002, 10/9/20", None),
        ("84 FR 54002, 13/9/19", None),
        ("", None),
        ("79 F.R.51932 DATED 9/2/14", date(2014, 9, 2)),
    ],
)
def test_the_first_citation_with_a_date_that_fits_its_volume(text: str, told: date | None) -> None:
    assert federal_register(text) == told


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CN", "CN"),
        ("cn", "CN"),
        ("UK", "GB"),
        ("Korea, North", "KP"),
        ("Korea, South", "KR"),
        ("TURKIYE", "TR"),
        ("Türkiye", "TR"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Congo", "CG"),
        ("Burma", "MM"),
        ("Region: Gaza", "PS"),
        ("Crimea (occupied)", "UA"),
        ("Russian", "RU"),
        ("中国", "CN"),
        ("台灣", "TW"),
        ("AN", ""),
        ("USSR", ""),
        ("The Netherlands", "NL"),
        ("Cote d Ivoire", "CI"),
        ("", ""),
    ],
)
def test_country(text: str, code: str) -> None:
    assert country(text) == code


def test_countries_said() -> None:
    assert countries_said("(a) Algerian, (b) German") == ("DZ", "DE")
    assert countries_said("1) Saudi Arabia 2) Qatar") == ("SA", "QA")
    assert countries_said("Iran (Islamic Republic of)") == ("IR",)
    assert countries_said("unknown") == ()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("Kabul, Afghanistan", "AF"),
        ("日本东京都港区1-1（邮编：105-8460）", "JP"),
        ("265 Rue, Saint-Marcel, France, 73600", "FR"),
        ("Voie 33, Herstal, Belgium（邮编：B-4040）", "BE"),
        ("People's Republic of China", "CN"),
        ("12 Main Street, Springfield, PA", ""),
        ("", ""),
    ],
)
def test_country_in_an_address(address: str, code: str) -> None:
    assert country_in(address) == code
