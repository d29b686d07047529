"""Entries become bytes and come back; equal lists have equal bytes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.facts.errors import LicetError
from licet.parties.entry import NAME_KINDS, Entry, Identifier, Name
from licet.parties.store.rows import decode, encode, lines_of, row_of

from .making import entries, entry

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))
NAMES = st.lists(st.builds(Name, TEXT.filter(bool), st.sampled_from(NAME_KINDS), TEXT), min_size=1, max_size=3).map(
    tuple
)
NUMBERS = st.lists(st.builds(Identifier, TEXT, TEXT), max_size=2).map(tuple)
ENTRIES = st.builds(
    Entry, st.just("t.one"), TEXT.filter(bool), NAMES, TEXT, TEXTS, TEXTS, TEXTS, NUMBERS, TEXTS, TEXTS, TEXT, TEXT,
    DAYS, DAYS, TEXT, TEXT, TEXT,
)  # fmt: skip


@given(st.lists(ENTRIES, max_size=5))
def test_entries_come_back_as_they_were(rows: list[Entry]) -> None:
    data = encode("t.one", rows)
    assert sorted(map(row_of, decode(data))) == sorted(map(row_of, rows))
    assert encode("t.one", decode(data)) == data
    assert len(lines_of(data)) == len(rows)


@given(st.permutations(entries("abc")))
def test_the_order_of_the_file_does_not_matter(rows: list[Entry]) -> None:
    assert encode("t.one", rows) == encode("t.one", entries("abc"))


def test_empty_fields_at_the_end_are_left_out_so_that_a_later_field_changes_nothing() -> None:
    assert row_of(entry("a")) == '["a",["Firm a","primary",""],"firm"]'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"licet.list/2 t.one 0\n[]\n",
        b"licet.list/1 t.one 1\n[]\n",
        b"licet.list/1 t.one 1\n[[",
        b"\xff \xff \xff",
    ],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decode(data)


def test_half_a_character_is_refused_with_its_place() -> None:
    with pytest.raises(LicetError, match="E_LIST_TEXT"):
        encode("t.one", [entry("a", note="\ud800")])
