"""A name of which nothing is found at all: it is found among no part of the entries either."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licet.parties.entry import Entry, Name
from licet.parties.match.find import MAX_ROWS
from licet.parties.match.hit import Query
from licet.parties.match.index import Index

WORDS = ("Blue", "Teapot", "Zelkova", "Quantum", "Device", "Devices", "Shenzhen", "Technology", "Co", "Ltd", "Rowan")
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


def _entries(names: list[str]) -> list[Entry]:
    return [Entry("us.el", str(number), (Name(name),)) for number, name in enumerate(names)]


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=12), st.lists(NAMES, min_size=1, max_size=6), st.data())
def test_silent_is_silent_among_any(listed: list[str], asked: list[str], data: st.DataObject) -> None:
    index = Index.build(_entries(listed))
    queries = [Query(name, data.draw(st.sampled_from(["firm", "unknown", "person"]))) for name in asked]
    silent = index.silent(queries)
    whole = index.search_many(queries)
    some = index.among(np.array(data.draw(st.lists(st.booleans(), min_size=len(listed), max_size=len(listed)))))
    for quiet, found, among in zip(silent, whole, some.search_many(queries), strict=True):
        assert quiet == (not found)
        assert not (quiet and among)


def test_what_only_comes_up_where_others_are_left_out_is_not_silent() -> None:
    """More names are alike than are compared: the one that counts may be left out, unless every one is."""
    near = [f"Rowan {a}{b} Optics Company" for a in "abcdefgh" for b in "klmnopqr"]
    index = Index.build(_entries([*near, "Rowan Optics"]))
    assert len(near) > MAX_ROWS
    assert index.silent([Query("Rowan Optics", identifiers=("7",)), Query("Rowan Optics"), Query("Teapot Works")]) == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("threshold", [0.5, 0.74, 0.95])
def test_by_threshold(threshold: float) -> None:
    index = Index.build(_entries(["Zelkova Quantum Devices", "Blue Teapot Works"]))
    for name in ("Zelkova Quantum", "Zelkova Quantum Device", "Teapot"):
        query = Query(name)
        assert index.silent([query], threshold) == [not index.search(query, threshold=threshold)]
