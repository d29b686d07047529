"""Shares are exact, and what is not known of owners stays open."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from licet.facts.case import read_case
from licet.facts.elements import Element, line
from licet.facts.truth import Truth
from licet.facts.yamltext import read_yaml
from licet.logic.decide import Decider
from licet.rules import tree
from licet.rules.snapshot import snapshot
from tests.properties.cases import checker, often
from tests.properties.laws import DAY, law, rule, version

BLOCKED = rule("blocked", "reach", version(tree.Holds(fact="party.us_person"), general="no"), subject="party")
JUDGES: dict[tuple[bool, bool], Decider] = {}


def caught(party: str, more_than: bool = False, aggregate: bool = True) -> Truth:
    """Whether a party, as a case file gives it, is owned to 50 % by owners that count (here: us_person)."""
    key = (more_than, aggregate)
    if key not in JUDGES:
        node = tree.Owned(counts="xx.blocked", threshold=50 * 10**4, more_than=more_than, aggregate=aggregate)
        owned = rule("owned", "ownership", version(node), subject="party")
        JUDGES[key] = Decider(snapshot(law(BLOCKED, owned), DAY))
    case = read_case(read_yaml(f"parties: [{party}]", "case"), checker().law.dictionary)
    line(case.root, None)
    element: Element = case.root.lists["parties"][0]
    return JUDGES[key].evaluator.rule("xx.owned")(element)


def held(*owners: str, closed: bool = True) -> str:
    return f"{{name: A, owners: [{', '.join(owners)}]{', complete: [owners]' if closed else ''}}}"


def test_two_twelve_eighteen_and_eighteen_percent_are_exactly_fifty() -> None:
    party = held(*(f"{{name: O, share: {share} %, us_person: yes}}" for share in (2, 12, 18, 18)))
    assert caught(party) is True
    assert caught(party, more_than=True) is False
    assert caught(party, aggregate=False) is False


@pytest.mark.parametrize(
    ("share", "at_least", "more_than"),
    [("49.9999 %", False, False), ("50%", True, False), ("50.0001", True, True), ("[40, 60]", None, None)],
)
def test_a_single_owner_at_the_line(share: str, at_least: Truth, more_than: Truth) -> None:
    party = held(
        f'{{name: O, share: "{share}", us_person: yes}}' if share[0] != "[" else f"{{share: {share}, us_person: yes}}"
    )
    assert caught(party) is at_least
    assert caught(party, more_than=True) is more_than


def test_an_open_list_of_owners_leaves_the_rest_of_the_capital_open() -> None:
    assert caught(held("{share: 49, us_person: yes}", closed=False)) is None
    assert caught(held("{share: 51, us_person: no, complete: [owners]}", closed=False)) is False
    assert caught(held("{share: 50, us_person: no, complete: [owners]}", closed=False)) is None


def test_an_owner_owned_so_counts_as_an_owner_that_counts() -> None:
    above = "{name: B, share: 50, us_person: no, owners: [{name: C, share: 50, us_person: yes}], complete: [owners]}"
    assert caught(held(above)) is True


SHARES = st.sampled_from(["0", "2", "12", "18", "20", "32", "50"])
COUNTS = st.sampled_from(["yes", "no", "unknown"])


@often(200)
@given(st.lists(st.tuples(SHARES, COUNTS), max_size=5), st.booleans(), st.booleans())
def test_the_test_says_what_every_way_the_unknown_may_turn_out_agrees_on(
    owners: list[tuple[str, str]], more_than: bool, aggregate: bool
) -> None:
    assume(sum(Fraction(share) for share, _ in owners) <= 100)  # more is a contradiction, and refused
    party = held(*(f"{{share: {share}, us_person: {counts}, complete: [owners]}}" for share, counts in owners))
    found = set()
    for world in product(*[(True, False) if counts == "unknown" else (counts == "yes",) for _, counts in owners]):
        shares = [Fraction(share) for (share, _), counts in zip(owners, world, strict=True) if counts]
        total = min(sum(shares, Fraction(0)), Fraction(100)) if aggregate else max(shares, default=Fraction(0))
        found.add(total > 50 if more_than else total >= 50)
    assert caught(party, more_than, aggregate) is (found.pop() if len(found) == 1 else None)


def test_an_owner_of_unknown_share_cannot_hold_more_than_the_others_leave() -> None:
    """60 % are held by others; naming a further owner must not open what was settled."""
    others = "{share: 60, us_person: no, complete: [owners]}"
    assert caught(held(others, closed=False)) is False
    assert caught(held(others, "{name: B, us_person: yes}", closed=False)) is False
