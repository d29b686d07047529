"""Properties of the count, held against a plain reading of a world in which everything is known."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from licet.chain.build import Row, build
from licet.chain.count import content
from licet.chain.model import Component
from licet.chain.narrow import narrow
from licet.chain.ranges import Range, exactly
from tests.chain.trees import Thing, bill, blurred, share, stated, things
from tests.properties.cases import often


def holds(outer: Range, inner: Range) -> bool:
    above = outer.high is None or (inner.high is not None and inner.high <= outer.high)
    return outer.low <= inner.low and above


@given(things(), st.data())
@often(60)
def test_what_is_true_lies_in_the_range(world: Thing, data: st.DataObject) -> None:
    known = narrow(bill(world))
    less = narrow(data.draw(blurred(bill(world))))
    true = exactly(share(world))
    assert holds(content(known, stated).percent, true)
    assert holds(content(less, stated).percent, true)


@given(things(), st.data())
@often(40)
def test_knowing_less_never_narrows(world: Thing, data: st.DataObject) -> None:
    more = data.draw(blurred(bill(world)))
    less = data.draw(blurred(more))
    assert holds(content(narrow(less), stated).percent, content(narrow(more), stated).percent)


@given(things())
@often(40)
def test_what_is_all_known_is_exact(world: Thing) -> None:
    def open_heart(thing: Thing) -> Thing:
        return replace(thing, hidden=0, parts=tuple(map(open_heart, thing.parts)))

    plain = open_heart(world)
    assert content(narrow(bill(plain)), stated).percent == exactly(share(plain))


@given(things(), st.data())
@often(40)
def test_it_is_a_share_of_the_whole(world: Thing, data: st.DataObject) -> None:
    found = content(narrow(data.draw(blurred(bill(world)))), stated)
    assert found.percent.high is not None
    assert 0 <= found.percent.low <= found.percent.high <= 100
    for one in found.parts:
        assert one.content.high is None or one.content.low <= one.content.high
        assert one.line.high is None or (one.content.high is not None and one.content.high <= one.line.high)


def rows(part: Component, parent: str = "") -> list[Row]:
    own = Row(part.id, parent, part.facts, part.quantity, part.value, part.complete, True, part.controlled)
    return [own, *(row for inner in part.parts for row in rows(inner, part.id))]


@given(things(), st.data())
@often(60)
def test_the_order_of_rows_does_not_matter(world: Thing, data: st.DataObject) -> None:
    told = rows(data.draw(blurred(bill(world))))
    first = content(narrow(build(told, None)), stated).percent
    again = content(narrow(build(data.draw(st.permutations(told)), None)), stated).percent
    assert first == again


@given(things(), st.integers(0, 40), st.data())
@often(40)
def test_more_controlled_content_never_lowers_the_share(world: Thing, worth: int, data: st.DataObject) -> None:
    """A further US part at an unchanged price: what it adds takes the place of margin."""
    room = replace(world, margin=world.margin + worth, hidden=0)
    known = data.draw(blurred(bill(room)))
    fresh = Component("fresh", {"item.us_origin": True}, value=exactly(worth), complete=True, controlled=True)
    before = content(narrow(known), stated).percent
    after = content(narrow(replace(known, parts=(*known.parts, fresh))), stated).percent
    assert before.high is not None
    assert after.high is not None
    assert after.low >= before.low


@given(things(), st.data())
@often(60)
def test_narrowing_leaves_the_true_values(world: Thing, data: st.DataObject) -> None:
    true = {part.id: part for _, part in bill(world).walk()}
    for _, part in narrow(data.draw(blurred(bill(world)))).walk():
        assert holds(part.value, true[part.id].value)
        assert holds(part.quantity, true[part.id].quantity)
