"""From rows to hits: the best name of each entry, abbreviations, and what comes first."""

from __future__ import annotations

import pytest

from licet.parties.match.hit import Query
from licet.parties.match.index import Index
from licet.parties.match.judge import ABBREVIATED

from .making import ENTRIES, entry, found


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(ENTRIES)


@pytest.mark.parametrize(
    ("name", "alias"),
    [
        ("smic", "SMIC"),
        ("Semiconductor Manufacturing International", "Semiconductor Manufacturing International Corporation"),
        ("中芯国际集成电路制造", "中芯国际集成电路制造有限公司"),
    ],
)
def test_the_alias_that_matched_is_shown(index: Index, name: str, alias: str) -> None:
    hit = index.search(Query(name, "firm"))[0]
    assert (hit.entry.id, hit.alias) == ("smic", alias)
    assert hit.alias_kind == ("primary" if hit.alias == hit.entry.name else "alias")


def test_an_entry_is_named_once(index: Index) -> None:
    ids = found(index, "Semiconductor Manufacturing International Corporation SMIC", threshold=0.3)
    assert ids.count("smic") == 1


def test_the_same_spelling_comes_first() -> None:
    built = Index.build([entry("ooo", "OOO VEKTRA"), entry("jsc", "VEKTRA JSC"), entry("ltd", "Vektra Limited")])
    for number, name in (("ooo", "OOO VEKTRA"), ("jsc", "VEKTRA JSC"), ("ltd", "Vektra Limited")):
        hits = built.search(Query(name, "firm"))
        assert (hits[0].entry.id, hits[0].score) == (number, 1.0)
        assert all(0.98 < hit.score < 1 for hit in hits[1:])


@pytest.mark.parametrize(("name", "number"), [("HIT", "hit"), ("H.I.T.", "hit"), ("HEU", "heu"), ("CETC", "cetc")])
def test_abbreviations_of_names_that_describe(index: Index, name: str, number: str) -> None:
    hit = index.search(Query(name, "firm"))[0]
    assert (hit.entry.id, hit.score, [reason.code for reason in hit.reasons]) == (number, ABBREVIATED, ["abbreviation"])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Hit", "firm"), ("HIT", "person"), ("HIT", "vessel"), ("HIT Ltd", "firm"), ("HT", "firm"), ("VEKTRA", "firm")],
)
def test_what_is_not_asked_for_as_an_abbreviation(index: Index, name: str, kind: str) -> None:
    assert found(index, name, kind) == []


def test_an_alias_is_better_than_initials(index: Index) -> None:
    assert index.search(Query("SMIC"))[0].score == 1.0


def test_what_speaks_against_an_abbreviation() -> None:
    built = Index.build([entry("hit", "Harbin Institute of Technology", countries=("CN",))])
    assert found(built, "HIT", countries=("CN",)) == ["hit"]
    assert built.search(Query("HIT", countries=("US",)), threshold=0.7)[0].score == pytest.approx(0.72)
    assert found(built, "HIT", threshold=0.8) == []


def test_limit_and_threshold() -> None:
    built = Index.build([entry(at, f"Vektra {'x' * at}") for at in range(1, 8)])
    assert len(built.search(Query("Vektra"), limit=2, threshold=0.1)) == 2
    scores = [hit.score for hit in built.search(Query("Vektra"), limit=9, threshold=0.1)]
    assert scores == sorted(scores, reverse=True)
    assert built.search(Query("Vektra xxx"), limit=0) == []
    assert all(hit.score >= 0.9 for hit in built.search(Query("Vektra xxx"), threshold=0.9))
