"""Which provisions rest on nothing but the element that they are about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from licet.logic.carried import Dependents
from licet.logic.own import own_values
from licet.rules.law import Law
from licet.rules.model import MeasureCase, Rule
from licet.rules.tree import (
    Aggregate,
    All,
    Arith,
    Compare,
    Condition,
    Const,
    Described,
    Every,
    Holds,
    Member,
    Not,
    Number,
    NumberFact,
    OneOf,
    Owned,
    Refer,
    Same,
    Some,
)
from tests.properties.laws import law, rule, version

OUTSIDE = Holds(fact="transaction.us_person")
INNER = Holds(fact="component.us_origin")
NODE, NUMBER = NumberFact("fab.logic_node_nm", 1, None), NumberFact("item.overlay_nm", 2, None)
TOPS = NumberFact("rate.tops", 0, None)


def own(*rules: Rule) -> frozenset[str]:
    made: Law = law(*rules)
    return own_values(made, Dependents(made))


def item(when: Condition, name: str = "it") -> Rule:
    return rule(name, "reach", version(when), subject="item")


def over(number: Number) -> Condition:
    return Compare(op=">", left=number, right=Const(1, 0))


@pytest.mark.parametrize(
    "when",
    [
        Holds(fact="item.sold_retail"),
        Same(fact="item.made_in", other="item.kind"),
        over(NUMBER),
        over(Aggregate("sum", "rates", TOPS)),
        over(Arith("+", NUMBER, Const(1, 0))),
        Not(part=All(parts=(Holds(fact="item.sold_retail"), Some(of="components", where=INNER)))),
        Some(of="components", where=Holds(fact="item.us_origin")),
        Every(of="components", where=Refer(rule="xx.other")),
        Refer(rule="xx.other"),
        Refer(rule="xx.nowhere"),
    ],
)  # fmt: skip
def test_an_item_rests_on_itself(when: Condition) -> None:
    other = item(Holds(fact="item.us_origin"), "other")
    assert {"xx.it", "asks xx.it", "xx.other"} <= own(item(when), other)


@pytest.mark.parametrize(
    "when",
    [
        OUTSIDE,
        OneOf(fact="shipment.to", values=("CN",)),
        Same(fact="item.made_in", other="shipment.to"),
        Member(fact="shipment.to", group="xx.group"),
        over(NODE),
        Compare(op=">", left=NUMBER, right=NODE),
        over(Arith("+", NUMBER, NODE)),
        over(Arith("+", NODE, NUMBER)),
        over(Aggregate("sum", "rates", Arith("*", TOPS, NODE))),
        over(Aggregate("sum", "held", Const(1, 0))),
        Not(part=OUTSIDE),
        All(parts=(Holds(fact="item.sold_retail"), OUTSIDE)),
        Some(of="parties", where=Holds(fact="party.eu_parent")),
        Every(of="components", where=OUTSIDE),
        Refer(rule="xx.case"),
        Refer(rule="xx.party"),
        Refer(rule="xx.other"),
        Every(of="components", where=Refer(rule="xx.other")),
        Described(group="zz.group"),
    ],
)
def test_an_item_rests_on_its_case(when: Condition) -> None:
    found = own(
        item(when),
        rule("case", "reach", version(Holds(fact="item.sold_retail"))),
        rule("party", "reach", version(Holds(fact="party.eu_parent")), subject="party"),
        item(Refer(rule="xx.further"), "other"),
        item(OUTSIDE, "further"),
        replace(rule("entry", "entry", version(OUTSIDE, code="1A1"), subject="item"), id="zz.entry"),
        replace(rule("group", "group", replace(version(OUTSIDE), when=None)), id="zz.group"),
    )
    names = {"xx.it", "xx.case", "xx.other", "xx.further", "zz.entry"}
    others = {"asks zz.group", "described zz.group", "describing zz"}
    assert found.isdisjoint({*names, *(f"asks {name}" for name in names), *others})
    assert "xx.party" in found


def test_parties_rest_on_owners_and_rows_and_rows_on_themselves() -> None:
    found = own(
        rule("owned", "ownership", version(Owned(counts="xx.barred", threshold=50)), subject="party"),
        rule("barred", "ownership", version(Some(of="listings", where=Refer(rule="xx.row"))), subject="party"),
        rule("direct", "ownership", version(Refer(rule="xx.row")), subject="party"),
        rule("row", "reach", version(OneOf(fact="listing.scope", values=("all",))), subject="listing"),
        rule("row_of", "reach", version(Holds(fact="party.eu_parent")), subject="listing"),
        rule("by_row", "reach", version(Refer(rule="xx.row_of")), subject="party"),
        rule("there", "reach", version(Some(of="owners", where=OUTSIDE)), subject="party"),
        rule("away", "ownership", version(Owned(counts="xx.there", threshold=50)), subject="party"),
        item(Owned(counts="xx.barred", threshold=50)),
    )
    assert {"xx.owned", "xx.barred", "xx.direct", "xx.row"} <= found
    assert found.isdisjoint({"xx.row_of", "xx.by_row", "xx.there", "xx.away", "xx.it"})


def test_entries_and_what_they_describe_rest_on_the_item() -> None:
    entry = rule("entry", "entry", version(Holds(fact="item.sold_retail"), code="1A1"), subject="item")
    list_of_them = rule("list", "entry", version(OUTSIDE), subject="item")  # has no code, so nothing reads it by one
    group = rule("group", "group", replace(version(OUTSIDE), when=None))
    found = own(entry, list_of_them, group, item(Described(group="xx.group")))
    assert {"xx.entry", "xx.it", "asks xx.group", "described xx.group", "describing xx"} <= found
    assert "xx.list" not in found


@pytest.mark.parametrize(
    ("case", "rests"),
    [
        (MeasureCase(None, Aggregate("sum", "rates", TOPS)), True),
        (MeasureCase(Holds(fact="item.sold_retail"), Const(1, 0)), True),
        (MeasureCase(OUTSIDE, Const(1, 0)), False),
        (MeasureCase(None, NODE), False),
    ],
)
def test_a_measure_takes_along_who_reads_it(case: MeasureCase, rests: bool) -> None:
    value = (MeasureCase(None, Const(1, 0)), case)
    measure = rule("measure", "measure", replace(version(OUTSIDE, gives="item.tpp"), when=None, value=value))
    found = own(measure, item(over(NumberFact("item.tpp", 0, None))), item(over(NUMBER), "other"))
    assert ("xx.it" in found) is rests
    assert "xx.other" in found


def test_any_version_counts_and_so_does_a_clock_of_its_own() -> None:
    quiet = Holds(fact="item.sold_retail")
    turned = rule("turned", "reach", version(quiet), version(OUTSIDE), subject="item")
    clocked = replace(item(quiet, "clocked"), clock="contract")
    whole = rule("whole", "reach", version(quiet))
    found = own(turned, clocked, whole, item(quiet))
    assert "xx.it" in found and found.isdisjoint({"xx.turned", "xx.clocked", "xx.whole"})
