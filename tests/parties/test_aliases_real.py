"""The aliases that come with Licet, alone and over the real lists where they are at hand."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from licet.parties.aliases import read_aliases, unjoined, with_aliases
from licet.parties.aliases_carried import carried_over
from licet.parties.entry import Entry
from licet.parties.known import name_key
from licet.parties.match.hit import Query
from licet.parties.match.index import Index
from licet.parties.names.script import script_of
from licet.parties.readers.registry import read_list
from licet.parties.store.catalogue import catalogue

DATA = Path(__file__).parents[3] / "shared" / "data" / "parties"
US = (DATA / "us" / "csl_2026-07-31.json", DATA / "us" / "dod_1260h_2026-08.csv")
JOURNAL = DATA / "eu" / "journal_sanctions" / "consolidated"
OTHERS = (
    DATA / "jp" / "meti_end_user_list_2026-07.json",
    *(JOURNAL / f"{act}.csv" for act in ("32014R0269", "32014R0833")),
)
SEARCHED = ("us.el", "us.1260h", "us.ns_cmic", "us.meu", "us.uvl")  # all but the longest: seconds instead of many
real = pytest.mark.skipif(not all(path.exists() for path in (*US, *OTHERS)), reason="the real lists are not here")


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return [entry for path in US for edition in read_list(path).values() for entry in edition.entries]


def test_every_list_that_is_named_is_known() -> None:
    named = {list_id for alias in read_aliases().aliases for list_id in alias.lists}
    assert {list_id for list_id in named if not catalogue().carriers(list_id)} == set()


def test_there_are_several_hundred_official_names() -> None:
    names = {name.text for alias in read_aliases().aliases for name in alias.names if name.kind == "official"}
    assert len(names) > 600


@real
def test_every_alias_joins_to_a_row(entries: list[Entry]) -> None:
    assert unjoined(entries, read_aliases()) == []


@real
def test_rows_that_differ_by_their_aliases_only_are_told_apart(entries: list[Entry]) -> None:
    joined = with_aliases([entry for entry in entries if entry.list == "us.el"], read_aliases())
    rows = [entry for entry in joined if entry.name.endswith("1st Academy 702 Research Institute")]
    assert [["北京强度环境研究所" in text_of(entry), "北京航天自动控制研究所" in text_of(entry)] for entry in rows] == [
        [True, False],
        [False, True],
        [False, True],
    ]


def text_of(entry: Entry) -> list[str]:
    return [name.text for name in entry.names]


@real
def test_official_names_are_found_first(entries: list[Entry]) -> None:
    aliases = read_aliases()
    index = Index.build(with_aliases([entry for entry in entries if entry.list in SEARCHED], aliases))
    pool = sorted(
        {
            name.text
            for alias in aliases.aliases
            for name in alias.names
            if name.kind == "official" and set(alias.lists) & set(SEARCHED)
        }
    )
    missed = []
    for text in random.Random(2026).sample(pool, 40):
        hits = index.search(Query(text), limit=1)
        if not hits or name_key(text) not in map(name_key, text_of(hits[0].entry)):
            missed.append((text, hits[0].entry.name if hits else ""))
    assert missed == []


@real
def test_names_go_from_list_to_list(entries: list[Entry]) -> None:
    others = [entry for path in OTHERS for edition in read_list(path).values() for entry in edition.entries]
    before = [*entries, *others]
    gained: Counter[str] = Counter()
    for entry, source in zip(carried_over(before), before, strict=True):
        new = entry.names[len(source.names) :] if entry.list.startswith("us.") else ()
        gained.update({script_of(name.text) for name in new})
    assert gained["han"] > 120
    assert gained["cyrillic"] > 700
