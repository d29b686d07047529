"""Bills made up: a world in which everything is known, and bills that know less of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from licet.chain.model import Component
from licet.chain.ranges import ONE, Range, exactly
from licet.facts.truth import Truth

KINDS = ("other", "other", "software", "technology")


@dataclass(frozen=True)
class Thing:
    """A part as it really is; `hidden` is controlled content in one of it that no list names."""

    id: str
    quantity: int
    margin: int
    us: bool
    controlled: bool
    discrete: bool
    kind: str
    bundled: bool
    hidden: int
    parts: tuple[Thing, ...] = ()

    @property
    def value(self) -> int:
        return self.margin + sum(part.quantity * part.value for part in self.parts)


def counted(thing: Thing, nature: str) -> int:
    """What counts inside one of a thing: a second, plain reading of Supplement No. 2."""
    found = thing.hidden
    for part in thing.parts:
        if part.kind == nature or (nature == "other" and part.kind == "software" and part.bundled):
            if part.us:
                found += part.quantity * part.value * part.controlled
            elif not part.discrete:
                found += part.quantity * counted(part, nature)
    return found


def share(world: Thing) -> Fraction:
    """The true content of a product in per cent."""
    return Fraction(100 * counted(world, world.kind), world.value)


@st.composite
def things(draw: st.DrawFn, name: str = "p", depth: int = 3) -> Thing:
    """A world."""
    width = draw(st.integers(0, 2 if depth else 0))
    parts = tuple(draw(things(f"{name}.{number}", depth - 1)) for number in range(width))
    margin = draw(st.integers(1, 40))
    truth = st.booleans()
    kind = draw(st.sampled_from(KINDS if name != "p" else KINDS[:1]))
    hidden = draw(st.integers(0, margin)) if draw(st.booleans()) else 0
    quantity, us, controlled = draw(st.integers(1, 3)), draw(truth), draw(truth)
    return Thing(name, quantity, margin, us, controlled, draw(truth), kind, draw(truth), hidden, parts)


def bill(thing: Thing, top: bool = True) -> Component:
    """The bill that knows all of a world."""
    facts: dict[str, Any] = {"item.us_origin": thing.us and not top, "item.discrete": thing.discrete}
    facts |= {"item.kind": thing.kind, "item.bundled": thing.bundled}
    return Component(
        id=thing.id,
        facts=facts,
        quantity=ONE if top else exactly(thing.quantity),
        value=exactly(thing.value),
        parts=tuple(bill(part, False) for part in thing.parts),
        complete=None if thing.hidden else True,
        controlled=thing.controlled,
    )


@st.composite
def blurred(draw: st.DrawFn, part: Component, top: bool = True) -> Component:
    """A bill that knows less: amounts as ranges or not at all, answers left out, lists left open."""
    facts = {key: value for key, value in part.facts.items() if key == "item.kind" or draw(st.integers(0, 3))}
    truths: tuple[Truth, Truth] = (part.complete, part.controlled)
    complete, controlled = (value if draw(st.integers(0, 3)) else None for value in truths)
    return replace(
        part,
        facts=facts,
        quantity=part.quantity if top else draw(wider(part.quantity)),
        value=draw(wider(part.value)),
        parts=tuple(draw(blurred(inner, False)) for inner in part.parts),
        complete=complete,
        controlled=controlled,
    )


@st.composite
def wider(draw: st.DrawFn, known: Range) -> Range:
    """A range around another, or nothing known at all."""
    match draw(st.integers(0, 3)):
        case 0:
            return Range(Fraction(0), None)
        case 1:
            low = max(Fraction(0), known.low - draw(st.integers(0, 9)))
            return Range(low, None if known.high is None else known.high + draw(st.integers(0, 9)))
    return known


def stated(part: Component) -> Truth:
    """What the bill itself says of a part, as a law would."""
    return part.controlled
