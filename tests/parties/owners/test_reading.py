"""Graph files: what they say, and how their mistakes are told."""

from __future__ import annotations

from datetime import date

import pytest

from licet.facts.errors import CaseError
from licet.facts.yamltext import read_yaml
from licet.parties.owners.model import UNKNOWN_SHARE, Graph
from licet.parties.owners.onday import on_day
from licet.parties.owners.reading import read_graph
from licet.parties.owners.table import table_graph, with_table

DAY = date(2024, 5, 1)


def graph(text: str) -> Graph:
    return read_graph(read_yaml(text, "own.yaml"))


def refused(text: str, day: date | None = None) -> str:
    with pytest.raises(CaseError) as told:
        found = graph(text)
        if day is not None:
            on_day(found, day)
    return str(told.value)


def test_shares_are_exact_ranges_or_unknown() -> None:
    found = graph(
        "holdings:\n"
        "- {owner: X, owned: A, share: 33.3333 %}\n- {owner: Y, owned: A, share: [20, 30]}\n"
        "- {owner: Z, owned: A, share: 1..2}\n- {owner: Q, owned: A}\n- {owner: R, owned: A, share: unknown}\n"
    )
    assert [one.share for one in found.holdings] == [
        (333_333, 333_333), (200_000, 300_000), (10_000, 20_000), UNKNOWN_SHARE, UNKNOWN_SHARE,
    ]  # fmt: skip
    assert found.ends() == ("A",)


def test_looked_for_and_not_found_is_said_by_listed_none() -> None:
    found = graph(
        "entities: [{name: A, listed: none}, {name: B, listed: []}, {name: C, listed: [us.el]}, {name: D}]\n"
        "complete: [owners of A, listings of C, control of D]\n"
    ).entities
    assert [found[name].screened for name in "ABCD"] == [True, True, True, False]
    assert [found[name].owners_complete for name in "ABCD"] == [True, False, False, False]
    assert found["D"].control_complete and not found["A"].control_complete


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("entities: [{name: Alpha}]\nholdings: [{owner: Alfa, owned: Alpha, share: 5}]", ["'Alfa'", "Alpha?"]),
        ("holdings: [{owner: A, owned: A, share: 5}]", ["cannot own itself"]),
        ("holdings: [{owner: A, owned: B, share: 101}]", ["101 %", "more than the whole"]),
        ("holdings: [{owner: A, owned: B, share: many}]", ["'many'"]),
        ("holdings: [{owner: A, share: 5}]", ["owned: is missing"]),
        ("holdings: [{owner: A, owned: B, shares: 5}]", ["'shares'", "share"]),
        ("entities: [{name: P, kind: person}]\nholdings: [{owner: P, owned: P2, share: 5}]", ["'P2'"]),
        ("entities: [{name: P, kind: person}, {name: Q}]\nholdings: [{owner: Q, owned: P}]", ["has no owners"]),
        ("entities: [{name: A}, {name: A}]", ["declared twice", "own.yaml:1:12"]),
        ("complete: [everything]", ["'everything'", "owners of B"]),
        ("joint: [{holders: [X]}]", ["two holders"]),
        ("on: yesterday", ["not a date"]),
        ("votes: maybe", ["as_shares"]),
        ("[]", ["mapping"]),
        ("entities: [{name: A, kind: frm}]", ["'frm'", "firm?"]),
        ("holdings: [{owner: A, owned: B, share: 5, from: 2024-02-01, until: 2024-01-01}]", ["before it begins"]),
    ],
)
def test_mistakes_are_told_with_their_place(text: str, parts: list[str]) -> None:
    told = refused(text)
    assert all(part in told for part in parts), told
    assert "own.yaml:" in told


def test_shares_over_the_whole_are_refused_with_all_their_places() -> None:
    told = refused("holdings:\n- {owner: X, owned: A, share: 60}\n- {owner: Y, owned: A, share: 45}\n", DAY)
    assert "105 %" in told and "own.yaml:2:3" in told and "own.yaml:3:3" in told


def test_one_after_the_other_is_no_contradiction() -> None:
    text = (
        "holdings:\n- {owner: X, owned: A, share: 60, until: 2024-04-30}\n"
        "- {owner: X, owned: A, share: 20, from: 2024-05-01}\n"
        "- {owner: Y, owned: A, share: 60, from: 2024-05-01}\n"
    )
    assert [one.share[0] for one in on_day(graph(text), DAY).holdings] == [200_000, 600_000]
    assert [one.share[0] for one in on_day(graph(text), date(2024, 4, 30)).holdings] == [600_000]
    told = refused(text.replace(", until: 2024-04-30", ""), DAY)
    assert "twice" in told and "own.yaml:2:3" in told


def test_a_table_gives_edges_and_must_name_known_entities() -> None:
    table = table_graph(
        "owner,owned,share,from,source\nX,A,12.5,2024-01-01,register\n\nY,A,[20 30],,\n".replace("[20 30]", "20..30"),
        "e.csv",
    )
    assert [(one.owner, one.share) for one in table.holdings] == [("X", (125_000, 125_000)), ("Y", (200_000, 300_000))]
    whole = graph("entities: [{name: X}, {name: Y}, {name: A}]")
    assert len(with_table(whole, table).holdings) == 2
    with pytest.raises(CaseError, match="'Y' is not among the entities"):
        with_table(graph("entities: [{name: X}, {name: A}]"), table)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("owner,owned\nX,A\n", "share is missing"),
        ("owner,owned,share,colour\n", "'colour'"),
        ("owner,owned,share\nX,A\n", "2 cells"),
        ('owner,owned,share\nX,"A,5\n', "not CSV"),
        ("owner,owned,share\nX,A,a lot\n", "e.csv:2"),
        ("", "owner is missing"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(text: str, part: str) -> None:
    with pytest.raises(CaseError) as told:
        table_graph(text, "e.csv")
    assert part in str(told.value)
