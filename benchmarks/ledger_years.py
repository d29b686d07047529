"""Verifies a ledger of years: time and memory, for so many records and for a hundredth of them.

`python -m benchmarks.ledger_years [RECORDS] [URL]`: small records with two parts each, one in ten erased since, and a
rotation of the key half way. They are written many to a transaction, which no command does, so that making them does
not take all day. Without a URL the ledger is a file of SQLite.
"""

from __future__ import annotations

import json
import resource
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy.engine import Connection

from licet.ledger import store as tables
from licet.ledger.canonical import SALT_BYTES, canonical, commitment
from licet.ledger.keys import Signer, make_key
from licet.ledger.ledger import Ledger
from licet.ledger.record import DECISION, ERASURE, Place, Record, make
from licet.ledger.store import Store, open_store
from licet.ledger.verify import verify

RECORDS = 1_000_000
TOGETHER = 10_000  # records of a transaction
ERASED = 10  # one record in so many
SAYS = {
    "engine": "licet 0.1.0, semantics 1", "semantics": "1", "on": "2026-11-27", "outcome": "licence_required",
    "best": "licence_required", "worst": "prohibited", "coverage": "complete", "exit_code": 10,
    "lists": "0" * 64, "law": {"snapshot": "0" * 64, "parties": "0" * 64, "reader": "0" * 64, "kept": "0" * 64},
    "keep": [{"cite": "15 CFR 762.6", "title": "Records of the transaction (5 years)", "until": "2031-11-27"}],
}  # fmt: skip
CASE = canonical({"text": "case: a small one\n" * 10})


def fill(store: Store, signer: Signer, records: int) -> None:
    """So many records behind those that are there."""
    made = 0
    while made < records:
        with store.writing() as connection:
            last = tables.last(connection)
            assert last is not None
            for number in range(min(TOGETHER, records - made)):
                last = _next(connection, last, signer, number)
                made += 1


def _next(connection: Connection, last: Record, signer: Signer, number: int) -> Record:
    """A decision, or the erasure of the record ten before it."""
    says = last.says
    place = Place(says["ledger"], last.number + 1, last.hash, says["at"])
    if number % ERASED != ERASED - 1:
        return _insert(connection, place, signer, DECISION, 0, SAYS, {"by": b'"an analyst"', "inputs": CASE})
    about, names = last.number - ERASED + 2, ["by", "inputs"]
    tables.delete_parts(connection, about, names)
    parts = {"by": b'"an officer"', "reason": b'"time is over"'}
    return _insert(connection, place, signer, ERASURE, about, {"erased": names}, parts)


def _insert(
    connection: Connection, place: Place, signer: Signer, kind: str, about: int, says: dict[str, object],
    parts: dict[str, bytes],
) -> Record:  # fmt: skip
    salted = {name: (secrets.token_bytes(SALT_BYTES), data) for name, data in parts.items()}
    record = make(place, signer, kind, about, says, {name: commitment(*both) for name, both in salted.items()})
    tables.insert(connection, record, salted)
    return record


def look(url: str) -> None:
    """Verify, and tell what it took."""
    start, worked = perf_counter(), process_time()
    found = verify(open_store(url))
    told = {
        "records": found.records, "erased": found.erased, "findings": len(found.findings), "keys": len(found.keys),
        "seconds": perf_counter() - start, "worked": process_time() - worked,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip
    print(json.dumps(told))


def measured(url: str, folder: Path, records: int) -> dict[str, float]:
    """What it takes to verify so many records, in a process of its own."""
    store = open_store(url, create=True)
    ledger = Ledger(store, make_key(folder / f"{records}-1.pem"))
    ledger.start("an officer")
    fill(store, ledger.signer, records // 2)
    ledger.rotate(make_key(folder / f"{records}-2.pem"), "an officer", "half of the time is over")
    fill(store, ledger.signer, records - records // 2)
    store.close()
    words = [sys.executable, "-m", "benchmarks.ledger_years", "look", url]
    found: dict[str, float] = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    assert (found["findings"], found["keys"]) == (0, 2), found
    return found


def main() -> None:
    """Make both ledgers and verify them."""
    if sys.argv[1:2] == ["look"]:
        look(sys.argv[2])
        return
    records = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    with tempfile.TemporaryDirectory() as folder:
        print("| records | of that erasures | time | at work | peak memory |\n|---:|---:|---:|---:|---:|")
        for count in (records // 100, records):
            url = sys.argv[2] if len(sys.argv) > 2 and count == records else f"sqlite:///{folder}/{count}.sqlite3"
            found = measured(url, Path(folder), count)
            spent = f"{found['seconds']:.1f} s | {found['worked']:.1f} s | {found['megabytes']:.0f} MB"
            print(f"| {found['records']:,.0f} | {found['erased']:,.0f} | {spent} |", flush=True)


if __name__ == "__main__":
    main()
