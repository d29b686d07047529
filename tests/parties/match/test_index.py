"""The index as a whole: empty, tiny, asked once or many times, narrowed."""

from __future__ import annotations

import numpy as np
import pytest

from licet.parties.entry import Entry, Identifier, Name
from licet.parties.match.hit import DEFAULT_THRESHOLD, Query
from licet.parties.match.index import CHUNK, Index

from .making import ENTRIES, ROWS, entry, found

STRANGE = [
    "",
    " ",
    "...",
    "\x00",
    "\x00Huawei\x00",
    "🚀🚀",
    "\u200f\u202e",
    "\ud800",
    "x" * 10_000,
    "Huawei " * 2000,
    "华" * 10_000,
    "ﷺ" * 1000,
    "第" * 5000,
    "((((((" * 500,
    "a.b." * 2000,
    "'" * 5000,
    "ABCDEFGH",
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(ENTRIES)


@pytest.mark.parametrize("entries", [(), ENTRIES[:1], [entry("empty", "...")], ENTRIES])
@pytest.mark.parametrize("name", STRANGE)
def test_any_text_is_answered(entries: list[Entry], name: str) -> None:
    for kind in ("firm", "person", "unknown"):
        assert Index.build(entries).search(Query(name, kind, births=("",), identifiers=("",))) is not None


def test_an_empty_index() -> None:
    empty = Index.build([])
    assert [empty.search(Query(name)) for name in ("Huawei", "华为", "محمد", "HIT")] == [[]] * 4
    assert empty.search_many([]) == []
    assert empty.search_many([Query("Huawei")]) == [[]]


def test_an_index_of_one() -> None:
    one = Index.build([entry("huawei", "Huawei")])
    assert [hit.score for hit in one.search(Query("Huawei"))] == [1.0]
    assert found(one, "华为") == ["huawei"]
    assert found(one, "Hikvision") == []


def test_an_entry_without_a_readable_name_is_never_found() -> None:
    built = Index.build([entry("none", "!!!"), entry("huawei", "Huawei")])
    assert found(built, "!!!", threshold=0.0) == []
    assert found(built, "Huawei") == ["huawei"]


def test_many_are_answered_as_one_by_one(index: Index) -> None:
    queries = [Query(name, kind) for _, kind, names in ROWS for name in names]
    queries = [*queries, Query("Quiet Harbour"), Query(""), Query("HIT", "firm")]
    assert index.search_many(queries) == [index.search(query) for query in queries]
    assert list(index.stream(queries, limit=1)) == [index.search(query, limit=1) for query in queries]


def test_very_many_are_shared_out_and_come_back_in_order(index: Index) -> None:
    names = [name for _, _, names in ROWS for name in names]
    queries = [Query(names[at % len(names)]) for at in range(4 * CHUNK + 7)]
    answers = index.search_many(queries)
    assert len(answers) == len(queries)
    assert answers[: len(names)] == [index.search(query) for query in queries[: len(names)]]
    assert answers[-1] == index.search(queries[-1])


def test_an_index_among_some_entries(index: Index) -> None:
    only = np.array([one.id in ("heu", "wang") for one in ENTRIES])
    some = index.among(only)
    assert found(some, "Harbin Engineering University") == ["heu"]
    assert found(some, "HEU", "firm") == ["heu"]
    assert found(some, "HIT", "firm") == found(some, "Huawei", "firm") == []
    assert found(index, "HIT", "firm") == ["hit"]


def test_numbers_among_some_entries() -> None:
    ships = [entry(at, f"SHIP {at}", kind="vessel", identifiers=(Identifier("imo", "9000001"),)) for at in "ab"]
    some = Index.build(ships).among(np.array([False, True]))
    assert found(some, "Quiet Harbour", identifiers=("9000001",)) == ["b"]


def test_the_kind_of_a_name_and_its_threshold_are_those_of_the_contract() -> None:
    own = Entry("test", "1", (Name("Huawei", "primary"), Name("Hwawei Devices", "weak")), "firm")
    hit = Index.build([own]).search(Query("Hwawei Devices"))[0]
    assert (hit.alias, hit.alias_kind, hit.entry) == ("Hwawei Devices", "weak", own)
    assert DEFAULT_THRESHOLD == 0.74
