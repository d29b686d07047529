"""The difference of two states, applied to the first, gives the second."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from licet.parties.entry import Entry
from licet.parties.store.delta import Delta, compare, compare_entries, decode_step, encode_step, step_of
from licet.parties.store.rows import encode, lines_of, row_of

from .making import entry, ids

KEYS = st.sampled_from("abcd")
COUNTRIES = st.sampled_from([(), ("CN",), ("RU",)])
NAMES = st.sampled_from([("Firm one",), ("Firm two",), ("Firm one", "Other")])
ROWS = st.lists(
    st.builds(lambda key, where, names: entry(key, countries=where, names=names), KEYS, COUNTRIES, NAMES), max_size=6
)


def applied(delta: Delta, rows: list[Entry]) -> list[str]:
    """The state a delta makes of another, as rows; everything it takes away must be there."""
    kept = Counter(map(row_of, rows))
    out = Counter(row_of(one) for one in (*delta.removed, *(pair.before for pair in delta.changed)))
    assert out <= kept
    come = Counter(row_of(one) for one in (*delta.added, *(pair.after for pair in delta.changed)))
    return sorted((kept - out + come).elements())


@given(ROWS, ROWS)
def test_applied_to_the_old_state_it_gives_the_new(old: list[Entry], new: list[Entry]) -> None:
    delta = compare_entries("t.one", old, new)
    assert applied(delta, old) == sorted(map(row_of, new))
    assert decode_step("t.one", encode_step(step_of(delta))) == step_of(delta)
    kept = (lines_of(encode("t.one", rows)) for rows in (old, new))
    assert compare("t.one", *kept) == delta


@given(ROWS)
def test_equal_states_do_not_differ(rows: list[Entry]) -> None:
    assert compare_entries("t.one", rows, rows[::-1]) == Delta()


def test_fields_that_changed_stand_with_before_and_after() -> None:
    delta = compare_entries(
        "t.one", [entry("a", policy="denial")], [entry("a", policy="case by case", countries=("CN",))]
    )
    assert delta.counts == (0, 1, 0)
    assert delta.changed[0].fields() == (("countries", (), ("CN",)), ("policy", "denial", "case by case"))


def test_an_entry_under_a_new_number_is_the_same_entry() -> None:
    old, new = entry("a", names=("Firm x",), countries=("CN",)), entry("7", names=("FIRM  X",), countries=("CN", "HK"))
    delta = compare_entries("t.one", [old], [new])
    assert delta.counts == (0, 1, 0)
    assert [name for name, *_ in delta.changed[0].fields()] == ["id", "names", "countries"]


def test_the_same_name_in_another_country_is_another_entry() -> None:
    delta = compare_entries(
        "t.one", [entry("a", names=("X",), countries=("CN",))], [entry("b", names=("X",), countries=("RU",))]
    )
    assert (ids(delta.added), ids(delta.removed)) == ("b", "a")
