"""Whether a ledger is what it was: records, links, signatures, parts and kept law, and checkpoints given away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from licet.ledger import store as tables
from licet.ledger.canonical import canonical, commitment, digest
from licet.ledger.checkpoint import Checkpoint
from licet.ledger.keys import signed
from licet.ledger.record import ERASURE, KINDS, NOTHING, START, Record
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
    """What was looked at, and what is wrong with it. `key` is the public key that all of it is signed with."""

    ledger: str
    key: str
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
        self.findings: list[Finding] = []
        self.ledger = self.key = self.at = ""
        self.before, self.records = NOTHING, 0
        self.gone: dict[int, set[str]] = {}  # parts that should be there and are not
        self.erased = 0
        self.blobs: dict[str, bool] = {}

    def run(self, checkpoints: list[Checkpoint]) -> Verified:
        asked = {point.number: point for point in checkpoints}
        seen: dict[int, str] = {}
        there = _Parts(tables.part_names(self.connection))
        for record in tables.each(self.connection):
            self.record(record, there.of(record.number))
            if record.number in asked:
                seen[record.number] = record.hash
        for number in there.left():
            self.found(number, "stray", "something is kept beside a record that is not there")
        for number, names in self.gone.items():
            self.found(number, "part", f"gone, and no erasure says so: {', '.join(sorted(names))}")
        for point in checkpoints:
            self.checkpoint(point, seen.get(point.number))
        if not self.records:
            self.found(0, "empty", "there is no record at all")
        return Verified(self.ledger, self.key, self.records, self.erased, len(checkpoints), tuple(self.findings[:MOST]))

    def found(self, number: int, code: str, text: str) -> None:
        self.findings.append(Finding(number, code, text))

    def record(self, record: Record, there: set[str]) -> None:
        """Hold one record against the one before."""
        self.records += 1
        if record.number != self.records:
            self.found(self.records, "missing", f"record {self.records} is missing; the next is {record.number}")
            self.records = record.number
        says = _says(record)
        if digest(record.body.encode("utf-8", "replace")) != record.hash:
            self.found(record.number, "changed", "the record is not what its hash says")
        elif not self.well_formed(record, says):
            self.found(record.number, "malformed", "the record does not say what a record says")
        else:
            self.link(record, says)
            self.parts(record, says, there)
        self.before = record.hash

    def well_formed(self, record: Record, says: dict[str, Any]) -> bool:
        if record.number == 1:
            self.ledger, self.key = str(says.get("ledger")), str(says.get("key"))
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
        if not signed(self.key, record.signature, bytes.fromhex(record.hash)):
            self.found(record.number, "signature", "it is not signed with the key of this ledger")
        if says["at"] < self.at:
            self.found(record.number, "order", "it is older than the record before it")
        self.at = says["at"]

    def parts(self, record: Record, says: dict[str, Any], there: set[str]) -> None:
        promised: dict[str, str] = says["parts"]
        kept = tables.parts(self.connection, record.number) if there else {}
        for name, (salt, data) in kept.items():
            if name not in promised:
                self.found(record.number, "stray", f"{name} is kept beside it, and it says nothing of that")
            elif commitment(salt, data) != promised[name]:
                self.found(record.number, "part", f"{name} is not what was kept")
        if gone := set(promised) - set(kept):
            self.gone[record.number] = gone
        if record.kind == ERASURE:
            left = self.gone.pop(record.about, set()) - set(says.get("erased", ()))
            self.erased += 1
            if left:
                self.gone[record.about] = left
        for name in says.get("blobs", ()):
            if name not in self.blobs:
                law = tables.blob(self.connection, name)
                self.blobs[name] = law is not None and digest(law) == name
            if not self.blobs[name]:
                self.found(record.number, "law", f"the law it was decided by is gone or changed ({name[:12]})")

    def checkpoint(self, point: Checkpoint, found: str | None) -> None:
        if point.ledger != self.ledger or point.key != self.key:
            self.found(0, "checkpoint", f"the checkpoint of {point.at} is one of another ledger or key")
        elif found is None:
            self.found(point.number, "checkpoint", f"the checkpoint of {point.at} names a record that is not there")
        elif found != point.hash:
            self.found(point.number, "checkpoint", f"the record is another than at the checkpoint of {point.at}")


def _says(record: Record) -> dict[str, Any]:
    """The body as data; nothing where it is not the canonical text of what it says."""
    try:
        says = record.says
        return says if isinstance(says, dict) and canonical(says).decode() == record.body else {}
    except (ValueError, RecursionError):
        return {}


class _Parts:
    """Names of parts by record, read once beside the records, both in their order."""

    def __init__(self, rows: Iterator[tuple[int, str]]) -> None:
        self.by_record: dict[int, set[str]] = {}
        for number, name in rows:
            self.by_record.setdefault(number, set()).add(name)

    def of(self, number: int) -> set[str]:
        return self.by_record.pop(number, set())

    def left(self) -> list[int]:
        return sorted(self.by_record)
