"""Every entry of the Commerce Control List has a reason for control, or is said to point elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from licet.rules.codes import Codes
from licet.rules.snapshot import Snapshot, snapshot
from licet.services.home import load_law

GROUP = "us.ear.ccl."
# Entries of the Russian industry sector sanctions alone, which part 746 names.
BY_PART_746 = {"0A998", "8D999"}


@pytest.fixture(scope="module")
def law() -> Snapshot:
    return snapshot(load_law(), date(2026, 7, 23))


def reasons(law: Snapshot, code: str) -> set[str]:
    """The groups of reasons that hold a code, or a paragraph beneath it; `may.` those told by words."""
    found = set()
    for held in law.of_kind("group"):
        if (
            held.rule.id.startswith((f"{GROUP}reason.", f"{GROUP}may."))
            and Codes.of(held, law).holds(code) is not False
        ):
            found.add(held.rule.id.removeprefix(GROUP).removeprefix("reason."))
    return found


def test_no_entry_is_without_a_reason_for_control(law: Snapshot) -> None:
    elsewhere = law.rules[f"{GROUP}list.elsewhere"].members
    entries = law.rules[f"{GROUP}list.eccns"].members
    assert len(entries) == 637
    bare = {code for code in entries - elsewhere - BY_PART_746 if not reasons(law, code)}
    assert not bare
    assert not {code for code in elsewhere if reasons(law, code)}, "an entry that points elsewhere has no reason here"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1C350", {"CB2", "AT_NK"}),
        ("1C351", {"may.CB1", "CB2", "AT1"}),
        ("6D201", {"NP1", "AT1"}),
        ("1E355", {"AT1", "CW"}),
        ("0E982", {"CC_not_CA"}),
        ("2E003", {"NS1", "AT1"}),
        ("0A983", {"CC_all"}),
        ("9A012", {"NS1", "NS2", "may.MT1", "AT1"}),
        ("9A012.a.1", {"NS2", "may.MT1", "AT1"}),
        ("3D005", {"NS1", "AT1"}),
        ("3D006", {"NS2", "AT1"}),
        ("3E002", {"NS1", "AT1"}),
        ("2B352", {"CB2", "AT1"}),
        ("8C609", {"NS1", "RS1", "UN", "AT1"}),
        ("3A611.y", {"RS_CRV", "AT1"}),
        ("3A991", {"AT1"}),
        ("2B001.b", {"NS2", "may.NP1", "AT1"}),
    ],
)
def test_reasons_that_others_have_lost(law: Snapshot, code: str, expected: set[str]) -> None:
    assert reasons(law, code) >= expected
    assert reasons(law, code) <= expected | {"CW", "may.CW", "CB_CWC"}
