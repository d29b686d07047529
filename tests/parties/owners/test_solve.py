"""The solver against every way a small graph can turn out."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from licet.facts.truth import Truth
from licet.parties.owners.model import WHOLE, Share
from licet.parties.owners.settle import settling, together, unknowns
from licet.parties.owners.situation import ALL, ONE, OWN, Counts, OwnershipTest, Situation
from licet.parties.owners.solve import Solution
from tests.parties.owners.naive import STEP, outcomes

HALF = 50 * 10**4
NAMES = ("X", "Y", "A", "B")
TARGET = "B"
TRUTHS: st.SearchStrategy[Truth] = st.sampled_from([True, False, None])
ENDS = st.sampled_from(
    [(low, high) for low in range(0, WHOLE + 1, STEP) for high in (low, low + STEP, WHOLE) if high <= WHOLE]
)
TESTS = st.builds(
    OwnershipTest,
    threshold=st.just(HALF),
    more_than=st.booleans(),
    gather=st.sampled_from([ALL, ONE, OWN]),
    chain=st.sampled_from([True, True, False]),
)
PAIRS = [(owner, owned) for owned in ("A", "B") for owner in NAMES if owner != owned]


@st.composite
def situations(draw: st.DrawFn, control: bool = False) -> Situation:
    """Two that may count by themselves, two firms that may own each other, and what is not known of them."""
    edges = draw(st.lists(st.sampled_from(PAIRS), unique=True, min_size=1, max_size=4))
    owners: dict[str, dict[str, Share]] = {}
    for owner, owned in edges:
        owners.setdefault(owned, {})[owner] = draw(ENDS)
    assume(all(sum(low for low, _ in held.values()) <= WHOLE for held in owners.values()))
    counts = {name: _counts(draw(TRUTHS) if name in ("X", "Y") else False, control) for name in NAMES}
    controllers: dict[str, dict[str, Truth]] = {}
    if control:
        for holder, owned in draw(st.lists(st.sampled_from(PAIRS), unique=True, max_size=2)):
            controllers.setdefault(owned, {})[holder] = draw(TRUTHS)
    return Situation(
        owners=owners,
        open=draw(st.frozensets(st.sampled_from(["A", "B"]), max_size=1)),
        counts=counts,
        controllers=controllers,
        free_control=draw(st.frozensets(st.sampled_from(["A", "B"]), max_size=1)) if control else frozenset(),
        joint=draw(st.dictionaries(st.sampled_from([frozenset("XY"), frozenset("XA")]), TRUTHS, max_size=1)),
    )


def _counts(free: Truth, control: bool) -> Counts:
    return Counts(free, True if control else free)


def small(at: Situation) -> bool:
    """Few enough worlds to go through all of them."""
    size = 1
    for held in at.owners.values():
        for low, high in held.values():
            size *= (high - low) // STEP + 1
    return size <= 250


@settings(max_examples=400, deadline=None)
@given(TESTS, situations())
def test_it_says_what_all_worlds_agree_on(test: OwnershipTest, at: Situation) -> None:
    assume(small(at))
    _agree(test, at)


@settings(max_examples=200, deadline=None)
@given(TESTS, situations(control=True))
def test_so_it_does_where_control_makes_an_owner_count(test: OwnershipTest, at: Situation) -> None:
    assume(small(at))
    _agree(test, at)


def _agree(test: OwnershipTest, at: Situation) -> None:
    found, least, most = outcomes(test, at, TARGET)
    solution = Solution(test, at)
    assert solution.owned(TARGET) is (found.pop() if len(found) == 1 else None)
    low, high = solution.share(TARGET)
    assert low == least and high == most


@settings(max_examples=150, deadline=None)
@given(TESTS, situations())
def test_what_is_said_to_settle_does_settle_and_nothing_else_does(test: OwnershipTest, at: Situation) -> None:
    assume(small(at) and Solution(test, at).owned(TARGET) is None)
    told = {(one.unknown.kind, one.unknown.owner, one.unknown.owned): one for one in settling(test, at, TARGET)}
    for unknown in unknowns(test, at, TARGET):
        one = told.get((unknown.kind, unknown.owner, unknown.owned))
        low, high = unknown.ends
        step = 1 if high == 1 else STEP // 25
        for value in range(low, high + 1, step):
            verdict = Solution(test, unknown.change(at, value)).owned(TARGET)
            for answer, span in ((True, one and one.proves), (False, one and one.disproves)):
                assert (verdict is answer) is bool(span and span[0] <= value <= span[1]), (unknown.kind, value)


@settings(max_examples=100, deadline=None)
@given(TESTS, situations())
def test_an_open_test_names_something_that_settles_it(test: OwnershipTest, at: Situation) -> None:
    assume(small(at) and Solution(test, at).owned(TARGET) is None)
    if not settling(test, at, TARGET):
        some = together(test, at, TARGET)
        assert len(some) > 1


# --- rings, by hand --------------------------------------------------------------------------------------


def ring(*edges: tuple[str, str, int], listed: tuple[str, ...] = (), gather: str = ALL) -> Solution:
    """A graph of exact shares with all owners known."""
    owners: dict[str, dict[str, Share]] = {}
    for owner, owned, share in edges:
        owners.setdefault(owned, {})[owner] = (share * 10**4,) * 2
    names = {name for owner, owned, _ in edges for name in (owner, owned)}
    counts = {name: Counts(name in listed, name in listed) for name in sorted(names)}
    return Solution(OwnershipTest(HALF, gather=gather), Situation(owners, frozenset(), counts, {}))


def test_a_ring_alone_catches_nobody() -> None:
    found = ring(("A", "B", 60), ("B", "C", 60), ("C", "A", 60))
    assert [found.owned(name) for name in "ABC"] == [False] * 3


def test_a_listed_owner_of_half_of_one_catches_the_whole_ring() -> None:
    found = ring(("X", "A", 50), ("C", "A", 50), ("A", "B", 60), ("B", "C", 60), listed=("X",))
    assert [found.owned(name) for name in "ABC"] == [True] * 3
    assert found.share("A") == (WHOLE, WHOLE)


def test_cross_holdings_do_not_lift_a_share_under_the_line() -> None:
    """X holds 45 % of A, the rest is held by Y, which A owns wholly: the ring adds nothing to X's share."""
    found = ring(("X", "A", 45), ("Y", "A", 48), ("A", "Y", 100), listed=("X",))
    assert found.owned("A") is False
    assert found.share("A") == (45 * 10**4,) * 2


def test_the_same_holder_by_two_ways_counts_together_and_two_holders_do_not() -> None:
    same = ring(("X", "A", 60), ("X", "B", 30), ("A", "B", 30), listed=("X",), gather=OWN)
    assert same.owned("B") is True
    two = ring(("X", "B", 30), ("Y", "B", 30), listed=("X", "Y"), gather=OWN)
    assert two.owned("B") is None  # whether they act jointly is not said
    apart = Solution(two.test, two.at.with_joint(frozenset("XY"), False))
    assert apart.owned("B") is False
    assert Solution(two.test, two.at.with_joint(frozenset("XY"), True)).owned("B") is True


@pytest.mark.parametrize("size", [2000])
def test_a_long_chain_is_followed_to_its_end(size: int) -> None:
    edges = [(f"N{number}", f"N{number + 1}", 51) for number in range(size)]
    assert ring(*edges, listed=("N0",)).owned(f"N{size}") is True
