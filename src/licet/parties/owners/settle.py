"""What would settle an open test: the one share, row or fact whose knowledge decides, and which of its values do.

Each unknown is tried alone, with all others left open, so what is said of it holds whatever the others turn out to be.
Of a share: the least that proves (more of it never unproves), and the span that disproves, which is one span because
more of a share either helps its owner or leaves less to others. Where no single unknown can decide, the smallest
set that can is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from licet.facts.truth import Truth
from licet.parties.owners.model import WHOLE, Share
from licet.parties.owners.situation import ALL, OWN, OwnershipTest, Situation
from licet.parties.owners.solve import Solution

NEAREST = 40  # unknowns looked at, the nearest to the target first
WORK = 20_000  # of a large graph fewer: unknowns times entities
SETS = ((2, 14), (3, 9))  # how many together, out of how many of the nearest
OTHERS = "…"  # stands for owners that nobody has named

SMALL = 120  # entities up to which sets are tried

Change = Callable[[Situation, int], Situation]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something not known. `kind`: share, rest, row, control, controllers or joint; a share lies between the ends.

    `share`: the share of `owned` that `owner` holds. `rest`: what owners that count hold of the owners of `owned` not
    named. `row`: whether `owner` counts by itself. `control`: whether `owner` controls `owned`; `controllers`: whether
    anybody not named does. `joint`: whether `owner` and `owned` act jointly.
    """

    kind: str
    owner: str
    owned: str
    ends: Share
    change: Change


@dataclass(frozen=True, slots=True)
class Settling:
    """What an unknown would do: `proves` and `disproves` are spans of its values (1 is yes, 0 no), None for none."""

    unknown: Unknown
    proves: Share | None
    disproves: Share | None

    @property
    def always(self) -> bool:
        """Whether every value settles."""
        spans = [span for span in (self.proves, self.disproves) if span is not None]
        low, high = self.unknown.ends
        return sum(end - start + 1 for start, end in spans) == high - low + 1


def settling(test: OwnershipTest, at: Situation, target: str) -> list[Settling]:
    """Unknowns that can settle the test alone, the most telling first."""
    at = at.about(target, test.gather)
    asked = [_alone(test, at, target, unknown) for unknown in unknowns(test, at, target)]
    found = [one for one in asked if one.proves is not None or one.disproves is not None]
    return sorted(found, key=lambda one: (not one.always, one.proves is None or one.disproves is None))


def together(test: OwnershipTest, at: Situation, target: str) -> list[Unknown]:
    """The smallest set of unknowns that can settle the test where none can alone; empty where none was found."""
    at = at.about(target, test.gather)
    near = unknowns(test, at, target)
    for size, among in SETS if len(at.counts) <= SMALL else ():
        for some in combinations(near[:among], size):
            for values in product(*(unknown.ends for unknown in some)):
                changed = at
                for unknown, value in zip(some, values, strict=True):
                    changed = unknown.change(changed, value)
                if Solution(test, changed).owned(target) is not None:
                    return list(some)
    return []


# --- one unknown -------------------------------------------------------------------------------------


def _alone(test: OwnershipTest, at: Situation, target: str, unknown: Unknown) -> Settling:
    known: dict[int, Truth] = {}

    def verdict(value: int) -> Truth:
        if value not in known:
            known[value] = Solution(test, unknown.change(at, value)).owned(target)
        return known[value]

    low, high = unknown.ends
    if unknown.kind not in ("share", "rest"):
        proves = [value for value in (low, high) if verdict(value) is True]
        disproves = [value for value in (low, high) if verdict(value) is False]
        return Settling(unknown, _span(proves), _span(disproves))
    least = _first(low, high, lambda value: verdict(value) is True)
    no = next((value for value in _likely(test, at, unknown) if verdict(value) is False), None)
    if no is None:
        return Settling(unknown, None if least is None else (least, high), None)
    start = _first(low, no, lambda value: verdict(value) is False)
    end = _first(-high, -no, lambda value: verdict(-value) is False)
    assert start is not None and end is not None
    return Settling(unknown, None if least is None else (least, high), (start, -end))


