"""What a test of the law expects besides a truth value, against what the law says."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from licet.facts.numbers import scaled
from licet.facts.truth import Truth
from licet.logic.leaves import membership
from licet.rules.snapshot import InForce
from licet.services.lawtest import LawTest

_OPEN_ENDS = ("null", "~", "", "unknown")


def wrong_standing(test: LawTest, held: InForce | None) -> Iterator[str]:
    """What the version in force says besides its condition."""
    for key, wanted in test.attrs.items():
        found = held.extra.get(key, "") if held else ""
        words = tuple(found) if isinstance(found, list) else (found,)
        if words != wanted:
            yield f"{key}: expected {', '.join(wanted)}, found {', '.join(words) or 'nothing'}"
    status = held.version.status if held else "absent"
    if test.status and status != test.status:
        yield f"status: expected {test.status}, found {status}"


def agrees(value: Fraction | None, wanted: str) -> bool:
    """Whether an end is what the test says, to the decimals the test gives."""
    if wanted in _OPEN_ENDS:
        return value is None
    decimals = len(wanted.partition(".")[2])
    return value is not None and round(value * 10**decimals) == scaled(wanted, decimals)


def wrong_group(test: LawTest, held: InForce | None) -> Iterator[str]:
    """What is not as expected of a group: its members, or that they are not known."""
    members = held.members if held else frozenset()
    known = held is None or held.known
    if test.expect and test.expect[0] == "unknown":
        if known:
            yield "expected unknown, the group is known"
        return
    if test.members is not None and (members != set(test.members) or not known):
        extra, missing = sorted(members - set(test.members)), sorted(set(test.members) - members)
        yield f"the members differ: too many {', '.join(extra) or 'none'}; missing {', '.join(missing) or 'none'}"
    for name in test.inside:
        if _inside(name, held) is not True:
            yield f"{name} is not a member"
    for name in test.outside:
        if _inside(name, held) is not False:
            yield f"{name} is a member"


def _inside(name: str, held: InForce | None) -> Truth:
    if held is None:
        return False
    return membership(held)(name)
