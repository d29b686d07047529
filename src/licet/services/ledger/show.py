"""What is kept in the ledger with what stands beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from licet.facts.errors import CaseError
from licet.facts.plain import from_plain, to_plain
from licet.ledger import store as tables
from licet.ledger.intact import check_intact
from licet.ledger.record import DECISION, Record, kept_by
from licet.ledger.standing import holds
from licet.ledger.store import Store
from licet.logic.decision import Decision
from licet.rules.compiled import Refused
from licet.rules.law import Law
from licet.services.kept import unseal
from licet.services.ledger.parts import ANSWER, BY, INPUTS
from licet.services.ledger.replay import read_kept


@dataclass(frozen=True, slots=True)
class Event:
    """What was done to a record afterwards: its number, kind, moment, and who and why, as far as not erased."""

    number: int
    kind: str
    at: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What was kept. What has been erased is None or empty; `kept` says what stands against erasing it.

    `case` and `decision` are those of a decision, `said` the words from which an agent read its facts; `parts` holds
    what is kept of anything else, by name.
    """

    record: Record
    by: str
    case: str
    decision: Decision | None
    law: Law | None
    kept: tuple[str, ...]
    held: bool
    events: tuple[Event, ...]
    parts: dict[str, Any]
    said: tuple[dict[str, Any], ...] = ()

    def plain(self) -> dict[str, Any]:
        """As plain data; the law, which is large, is named by its hash only."""
        kept = (
            {
                "case": self.case,
                "said": [*self.said],
                "decision": to_plain(self.decision) if self.decision is not None else None,
            }
            if self.record.kind == DECISION else {"parts": self.parts}
        )  # fmt: skip
        return {
            "record": self.record.plain(),
            "by": self.by,
            **kept,
            "kept": [*self.kept],
            "held": self.held,
            "events": to_plain(self.events),
        }


def read_shown(store: Store, number: int, using: Law | None = None) -> Shown:
    """What is kept under a number, with its history. The law in use need not be read again. Raises CaseError."""
    found = read_kept(store, number, with_law=False)
    if using is None or found.record.says.get("law", {}).get("snapshot") != using.hash:
        found, using = read_kept(store, number), None
    decides = found.record.kind == DECISION
    with store.reading() as connection:
        after = tables.about(connection, number)
        said = {record.number: tables.parts(connection, record.number) for record in after}
    try:
        law = using or (
            None if found.law is None or not decides else unseal(found.law, found.record.says["law"]["reader"]).law
        )
    except Refused:
        law = None
    try:
        decision = from_plain(Decision, found.parts[ANSWER]) if decides and ANSWER in found.parts else None
    except (KeyError, TypeError):
        raise CaseError.one(
            "E_LEDGER",
            f"the answer of record {number} is of another form",
            hint="licet ledger export holds it as it is",
        ) from None
    inputs = found.parts.get(INPUTS, {})
    events = tuple(_event(record, said[record.number]) for record in after)
    return Shown(
        found.record,
        str(found.parts.get(BY, "")),
        str(inputs.get("text", "")) if decides else "",
        decision,
        law,
        tuple(kept.text() for kept in kept_by(found.record.says)),
        bool(holds(after)),
        events,
        {} if decides else {name: value for name, value in found.parts.items() if name != BY},
        tuple(inputs.get("said", ())) if decides else (),
    )


def _event(record: Record, parts: dict[str, tuple[bytes, bytes]]) -> Event:
    check_intact(record, parts)
    said = {name: str(json.loads(data)) for name, (_, data) in parts.items()}
    at = record.says["at"]
    return Event(record.number, record.kind, at, said.get("by", ""), said.get("reason", ""))
