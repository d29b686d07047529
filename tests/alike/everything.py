"""All cases of the tests beside the law in both ways: `python -m tests.alike.everything [PROCESSES] [DAY]`.

Cases of one day are decided one after the other, so that the law of a day is compiled once; DAY is the first day, where
a run was stopped. All of them take two processes about an hour.
"""

from __future__ import annotations

import sys
from datetime import date
from multiprocessing import get_context
from time import perf_counter

from licet.facts.case import Case
from licet.services.home import open_checker
from tests.alike.cases import cases
from tests.alike.same import Compared, Same

SIZE = 2_000  # cases decided together

Named = tuple[str, Case, date]


def share(number: int, of: int, first: date) -> Compared:
    """Compare the cases of the days that are one process's own."""
    checker, found = open_checker(), Compared()
    every: list[Named] = [(name, case, day) for _, name, case, day in cases(checker.law) if day >= first]
    every.sort(key=lambda named: named[2])
    own = every[len(every) * number // of : len(every) * (number + 1) // of]
    same, began = Same(checker), perf_counter()
    for start in range(0, len(own), SIZE):
        same.compare(own[start : start + SIZE], found)
        told = f"{found.cases:,} of {len(own):,} cases, {found.together:,} decided together"
        print(f"[{number + 1}/{of}] {told}, {len(found.differ)} differ, {perf_counter() - began:.0f} s", end="")
        print(f", next {own[min(start + SIZE, len(own) - 1)][2]}", flush=True)
    return found


def main(processes: int = 2, first: date = date.min) -> int:
    """Compare them all; 1 where any differ."""
    with get_context("spawn").Pool(processes) as pool:
        shares = pool.starmap(share, [(number, processes, first) for number in range(processes)], chunksize=1)
    differ = [text for found in shares for text in found.differ]
    cases, together = sum(found.cases for found in shares), sum(found.together for found in shares)
    print(f"{cases:,} cases, {together:,} decided together")
    print("\n".join([f"{len(differ)} differ", *differ[:20]]))
    return 1 if differ else 0


if __name__ == "__main__":
    processes, first = [*sys.argv[1:], "", ""][:2]
    sys.exit(main(int(processes or 2), date.fromisoformat(first) if first else date.min))
