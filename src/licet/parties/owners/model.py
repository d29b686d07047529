"""Who owns whom: a graph of shares and control, as a file states it.

Shares and votes are parts of the whole in units of 0.0001 %, as intervals: a point, a range, or 0 to 100 % where
nothing is known. Nothing here knows any law.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from licet.facts.errors import NOWHERE, Place
from licet.facts.truth import Truth

SCALE = 4
ONE_PERCENT: int = 10**SCALE
WHOLE = 100 * ONE_PERCENT
WITHOUT_OWNERS = frozenset({"person", "government"})

Share = tuple[int, int]
UNKNOWN_SHARE: Share = (0, WHOLE)


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day on which something holds; None where it is not bounded."""

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def meets(self, other: Span) -> bool:
        """Whether the two have a day in common."""
        return (other.end is None or self.start is None or self.start <= other.end) and (
            self.end is None or other.start is None or other.start <= self.end
        )


ALWAYS = Span()


@dataclass(frozen=True, slots=True)
class Listing:
    """A row of a list that names an entity. What the row does not say is empty or None."""

    list: str
    span: Span = ALWAYS
    footnotes: tuple[str, ...] = ()
    scope: str = ""
    policy: str = ""
    exceptions_barred: bool | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A firm, a person, a state. `other` is its name in another script, for the reader.

    `screened`: it stands on no list but those given. `owners_complete`: it has no owner but those given.
    `control_complete`: nobody controls it, or holds votes in it, but as stated.
    """

    name: str
    other: str = ""
    kind: str = ""
    country: str = ""
    entity: str = ""
    listings: tuple[Listing, ...] = ()
    screened: bool = False
    owners_complete: bool = False
    control_complete: bool = False
    place: Place = NOWHERE

    @property
    def can_be_owned(self) -> bool:
        """Persons and states have no owners, and nobody's votes decide over them."""
        return self.kind not in WITHOUT_OWNERS


@dataclass(frozen=True, slots=True)
class Holding:
    """A share of one entity in the hands of another. `votes` is None where the file does not speak of votes."""

    owner: str
    owned: str
    share: Share = UNKNOWN_SHARE
    votes: Share | None = None
    span: Span = ALWAYS
    source: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Control:
    """One entity controls another, or does not: by the board, by votes, by contract, or otherwise (`by`)."""

    holder: str
    owned: str
    value: Truth = True
    by: str = ""
    span: Span = ALWAYS
    source: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Joint:
    """Holders exercise their rights jointly by arrangement, or do not."""

    holders: tuple[str, ...]
    value: Truth = True
    span: Span = ALWAYS
    source: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Graph:
    """All that a file says. `votes_follow`: votes are as shares wherever a holding does not state them."""

    title: str = ""
    on: date | None = None
    targets: tuple[str, ...] = ()
    entities: dict[str, Entity] = field(default_factory=dict)
    holdings: tuple[Holding, ...] = ()
    controls: tuple[Control, ...] = ()
    joints: tuple[Joint, ...] = ()
    votes_follow: bool = False

    def ends(self) -> tuple[str, ...]:
        """Entities that are owned and own nothing; where every one owns another, all that are owned."""
        owned = dict.fromkeys(holding.owned for holding in self.holdings)
        owners = {holding.owner for holding in self.holdings}
        return tuple(name for name in owned if name not in owners) or tuple(owned) or tuple(self.entities)
