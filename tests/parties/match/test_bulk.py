"""Many queries by several processes, or by one where there can be no others."""

from __future__ import annotations

import multiprocessing
import os

import pytest

from licet.parties.match.bulk import in_chunks
from licet.parties.match.hit import Query
from licet.parties.match.index import Index

from .making import ENTRIES

CHUNKS = [[Query("Huawei"), Query("HIT", "firm")], [Query("Wang Wei", "person")], [Query("")]]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(ENTRIES)


def test_alone_and_together_find_the_same(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    alone = list(in_chunks(index, CHUNKS, 5, 0.72, shared=False))
    assert alone == list(in_chunks(index, CHUNKS, 5, 0.72, shared=True))
    assert [len(found) for found in alone] == [2, 1, 1]
    assert [bool(judged) for found in alone for judged in found] == [True, True, True, False]


@pytest.mark.parametrize("methods", [["spawn"], []])
def test_without_forks_one_process_does_it(index: Index, monkeypatch: pytest.MonkeyPatch, methods: list[str]) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: methods)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert len(list(in_chunks(index, CHUNKS, 5, 0.72, shared=True))) == 3


def test_the_cores_may_be_unknown(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert len(list(in_chunks(index, CHUNKS, 5, 0.72, shared=True))) == 3
    assert list(in_chunks(index, [], 5, 0.72, shared=True)) == []
