"""What of the law is encoded, section by section and entry by entry."""

from __future__ import annotations

from datetime import date

import pytest

from licet.services.home import load_law
from licet.services.lawcoverage import (
    ENCODED,
    NOT,
    PARTLY,
    LawCoverage,
    coverage,
    coverage_page,
    section_of,
    summary_table,
)

DAY = date(2026, 7, 23)


@pytest.fixture(scope="module")
def found() -> LawCoverage:
    return coverage(load_law(), DAY, "us")


@pytest.mark.parametrize(
    ("cite", "section"),
    [
        ("15 CFR 744.23(a)(1); before 17 Nov 2023 15 CFR 744.23(a)(1)(i)", "744.23"),
        ("15 CFR 774 Supp. 1, ECCN 3A090.a", "3A090"),
        ("Regulation (EU) No 833/2014 Art. 12g", "Art. 12g"),
        ("Supplement No. 4 to part 746", "part 746"),
        ("E.O. 14071, section 1", "E.O. 14071"),
    ],
)
def test_the_section_of_a_cite(cite: str, section: str) -> None:
    assert section_of(cite) == section


def test_sections_are_encoded_partly_or_not(found: LawCoverage) -> None:
    states = {row.section: row for row in found.sections if row.instrument == "us.ear"}
    assert states["738.4"].state == ENCODED
    assert states["740.8"].state == PARTLY
    assert any("740.8(c)" in left for left in states["740.8"].left_out)
    gaps = [row for row in found.sections if row.state == NOT]
    assert gaps
    assert all(row.left_out and not row.provisions for row in gaps)


def test_every_category_of_the_list_is_counted(found: LawCoverage) -> None:
    assert [row.category for row in found.entries] == list("0123456789")
    assert sum(row.entries for row in found.entries) == 637
    three = next(row for row in found.entries if row.category == "3")
    assert "3A090" in three.by_parameters
    assert three.paragraphs >= len(three.by_parameters)


def test_only_the_jurisdiction_asked_for(found: LawCoverage) -> None:
    assert {row.scheme for row in found.entries} == {"us"}
    assert all(row.instrument.startswith("us.") for row in found.sections)


def test_the_page_and_the_table_show_it(found: LawCoverage) -> None:
    assert "partly: 740.8" in coverage_page(found).text()
    assert "| us.ear |" in summary_table(found)
    assert "| us | 3 |" in summary_table(found)
