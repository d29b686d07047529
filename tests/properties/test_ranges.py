"""A number of which only a range is known: right below the line, above it, and across it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.facts.case import read_case
from licet.facts.elements import Element, line
from licet.facts.truth import Truth
from licet.facts.yamltext import read_yaml
from licet.logic.decide import Decider
from licet.rules import tree
from licet.rules.check import check_references
from licet.rules.model import MeasureCase, Rule, Version
from licet.rules.snapshot import snapshot
from tests.properties.cases import checker, often
from tests.properties.laws import DAY, FIRST, SOURCE, law, rule, version

AREA = tree.NumberFact("item.die_area_mm2", checker().law.dictionary.facts["item.die_area_mm2"].scale, 0)
TPP = tree.NumberFact("item.tpp", checker().law.dictionary.facts["item.tpp"].scale, 0)
DENSITY = tree.NumberFact("item.performance_density", 6, 0)


def density() -> Rule:
    """Performance density as the law measures it: nothing where planar, else a quotient."""
    cases = (
        MeasureCase(tree.Not(part=tree.Holds(fact="item.non_planar")), tree.Const(0, 0)),
        MeasureCase(None, tree.Arith("/", TPP, AREA)),
    )
    made = Version(FIRST, None, SOURCE, "in_force", "", None, value=cases, extra={"gives": DENSITY.name})
    return rule("density", "measure", made, subject="item")


def value(when: tree.Condition, item: str, *others: Rule) -> Truth:
    """The value of an item rule with this condition, for an item as a case file gives it."""
    judge = Decider(snapshot(law(rule("entry", "entry", version(when), subject="item"), *others), DAY))
    case = read_case(read_yaml(f"on: 2024-01-31\nitems: [{item}]", "case"), checker().law.dictionary)
    element: Element = case.items[0]
    line(case.root, element)
    return judge.evaluator.rule("xx.entry")(element)


@pytest.mark.parametrize("written", ["[800, 830]", "800..830", "800-830", "800 .. 830 mm2", '["800 mm2", "830 mm2"]'])
@pytest.mark.parametrize(
    ("op", "limit", "expected"),
    [
        (">=", 799, True),
        (">=", 800, True),
        (">=", 801, None),
        (">=", 830, None),
        (">=", 831, False),
        (">", 799, True),
        (">", 800, None),
        (">", 830, False),
        ("<=", 830, True),
        ("<=", 829, None),
        ("<=", 800, None),
        ("<=", 799, False),
        ("<", 831, True),
        ("<", 830, None),
        ("<", 800, False),
        ("=", 799, False),
        ("=", 815, None),
        ("=", 831, False),
    ],
)
def test_a_die_area_of_800_to_830_against_a_line(written: str, op: str, limit: int, expected: Truth) -> None:
    when = tree.Compare(op=op, left=AREA, right=tree.Const(limit, 0))
    assert value(when, f"{{die_area_mm2: {written}}}") is expected


@pytest.mark.parametrize(
    ("tpp", "expected"),
    [(4913, None), (4735, False), (4736, None), (4914, True), (6000, True), (3000, False)],
)
def test_a_density_over_a_range_of_areas_straddles_the_line_only_where_it_does(tpp: int, expected: Truth) -> None:
    """5.92 x 800 = 4736 and 5.92 x 830 = 4913.6."""
    when = tree.Compare(op=">=", left=DENSITY, right=tree.Const(592, 2))
    item = f"{{tpp: {tpp}, die_area_mm2: [800, 830], non_planar: yes}}"
    assert value(when, item, density()) is expected


@often(100)
@given(st.integers(1, 9000), st.integers(1, 900), st.integers(0, 200), st.integers(1, 2000))
def test_a_density_is_what_both_ends_of_the_area_agree_on(tpp: int, low: int, width: int, limit: int) -> None:
    when = tree.Compare(op=">=", left=DENSITY, right=tree.Const(limit, 2))
    item = f"{{tpp: {tpp}, die_area_mm2: [{low}, {low + width}], non_planar: yes}}"
    ends = {Fraction(tpp, area) >= Fraction(limit, 100) for area in (low, low + width)}
    assert value(when, item, density()) is (ends.pop() if len(ends) == 1 else None)


def test_not_knowing_whether_a_chip_is_planar_leaves_a_density_open_only_above_the_line() -> None:
    when = tree.Compare(op=">=", left=DENSITY, right=tree.Const(592, 2))
    assert value(when, "{tpp: 100, die_area_mm2: 800}", density()) is False
    assert value(when, "{tpp: 9000, die_area_mm2: 800}", density()) is None
    assert value(when, "{tpp: 9000, die_area_mm2: 800, non_planar: no}", density()) is False


@pytest.mark.parametrize(
    "when",
    [
        tree.Compare(op="<=", left=tree.Const(592, 2), right=DENSITY),
        tree.Compare(op=">=", left=tree.Arith("+", DENSITY, TPP), right=tree.Const(592, 2)),
    ],
)
def test_a_measure_by_cases_inside_a_calculation_is_refused_by_the_loader(when: tree.Condition) -> None:
    """Only the first of its cases would be read there."""
    wrong = law(rule("entry", "entry", version(when), subject="item"), density())
    problems = check_references(wrong.dictionary, wrong.instruments, wrong.rules)
    assert [problem.code for problem in problems] == ["L_MEASURE"]
