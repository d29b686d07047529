"""Which rows are worth comparing, also where thousands are alike."""

from __future__ import annotations

from itertools import islice, product

import pytest

from licet.parties.entry import Entry
from licet.parties.match import find
from licet.parties.match.hit import Query
from licet.parties.match.index import Index

from .making import ENTRIES, entry, found

SYLLABLES = (
    "ka",
    "ro",
    "vi",
    "ste",
    "mul",
    "pen",
    "dra",
    "zo",
    "fi",
    "gat",
    "ble",
    "nu",
    "sor",
    "hy",
    "qui",
    "tam",
    "ex",
)


@pytest.fixture(scope="module")
def alike() -> list[Entry]:
    """Firms that share all words but one."""
    own = islice(product(SYLLABLES, repeat=3), 4000)
    return [entry(at, f"Shenzhen Bright Future {''.join(word)} Technology") for at, word in enumerate(own)]


@pytest.fixture(scope="module")
def index(alike: list[Entry]) -> Index:
    return Index.build(alike)


@pytest.mark.parametrize("number", [0, 77, 1234, 3999])
def test_the_one_word_that_differs_decides(index: Index, alike: list[Entry], number: int) -> None:
    assert found(index, alike[number].name, "firm")[0] == str(number)


def test_few_rows_are_compared(index: Index, alike: list[Entry]) -> None:
    for name in (alike[5].name, "Shenzhen Bright Future Technology", "Technology", "Shenzhen " * 40):
        for _, rows in index.finder.find([Query(name, "firm")], 0.72)[0]:
            assert len(rows) <= find.MAX_TIED


def test_common_words_are_left_out_within_the_budget(index: Index) -> None:
    form = index.finder.find([Query("Shenzhen Bright Future karoro Technology", "firm")], 0.72)[0][0][0]
    strings, (whole, left_out) = index.finder._strings(form)
    assert 0 < left_out < whole
    assert sum(int(index.finder.counts[number]) for number in strings) < 2 * find.BUDGET


def test_a_name_of_equal_words_is_found() -> None:
    entries = [entry(at, "Same " * 40) for at in range(30)] + [entry("other", "Same Other")]
    built = Index.build(entries)
    assert len(found(built, "Same " * 40)) == 5
    assert found(built, "Same Other")[0] == "other"


def test_what_is_known_besides_the_name_decides_among_namesakes() -> None:
    born = [entry(year, "WANG, Wei", kind="person", births=(str(year),)) for year in range(1900, 2000)]
    built = Index.build(born)
    assert [found(built, "Wang Wei", "person", births=(str(year),))[0] for year in (1900, 1950, 1999)] == [
        "1900",
        "1950",
        "1999",
    ]


def test_the_memory_of_neighbours_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "MAX_LOOKED", 50)
    built = Index.build(ENTRIES)
    for at in range(200):
        found(built, f"Huawei {SYLLABLES[at % 17]}{SYLLABLES[at // 17]}{SYLLABLES[at % 7]}")
    assert len(built.finder.looked) < 60
    assert found(built, "Hauwei Technologies")[0] == "huawei"
