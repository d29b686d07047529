"""A line and what is worked out of it."""

from __future__ import annotations

from licet.facts.elements import Apart, Element, line


def test_what_is_worked_out_on_another_premise_is_kept_apart() -> None:
    row, party, item, rate = (Element({}, label) for label in ("row", "party", "item", "rate"))
    root = Element({}, "case")
    party.add("listings", [row], None)
    root.add("parties", [party], None)
    item.add("rates", [rate], True)
    everything = (line(root, item), party, row, item, rate)
    assert [element.label for element in (*root.all(), *item.all())] == ["case", "party", "row", "item", "rate"]
    for element in everything:
        element.memo["rule"] = True
    (other,) = party.listed("listings")[1:]
    apart = Apart(root)
    apart.change()
    assert [element.memo for element in everything] == [{}] * 5
    assert party.listed("listings")[1] is not other
    row.memo["rule"] = False
    apart.change()
    assert [element.memo for element in everything] == [{"rule": True}] * 5
    assert party.listed("listings")[1] is other
    apart.change()
    assert (row.memo, party.memo) == ({"rule": False}, {})
