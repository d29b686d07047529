"""Whether a ledger is what it was: records, links, signatures, parts and kept law, and checkpoints given away.

Records and parts are read once, side by side, and a few of them are in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from licet.ledger import store as tables
from licet.ledger.canonical import canonical, commitment, digest
from licet.ledger.checkpoint import Checkpoint
from licet.ledger.keys import signed
from licet.ledger.ledger import takes_over
from licet.ledger.record import ERASURE, KINDS, NOTHING, ROTATION, START, Record
from licet.ledger.store import Store

MOST = 100  # findings that are told; one change at the beginning breaks all that follows


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was kept. `number` is the record, 0 for the ledger as a whole."""

    number: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what is wrong with it.

    `keys` are the public keys that signed it, one after the other; `key` is the one that signs now.
    """

    ledger: str
    key: str
    keys: tuple[str, ...]
    records: int
    erased: int
    checkpoints: int
    findings: tuple[Finding, ...]


def verify(store: Store, checkpoints: Iterable[Checkpoint] = ()) -> Verified:
    """Look at the whole ledger, and hold it against checkpoints. Raises CaseError where it cannot be read."""
    with store.reading() as connection:
        return _Verifier(connection).run([*checkpoints])


class _Verifier:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.parts = _Parts(tables.each_part(connection))
        self.findings: list[Finding] = []
        self.ledger = self.key = self.at = ""
        self.keys: list[str] = []
        self.before, self.records = NOTHING, 0
        self.erased = 0
        self.blobs: dict[str, bool] = {}

    def run(self, checkpoints: list[Checkpoint]) -> Verified:
        asked = {point.number for point in checkpoints}
        seen: dict[int, tuple[str, str]] = {}  # hash, and the key that signs from then on
        for record in tables.each(self.connection):
            self.record(record)
            if record.number in asked:
                seen[record.number] = record.hash, self.key
        self.strays(None)
        for point in checkpoints:
            self.checkpoint(point, seen.get(point.number))
        if not self.records:
            self.found(0, "empty", "there is no record at all")
        return Verified(
            self.ledger, self.key, tuple(self.keys), self.records, self.erased, len(checkpoints), tuple(self.findings)
        )

    def found(self, number: int, code: str, text: str) -> None:
        if len(self.findings) < MOST:
            self.findings.append(Finding(number, code, text))

    def record(self, record: Record) -> None:
        """Hold one record against the one before."""
        self.records += 1
        if record.number != self.records:
            self.found(self.records, "missing", f"record {self.records} is missing; the next is {record.number}")
            self.records = record.number
        self.strays(record.number)
        there = self.parts.of(record.number)
        says = _says(record)
        if digest(record.body.encode("utf-8", "replace")) != record.hash:
            self.found(record.number, "changed", "the record is not what its hash says")
        elif (form := str(says.get("schema"))).startswith("licet.ledger/") and form not in KINDS:
            self.found(record.number, "form", f"its form, {form}, is of a later version of Licet: verify with that")
        elif not self.well_formed(record, says):
            self.found(record.number, "malformed", "the record does not say what a record says")
        else:
            self.link(record, says)
            self.hold_parts(record, says, there)
            self.hold_law(record, says)
            self.erased += record.kind == ERASURE
        self.before = record.hash
        self.parts.skip(record.number)

    def well_formed(self, record: Record, says: dict[str, Any]) -> bool:
        if record.number == 1:
            self.ledger, self.key = str(says.get("ledger")), str(says.get("key"))
            self.keys.append(self.key)
        head = {"ledger": self.ledger, "number": record.number, "kind": record.kind}
        return (
            {key: says.get(key) for key in head} == head
            and says.get("about") == record.about
            and (
                record.kind in KINDS.get(str(says.get("schema")), ()) and (record.kind == START) == (record.number == 1)
            )
            and isinstance(says.get("parts"), dict)
            and isinstance(says.get("at"), str)
        )

    def link(self, record: Record, says: dict[str, Any]) -> None:
        if says["before"] != self.before:
            self.found(record.number, "link", "it does not follow the record before it")
        genuine = signed(self.key, record.signature, bytes.fromhex(record.hash))
        if not genuine:
            self.found(record.number, "signature", "it is not signed with the key of this ledger")
        if says["at"] < self.at:
            self.found(record.number, "order", "it is older than the record before it")
        self.at = says["at"]
        if record.kind == ROTATION and genuine:
            self.rotation(record, says)

    def rotation(self, record: Record, says: dict[str, Any]) -> None:
        """From here on another key signs, where the old one says so and the new one agrees."""
        key, owns = str(says.get("key")), str(says.get("owns"))
        if says.get("was") != self.key or not signed(key, owns, takes_over(self.ledger, self.before, key)):
            self.found(record.number, "key", "the key that it names has not signed that it takes over")
            return
        self.key = key
        self.keys.append(key)

    def hold_parts(self, record: Record, says: dict[str, Any], there: Iterator[tuple[str, bytes, bytes]]) -> None:
        promised: dict[str, str] = says["parts"]
        missing = set(promised)
        for name, salt, data in there:
            missing.discard(name)
            if name not in promised:
                self.found(record.number, "stray", f"{name} is kept beside it, and it says nothing of that")
            elif commitment(salt, data) != promised[name]:
                self.found(record.number, "part", f"{name} is not what was kept")
        if missing:
            missing -= self.erased_of(record.number)
        if missing:
            self.found(record.number, "part", f"gone, and no erasure says so: {', '.join(sorted(missing))}")

    def erased_of(self, number: int) -> set[str]:
        """What later records say was erased of a record; whether these are genuine is seen when their turn comes."""
        after = tables.about(self.connection, number)
        erasures = (record for record in after if record.kind == ERASURE and record.number > number)
        return {str(name) for record in erasures for name in _says(record).get("erased", ())}

    def hold_law(self, record: Record, says: dict[str, Any]) -> None:
        for name in says.get("blobs", ()):
            if name not in self.blobs:
                law = tables.blob(self.connection, name)
                self.blobs[name] = law is not None and digest(law) == name
            if not self.blobs[name]:
                self.found(record.number, "law", f"the law it was decided by is gone or changed ({name[:12]})")

    def strays(self, number: int | None) -> None:
        """Tell of parts beside records before this one that are not there."""
        for stray in self.parts.before(number):
            self.found(stray, "stray", "something is kept beside a record that is not there")

    def checkpoint(self, point: Checkpoint, found: tuple[str, str] | None) -> None:
        if point.ledger != self.ledger or point.key not in self.keys:
            self.found(0, "checkpoint", f"the checkpoint of {point.at} is one of another ledger or key")
        elif found is None:
            self.found(point.number, "checkpoint", f"the checkpoint of {point.at} names a record that is not there")
        elif found[0] != point.hash:
            self.found(point.number, "checkpoint", f"the record is another than at the checkpoint of {point.at}")
        elif found[1] != point.key:
            self.found(
                point.number, "checkpoint", f"the checkpoint of {point.at} is signed with the key of another time"
            )


def _says(record: Record) -> dict[str, Any]:
    """The body as data; nothing where it is not the canonical text of what it says."""
    try:
        says = record.says
        return says if isinstance(says, dict) and canonical(says).decode() == record.body else {}
    except (ValueError, RecursionError):
        return {}


class _Parts:
    """Parts read once beside the records, both in their order."""

    def __init__(self, rows: Iterator[tuple[int, str, bytes, bytes]]) -> None:
        self.rows = rows
        self.next = next(rows, None)

    def of(self, number: int) -> Iterator[tuple[str, bytes, bytes]]:
        """Name, salt and data of each part of a record."""
        while self.next is not None and self.next[0] == number:
            _, name, salt, data = self.next
            self.next = next(self.rows, None)
            yield name, salt, data

    def skip(self, number: int) -> None:
        """Pass over what was not looked at of a record."""
        for _ in self.of(number):
            pass

    def before(self, number: int | None) -> Iterator[int]:
        """The records before this one (None: all that are left) whose parts were not asked for, each once."""
        told = None
        while self.next is not None and (number is None or self.next[0] < number):
            if self.next[0] != told:
                told = self.next[0]
                yield told
            self.next = next(self.rows, None)
