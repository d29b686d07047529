"""The ownership test: is a party owned, to a share, by owners that count?

The parameters come from the law (`kind: ownership`); shares are intervals, owners may be unknown,
and an open list of owners leaves the rest of the capital open.
"""

from __future__ import annotations

from collections.abc import Callable

from licet.facts.elements import Element
from licet.facts.numbers import Interval
from licet.facts.truth import Truth, disjunction
from licet.logic.arithmetic import compare
from licet.rules.tree import Owned

Test = Callable[[Element], Truth]
WHOLE = 100 * 10**4
WITHOUT_OWNERS = frozenset({"person", "government"})


def owned(node: Owned, counts: Test) -> Test:
    """The compiled test; `counts` is the party rule that says whether an owner counts by itself."""

    def test(party: Element) -> Truth:
        return compare(">" if node.more_than else ">=", share(party), (node.threshold, node.threshold))

    def caught(owner: Element) -> Truth:
        return disjunction((counts(owner), test(owner))) if node.chain else counts(owner)

    def share(party: Element) -> Interval:
        """The share of the party held by owners that count: summed, or the largest single one.

        Where only the shares of one holder count together, nothing here says which owners one holder stands behind:
        sure is the largest single one, possible the sum.
        """
        owners = party.lists.get("owners", [])
        least = most = largest = largest_least = known = others = 0
        for owner in owners:
            low, high = owner.facts.get(node.fact) or (0, WHOLE)
            low, high = low or 0, WHOLE if high is None else high
            known += low
            value = caught(owner)
            if value is True:
                least, largest_least = least + low, max(largest_least, low)
            if value is False:
                others += low
            else:
                most, largest = most + high, max(largest, high)
        if party.closed.get("owners") is not True and party.facts.get("party.kind") not in WITHOUT_OWNERS:
            rest = max(0, WHOLE - known)
            most, largest = most + rest, max(largest, rest)
        left = WHOLE - others  # what owners that do not count leave for all others
        low, high = least if node.aggregate else largest_least, most if node.aggregate or node.own else largest
        return (low, max(low, min(high, left)))

    return test
