"""Names in other scripts carried from list to list. All parties are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.parties.aliases_carried import carried_over
from licet.parties.aliases_scripts import in_two_scripts, says_a_name
from licet.parties.entry import NAME_KINDS, Entry, Name


def entry(list_id: str, *names: str, kind: str = "firm", countries: str = "", births: str = "") -> Entry:
    told = (Name(names[0], "primary"), *map(Name, names[1:]))
    return Entry(list_id, names[0], told, kind, tuple(countries.split()), births=tuple(births.split()))


def carried(source: Entry, target: Entry) -> list[str]:
    """What the target gains; the order of the two must not matter."""
    gained = [carried_over(rows)[rows.index(target)].names for rows in ([source, target], [target, source])]
    assert gained[0] == gained[1]
    return [name.text for name in gained[0][len(target.names) :]]


@pytest.mark.parametrize(
    ("listed", "countries", "other", "others"),
    [
        ("Anfang Works Co., Ltd.", "CN", "ANFANG WORKS CO LTD", "CN HK"),
        ("Anfang Works", "CN", "Anfang Works", ""),
        ("Nordlicht", "CN", "NORDLICHT", "CN"),
        ("Anfang Works（AW）", "CN", "Anfang Works", "CN"),
    ],
)
def test_a_firm_is_known_by_its_whole_name(listed: str, countries: str, other: str, others: str) -> None:
    source = entry("xx.one", listed, "安方", countries=countries)
    target = entry("xx.two", other, countries=others)
    assert carried(source, target) == ["安方"]
    assert carried(source, replace(target, kind="unknown")) == ["安方"]


@pytest.mark.parametrize(
    "target",
    [
        entry("xx.one", "Anfang Works"),  # the same list
        entry("xx.two", "Anfang Works Two"),
        entry("xx.two", "Anfang Works", countries="RU"),
        entry("xx.two", "Anfang Works", kind="person"),
        entry("xx.two", "Anfang Works", kind="vessel"),
        entry("xx.two", "AW JSC", countries="CN"),  # too short without its legal form
        entry("xx.two", "Morgen Co.", "Morgen Works", countries="CN"),  # one alias, the own name of neither
    ],
)
def test_what_speaks_against_it_counts(target: Entry) -> None:
    assert carried(entry("xx.one", "Anfang Works", "Morgen Works", "AW JSC", "安方", countries="CN"), target) == []


def test_two_aliases_do_where_both_tell_their_country() -> None:
    source = entry("xx.one", "Anfang Works", "Morgen Works", "Abend Works", "安方", countries="CN")
    assert carried(source, entry("xx.two", "AW Co.", "Morgen Works", "Abend Works", countries="CN")) == ["安方"]
    assert carried(source, entry("xx.two", "AW Co.", "Morgen Works", "Abend Works")) == []


def test_of_several_bodies_in_a_row_only_the_shared_one_is_carried() -> None:
    source = entry("xx.one", "Anfang Works", "安方", "安方厂", "Morgen Works", "晨")
    assert carried(source, entry("xx.two", "Anfang Works")) == ["安方", "安方厂"]
    assert carried(source, entry("xx.two", "Morgen Works")) == ["晨"]
    last = entry("xx.one", "Anfang Works", "Morgen Works", "安方")
    assert carried(last, entry("xx.two", "Anfang Works")) == ["安方"]


@pytest.mark.parametrize("kind", ["weak", "former", "added"])
def test_unsure_names_neither_join_nor_go_on(kind: str) -> None:
    one = Entry("xx.one", "1", (Name("Aw Co."), Name("Anfang Works", kind), Name("安方")), "firm")
    two = Entry("xx.one", "1", (Name("Anfang Works"), Name("安方", kind)), "firm")
    target = entry("xx.two", "Anfang Works")
    assert carried(one, target) == []
    assert carried(two, target) == []


@pytest.mark.parametrize(
    ("listed", "told", "other", "others", "same"),
    [
        ("Ivan Probovich PROBOV", "", "PROBOV, Ivan Probovich", "", True),
        ("Ivan PROBOV", "", "PROBOV, Ivan", "", False),
        ("Ivan PROBOV", "1970-01-02", "PROBOV, Ivan", "1970-01-02", True),
        ("Ivan PROBOV", "1970-01-02", "PROBOV, Ivan", "1970", True),  # with the country, which both share
        ("Ivan Probovich PROBOV", "1970-01-02", "PROBOV, Ivan Probovich", "1971", False),
        ("KIM Su Il", "", "KIM, Su Il", "", True),
        ("KIM Il Su", "", "KIM, Su Il", "", False),
        ("Sa'id AL-PROBI", "1970-01-02", "AL PROBI, Said", "1970-01-02", True),
    ],
)
def test_a_person_is_known_by_name_and_birth(listed: str, told: str, other: str, others: str, same: bool) -> None:
    source = entry("xx.one", listed, "Иван", kind="person", countries="RU", births=told)
    target = entry("xx.two", other, kind="person", countries="RU", births=others)
    assert carried(source, target) == (["Иван"] if same else [])
    assert carried(source, replace(target, countries=("KP",))) == []


def test_two_words_and_a_year_need_a_country() -> None:
    source = entry("xx.one", "Ivan PROBOV", "Иван", kind="person", births="1970-01-02")
    assert carried(source, entry("xx.two", "PROBOV, Ivan", kind="person", births="1970")) == []


def test_both_sides_gain_and_say_from_where_but_only_one_step_far() -> None:
    first = entry("xx.one", "Anfang Works", "安方")
    second = entry("xx.two", "Anfang Works", "Анфанг", "Morgen Works")
    third = entry("xx.three", "Morgen Works")
    joined = carried_over([first, second, third])
    assert joined[0].names[2:] == (Name("Анфанг", "added", "xx.two:Anfang Works of the same name"),)
    assert joined[1].names[3:] == (Name("安方", "added", "xx.one:Anfang Works of the same name"),)
    assert [name.text for name in joined[2].names] == ["Morgen Works", "Анфанг"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Anfang Works", ("Anfang Works", "")),
        ("安方", ("", "安方")),
        ("Anfang (China) Limited （安方(中國)有限公司）", ("Anfang (China) Limited", "安方(中國)有限公司")),
        ("Anfang Works（AW） （安方工業）", ("Anfang Works（AW）", "安方工業")),
        ("KIM Probe 김프로", ("KIM Probe", "김프로")),
        ("Проба (Proba Works (PW))", ("Proba Works (PW)", "Проба")),
        ("OOO “Проба Пробовича” (OOO Proba)", ("OOO Proba", "OOO “Проба Пробовича")),
        ("Proba Works/Проба", ("Proba Works", "Проба")),
        ("original script: Проба", ("", "Проба")),
        ("Proba (original script: Проба)", ("", "Проба")),
        ("AO Проба", ("", "AO Проба")),
        ("ABC株式会社", ("", "ABC株式会社")),
        ("Proba (Проба) Works", ("", "")),
        ("12-34", ("", "")),
    ],
)
def test_scripts_are_told_apart(text: str, parts: tuple[str, str]) -> None:
    assert in_two_scripts(text) == parts


def test_a_legal_form_alone_is_no_name() -> None:
    assert not says_a_name("Акционерное общество")
    assert says_a_name("Акционерное общество Проба")
    assert carried(entry("xx.one", "Anfang Works", "Акционерное общество"), entry("xx.two", "Anfang Works")) == []


TEXTS = st.sampled_from(
    [
        "Anfang Works",
        "Anfang Works (AW)",
        "ANFANG-WORKS",
        "Works Anfang Old",
        "安方",
        "Анфанг",
        "Anfang Works (安方)",
        "AW",
    ]
)
ENTRIES = st.lists(
    st.builds(
        lambda list_id, number, names, kind, countries, births: Entry(
            list_id, str(number), tuple(names), kind, tuple(countries), births=tuple(births)
        ),
        st.sampled_from(["xx.one", "xx.two", "xx.three"]),
        st.integers(0, 99),
        st.lists(st.builds(Name, TEXTS, st.sampled_from(NAME_KINDS)), min_size=1, max_size=4),
        st.sampled_from(["firm", "person", "unknown", "vessel"]),
        st.lists(st.sampled_from(["CN", "RU"]), max_size=1),
        st.lists(st.sampled_from(["1970", "1970-01-02", "1971"]), max_size=1),
    ),
    max_size=5,
)


@given(ENTRIES)
def test_nothing_is_lost_or_moved_and_a_second_time_adds_nothing(entries: list[Entry]) -> None:
    once = carried_over(entries)
    assert [replace(found, names=before.names) for found, before in zip(once, entries, strict=True)] == entries
    for found, before in zip(once, entries, strict=True):
        assert found.names[: len(before.names)] == before.names
        assert all(name.kind == "added" and name.cite for name in found.names[len(before.names) :])
    assert carried_over(once) == once


@given(ENTRIES)
def test_the_order_of_entries_changes_no_names(entries: list[Entry]) -> None:
    backwards = carried_over(entries[::-1])[::-1]
    for one, other in zip(carried_over(entries), backwards, strict=True):
        assert {name.text for name in one.names} == {name.text for name in other.names}


@given(st.text())
def test_any_text_can_be_taken_apart(text: str) -> None:
    latin, own = in_two_scripts(text)
    assert latin in text
    assert own in text
