"""What holds for any names and any list."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licet.parties.entry import Entry
from licet.parties.match.hit import Query
from licet.parties.match.index import Index
from licet.parties.match.pairs import side
from licet.parties.match.score import agree
from licet.parties.names.form import forms

from .making import ENTRIES, entry

LATIN = [
    "wang",
    "wei",
    "chang",
    "tso",
    "lin",
    "huawei",
    "technology",
    "vektra",
    "neft",
    "vektraneft",
    "ivanov",
    "v",
    "14",
]
LATIN += [
    "muhammad",
    "mohammed",
    "salman",
    "al",
    "bin",
    "institute",
    "of",
    "harbin",
    "bank",
    "Ltd",
    "GmbH",
    "company",
    "marko",
]
OTHERS = [
    "王伟",
    "华为",
    "技术",
    "有限公司",
    "哈尔滨",
    "工业大学",
    "Иванов",
    "Владимир",
    "ООО",
    "محمد",
    "سلمان",
    "김정은",
    "東芝",
]
NAMES = st.lists(st.sampled_from(LATIN), min_size=1, max_size=6).map(" ".join)
MIXED = (
    NAMES | st.lists(st.sampled_from(OTHERS), min_size=1, max_size=3).map(" ".join) | st.text(min_size=1, max_size=12)
)
KINDS = st.sampled_from(["firm", "person", "unknown"])


@given(NAMES | st.text("abcdeimnorstuvz ", max_size=40), NAMES | st.text("abcdeimnorstuvz ", max_size=40))
@settings(max_examples=300)
def test_agreement_is_a_share_and_the_same_from_either_side(one: str, other: str) -> None:
    for mine in forms(one, "firm"):
        for theirs in forms(other, "firm"):
            found, back = agree(side(mine), side(theirs)), agree(side(theirs), side(mine))
            assert 0.0 <= found.score <= 1.0
            assert found.score == pytest.approx(back.score, abs=1e-9)
            assert found.mine_left == pytest.approx(back.theirs_left, abs=1e-9)


@given(MIXED, KINDS)
def test_a_name_agrees_with_itself(text: str, kind: str) -> None:
    for form in forms(text, kind):
        own = side(form)
        assert not own.total or agree(own, own).score == pytest.approx(1.0, abs=1e-9)


@given(st.lists(st.tuples(MIXED, KINDS), min_size=1, max_size=8), st.lists(MIXED, max_size=3))
def test_every_entry_is_found_by_its_own_name(rows: list[tuple[str, str]], more: list[str]) -> None:
    entries = [entry(at, name, *more, kind=kind) for at, (name, kind) in enumerate(rows)]
    index = Index.build(entries)
    for one in entries:
        if forms(one.name, one.kind):
            hits = index.search(Query(one.name, one.kind), limit=len(entries))
            assert hits[0].score >= 0.99
            assert [hit.score for hit in hits if hit.entry == one] >= [0.99]


@given(st.lists(st.tuples(MIXED, KINDS), max_size=6))
def test_many_find_what_each_finds_and_why(asked: list[tuple[str, str]]) -> None:
    index = Index.build(ENTRIES)
    queries = [Query(name, kind, countries=("CN",), births=("1970",)) for name, kind in asked]
    many = index.search_many(queries, threshold=0.4)
    assert many == [index.search(query, threshold=0.4) for query in queries]
    for hit in (hit for hits in many for hit in hits):
        assert 0.4 <= hit.score <= 1.0
        assert min(1.0, max(0.0, sum(reason.weight for reason in hit.reasons))) == pytest.approx(hit.score, abs=0.02)


@given(MIXED, st.lists(st.text("qxzjk", min_size=4, max_size=9).map(lambda text: f"{text} unrelated"), max_size=4))
def test_more_entries_take_nothing_away(name: str, more: list[str]) -> None:
    sure = [hit.entry for hit in Index.build(ENTRIES).search(Query(name), limit=50) if hit.score >= 0.9]
    grown: list[Entry] = [*ENTRIES, *(entry(f"new {at}", text) for at, text in enumerate(more))]
    after = {hit.entry.id for hit in Index.build(grown).search(Query(name), limit=50)}
    assert {one.id for one in sure} <= after
