"""A case with a graph of holdings beside its parties."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from licet.facts.case import Case, read_case
from licet.facts.elements import Element, line
from licet.facts.errors import CaseError
from licet.facts.truth import Truth
from licet.facts.yamltext import read_yaml
from licet.services.check import Checker
from licet.services.own_case import apply_holdings
from licet.services.resolve import resolve_parties

DAY = date(2026, 7, 1)
CLEAN = "listings: [], complete: [listings, owners]"


def case(checker: Checker, parties: str, holdings: str, rest: str = "") -> Case:
    text = f"on: {DAY}\nparties:\n{parties}\nholdings:\n{holdings}\n{rest}"
    found = read_case(read_yaml(text, "case.yaml"), checker.law.dictionary)
    apply_holdings(found, DAY)
    resolve_parties(found, checker.known, DAY)
    line(found.root, None)
    return found


def owned(checker: Checker, found: Case, number: int = 0) -> Truth:
    party: Element = found.root.lists["parties"][number]
    return checker.decider(DAY, False).evaluator.rule("us.ofac.fifty_percent")(party)


def test_a_graph_is_hung_under_its_parties(checker: Checker) -> None:
    found = case(
        checker,
        f"- {{name: B, role: end_user, {CLEAN}}}\n- {{name: A, {CLEAN}}}\n- {{name: X, listings: [{{list: us.sdn}}]}}",
        "- {owner: X, owned: A, share: 50}\n- {owner: X, owned: B, share: 10}\n- {owner: A, owned: B, share: 40}",
    )
    assert owned(checker, found) is True
    assert owned(checker, found, 1) is True


def test_a_ring_is_cut_and_clears_nobody(checker: Checker) -> None:
    ring = "- {owner: A, owned: B, share: 100}\n- {owner: B, owned: A, share: 100}"
    found = case(checker, f"- {{name: B, {CLEAN}}}\n- {{name: A, {CLEAN}}}", ring)
    assert owned(checker, found) is None


def test_a_ring_with_a_listed_owner_is_proven(checker: Checker) -> None:
    ring = "- {owner: A, owned: B, share: 60}\n- {owner: B, owned: A, share: 40}\n- {owner: X, owned: A, share: 50}"
    parties = f"- {{name: B, {CLEAN}}}\n- {{name: A, {CLEAN}}}\n- {{name: X, listings: [{{list: us.sdn}}]}}"
    assert owned(checker, case(checker, parties, ring)) is True


def test_what_is_not_known_stays_open(checker: Checker) -> None:
    held = "- {owner: Somebody, owned: B, share: 60}"
    assert owned(checker, case(checker, f"- {{name: B, {CLEAN}}}", held)) is None
    all_known = "complete: {owners: yes, listings: yes}\n"
    assert owned(checker, case(checker, f"- {{name: B, {CLEAN}}}", held, all_known)) is False


def test_owners_a_party_names_itself_come_along(checker: Checker) -> None:
    """A is closed and names its listed owner in the case; as an owner of B it still has that owner."""
    parties = (
        f"- {{name: B, {CLEAN}}}\n"
        "- {name: A, owners: [{name: X, share: 50, listings: [{list: us.sdn}]}], complete: [listings, owners]}"
    )
    assert owned(checker, case(checker, parties, "- {owner: A, owned: B, share: 50}")) is True


def test_listed_names_are_found_among_known_parties(checker: Checker) -> None:
    found = case(checker, f"- {{name: B, {CLEAN}}}", "- {owner: 海康威视, owned: B, share: 100}")
    owner = found.root.lists["parties"][0].lists["owners"][0]
    assert "us.el" in {row.facts["listing.list"] for row in owner.lists["listings"]}


def test_only_the_holdings_of_the_day_count(checker: Checker) -> None:
    held = f"- {{owner: X, owned: B, share: 60, until: {DAY.replace(day=1, month=6)}}}"
    found = case(checker, f"- {{name: B, {CLEAN}}}", held)
    assert found.root.lists["parties"][0].lists["owners"] == []


@pytest.mark.parametrize(
    ("parties", "holdings", "part"),
    [
        ("- {name: B, owners: [{name: X, share: 5}]}", "- {owner: X, owned: B, share: 6}", "twice"),
        ("- {name: B}", "- {owner: X, owned: B, share: 60}\n- {owner: Y, owned: B, share: 60}", "120 %"),
        ("- {name: B}", "- {owner: X, owns: B}", "'owns'"),
    ],
)
def test_contradictions_and_slips_are_refused(checker: Checker, parties: str, holdings: str, part: str) -> None:
    with pytest.raises(CaseError, match=part):
        case(checker, parties, holdings)


def test_a_graph_with_too_many_ways_is_refused(checker: Checker) -> None:
    layers = [[f"N{layer}{side}" for side in "abc"] for layer in range(12)]
    held = "\n".join(
        f"- {{owner: {owner}, owned: {below}, share: 30}}"
        for above, row in pairwise(layers)
        for owner in above
        for below in row
    )
    with pytest.raises(CaseError, match="5,000"):
        case(checker, f"- {{name: {layers[-1][0]}}}", held)
