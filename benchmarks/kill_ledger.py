"""Kills a process that keeps decisions at random moments; what it was told is kept has to be there, and verify.

`python -m benchmarks.kill_ledger [WRITES] [SEED] [URL]`: processes write until so many records are acknowledged, each
killed with SIGKILL after a random few. Without a URL the ledger is a file of SQLite.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from licet.ledger import store as tables
from licet.ledger.adding import Entry
from licet.ledger.keys import Signer, make_key, read_key
from licet.ledger.ledger import Ledger
from licet.ledger.store import Store, open_store
from licet.ledger.verify import verify

SIZE = 40_000  # bytes of an answer with its proof


def write(url: str, key: Path) -> None:
    """Keep records for ever; the number of each is told when it is kept."""
    ledger = Ledger(open_store(url), read_key(key))
    while True:
        record = ledger.keep(Entry({"outcome": "unknown"}, {"answer": b"x" * SIZE, "by": b'"x"'}))
        print(record.number, flush=True)


def killed(url: str, key: Path, after: int) -> list[int]:
    """The records that a process told of until it was killed, which is after it told of so many."""
    words = [sys.executable, "-m", "benchmarks.kill_ledger", "write", url, str(key)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = [int(process.stdout.readline()) for _ in range(after)]
        process.kill()
        found += [int(line) for line in process.stdout if line.endswith("\n")]
    return found


def kill(url: str, folder: Path, writes: int, seed: int) -> tuple[Store, int, int]:
    """The ledger afterwards, how many records were acknowledged and how many processes were killed."""
    chance, key, store = random.Random(seed), folder / "key.pem", open_store(url, create=True)
    signer: Signer = make_key(key)
    Ledger(store, signer).start("x")
    told: list[int] = []
    kills = 0
    while len(told) < writes:
        told += killed(url, key, chance.randrange(1, 12))
        kills += 1
    with store.reading() as connection:
        there = {record.number: len(tables.parts(connection, record.number)) for record in tables.each(connection)}
    assert all(there.get(number) == 2 for number in told), "what was told to be kept is not there"
    return store, len(told), kills


def main() -> None:
    """Write, kill, verify."""
    writes, seed = (
        int(word) if word else default for word, default in zip([*sys.argv[1:3], "", ""], (200, 1), strict=False)
    )
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[3] if len(sys.argv) > 3 else f"sqlite:///{folder}/ledger.sqlite3"
        store, told, kills = kill(url, Path(folder), writes, seed)
        found = verify(store)
        print(f"{kills} kills, {told} acknowledged, {found.records - 1} kept, {len(found.findings)} findings")
        sys.exit(bool(found.findings))


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
