"""A record of the ledger: a text that names the record before it by its hash, and the signature of its own hash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from licet.ledger.canonical import canonical, digest
from licet.ledger.keys import Signer

SCHEMA = "licet.ledger/4"  # of records that are made now; those of a form made before stay as they are
NOTHING = "0" * 64  # the hash before the first record
START, DECISION, ERASURE, HOLD, RELEASE = FIRST_KINDS = ("start", "decision", "erasure", "hold", "release")
SCREENING, HIT, BATCH, ROTATION = SECOND_KINDS = ("screening", "hit", "batch", "rotation")
CLASSIFICATION, OWNERSHIP, IMPACT = THIRD_KINDS = ("classification", "ownership", "impact")
KINDS = {  # by the form of the record
    "licet.ledger/1": FIRST_KINDS,
    "licet.ledger/2": (*FIRST_KINDS, *SECOND_KINDS),
    "licet.ledger/3": (*FIRST_KINDS, *SECOND_KINDS, *THIRD_KINDS),
    # Beside these what is kept may lie packed: a version that cannot unpack it has to say so, not that it was changed.
    "licet.ledger/4": (*FIRST_KINDS, *SECOND_KINDS, *THIRD_KINDS),
}
# What is kept, held, shown and erased; the rest tells what was done to it.
KEPT = (DECISION, SCREENING, HIT, BATCH, *THIRD_KINDS)


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `about` is the number of the record that it is about, 0 for none; `body` its canonical JSON."""

    number: int
    kind: str
    about: int
    body: str
    hash: str
    signature: str

    @property
    def says(self) -> dict[str, Any]:
        """The body as data."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    def plain(self) -> dict[str, Any]:
        """The body with the hash and the signature of the record."""
        return self.says | {"hash": self.hash, "signature": self.signature}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next record goes: the ledger, the number, the hash of the one before, and its moment."""

    ledger: str
    number: int
    before: str
    at: str


def make(place: Place, signer: Signer, kind: str, about: int, says: dict[str, Any], parts: dict[str, str]) -> Record:
    """The record for a place. `parts` are the commitments to what may be erased, by name."""
    head = {
        "schema": SCHEMA, "ledger": place.ledger, "number": place.number, "before": place.before, "at": place.at,
        "kind": kind, "about": about, "parts": parts,
    }  # fmt: skip
    body = canonical(says | head)
    found = digest(body)
    return Record(place.number, kind, about, body.decode(), found, signer.sign(bytes.fromhex(found)))


@dataclass(frozen=True, slots=True)
class Kept:
    """Why a record must be kept: the provision or the hold, in words, and until when (None: no end is known)."""

    cite: str
    title: str
    until: date | None

    def stands(self, day: date) -> bool:
        """Whether it must still be kept on a day."""
        return self.until is None or day <= self.until

    def text(self) -> str:
        """In one line."""
        return f"{self.cite}, {self.title}: {'no end is known' if self.until is None else f'until {self.until}'}"


def kept_by(says: dict[str, Any]) -> list[Kept]:
    """Why the record whose body this is must be kept."""
    return [
        Kept(one["cite"], one["title"], date.fromisoformat(one["until"]) if one["until"] else None)
        for one in says.get("keep", [])
    ]
