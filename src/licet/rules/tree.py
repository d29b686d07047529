"""The typed tree of a condition: what a law file says, once read.

One tree serves the scalar evaluator, the proof and the arrays. Nodes are frozen; numbers are
scaled integers. Every condition may carry the paragraph it comes from (`cite`) and its words (`text`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from licet.facts.truth import Truth

# --- numbers ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Const:
    """A literal: `value` divided by ten to the `scale`."""

    value: int
    scale: int


@dataclass(frozen=True, slots=True)
class NumberFact:
    """A number or date fact, with its scale and declared minimum (scaled)."""

    name: str
    scale: int
    low: int | None


@dataclass(frozen=True, slots=True)
class Arith:
    """`left op right`, op one of + - * /; a quotient only at the top of a comparison's side or a measure."""

    op: str
    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class Aggregate:
    """max, min or sum of a value over a collection; unknown bounds where the list is open or empty."""

    op: str
    of: str
    value: Number


Number = Const | NumberFact | Arith | Aggregate

# --- conditions ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Condition:
    """Common to all conditions: the paragraph cited and the words of the law file."""

    cite: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Compare(Condition):
    """`left op right` over numbers, op one of = < <= > >=."""

    op: str = "="
    left: Number = Const(0, 0)
    right: Number = Const(0, 0)


@dataclass(frozen=True, slots=True)
class Holds(Condition):
    """A yes/no fact."""

    fact: str = ""


@dataclass(frozen=True, slots=True)
class OneOf(Condition):
    """A text, enum or country fact is one of these values."""

    fact: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Same(Condition):
    """Two text, enum or country facts are equal."""

    fact: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Member(Condition):
    """A fact (or, for a set fact, any of its values) is in a dated group."""

    fact: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Has(Condition):
    """A set fact has any of these values."""

    fact: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beneath(Condition):
    """A declared code is this paragraph or lies beneath it; a code above it leaves the matter open."""

    fact: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Described(Condition):
    """An entry of this group of codes describes the item: by its parameters, or by the code declared.

    The group's id begins with the scheme of its codes (`us.…` reads `item.declared.us`). What the leaf stands for on a
    day is made by `licet.rules.described`.
    """

    group: str = ""


@dataclass(frozen=True, slots=True)
class Refer(Condition):
    """The value of another rule."""

    rule: str = ""


@dataclass(frozen=True, slots=True)
class All(Condition):
    """Every part holds."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Any(Condition):
    """At least one part holds."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The part does not hold."""

    part: Condition = Condition()


@dataclass(frozen=True, slots=True)
class Some(Condition):
    """The part holds for an element of the collection."""

    of: str = ""
    where: Condition = Condition()


@dataclass(frozen=True, slots=True)
class Every(Condition):
    """The part holds for each element of the collection."""

    of: str = ""
    where: Condition = Condition()


@dataclass(frozen=True, slots=True)
class Always(Condition):
    """A constant; for unknown, `text` says why and what to look up."""

    value: Truth = None


@dataclass(frozen=True, slots=True)
class Owned(Condition):
    """The party is owned to this share (scaled by 4) by owners for whom the rule `counts` holds.

    With `own` (and no `aggregate`) the shares of one holder and of what it holds count together, those of several do
    not. `fact` is the fact that is summed: shares of the capital, or votes.
    """

    counts: str = ""
    threshold: int = 0
    more_than: bool = False
    aggregate: bool = True
    chain: bool = True
    own: bool = False
    fact: str = "owner.share"


@dataclass(frozen=True, slots=True)
class Declared(Condition):
    """What the parameters say and, where they leave it open, the declared code."""

    part: Condition = Condition()
    fact: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Classified(Condition):
    """What entries say by parameters; what they leave open is no where the item was given a code of this scheme."""

    part: Condition = Condition()
    fact: str = ""


def children(node: Condition) -> tuple[Condition, ...]:
    """The conditions directly beneath a condition."""
    match node:
        case All(parts=parts) | Any(parts=parts):
            return parts
        case Not(part=part) | Declared(part=part) | Classified(part=part):
            return (part,)
        case Some(where=where) | Every(where=where):
            return (where,)
        case _:
            return ()


def walk(node: Condition) -> Iterator[Condition]:
    """The condition and all beneath it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def numbers(node: Number) -> Iterator[Number]:
    """The number and all beneath it."""
    yield node
    if isinstance(node, Arith):
        yield from numbers(node.left)
        yield from numbers(node.right)
    elif isinstance(node, Aggregate):
        yield from numbers(node.value)


def facts_in(node: Number) -> Iterator[NumberFact]:
    """The facts that a number is computed from."""
    return (part for part in numbers(node) if isinstance(part, NumberFact))


def facts_of(node: Condition) -> Iterator[str]:
    """Names of the facts a single condition reads itself (not those of its children)."""
    match node:
        case Compare(left=left, right=right):
            for side in (left, right):
                for number in numbers(side):
                    if isinstance(number, NumberFact):
                        yield number.name
        case Same(fact=fact, other=other):
            yield fact
            yield other
        case Described(group=group):
            yield declared_in(group)
        case (
            Holds(fact=fact)
            | OneOf(fact=fact)
            | Member(fact=fact)
            | Has(fact=fact)
            | Beneath(fact=fact)
            | Declared(fact=fact)
            | Classified(fact=fact)
        ):
            yield fact


def declared_in(group: str) -> str:
    """The fact that holds the declared codes a group of codes is about."""
    return f"item.declared.{group.partition('.')[0]}"


def groups_of(node: Condition) -> Iterator[str]:
    """Ids of the groups named anywhere in a condition."""
    return (part.group for part in walk(node) if isinstance(part, (Member, Described)))


def rules_of(node: Condition) -> Iterator[str]:
    """Ids of the rules referred to anywhere in a condition."""
    for part in walk(node):
        if isinstance(part, Refer):
            yield part.rule
        elif isinstance(part, Owned):
            yield part.counts
