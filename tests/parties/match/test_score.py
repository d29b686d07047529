"""How far two names agree: what is paired, what is left over, and what that costs."""

from __future__ import annotations

import pytest

from licet.parties.match.score import Agreement, Side, agree, bones, is_chinese, worth


def side(text: str, *weights: float) -> Side:
    words = text.split()
    weighed = list(weights) or [1.0] * len(words)
    return Side(words, weighed, sum(weighed))


def both(one: Side, other: Side) -> Agreement:
    """The agreement, which must be the same from either side."""
    found, back = agree(one, other), agree(other, one)
    assert found.score == pytest.approx(back.score, abs=1e-9)
    return found


def test_the_order_of_words_does_not_matter() -> None:
    assert both(side("wang wei"), side("wei wang")).score == 1.0


def test_an_extra_word_costs_less_than_a_contradiction() -> None:
    extra = both(side("vladimir putin"), side("vladimir vladimirovich putin")).score
    conflict = both(side("vladimir petrov"), side("vladimir putin")).score
    assert conflict < 0.5
    assert 0.7 < extra < 1


def test_a_light_word_costs_less_than_a_heavy_one() -> None:
    name = side("vektraneft")
    assert both(name, side("vektraneft company", 1, 0.1)).score > both(name, side("vektraneft sibir", 1, 1)).score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gazpromneft shelf", "gazprom neft shelf"),
        ("yangzhou ming li", "yangzhou mingli"),
        ("far east sea", "fareastsea"),
        ("hua wei technology", "huawei technology"),
    ],
)
def test_words_written_together(one: str, other: str) -> None:
    assert both(side(one), side(other)).score == pytest.approx(1.0)


def test_each_word_stands_for_one_word() -> None:
    found = both(side("ivan ivan"), side("ivan petrov"))
    assert [(pair.mine, pair.theirs) for pair in found.pairs] == [((0,), (0,))]


def test_the_better_partner_is_taken_whoever_asks() -> None:
    one, other = side("markov marko", 1.0, 0.9), side("markow", 0.95)
    assert both(one, other).pairs[0].mine == (0,)


@pytest.mark.parametrize(
    ("one", "other"),
    [("smic", "somic"), ("smic", "tsmc"), ("zhang jing", "zhang ling"), ("zhang jun", "zhang jung li")],
)
def test_short_and_chinese_names_are_not_misspelt(one: str, other: str) -> None:
    assert both(side(one), side(other)).score < 0.72


def test_common_words_that_differ_by_a_letter_are_two_words() -> None:
    common = both(side("vektra marine", 1, 0.4), side("vektra martin", 1, 0.4)).score
    rare = both(side("vektra zavyalkin", 1, 0.9), side("vektra zavyalkim", 1, 0.9)).score
    assert common < 0.72 < rare


def test_nothing_left_of_a_name_agrees_with_nothing() -> None:
    empty = bones(side("aie ou"))
    assert empty.words == []
    assert both(empty, side("mhmd")) == Agreement(0.0, (), 1.0, 1.0)


def test_bones_leave_small_words_out() -> None:
    assert bones(side("the muhammad bin salman")).words == ["mhmd", "slmn"]


@pytest.mark.parametrize(("words", "expected"), [("wang wei", True), ("wang", False), ("wang smith", False)])
def test_what_reads_as_chinese(words: str, expected: bool) -> None:
    assert is_chinese(words.split()) is expected


def test_worth_falls_with_what_is_left() -> None:
    scores = [worth(left, 0.5, 3.0, 3.0) for left in (0.0, 0.25, 0.5, 1.0)]
    assert worth(0.0, 0.0, 3.0, 3.0) == 1.0
    assert scores[2] == min(scores[:3])
    assert scores[3] < scores[2]
