"""Why: the owners that decide, from the entity that is asked about upwards, each step resting on earlier ones only."""

from __future__ import annotations

from dataclasses import dataclass

from licet.parties.owners.model import WHOLE, Share
from licet.parties.owners.situation import ONE
from licet.parties.owners.solve import Caught, Solution

BY_SHARE, BY_CONTROL = "share", "control"


@dataclass(frozen=True, slots=True)
class Step:
    """An entity is caught by what these hold of it, or because they control it."""

    name: str
    by: str
    holders: tuple[tuple[str, Share], ...]


def steps(solution: Solution, target: str) -> list[Step]:
    """The steps that prove a test, or that could: those to the largest share, sure or possible."""
    surely = solution.owned(target) is True
    caught = solution.leading(target) if surely else solution.widest(target)
    found: list[Step] = []
    pending, seen = [target], {target}
    while pending:
        name = pending.pop(0)
        if name != target and caught.rounds[name] == 0:
            continue
        step = _step(solution, caught, name, surely)
        if name == target and step.by == BY_CONTROL:
            step = Step(name, BY_SHARE, ())  # the test itself asks for shares only
        found.append(step)
        for holder, _ in step.holders:
            if holder not in seen:
                seen.add(holder)
                pending.append(holder)
    return found


def control_steps(solution: Solution, target: str) -> list[Step]:
    """The steps to whoever controls the target, for sure."""
    for caught in solution.sure:
        held = solution.at.controllers.get(target, {})
        holders = tuple((holder, (0, 0)) for holder, value in held.items() if value is True and holder in caught)
        if holders:
            above = [
                step for holder, _ in holders if caught.rounds[holder] for step in _above(solution, caught, holder)
            ]
            return [Step(target, BY_CONTROL, holders), *dict.fromkeys(above)]
    return []


def _above(solution: Solution, caught: Caught, name: str) -> list[Step]:
    found: list[Step] = []
    pending = [name]
    while pending:
        name = pending.pop(0)
        if caught.rounds[name] and all(step.name != name for step in found):
            found.append(_step(solution, caught, name, surely=True))
            pending.extend(holder for holder, _ in found[-1].holders)
    return found


def _step(solution: Solution, caught: Caught, name: str, surely: bool) -> Step:
    """How an entity came in: by those that were in before it."""
    # What counts by itself, or is not in the set, is asked about as if it came in last: its owners are the point.
    last = caught.rounds.get(name) or len(caught.rounds) + 1
    earlier = {other for other, number in caught.rounds.items() if number < last and other != name}
    held = {owner: share for owner, share in solution.at.owners.get(name, {}).items() if owner in earlier}
    least = _gathered(solution, [low if surely else high for low, high in held.values()])
    open_ = not surely and name in solution.at.open
    if last == len(caught.rounds) + 1 or open_ or solution.test.met(min(least, WHOLE)):
        held = {owner: share for owner, share in held.items() if share[1] > 0 and not (surely and share[0] == 0)}
        if solution.test.gather == ONE:
            most = max((share[not surely] for share in held.values()), default=0)
            held = {owner: share for owner, share in held.items() if share[not surely] == most}
        return Step(name, BY_SHARE, tuple(held.items()))
    controllers = solution.at.controllers.get(name, {})
    wanted = (True,) if surely else (True, None)
    holders = tuple((holder, (0, 0)) for holder, v in controllers.items() if holder in earlier and v in wanted)
    return Step(name, BY_CONTROL, holders)


def _gathered(solution: Solution, shares: list[int]) -> int:
    return max(shares, default=0) if solution.test.gather == ONE else sum(shares)
