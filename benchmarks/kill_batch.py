"""Kills a run over an order book at random moments and lets it go on, until it is done; then compares the results.

`python -m benchmarks.kill_batch [KILLS] [LINES] [SEED]`: every result has to equal that of a run nobody disturbed, byte
for byte. Each run is a process of its own, killed with SIGKILL; it is a copy of this one, which has read the law.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from benchmarks import orders
from licet.services.check import Checker, Options
from licet.services.home import open_checker
from licet.services.orders.changes import Changes
from licet.services.orders.mapping import read_map
from licet.services.orders.run import deliver, run
from licet.services.orders.wanted import Wanted

PART = 3  # lines


def once(checker: Checker, book: Path, out: Path) -> None:
    """Decide the book, or what is left of it."""
    map_file = Path(f"{book}.map.yaml")
    wanted = Wanted(book, map_file, out, Options(), part=PART)
    finished = run(checker, read_map(map_file, checker.law.dictionary), wanted, lambda progress: None)
    deliver(finished, out, out.suffix[1:])


def apart(checker: Checker, book: Path, out: Path) -> int:
    """Begin a run in a process of its own; its id."""
    child = os.fork()
    if child:
        return child
    try:
        once(checker, book, out)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def kill(checker: Checker, book: Path, folder: Path, kills: int, chance: random.Random) -> Iterator[tuple[Path, int]]:
    """Results of runs that were killed, each with how often, until so many kills are spent."""
    began = time.monotonic()
    os.waitpid(apart(checker, book, folder / "first.csv"), 0)
    takes, number = time.monotonic() - began, 0
    while kills > 0:
        number += 1
        out, killed = folder / f"killed-{number}.csv", 0
        while True:
            child = apart(checker, book, out)
            time.sleep(chance.uniform(0, takes) if kills > 0 else 0)
            if kills > 0:
                os.kill(child, signal.SIGKILL)  # of one that is done already, nothing comes of it
            _, status = os.waitpid(child, 0)
            if not os.WIFSIGNALED(status):
                if status:
                    raise RuntimeError(f"run {number} failed after {killed} kills")
                break
            kills, killed = kills - 1, killed + 1
        yield out, killed


def main(kills: int, lines: int, seed: int) -> None:
    """Kill, compare and tell."""
    checker = open_checker()
    Changes(checker.law)  # what is read of the law when first needed is then read for all copies
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        book = folder / "book.csv"
        orders.main(lines, book, distinct=False)
        spent = whole = 0
        for out, killed in kill(checker, book, folder, kills, random.Random(seed)):
            if out.read_bytes() != (folder / "first.csv").read_bytes() or Path(f"{out}.parts").exists():
                raise SystemExit(f"{out.name} differs after {killed} kills")
            spent, whole = spent + killed, whole + 1
        print(f"{spent} kills, {whole} results, all as undisturbed")


if __name__ == "__main__":
    main(*(int(word) for word in (*sys.argv[1:], *("100", "30", "1")[len(sys.argv) - 1 :])))
