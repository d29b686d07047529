"""Keeping a decision on a hit: who took a party for the one on a list or for another, and why."""

from __future__ import annotations

from licet.ledger.adding import Entry
from licet.ledger.canonical import canonical
from licet.ledger.ledger import Ledger
from licet.ledger.record import HIT, Record
from licet.services.hits import Decision
from licet.services.ledger.parts import BY, INPUTS, REASON


def keep_hit(ledger: Ledger, decision: Decision) -> Record:
    """Keep a decision on a hit, also one that lets another go. When this returns, it is on disk. Raises CaseError.

    The entry of a public list is named for good, whose name was held against it only as long as it is not erased.
    """
    says = {"decision": decision.decision, "list": decision.list, "entry": decision.entry, "content": decision.hash}
    parts = {
        INPUTS: {"asked": decision.asked, "key": decision.key, "name": decision.name, "content": decision.content},
        REASON: decision.reason,
        BY: decision.by,
    }
    return ledger.keep(Entry(says, {name: canonical(value) for name, value in parts.items()}), kind=HIT)
