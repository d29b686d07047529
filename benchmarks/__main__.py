"""`make bench`: measures, prints the tables, and writes them to benchmarks/README.md. Nothing here asserts a time."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import fisca, peers, table
from benchmarks.chips import CHIPS, licet
from benchmarks.timing import interleaved
from benchmarks.whole import Cold, Warm, cold, warm
from licet.services.check import Checker
from licet.services.home import open_checker

README = Path(__file__).with_name("README.md")
OWN, OWN_UNKNOWN = "**Licet**", "**Licet**, one fact in nine not known"
BOOKS = "## A whole order book"  # from here on the file is kept: these figures take longer, and are made one by one
INTRODUCTION = """# Benchmarks

Made by `make bench`; ratios carry over to other machines, seconds do not.
"""


def per_decision(checker: Checker) -> Iterator[str]:
    """3A090.a and .b in every engine, held against each other before they are timed."""
    own = licet(checker.law)
    others = [peers.zen_expression(), peers.zen_decision(), peers.cel(), peers.rules(), fisca.situations()]
    for other in (*others, fisca.vectorised(CHIPS)):
        assert other.answers() == own.answers(), f"{other.name} decides otherwise"
    ways = {OWN: own.decide, OWN_UNKNOWN: own.decide_half_known} | {other.name: other.decide for other in others}
    seconds = {name: spent / len(CHIPS) for name, spent in interleaved(ways).items()}
    yield "## One decision: is this chip described by 3A090.a, by 3A090.b? (text of November 2023)\n"
    yield f"{len(CHIPS)} chips around every threshold; all engines agree on all of them. Median of interleaved rounds."
    yield "Licet tells three values and works with exact numbers; the others tell two, with floats.\n"
    yield "| engine | decisions a second | Licet is faster by |"
    yield "|---|---:|---:|"
    for name, spent in sorted(seconds.items(), key=lambda pair: pair[1]):
        ratio = "" if name in (OWN, OWN_UNKNOWN) else f"{spent / seconds[OWN]:.2f} ×"
        yield f"| {name} | {1 / spent:,.0f} | {ratio} |"
    yield ""


def whole(checker: Checker) -> Iterator[str]:
    """Warm decisions over all law encoded."""
    found = warm(checker)
    rules = len(checker.law.rules)
    yield f"## A warm decision over all law encoded ({rules} provisions)\n"
    yield "| case | bounds and questions | answer | answer with full proof |"
    yield "|---|---:|---:|---:|"
    middle = [median(getattr(row, key) for row in found) for key in ("bounds", "answer", "proof")]
    for row in (*found, Warm("**median**", *middle)):
        yield f"| {row.name} | {row.bounds:.2f} ms | {row.answer:.1f} ms | {row.proof:.1f} ms |"
    yield "\nAimed at: 2 ms for bounds and questions, 5 ms for the answer, 15 ms with the full proof, at the median.\n"


def start(found: Cold) -> Iterator[str]:
    """`licet check` from a cold start."""
    yield "## `licet check` from a cold start\n"
    yield "| | measured | aimed at |"
    yield "|---|---:|---:|"
    yield f"| wall | {found.usual.wall:.2f} s | 0.7 s |"
    yield f"| of that at work (the rest is waiting for a processor) | {found.usual.processor:.2f} s | |"
    yield f"| peak memory | {found.usual.megabytes:.0f} MB | 120 MB |"
    yield f"| wall, the first time after a change of the law | {found.first.wall:.2f} s | |\n"


def machine() -> str:
    """The machine in one line."""
    load = ", busy with other work" if os.getloadavg()[0] > 1.5 else ""
    return f"Measured on {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}{load}.\n"


def main() -> None:
    """Measure and write."""
    checker, about = open_checker(), machine()
    lines = [INTRODUCTION, about]
    for section in (start(cold()), whole(checker), per_decision(checker), table.section(checker.law)):
        for line in section:
            print(line, flush=True)
            lines.append(line)
    _, mark, kept = README.read_text(encoding="utf-8").partition(BOOKS)
    README.write_text("\n".join(lines) + f"\n{mark}{kept}", encoding="utf-8")


if __name__ == "__main__":
    main()
