"""The solver: who is caught, as the least fixpoint, and between which bounds a share lies.

An entity is caught if it counts by itself, or if caught owners hold enough of it. That is a monotone rule, so there is
a least set that satisfies it: a ring of firms that own each other catches nobody until a listed owner joins it.
Two such sets are worked out. *Sure* takes of every unknown what catches least: shares at their low ends, nobody
counts who may not. *Possible* takes what catches most: for each entity apart, the largest share its owners that may
be caught can hold together while all shares still fit into the whole. Both are reached by a state of the world, so
nothing narrower can be said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from licet.facts.truth import Truth
from licet.parties.owners.model import WHOLE, Share
from licet.parties.owners.situation import ONE, OWN, OwnershipTest, Situation

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Caught:
    """A fixpoint: the entities in it, each with the round in which it came in (0: by itself)."""

    rounds: dict[str, int]

    def __contains__(self, name: object) -> bool:
        return name in self.rounds


class Solution:
    """A test worked out over a situation."""

    def __init__(self, test: OwnershipTest, situation: Situation) -> None:
        self.test, self.at = test, situation

    # --- what is asked --------------------------------------------------------------------------

    def owned(self, name: str) -> Truth:
        """Whether owners that count hold enough of an entity."""
        low, high = self.share(name)
        return True if self.test.met(low) else None if self.test.met(high) else False

    def share(self, name: str) -> Share:
        """Between what and what the share lies that counts."""
        low = max((self._least(name, caught) for caught in self.sure), default=0)
        high = max((self._most(name, caught) for caught in self.about(name)), default=0)
        return low, max(low, high)

    def controlled(self, name: str) -> Truth:
        """Whether somebody caught controls an entity."""
        if any(self._controlled_surely(name, caught) for caught in self.sure):
            return True
        return None if any(self._controlled_possibly(name, caught) for caught in self.possible) else False

    def caught(self, name: str) -> Truth:
        """Whether an entity counts, by itself or through its owners."""
        if any(name in caught for caught in self.sure):
            return True
        return None if any(name in caught for caught in self.possible) else False

    def leading(self, name: str) -> Caught:
        """The sure set in which the entity has the largest share: of the holder (or holders together) that decide."""
        return max(self.sure, key=lambda caught: self._least(name, caught), default=Caught({}))

    def widest(self, name: str) -> Caught:
        """The possible set in which the entity may have the largest share."""
        return max(self.about(name), key=lambda caught: self._most(name, caught), default=Caught({}))

    # --- the two fixpoints ----------------------------------------------------------------------

    @cached_property
    def sure(self) -> list[Caught]:
        """What is caught for sure: one set, or one for each holder that counts where holders are kept apart."""
        counting = [name for name, counts in self.at.counts.items() if counts.free is True]
        groups = _groups(counting, self._joint_surely()) if self.test.gather == OWN else [frozenset(counting)]
        return [self._grow(group, surely=True) for group in groups]

    @cached_property
    def possible(self) -> list[Caught]:
        """What may be caught; somebody whom nobody has named may hold whatever is open."""
        return self._possible("")

    def about(self, name: str) -> list[Caught]:
        """What may be caught when an entity is asked about: it acts jointly with nobody over its own shares."""
        # Where nobody is said to act apart, all that count stand together without it.
        told = self.test.gather == OWN and any(value is False for value in self.at.joint.values())
        return self._possible(name) if told and self.at.counts[name].free is not False else self.possible

    def _possible(self, apart: str) -> list[Caught]:
        counting = [name for name, counts in self.at.counts.items() if counts.free is not False]
        if self.test.gather != OWN:
            return [self._grow(frozenset(counting), surely=False)]
        groups = _groups(counting, self._joint_possibly([name for name in counting if name != apart]))
        return [self._grow(group, surely=False) for group in (*groups, NOBODY)]

    def _grow(self, seed: frozenset[str], surely: bool) -> Caught:
        """Round by round; after the first one only those are looked at that the last round may have moved."""
        caught, number = Caught(dict.fromkeys(seed, 0)), 0
        # For sure nothing falls but through those in the set; possibly also by whoever holds what is open.
        near: Iterable[str] = self._below(seed) if surely else self.at.counts
        while fresh := [name for name in near if name not in caught and self._falls(name, caught, surely)]:
            number += 1
            caught.rounds.update(dict.fromkeys(fresh, number))
            near = self._below(fresh)
        return caught

    def _below(self, names: Iterable[str]) -> dict[str, None]:
        return dict.fromkeys(below for name in names for below in self.beneath.get(name, ()))

    @cached_property
    def beneath(self) -> dict[str, list[str]]:
        """What each entity holds a share of, or controls."""
        found: dict[str, list[str]] = {}
        for above in (self.at.owners, self.at.controllers):
            for name, held in above.items():
                for holder in held:
                    found.setdefault(holder, []).append(name)
        return found

    def _falls(self, name: str, caught: Caught, surely: bool) -> bool:
        """Whether an entity joins: by control where control makes it count, or by the share that is held of it."""
        counts = self.at.counts.get(name)
        if surely:
            held = counts is not None and counts.controlled is True and self._controlled_surely(name, caught)
            return held or (self.test.chain and self.test.met(self._least(name, caught)))
        held = counts is not None and counts.controlled is not False and self._controlled_possibly(name, caught)
        return held or (self.test.chain and self.test.met(self._most(name, caught)))

    # --- one entity -----------------------------------------------------------------------------

    def _least(self, name: str, caught: Caught) -> int:
        held = [low for owner, (low, _) in self.at.owners.get(name, {}).items() if owner in caught]
        return max(held, default=0) if self.test.gather == ONE else sum(held)

    def _most(self, name: str, caught: Caught) -> int:
        """The largest share that owners in the set, and those not named, can hold while all shares fit."""
        owners = self.at.owners.get(name, {})
        if self.test.gather == ONE:
            known = sum(low for low, _ in owners.values())
            held = [min(high, WHOLE - known + low) for owner, (low, high) in owners.items() if owner in caught]
            return max([*held, WHOLE - known if name in self.at.open else 0])
        left = WHOLE - sum(low for owner, (low, _) in owners.items() if owner not in caught)
        if name in self.at.open:
            return left
        return min(left, sum(high for owner, (_, high) in owners.items() if owner in caught))

    def _controlled_surely(self, name: str, caught: Caught) -> bool:
        return any(v is True and holder in caught for holder, v in self.at.controllers.get(name, {}).items())

    def _controlled_possibly(self, name: str, caught: Caught) -> bool:
        held = self.at.controllers.get(name, {})
        return name in self.at.free_control or any(v is not False and holder in caught for holder, v in held.items())

    # --- who acts together ----------------------------------------------------------------------

    def _joint_surely(self) -> list[frozenset[str]]:
        return [pair for pair, value in self.at.joint.items() if value is True]

    def _joint_possibly(self, counting: list[str]) -> list[frozenset[str]]:
        """Sets of those said to be joint or not known to be, and of all that count unless it is said they are not."""
        stated = [pair for pair, value in self.at.joint.items() if value is not False]
        return [*stated, *_unless(counting, {pair for pair, value in self.at.joint.items() if value is False})]


def _unless(names: list[str], apart: set[frozenset[str]]) -> list[frozenset[str]]:
    """The names in sets: two stand in one where a way leads from one to the other over pairs that are not apart."""
    left, found = set(names), []
    while left:
        reached, pending = set(), [left.pop()]
        while pending:
            name = pending.pop()
            reached.add(name)
            near = {other for other in left if frozenset((name, other)) not in apart} if apart else set(left)
            left -= near
            pending.extend(near)
        found.append(frozenset(reached))
    return found


def _groups(counting: list[str], joined: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Those that count, each with all it is joined to, directly or through others."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            above[name] = name = above[above[name]]
        return name

    for some in joined:
        first, *others = some
        for other in others:
            above[top(other)] = top(first)
    found: dict[str, set[str]] = {top(name): set() for name in counting}
    for name in [*above]:
        if top(name) in found:
            found[top(name)].add(name)
    return [frozenset(group) for group in found.values()]