def _span(values: list[int]) -> Share | None:
    return (min(values), max(values)) if values else None


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int | None:
    """The least value that holds, where all above it do as well; None where not even the highest does."""
    if not holds(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _likely(test: OwnershipTest, at: Situation, unknown: Unknown) -> list[int]:
    """Values of a share among which one disproves, if any does.

    Where shares are added that is one of the ends. Else it may lie between, where the entity crosses the line alone or
    with what others may hold.
    """
    low, high = unknown.ends
    if test.gather == ALL:
        return [low, high]
    others = [share for owner, share in at.owners.get(unknown.owned, {}).items() if owner != unknown.owner]
    sums = {0, sum(first for first, _ in others), sum(last for _, last in others)}
    lines = {line - held for line in (test.threshold, WHOLE - test.threshold) for held in sums}
    near = {line + step for line in lines for step in (-1, 0, 1)}
    return [low, high, *sorted(value for value in near if low < value < high)]


# --- what is not known ---------------------------------------------------------------------------------


def unknowns(test: OwnershipTest, at: Situation, target: str) -> list[Unknown]:
    """What is not known and may bear on the target, the nearest first."""
    above = at.upwards(target)
    most = max(6, min(NEAREST, WORK // len(at.counts)))
    found: list[Unknown] = []
    for name in above:
        found.extend(_about(test, at, name, name == target))
        if len(found) >= most:
            break
    if test.gather == OWN:
        found.extend(_jointly(at, most))
    return found[:most]


def _about(test: OwnershipTest, at: Situation, name: str, is_target: bool) -> Iterator[Unknown]:
    """What is not known of one entity and of those directly above it. Of the target only its owners matter."""
    counts = at.counts[name]
    if not is_target and counts.free is None:
        yield Unknown("row", name, "", (0, 1), lambda at, value: at.with_counts(name, bool(value)))
    if is_target or test.chain:
        held = at.owners.get(name, {})
        least = sum(low for low, _ in held.values())
        for owner, (low, high) in held.items():
            if low < high:
                yield _share(owner, name, (low, min(high, WHOLE - least + low)))
        if name in at.open and least < WHOLE:
            yield Unknown("rest", "", name, (0, WHOLE - least), lambda at, v: at.with_rest(name, v, OTHERS))
    if not is_target and counts.controlled is not counts.free:
        for holder, value in at.controllers.get(name, {}).items():
            if value is None:
                yield _control(holder, name)
        if name in at.free_control:
            yield Unknown("controllers", "", name, (0, 1), lambda at, v: at.with_controllers(name, bool(v), OTHERS))


def _share(owner: str, owned: str, ends: Share) -> Unknown:
    return Unknown("share", owner, owned, ends, lambda at, value: at.with_share(owner, owned, (value, value)))


def _control(holder: str, owned: str) -> Unknown:
    return Unknown("control", holder, owned, (0, 1), lambda at, value: at.with_control(holder, owned, bool(value)))


def _jointly(at: Situation, most: int) -> Iterator[Unknown]:
    """Pairs of which it is not said whether they act jointly: two that count, or two that the file asks about."""
    counting = [name for name, counts in at.counts.items() if counts.free is not False][:most]
    pairs = [frozenset(pair) for pair in combinations(counting, 2)]
    pairs += [pair for pair, value in at.joint.items() if value is None]
    for pair in dict.fromkeys(pairs):
        if at.joint.get(pair) is None:
            first, second = sorted(pair)
            yield _joint(first, second, pair)


def _joint(first: str, second: str, pair: frozenset[str]) -> Unknown:
    return Unknown("joint", first, second, (0, 1), lambda at, value: at.with_joint(pair, bool(value)))
