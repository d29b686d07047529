"""The kinds of thing a rule can be about, which spare compiling it for any other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.small import Writer, rule_text

from licet.facts.dictionary import Dictionary
from licet.facts.elements import Element
from licet.facts.truth import Truth
from licet.logic.evaluate import Evaluator
from licet.rules import tree
from licet.rules.corpus import read_law
from licet.rules.kinds import kinds
from licet.rules.law import Law
from licet.rules.snapshot import Snapshot

VALUES = ("camera", "chip", "tool")
NO_LAW = Snapshot(Law("0", Dictionary(), {}, {}), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("\"item.kind = 'chip'\"", ("chip",)),
        ("\"item.kind IN ('tool', 'chip')\"", ("chip", "tool")),
        ("\"item.kind = 'chip' AND item.tpp >= 1\"", ("chip",)),
        ("\"item.kind <> 'chip'\"", None),
        ("{not: \"item.kind = 'chip'\"}", None),
        ("{all: [\"item.kind IN ('tool', 'chip')\", \"item.kind = 'chip'\"]}", ("chip",)),
        ("{all: [item.datacenter, \"item.kind = 'tool'\"]}", ("tool",)),
        ("{all: [item.datacenter, item.datacenter]}", None),
        ("{any: [\"item.kind = 'chip'\", \"item.kind = 'tool'\"]}", ("chip", "tool")),
        ("{any: [\"item.kind = 'chip'\", item.datacenter]}", None),
        ("{any: [\"item.kind = 'chip'\", {always: no}]}", ("chip",)),
        ("{always: no}", ()),
        ("{always: yes}", None),
        ("{always: unknown}", None),
        ("{fact: item.declared.xx, has: ['1']}", None),
    ],
)
def test_the_kinds_of_a_condition(when: str, expected: tuple[str, ...] | None, law_folder: Writer) -> None:
    law = read_law(law_folder({"xx/1.yaml": rule_text(when)}))
    assert law.rules["xx.act.1"].versions[0].kinds == expected


def test_an_exception_does_not_widen_the_kinds(law_folder: Writer) -> None:
    text = rule_text("\"item.kind = 'chip'\"", more="    unless: \"item.kind = 'tool'\"\n")
    assert read_law(law_folder({"xx/1.yaml": text})).rules["xx.act.1"].versions[0].kinds == ("chip",)


def conditions() -> st.SearchStrategy[tree.Condition]:
    """Conditions over the kind of thing and one yes/no fact."""
    some = st.lists(st.sampled_from(VALUES), unique=True).map(tuple)
    leaf: st.SearchStrategy[tree.Condition] = st.one_of(
        some.map(lambda values: tree.OneOf(fact="item.kind", values=values)),
        st.just(tree.Holds(fact="item.datacenter")),
        st.sampled_from([True, False, None]).map(lambda value: tree.Always(value=value)),
    )
    return st.recursive(leaf, _larger, max_leaves=12)


def _larger(inner: st.SearchStrategy[tree.Condition]) -> st.SearchStrategy[tree.Condition]:
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        parts.map(lambda found: tree.All(parts=found)),
        parts.map(lambda found: tree.Any(parts=found)),
        inner.map(lambda part: tree.Not(part=part)),
        inner.map(lambda part: tree.Declared(part=part, fact="item.declared.xx", code="1")),
    )


@given(conditions(), st.sampled_from(VALUES), st.sampled_from([True, False, None]))
def test_a_kind_that_is_left_out_is_proven_no(when: tree.Condition, kind: str, fact: Truth) -> None:
    found = kinds(when)
    item = Element({"item.kind": kind, "item.declared.xx": frozenset({"1"})})
    if fact is not None:
        item.facts["item.datacenter"] = fact
    if found is not None and kind not in found:
        assert Evaluator(NO_LAW).compile(when, ("item",)).value(item) is False
