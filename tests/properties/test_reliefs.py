"""A relief lifts only what it names, and a bar switches it off."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from licet.facts.truth import Truth
from licet.logic.decide import CLEAR, LICENCE, RELIEF, Bounds
from licet.rules import tree
from licet.rules.model import Rule
from tests.properties.cases import often
from tests.properties.laws import bounds, constant

TRUTHS = st.sampled_from([True, False, None])
REQUIREMENTS = ("xx.need.0", "xx.need.1", "xx.need.2")


@st.composite
def laws(draw: st.DrawFn) -> list[Rule]:
    """Up to three requirements, reliefs that lift some of them, bars on some reliefs."""
    needs = [constant(f"need.{n}", "requirement", draw(TRUTHS)) for n in range(draw(st.integers(1, 3)))]
    named = st.lists(st.sampled_from([need.id for need in needs]), min_size=1, unique=True)
    reliefs = [
        constant(f"relief.{n}", "relief", draw(TRUTHS), lifts=draw(named)) for n in range(draw(st.integers(0, 3)))
    ]
    targets = ["xx.relief.0", "xx.relief.1", "xx.relief.*"]
    bars = [
        constant(f"bar.{n}", "bar", draw(TRUTHS), bars=[draw(st.sampled_from(targets))])
        for n in range(draw(st.integers(0, 2)))
    ]
    return [*needs, *reliefs, *bars]


def value(rule: Rule) -> Truth:
    when = rule.versions[0].when
    assert isinstance(when, tree.Always)
    return when.value


def expected(rules: list[Rule]) -> Bounds:
    """The bounds, worked out by trying every way in which what is unknown may turn out."""
    unknown = [rule.id for rule in rules if value(rule) is None]
    found = []
    for number in range(2 ** len(unknown)):
        turned = {name: bool(number >> place & 1) for place, name in enumerate(unknown)}
        found.append(outcome({rule.id: turned.get(rule.id, value(rule) is True) for rule in rules}, rules))
    return Bounds(min(found), max(found))


def outcome(world: dict[str, bool], rules: list[Rule]) -> int:
    """The outcome in one world where everything is known."""
    worst = CLEAR
    for need in (rule for rule in rules if rule.kind == "requirement" and world[rule.id]):
        lifted = any(
            world[relief.id] and need.id in relief.versions[0].extra["lifts"] and not barred(relief.id, world, rules)
            for relief in rules
            if relief.kind == "relief"
        )
        worst = max(worst, RELIEF if lifted else LICENCE)
    return worst


def barred(relief: str, world: dict[str, bool], rules: list[Rule]) -> bool:
    return any(
        world[bar.id] and bar.versions[0].extra["bars"][0] in (relief, "xx.relief.*")
        for bar in rules
        if bar.kind == "bar"
    )


@often(300)
@given(laws())
def test_bounds_hold_every_way_in_which_the_unknown_may_turn_out(rules: list[Rule]) -> None:
    found, exact = bounds(rules), expected(rules)
    assert found.best <= exact.best
    assert found.worst >= exact.worst
    if all(value(rule) is not None for rule in rules):
        assert found == exact


@often(150)
@given(laws())
def test_a_requirement_that_no_relief_names_removes_the_relief(rules: list[Rule]) -> None:
    more = bounds([*rules, constant("unnamed", "requirement", True)])
    assert more == Bounds(LICENCE, LICENCE)


@often(150)
@given(laws())
def test_a_requirement_that_may_apply_and_that_no_relief_names_removes_the_assurance(rules: list[Rule]) -> None:
    assert bounds([*rules, constant("unnamed", "requirement", None)]).worst == LICENCE


@often(150)
@given(laws(), st.sampled_from([True, None]))
def test_a_bar_on_all_reliefs_leaves_none_to_rely_on(rules: list[Rule], known: Truth) -> None:
    before = bounds(rules)
    after = bounds([*rules, constant("bar.all", "bar", known, bars=["xx.relief.*"])])
    assert after.worst == (LICENCE if any(value(r) is not False for r in rules if r.kind == "requirement") else CLEAR)
    assert after.best >= before.best
    if known is True:
        assert RELIEF not in (after.best, after.worst)
