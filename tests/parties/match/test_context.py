"""What speaks for and against an entry besides its name."""

from __future__ import annotations

from typing import Any

import pytest

from licet.parties.entry import Entry, Identifier
from licet.parties.match.context import SURE, context, number_key
from licet.parties.match.hit import Query
from licet.parties.match.index import Index

from .making import entry

SHIP = entry("ship", "BRISK LANTERN", kind="vessel", identifiers=(Identifier("imo", "IMO 9000001"),), countries=("IR",))
NAMESAKE = entry("namesake", "BRISK LANTERN II", kind="vessel", countries=("PA",))
MAN = entry(
    "man",
    "ZAVYALKIN, Arseniy",
    kind="person",
    births=("1970-03-04", "1971"),
    countries=("RU", "BY"),
    identifiers=(Identifier("passport", "70 N0-123456"), Identifier("note", "n/a")),
)


def weights(one: Entry, **known: Any) -> dict[str, float]:
    return {reason.code: reason.weight for reason in context(Query("x", **known), one)}


@pytest.mark.parametrize(
    ("births", "weight"),
    [
        (("1970-03-04",), 0.03),
        (("1970-03",), 0.03),
        (("1970",), 0.03),
        (("1971-12-31",), 0.03),  # the list knows the year only
        (("1970-04-03",), -0.03),  # the day is another, but near the other year of birth on the list
        (("1969",), -0.03),
        (("1972-01-01",), -0.03),
        (("1955",), -0.20),
        (("1955", "1971"), 0.03),  # the best of several counts
        (("about 1970",), -0.20),
    ],
)
def test_dates_of_birth(births: tuple[str, ...], weight: float) -> None:
    assert weights(MAN, births=births) == {"birth": weight}


def test_another_day_of_the_same_year() -> None:
    assert weights(entry(1, "X", births=("1970-03-04",)), births=("1970-04-03",)) == {"birth": -0.05}


def test_what_is_not_known_says_nothing() -> None:
    assert weights(MAN) == weights(MAN, births=("",), countries=(), identifiers=("", "-", "n/a")) == {}
    assert weights(NAMESAKE, births=("1970",), identifiers=("9000001",)) == {}


@pytest.mark.parametrize(("countries", "weight"), [(("RU",), 0.01), (("DE", "BY"), 0.01), (("DE",), -0.03)])
def test_countries(countries: tuple[str, ...], weight: float) -> None:
    assert weights(MAN, countries=countries) == {"country": weight}


@pytest.mark.parametrize(
    ("kind", "weight"), [("firm", -0.08), ("vessel", -0.15), ("aircraft", -0.15), ("person", 0.0), ("unknown", 0.0)]
)
def test_kinds(kind: str, weight: float) -> None:
    assert weights(MAN, kind=kind).get("kind", 0.0) == weight


@pytest.mark.parametrize("value", ["70N0123456", "70 n0 123-456", " 70-N0-123456 "])
def test_numbers_are_the_same_however_they_are_written(value: str) -> None:
    assert weights(MAN, identifiers=(value,)) == {"identifier": 0.30}


@pytest.mark.parametrize(
    ("value", "key"), [("IMO 9000001", "IMO9000001"), ("n/a", ""), ("0", ""), ("--", ""), ("", "")]
)
def test_what_is_no_number_has_no_key(value: str, key: str) -> None:
    assert number_key(value) == key


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build([SHIP, NAMESAKE, MAN])


def test_a_number_is_found_whatever_the_name(index: Index) -> None:
    hit = index.search(Query("Quiet Harbour", "vessel", identifiers=("IMO9000001",)))[0]
    assert (hit.entry.id, hit.score) == ("ship", SURE)
    assert [reason.code for reason in hit.reasons] == ["name", "identifier"]
    assert sum(reason.weight for reason in hit.reasons) == pytest.approx(hit.score)


@pytest.mark.parametrize("name", ["Brisk Lantern", "Brisk Lanter", "Brisk", "Lantern of the Seas", "", "..."])
def test_a_name_that_half_agrees_takes_nothing_from_a_number(index: Index, name: str) -> None:
    hit = index.search(Query(name, "vessel", identifiers=("IMO9000001",)))[0]
    assert hit.entry.id == "ship"
    assert hit.score >= SURE
    assert min(1.0, sum(reason.weight for reason in hit.reasons)) == pytest.approx(hit.score, abs=0.02)


def test_a_number_of_nobody_changes_nothing(index: Index) -> None:
    with_it = index.search(Query("Brisk Lantern", "vessel", identifiers=("IMO9999999", "n/a")))
    assert with_it == index.search(Query("Brisk Lantern", "vessel"))


def test_a_threshold_over_what_a_number_is_worth(index: Index) -> None:
    assert index.search(Query("Quiet Harbour", identifiers=("IMO9000001",)), threshold=0.99) == []


def test_a_birth_date_and_a_country_move_the_score(index: Index) -> None:
    def score(**known: Any) -> float:
        return index.search(Query("Zavyalkin Arseniy", "person", **known), threshold=0.5)[0].score

    assert score(births=("1970-03-04",), countries=("RU",)) >= score()
    assert score() - score(births=("1955",)) == pytest.approx(0.20, abs=1e-3)
    assert score() - score(countries=("DE",)) == pytest.approx(0.03, abs=1e-3)
    assert 0.0 <= score(births=("1955",), countries=("DE",)) < score()
