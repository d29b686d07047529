"""A naive interpreter: every way a small situation can turn out, and in each world who is caught, step by step.

Shares move on a coarse grid. The ends of all ranges lie on it, so the extremes are among the worlds.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from licet.parties.owners.model import WHOLE
from licet.parties.owners.situation import OWN, OwnershipTest, Situation

STEP = 25 * 10**4
STRANGER = "a stranger"

World = tuple[dict[str, dict[str, int]], set[str], dict[str, set[str]], list[set[str]]]


def outcomes(test: OwnershipTest, at: Situation, target: str) -> tuple[set[bool], Fraction, Fraction]:
    """The answers that occur in any world, and the least and the greatest share that counts."""
    found: set[bool] = set()
    least, most = Fraction(WHOLE), Fraction(0)
    for owners, counting, controls, groups in worlds(test, at):
        share = max(
            (held(test, owners, caught(test, at, owners, g, controls), target) for g in groups), default=Fraction(0)
        )
        found.add(share > test.threshold if test.more_than else share >= test.threshold)
        least, most = min(least, share), max(most, share)
        assert counting or not share
    return found, least, most


def caught(
    test: OwnershipTest, at: Situation, owners: dict[str, dict[str, int]], seed: set[str], controls: dict[str, set[str]]
) -> set[str]:
    """The least set: grown by one entity at a time until nothing more falls."""
    inside = set(seed)
    while True:
        for name in at.counts:
            share = held(test, owners, inside, name)
            enough = share > test.threshold if test.more_than else share >= test.threshold
            ruled = at.counts[name].controlled is True and bool(controls.get(name, set()) & inside)
            if name not in inside and (ruled or (test.chain and enough)):
                inside.add(name)
                break
        else:
            return inside


def held(test: OwnershipTest, owners: dict[str, dict[str, int]], inside: set[str], name: str) -> Fraction:
    """What those inside hold of an entity."""
    shares = [Fraction(share) for owner, share in owners.get(name, {}).items() if owner in inside]
    return max(shares, default=Fraction(0)) if test.gather == "one" else sum(shares, Fraction(0))


def worlds(test: OwnershipTest, at: Situation) -> Iterator[World]:
    """Every combination of what is not known."""
    for counting in _counting(at):
        for groups in _groups(test, at, counting):
            holders = [sorted(group)[0] for group in groups] if test.gather == OWN else [STRANGER]
            for owners in _owners(at, [*dict.fromkeys([*holders, STRANGER])]):
                for controls in _controls(at, [*dict.fromkeys([*holders, STRANGER])]):
                    everybody = [set(group) for group in groups] + [{STRANGER}]
                    if test.gather != OWN:
                        everybody = [set().union(*everybody)]
                    yield owners, counting | {STRANGER}, controls, everybody


def _counting(at: Situation) -> Iterator[set[str]]:
    names = list(at.counts)
    for values in product(*([True, False] if at.counts[n].free is None else [at.counts[n].free] for n in names)):
        yield {name for name, value in zip(names, values, strict=True) if value}


def _groups(test: OwnershipTest, at: Situation, counting: set[str]) -> Iterator[list[set[str]]]:
    """Who acts together; of two that count it is open where nothing is said."""
    if test.gather != OWN:
        yield [counting]
        return
    silent = [pair for pair in map(frozenset, combinations(sorted(counting), 2)) if pair not in at.joint]
    open_pairs = [*silent, *(pair for pair, value in at.joint.items() if value is None)]
    sure = [pair for pair, value in at.joint.items() if value is True]
    for chosen in product([True, False], repeat=len(open_pairs)):
        yield _merged(counting, [*sure, *(pair for pair, yes in zip(open_pairs, chosen, strict=True) if yes)])


def _merged(counting: set[str], pairs: list[frozenset[str]]) -> list[set[str]]:
    groups = [{name} for name in counting] + [set(pair) for pair in pairs]
    merged = True
    while merged:
        merged = False
        for first, second in combinations(groups, 2):
            if first & second:
                groups = [group for group in groups if group not in (first, second)] + [first | second]
                merged = True
                break
    return [group for group in groups if group & counting]


def _owners(at: Situation, strangers: list[str]) -> Iterator[dict[str, dict[str, int]]]:
    """Every division of every entity's capital on the grid; what is open falls to one or to nobody that counts."""
    choices = [list(_divisions(at, name, strangers)) for name in at.counts]
    for chosen in product(*choices):
        yield dict(zip(at.counts, chosen, strict=True))


def _divisions(at: Situation, name: str, strangers: list[str]) -> Iterator[dict[str, int]]:
    held = at.owners.get(name, {})
    for values in product(*(range(low, high + 1, STEP) for low, high in held.values())):
        left = WHOLE - sum(values)
        if left < 0:
            continue
        shares = dict(zip(held, values, strict=True))
        yield shares
        if name in at.open and left:
            for stranger in strangers:
                for more in range(STEP, left + 1, STEP):
                    yield {**shares, stranger: shares.get(stranger, 0) + more}


def _controls(at: Situation, strangers: list[str]) -> Iterator[dict[str, set[str]]]:
    """Control as stated, and where somebody not named may control, by each who may be that somebody, or by nobody."""
    edges = [(holder, name, value) for name, held in at.controllers.items() for holder, value in held.items()]
    stated = [
        [{holder: name}, {}] if value is None else [{holder: name} if value else {}] for holder, name, value in edges
    ]
    more = [[{}, *({stranger: name} for stranger in strangers)] for name in sorted(at.free_control)]
    for chosen in product(*stated, *more):
        found: dict[str, set[str]] = {}
        for one in chosen:
            for holder, name in one.items():
                found.setdefault(name, set()).add(holder)
        yield found
