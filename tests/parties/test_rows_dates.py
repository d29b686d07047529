"""Citations of the Federal Register as the lists print them, and the days of the rules."""

from __future__ import annotations

from datetime import date

import pytest

from licet.parties.rows_dates import amendments_of, citations, federal_register, rules_of, start_of


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("84 FR 54002; 85 FR 44159", ["84 FR 54002", "85 FR 44159"]),
        ("84 FR 22961, 85 FR 29852", ["84 FR 22961", "85 FR 29852"]),
        ("77 FR 61249 No. 195", ["77 FR 61249"]),
        ("80FR 69852", ["80 FR 69852"]),
        ("84  FR  21233", ["84 FR 21233"]),
        ("81 FR 14953; 84 fr 40241", ["81 FR 14953", "84 FR 40241"]),
        ("76 FR no. 242 pg. 78146, 77 FR 58006 (no. 182)", ["76 FR 78146", "77 FR 58006"]),
        ("85 FR 34501; 88 FR", ["85 FR 34501"]),
        ("81.F.R. 22576 4/18/2016", ["81 FR 22576"]),
        ("", []),
        ("Vol. 86, No. 71, 04/15/2021", []),
    ],
)
def test_citations_are_read_as_printed(text: str, pages: list[str]) -> None:
    assert [str(citation) for citation in citations(text)] == pages


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06", [date(2003, 6, 27), date(2006, 7, 10)]),
        ("46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81", [date(1981, 9, 17), date(1981, 3, 30)]),
        ("82 F.R. 16788, 16789 4/6/2017", [date(2017, 4, 6)]),
        ("74 F.R. 27773 DATED 06/11/09", [date(2009, 6, 11)]),
        ("79 FR 24566; 5/1/14; 83 FR 3580; 1/26/18", [date(2014, 5, 1), date(2018, 1, 26)]),
        ("76 FR No. 197 (10/12/2011)", [date(2011, 10, 12)]),
        ("85 FR 51603, 8/20/20. 85 FR 52901, 8/27/20", [date(2020, 8, 20), date(2020, 8, 27)]),
        ("73 FR 54508", [None]),
        ("75 FR 1699 (13/1/2010)", [None]),
        ("75 FR 1699 (1/13/2011)", [None]),
    ],
)
def test_a_printed_day_counts_where_it_fits_the_volume(text: str, days: list[date | None]) -> None:
    assert [citation.printed for citation in citations(text)] == days


def test_a_rule_starts_when_it_took_effect_else_when_it_was_published() -> None:
    assert start_of("85 FR 83420; 89 FR 96837") == date(2020, 12, 18)
    assert amendments_of("85 FR 83420; 89 FR 96837") == (date(2024, 12, 2),)
    assert start_of("84 FR 54002; 85 FR 44159") == date(2019, 10, 9)
    assert start_of("88 FR 71992; 89 FR 25505") == date(2023, 10, 17)
    rule = rules_of("78 FR 18808")[0]
    assert rule is not None
    assert (rule.published, rule.effective, rule.start) == (date(2013, 3, 28), None, date(2013, 3, 28))


def test_what_no_source_dates_has_no_day() -> None:
    assert start_of("89 FR 99702") is None
    assert start_of("81 FR 64694; 84 FR 54002") is None, "the second rule is not when the row began"
    assert amendments_of("66 FR 24267; 81 FR 64694") == (None,)
    assert start_of("") is None


def test_a_misprint_is_read_as_the_page_that_was_meant() -> None:
    assert start_of("87 FR  37423") == start_of("83 FR 37423") == date(2018, 8, 1)
    assert start_of("83 FR 722") == date(2017, 1, 4)


def test_the_table_holds_together() -> None:
    register = federal_register()
    assert set(register.misprints.values()) <= set(register.rules)
    assert not set(register.misprints) & set(register.rules)
    for cite, rule in register.rules.items():
        (citation,) = citations(cite)
        assert rule.published.year == 1935 + citation.volume, cite
        assert rule.effective is None or abs((rule.published - rule.effective).days) <= 8, cite


def test_pages_rise_with_the_days_of_a_volume() -> None:
    by_volume: dict[int, list[tuple[int, date]]] = {}
    for cite, rule in federal_register().rules.items():
        (citation,) = citations(cite)
        by_volume.setdefault(citation.volume, []).append((citation.page, rule.published))
    for pages in by_volume.values():
        days = [day for _, day in sorted(pages)]
        assert days == sorted(days)
