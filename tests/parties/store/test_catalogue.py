"""The catalogue of publications: what ships can be read and is whole, and mistakes in it are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from licet.facts.errors import LicetError
from licet.parties.readers.registry import READERS
from licet.parties.store.catalogue import catalogue, read_catalogue

GOOD = """
title: A list
publisher: Somebody
home: https://example.org/list
files: [{url: "https://example.org/list.json", name: list.json}]
formats: [t.json]
every: 7d
stale_after: 10d
may_shrink: 5%
lists: {t.one: {title: First, at_least: 10}}
terms: {text: free, source: https://example.org/terms}
source: https://example.org
"""


def test_a_publication_is_read(tmp_path: Path) -> None:
    (tmp_path / "t_pub.yaml").write_text(GOOD, encoding="utf-8")
    one = read_catalogue(tmp_path).publications["t_pub"]
    assert (one.every, one.stale_after, one.files[0].name, one.lists[0].at_least) == (7, 10, "list.json", 10)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: A list\n", "", "title is missing"),
        ("publisher:", "publisherr:", "did you mean publisher"),
        ("https://example.org/list.json", "http://example.org/list.json", "https://"),
        ("every: 7d", "every: weekly", "7d"),
        ("stale_after: 10d", "stale_after: 0d", "7d"),
        ("5%", "5", "5%"),
        ("5%", "500%", "5%"),
        ("at_least: 10", "at_least: ten", "no number"),
        ("formats: [t.json]", "formats: t.json", "expected a list"),
        ("lists: {t.one: {title: First, at_least: 10}}", "lists: [t.one]", "expected a mapping"),
        ("at_least: 10", "at_leest: 10", "at_least"),
        ("formats: [t.json]", "formats: [[t.json]]", "list of texts"),
        ("title: A list", "title: [A list]", "expected a text"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    (tmp_path / "t_pub.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(LicetError, match="E_CATALOGUE") as caught:
        read_catalogue(tmp_path)
    assert told in str(caught.value)
    assert "t_pub.yaml:" in str(caught.value)


def test_what_ships_is_whole() -> None:
    found = catalogue().publications
    for one in found.values():
        assert one.lists, one.id
        assert one.files or one.note, f"{one.id}: without files the note says why"
        assert one.every is None or one.stale_after >= 1
        assert {file.name for file in one.files} == {Path(file.name).name for file in one.files}
    own = [carried.id for one in found.values() if not one.consolidation for carried in one.lists]
    assert len(own) == len(set(own)), "a list has one publisher of its own"


def test_readers_know_what_ships() -> None:
    for one in catalogue().publications.values():
        assert set(one.formats) <= set(READERS), one.id
        assert one.formats or not one.files, one.id
