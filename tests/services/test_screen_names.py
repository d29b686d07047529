"""The index of names of older editions: never that of other entries with the same ids."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from licet.parties.entry import Name
from licet.parties.match.hit import Query
from licet.parties.store.model import Loaded
from licet.services.screen_lists import Gathered
from licet.services.screen_model import Lists
from licet.services.screen_names import Names
from tests.services.screen_fakes import DAY, LOADED, TEACUP, ZELKOVA, FakeStore


def as_it_stood(name: str) -> Gathered:
    """A day on which the row of a later edition counts, which the hash of the edition in use does not name."""
    entry = replace(ZELKOVA, names=(Name(name, "primary"),))
    loaded = Loaded("us.el", (entry,), DAY, LOADED, "hash-us.el", "tests", frozenset((entry.id,)))
    return Gathered({"us.el": loaded}, Lists("0", (), True, (), DAY))


def test_rows_of_later_editions_are_found_by_the_names_they_have(tmp_path: Path) -> None:
    names = Names(FakeStore((ZELKOVA, TEACUP)), tmp_path, lambda _: None)
    for name in ("Hornbeam Optics Limited", "Rowan Lasers Limited", "Hornbeam Optics Limited"):
        ((hit, *_),) = names.of(as_it_stood(name)).search_many([Query(name)])
        assert (hit.entry.name, hit.score) == (name, 1.0)
        other = {"Hornbeam Optics Limited": "Rowan Lasers Limited"}.get(name, "Hornbeam Optics Limited")
        assert names.of(as_it_stood(name)).search_many([Query(other)]) == [[]]
