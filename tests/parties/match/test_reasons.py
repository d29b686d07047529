"""A score in words."""

from __future__ import annotations

import pytest

from licet.parties.match.hit import Query, Reason
from licet.parties.match.index import Index
from licet.parties.match.reasons import reasons
from licet.parties.match.score import Side, agree

from .making import ENTRIES


def why(one: str, other: str) -> tuple[Reason, ...]:
    mine, theirs = (Side(text.split(), [1.0] * len(text.split()), float(len(text.split()))) for text in (one, other))
    return reasons(mine, theirs, agree(mine, theirs))


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("wang wei", "wei wang", ["words: words that agree: wang, wei"]),
        (
            "mikhail ivanov",
            "mihail ivanov",
            ["words: words that agree: ivanov", "romanised: mikhail / mihail: the same word romanised otherwise"],
        ),
        (
            "chang mingli",
            "zhang mingli",
            ["words: words that agree: mingli", "chinese: chang / zhang: spellings of one Chinese name"],
        ),
        ("v putin", "vladimir putin", ["words: words that agree: putin", "initial: v / vladimir: an initial"]),
        (
            "hauwei sales",
            "huawei sales",
            ["words: words that agree: sales", "letters: hauwei / huawei: a few letters apart"],
        ),
        ("hua wei", "huawei", ["words: words that agree: hua wei", "joined: hua wei / huawei: words written together"]),
        ("vektra", "vektra sibir", ["words: words that agree: vektra", "only_entry: only on the list: sibir"]),
        ("vektra sibir", "vektra", ["words: words that agree: vektra", "only_query: only asked for: sibir"]),
        ("vektra sibir", "vektra ural", ["words: words that agree: vektra", "conflict: sibir stands against ural"]),
    ],
)
def test_the_steps_of_a_score(one: str, other: str, said: list[str]) -> None:
    assert [f"{reason.code}: {reason.text}" for reason in why(one, other)] == said


@pytest.mark.parametrize(("one", "other"), [("vektra sibir a", "vektra ural"), ("v putin", "vladimir v putin")])
def test_the_steps_add_up(one: str, other: str) -> None:
    mine, theirs = (Side(text.split(), [1.0] * len(text.split()), float(len(text.split()))) for text in (one, other))
    assert sum(reason.weight for reason in why(one, other)) == pytest.approx(agree(mine, theirs).score, abs=0.001)


@pytest.mark.parametrize(
    "name", ["Dahua Technology", "Hauwei", "المرجانة الزرقاء", "王偉", "Brisk Lantern 2", "Harbin Institute"]
)
def test_those_of_a_hit_add_up(name: str) -> None:
    hits = Index.build(ENTRIES).search(Query(name, countries=("CN",)), threshold=0.3)
    assert hits
    for hit in hits:
        assert sum(reason.weight for reason in hit.reasons) == pytest.approx(hit.score, abs=0.02)
        assert all(reason.code.isidentifier() and reason.text for reason in hit.reasons)


def test_what_is_nothing_is_not_said() -> None:
    for hit in Index.build(ENTRIES).search(Query("المرجانة الزرقاء"), threshold=0.3):
        assert not [reason for reason in hit.reasons if reason.code in ("conflict", "only_entry") and not reason.weight]
