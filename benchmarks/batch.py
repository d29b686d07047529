"""How fast an order book is decided: `python -m benchmarks.batch [LINES] [PROCESSES]`.

Prints one line of a table, with what the figure rests on: provisions, stretches of law, different cases, open lines.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from benchmarks.orders import DAYS, FIRST
from benchmarks.orders import main as write_book
from licet.services.check import Options
from licet.services.home import open_checker
from licet.services.orders.calendar import Calendar
from licet.services.orders.mapping import read_map
from licet.services.orders.run import run
from licet.services.orders.summary import summary
from licet.services.orders.wanted import Wanted


def measure(lines: int, workers: int, distinct: bool = False) -> str:
    """A row of the table."""
    checker = open_checker()
    with tempfile.TemporaryDirectory() as folder:
        book, out = Path(folder) / "orders.csv", Path(folder) / "out.parquet"
        write_book(lines, book, distinct)
        map_file = Path(f"{book}.map.yaml")
        orders = read_map(map_file, checker.law.dictionary)
        wanted = Wanted(book, map_file, out, Options(), workers=workers)
        start = time.perf_counter()
        finished = run(checker, orders, wanted, lambda progress: None)
        spent = time.perf_counter() - start
        said = summary(finished.parts)
    open_lines = sum(count.lines for count in said.outcomes if count.name == "unknown")
    calendar = Calendar(checker.law)
    stretches = calendar.stretch(FIRST + timedelta(days=DAYS)) - calendar.stretch(FIRST) + 1
    used = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    memory = max(resource.getrusage(who).ru_maxrss for who in used) / 1024
    return (
        f"| {lines:,} | {len(checker.law.rules):,} | {stretches} | {finished.progress.evaluated:,} | "
        f"{open_lines / lines:.0%} | {spent:,.0f} s | {lines / spent:,.0f} | {memory:,.0f} MB |"
    )


HEAD = """| lines | provisions | stretches of law | cases worked out | open | time | lines a second | largest process |
|---:|---:|---:|---:|---:|---:|---:|---:|"""


def main(lines: int, workers: int) -> None:
    """Print the table."""
    print(HEAD)
    print(measure(lines, workers))


if __name__ == "__main__":
    words = sys.argv[1:]
    main(int(words[0]) if words else 20_000, int(words[1]) if len(words) > 1 else 2)
