"""What a test looks at: owners and controllers of each entity on a day, by shares or by votes, and who counts.

A situation can be changed in one point (a share becomes known, an owner is screened), which makes a new one; so
"what would settle this" is answered by trying.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from licet.facts.truth import Truth
from licet.parties.owners.model import UNKNOWN_SHARE, Graph, Holding, Share

ALL, ONE, OWN = "all", "one", "own"


@dataclass(frozen=True, slots=True)
class OwnershipTest:
    """The parameters of an ownership test, as the law gives them.

    `gather`: shares of all that count are added (`all`), only the largest single one matters (`one`), or the shares
    of one holder and of what it holds are added, those of different holders only where they act jointly (`own`).
    `chain`: an entity caught the same way counts as an owner. `right`: shares or votes.
    """

    threshold: int
    more_than: bool = False
    gather: str = ALL
    chain: bool = True
    right: str = "share"

    def met(self, share: int) -> bool:
        """Whether a share is enough."""
        return share > self.threshold if self.more_than else share >= self.threshold


@dataclass(frozen=True, slots=True)
class Counts:
    """Whether an entity counts as an owner by itself: if nobody that counts controls it, and if somebody does."""

    free: Truth
    controlled: Truth


@dataclass(frozen=True, slots=True)
class Situation:
    """Owners with their shares, the controllers, and the entities whose owners or control are not all known.

    `free_control`: those that somebody nobody has named may control. `joint`: pairs of holders of which it is said
    whether they act jointly; of two that count it is open where nothing is said.
    """

    owners: Mapping[str, Mapping[str, Share]]
    open: frozenset[str]
    counts: Mapping[str, Counts]
    controllers: Mapping[str, Mapping[str, Truth]]
    free_control: frozenset[str] = frozenset()
    joint: Mapping[frozenset[str], Truth] = field(default_factory=dict)

    def about(self, target: str, gather: str) -> Situation:
        """The part that bears on an entity: all above it, and whoever may act jointly with any of them."""
        allies = [name for name, counts in self.counts.items() if counts.free is not False] if gather == OWN else []
        kept = set(self.upwards(target, *allies))
        return replace(
            self,
            owners={name: held for name, held in self.owners.items() if name in kept},
            open=self.open & kept,
            counts={name: counts for name, counts in self.counts.items() if name in kept},
            controllers={name: held for name, held in self.controllers.items() if name in kept},
            free_control=self.free_control & kept,
            joint={pair: value for pair, value in self.joint.items() if pair <= kept},
        )

    def upwards(self, *targets: str) -> list[str]:
        """The entities, their owners and controllers and those said to act jointly with them, theirs, and so on."""
        order, pending = dict.fromkeys(targets), [*targets]
        allies = [pair for pair, value in self.joint.items() if value is not False]
        for name in pending:
            with_it = (other for pair in allies if name in pair for other in sorted(pair))
            for above in (*self.owners.get(name, ()), *self.controllers.get(name, ()), *with_it):
                if above not in order:
                    order[above] = None
                    pending.append(above)
        return list(order)

    def with_share(self, owner: str, owned: str, share: Share) -> Situation:
        """The same with this share."""
        held = {**self.owners.get(owned, {}), owner: share}
        return replace(self, owners={**self.owners, owned: held})

    def with_rest(self, owned: str, held: int, owner: str) -> Situation:
        """The owners of an entity all known: a further one that counts (`owner`) holds `held`, no other one counts."""
        more = self.with_share(owner, owned, (held, held))
        counts = {**self.counts, owner: Counts(True, True)}
        return replace(more, open=self.open - {owned}, counts=counts)

    def with_counts(self, name: str, value: bool) -> Situation:
        """The same with it known whether an entity counts by itself."""
        under_control = value or self.counts[name].controlled is True
        return replace(self, counts={**self.counts, name: Counts(value, under_control)})

    def with_control(self, holder: str, owned: str, value: bool) -> Situation:
        """The same with it known whether one entity controls another."""
        held = {**self.controllers.get(owned, {}), holder: value}
        return replace(self, controllers={**self.controllers, owned: held})

    def with_controllers(self, owned: str, value: bool, holder: str) -> Situation:
        """The same with it known whether anybody not named (`holder`) that counts controls an entity."""
        known = replace(self, free_control=self.free_control - {owned})
        if not value:
            return known
        return replace(known, counts={**self.counts, holder: Counts(True, True)}).with_control(holder, owned, True)

    def with_joint(self, pair: frozenset[str], value: bool) -> Situation:
        """The same with it known whether two holders act jointly."""
        return replace(self, joint={**self.joint, pair: value})


def situation(graph: Graph, test: OwnershipTest, counts: Mapping[str, Counts]) -> Situation:
    """What a test looks at in the graph of a day."""
    owners: dict[str, dict[str, Share]] = {}
    for holding in graph.holdings:
        owners.setdefault(holding.owned, {})[holding.owner] = part(holding, test.right, graph.votes_follow)
    controllers: dict[str, dict[str, Truth]] = {}
    for control in graph.controls:
        held = controllers.setdefault(control.owned, {})
        # Of two statements about the same pair one that says yes is enough.
        held[control.holder] = True if held.get(control.holder) is True else control.value
    owned = {name: entity for name, entity in graph.entities.items() if entity.can_be_owned}
    return Situation(
        owners=owners,
        open=frozenset(name for name, entity in owned.items() if not entity.owners_complete),
        counts=counts,
        controllers=controllers,
        free_control=frozenset(name for name, entity in owned.items() if not entity.control_complete),
        joint=_pairs(graph),
    )


def part(holding: Holding, right: str, follow: bool) -> Share:
    """The part of the shares, or of the votes, that a holding gives."""
    if right == "share":
        return holding.share
    return holding.votes or (holding.share if follow else UNKNOWN_SHARE)


def _pairs(graph: Graph) -> dict[frozenset[str], Truth]:
    found: dict[frozenset[str], Truth] = {}
    for joint in graph.joints:
        for first in joint.holders:
            for second in joint.holders:
                if first != second:
                    found[frozenset((first, second))] = joint.value
    return found
