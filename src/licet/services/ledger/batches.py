"""Keeping a run over an order book: what it was made from, what it came to, and the hash of its result."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from licet.ledger.adding import Entry
from licet.ledger.canonical import canonical
from licet.ledger.ledger import Ledger
from licet.ledger.record import BATCH, Record
from licet.services.ledger.lawkept import LawKept
from licet.services.ledger.parts import BY, INPUTS
from licet.services.orders.summary import Summary
from licet.services.orders.wanted import digest

_PATHS = ("table", "map", "joined")  # of the receipt: names of files may name people


@dataclass(frozen=True, slots=True)
class BatchKeeper:
    """Keeps runs in a ledger."""

    ledger: Ledger
    law: LawKept
    by: str

    def keep(self, receipt: dict[str, Any], counted: Summary, rejected: int, result: Path) -> Record:
        """Keep a run by its receipt, before its result has its name. Raises CaseError.

        No line and no proof is kept: `licet batch explain` makes them again, and the hashes tell whether from the same.
        """
        says = {key: value for key, value in receipt.items() if key not in _PATHS}
        says |= self.law.says() | {
            "joined_sha256": sorted(receipt["joined"].values()),
            "lines": counted.lines,
            "outcomes": {count.name: count.lines for count in counted.outcomes},
            "rejected": rejected,
            "result_sha256": digest(result) if result.exists() else "",
        }
        del says["schema"]  # that of the receipt; a record says its own
        inputs = {key: receipt[key] for key in _PATHS}
        parts = {INPUTS: canonical(inputs), BY: canonical(self.by)}
        record = self.ledger.keep(Entry(says, parts, self.law.blobs), kind=BATCH)
        self.law.kept()
        return record
