"""Adding to the end of the chain, within one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import Connection

from licet.facts.errors import CaseError
from licet.ledger import store as tables
from licet.ledger.canonical import SALT_BYTES, commitment, digest
from licet.ledger.keys import Signer
from licet.ledger.packed import MOST
from licet.ledger.record import NOTHING, Place, Record, make


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be kept: what the record says for good, the parts that may be erased, and what is kept by its hash."""

    says: dict[str, Any]
    parts: dict[str, bytes] = field(default_factory=dict)
    blobs: Iterable[bytes] = ()


class Adding:
    """Adds records behind the last one (None: to a ledger that begins), under one key.

    Nobody else may write meanwhile. `end` is the place of the next record; its moment is the earliest it can have.
    """

    def __init__(self, connection: Connection, signer: Signer, last: Record | None = None) -> None:
        self.connection, self.signer = connection, signer
        if last is None:
            self.end = Place(secrets.token_hex(16), 1, NOTHING, "")
        else:
            says = last.says
            self.end = Place(says["ledger"], last.number + 1, last.hash, says["at"])

    def add(self, kind: str, about: int, entry: Entry) -> Record:
        """Add a record with what is kept beside it. Raises CaseError where that is more than can be read again."""
        for name, data in entry.parts.items():
            if len(data) > MOST:
                text = f"{name} has {len(data):,} bytes, what is kept beside a record has at most {MOST:,}"
                raise CaseError.one("E_TOO_LARGE", text, hint="give it as several cases")
        salted = {name: (secrets.token_bytes(SALT_BYTES), data) for name, data in entry.parts.items()}
        promised = {name: commitment(*both) for name, both in salted.items()}
        # A clock that was set back must not turn the order of records round.
        at = max(_now(), self.end.at)
        place = Place(self.end.ledger, self.end.number, self.end.before, at)
        record = make(place, self.signer, kind, about, entry.says, promised)
        tables.insert(self.connection, record, salted)
        for data in entry.blobs:
            tables.insert_blob(self.connection, digest(data), data)
        self.end = Place(place.ledger, place.number + 1, record.hash, at)
        return record


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
