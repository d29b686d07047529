"""Rows of the EU's consolidated list that stand in Annex I of Regulation 269/2014."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from licet.parties.entry import Entry, Name
from licet.parties.readers.eu_fsf_basis import ukraine
from licet.parties.readers.harvest import Wanted
from licet.parties.readers.registry import read_source
from tests.parties.readers.reading import changed, editions, said
from tests.parties.readers.samples import SAMPLES

PERSON = Entry(
    "eu.fsf", "EU.1.1", (Name("Max Mustermann", "primary"), Name("Maxl", "weak")), "person", programmes=("UKR",)
)
OTHERS_DAY = date(2014, 3, 6)  # Regulation 208/2014 listed its first persons that day


def kind_of(entry: Entry, *titles: str) -> str:
    """Whether an entry gives a row of Regulation 269/2014: no, proven, or possible."""
    row = ukraine().row(entry, titles)
    if row is None:
        return "no"
    assert row.list == "eu.269"
    assert (row.id, [name.text for name in row.names]) == (entry.id, [name.text for name in entry.names])
    return "proven" if row.names[0].kind == "primary" else "possible"


@pytest.mark.parametrize("form", ["eu.fsf.csv", "eu.fsf.xml"])
def test_a_row_stands_on_both_lists(form: str) -> None:
    found = editions(form)
    (row,) = found["eu.269"].entries
    assert row == replace(found["eu.fsf"].entries[0], list="eu.269")
    assert found["eu.269"].published == found["eu.fsf"].published


def test_a_file_under_a_name_of_the_users_is_only_that() -> None:
    assert list(read_source(SAMPLES["eu.fsf.csv"], Wanted("own.eu"))) == ["own.eu"]


@pytest.mark.parametrize("form", ["eu.fsf.csv", "eu.fsf.xml"])
def test_a_file_without_the_programme_carries_only_itself(form: str) -> None:
    assert list(read_source(changed(form, SAMPLES[form].data.replace(b"UKR", b"BLR")))) == ["eu.fsf"]


@pytest.mark.parametrize("form", ["eu.fsf.csv", "eu.fsf.xml"])
def test_where_date_and_act_tell_nothing_the_row_is_only_possible(form: str) -> None:
    data = SAMPLES[form].data.replace(b"2014-03-17", b"2014-03-06").replace(b"269/2014", b"2025/1")
    (row,) = read_source(changed(form, data))["eu.269"].entries
    assert {kind for _, kind in said(row)} == {"weak"}
    assert row.start is None
    assert row.note.startswith("the row does not tell whether it rests on Regulation 269/2014 or 208/2014; ")


@pytest.mark.parametrize("kind", ["firm", "vessel"])
def test_the_other_regulation_names_no_firm(kind: str) -> None:
    assert kind_of(replace(PERSON, kind=kind)) == "proven"
    assert kind_of(replace(PERSON, kind=kind, programmes=("BLR", "UKR"))) == "proven"
    assert kind_of(replace(PERSON, kind=kind, programmes=("RUS",))) == "no"
    assert kind_of(replace(PERSON, kind=kind, programmes=())) == "no"


@pytest.mark.parametrize("kind", ["person", "unknown"])
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2014-03-05", "possible"), ("2014-03-06", "possible"), ("2014-03-16", "possible"), ("2014-03-17", "proven"),
        ("2014-04-13", "proven"), ("2014-04-14", "possible"), ("2014-04-15", "possible"), ("2014-04-16", "proven"),
        ("2022-02-25", "proven"),
    ],
)  # fmt: skip
def test_a_person_is_told_by_the_day(kind: str, day: str, expected: str) -> None:
    assert kind_of(replace(PERSON, kind=kind, start=date.fromisoformat(day)), "2022/332 (OJ L53)") == expected


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ((), "possible"), (("",), "possible"), (("269/2014 (OJ L78)",), "proven"), (("2024/1493 (OJ L)",), "proven"),
        (("2025/1 (OJ L)", "2022/1354 (OJ L204I)"), "proven"), (("208/2014 (OJ L66)",), "possible"),
        (("2025/1 (OJ L), cf. 269/2014",), "possible"),
    ],
)  # fmt: skip
def test_a_person_without_a_day_is_told_by_an_act(titles: tuple[str, ...], expected: str) -> None:
    assert kind_of(PERSON, *titles) == expected
    assert kind_of(replace(PERSON, start=OTHERS_DAY), *titles) == expected


def test_an_act_of_the_other_regulation_speaks_against_the_day() -> None:
    later = replace(PERSON, start=date(2021, 3, 5))
    assert kind_of(later, "2021/391 (OJ L77)") == "possible"
    assert kind_of(later, "2021/391 (OJ L77)", "2022/1354 (OJ L204I)") == "proven"


def test_a_day_before_the_regulation_is_not_the_rows() -> None:
    row = ukraine().row(replace(PERSON, start=OTHERS_DAY), ["2022/1354 (OJ L204I)"])
    assert row is not None
    assert row.start is None
