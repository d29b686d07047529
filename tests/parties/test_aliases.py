"""Aliases joined to rows of lists. All parties are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.parties.aliases import extended, fast_key, unjoined, with_aliases
from licet.parties.aliases_same import Alias, Aliases, AliasName
from licet.parties.entry import NAME_KINDS, Entry, Name
from licet.parties.known import name_key

READ = date(2026, 1, 2)


def alias(name: str, *texts: str, lists: tuple[str, ...] = ("xx.one",)) -> Alias:
    return Alias(name, lists, "CN", tuple(AliasName(text, "official", "a paper", READ, "secondary") for text in texts))


def row(*names: str, list_id: str = "xx.one", kinds: tuple[str, ...] = ()) -> Entry:
    told = (*kinds, *("alias" for _ in names))
    first = kinds[0] if kinds else "primary"
    return Entry(list_id, names[0], (Name(names[0], first), *map(Name, names[1:], told[1:])))


def added(entries: list[Entry], *aliases: Alias) -> list[list[str]]:
    joined = with_aliases(entries, Aliases("", aliases))
    return [[name.text for name in entry.names if name.kind == "added"] for entry in joined]


@pytest.mark.parametrize(
    ("listed", "named"),
    [
        ("Anfang Works Co., Ltd.", "ANFANG WORKS CO LTD"),
        ("Xi’an Anfang Works", "Xi'an Anfang Works*"),
        ("Ａｎｆａｎｇ Works", "Anfang Works"),
        ("Anfang Works", "Anfang Works (AW)"),  # the reader left the bracket out
        ("Anfang Works (AW)*", "Anfang Works"),  # the reader kept it
        ("Anfang (Beijing) Works", "Anfang (Beijing) Works (AB Works)"),
    ],
)
def test_a_name_joins_whatever_its_case_and_marks(listed: str, named: str) -> None:
    assert added([row(listed)], alias(named, "安方")) == [["安方"]]


@pytest.mark.parametrize(
    ("listed", "named"),
    [
        (["Anfang Works"], "Anfang Works (Beijing)"),  # another place, no abbreviation
        (["Anfang Works (AW)"], "Anfang Works (AWO)"),
        (["Anfang Works (AW)", "Anfang Works (ANW)"], "Anfang Works"),  # the bracket tells them apart
        (["Anfang Works", "Anfang Works (AW)"], "Anfang Works (ANW)"),
        (["Anfang Works Two"], "Anfang Works"),
    ],
)
def test_a_bracket_that_tells_rows_apart_is_not_left_out(listed: list[str], named: str) -> None:
    rows = [row(name) for name in listed]
    assert added(rows, alias(named, "安方")) == [[] for _ in rows]
    assert unjoined(rows, Aliases("", (alias(named, "安方"),))) == [f"{named} (xx.one)"]


def test_a_row_with_the_whole_name_goes_before_one_without_its_bracket() -> None:
    rows = [row("Anfang Works"), row("Anfang Works (AW)")]
    assert added(rows, alias("Anfang Works", "安方")) == [["安方"], []]
    assert added(rows, alias("Anfang Works (AW)", "安方")) == [[], ["安方"]]


def test_a_bracket_may_say_another_name_of_the_row() -> None:
    rows = [row("Anfang Works", "Morgen Co.")]
    assert added(rows, alias("Anfang Works (formerly Morgen Co.)", "安方")) == [["安方"]]
    assert added(rows, alias("Anfang Works (formerly Abend Co.)", "安方")) == [[]]


def test_own_and_former_names_go_before_aliases() -> None:
    mother, daughter = row("Anfang Group", "Anfang Works"), row("Anfang Works")
    renamed = row("Neu Works", "Anfang Works", kinds=("primary", "former"))
    assert added([mother, daughter, renamed], alias("Anfang Works", "安方")) == [[], ["安方"], ["安方"]]
    assert added([mother], alias("Anfang Works", "安方")) == [["安方"]]


def test_one_of_three_rows_of_one_name_is_told_by_its_alias() -> None:
    rows = [row("Academy 702", "Strength Institute"), row("Academy 702", "Control Institute"), row("Academy 702")]
    assert added(rows, alias("Strength Institute", "强度所"), alias("Control Institute", "控制所")) == [
        ["强度所"],
        ["控制所"],
        [],
    ]


def test_only_the_named_lists_are_added_to_and_only_they_are_missed() -> None:
    known = Aliases("", (alias("Anfang Works", "安方", lists=("xx.one", "xx.two")), alias("Morgen Co.", "晨")))
    rows = [row("Anfang Works", list_id="xx.two"), row("Anfang Works", list_id="xx.three")]
    assert [len(entry.names) for entry in with_aliases(rows, known)] == [2, 1]
    assert unjoined(rows, known) == []
    assert unjoined([*rows, row("Abend")], known) == ["Anfang Works (xx.one)", "Morgen Co. (xx.one)"]


def test_two_aliases_of_a_row_add_each_name_once_and_none_it_has() -> None:
    rows = [row("Anfang Works", "Morgen Co.", "安方")]
    assert added(rows, alias("Anfang Works", "安方", "晨"), alias("MORGEN CO", "晨", "夜")) == [["晨", "夜"]]


def test_a_name_says_where_it_was_read() -> None:
    borne = AliasName("安方", "former", "a paper", READ, "official", "2009-05", "2020")
    (entry,) = with_aliases([row("Anfang")], Aliases("", (Alias("Anfang", ("xx.one",), "CN", (borne,)),)))
    assert entry.names[1].cite == "a paper, read 2026-01-02 (official; former name from 2009-05 until 2020)"


NAMES = st.sampled_from(
    ["Anfang Works", "ANFANG WORKS (AW)", "Anfang Works (AWW)", "Morgen Co.", "安方", "Abend*", "夜"]
)
ENTRIES = st.lists(
    st.builds(
        lambda list_id, names, kinds: Entry(
            list_id, "1", tuple(Name(text, kind) for text, kind in zip(names, kinds, strict=False))
        ),
        st.sampled_from(["xx.one", "xx.two"]),
        st.lists(NAMES, min_size=1, max_size=4),
        st.lists(st.sampled_from([kind for kind in NAME_KINDS if kind != "added"]), min_size=4, max_size=4),
    ),
    max_size=5,
)
ALIASES = st.lists(
    st.builds(
        lambda name, texts: alias(name, *texts, lists=("xx.one", "xx.two")),
        NAMES,
        st.lists(NAMES, unique=True, max_size=3),
    ),
    max_size=4,
).map(lambda found: Aliases("", tuple(found)))


@given(ENTRIES, ALIASES)
def test_nothing_is_lost_or_moved_and_a_second_time_adds_nothing(entries: list[Entry], aliases: Aliases) -> None:
    once = with_aliases(entries, aliases)
    assert [replace(entry, names=before.names) for entry, before in zip(once, entries, strict=True)] == entries
    for entry, before in zip(once, entries, strict=True):
        assert entry.names[: len(before.names)] == before.names
        assert all(name.kind == "added" and name.cite for name in entry.names[len(before.names) :])
    assert with_aliases(once, aliases) == once
    assert unjoined(once, aliases) == unjoined(entries, aliases)


@given(ENTRIES, st.lists(NAMES.map(lambda text: Name(text, "added", "x"))))
def test_no_name_is_added_twice(entries: list[Entry], names: list[Name]) -> None:
    for entry in entries:
        more = [fast_key(name.text) for name in extended(entry, names).names[len(entry.names) :]]
        assert len(set(more)) == len(more)
        assert not set(more) & {fast_key(name.text) for name in entry.names}


@given(st.text())
def test_the_quick_key_is_the_key(text: str) -> None:
    assert fast_key(text) == name_key(text)
