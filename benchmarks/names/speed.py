"""Names a second in bulk, milliseconds for one, seconds to be ready, memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from licet.parties.match.hit import DEFAULT_THRESHOLD, Query
from licet.parties.match.index import Index

ROUNDS = 3
Way = Callable[[Sequence[Query]], object]
# A program is charged with the memory of the process that starts it, so a small one starts the command.
STARTER = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds for one name with its reasons."""

    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Ready:
    """A process of its own: seconds to read the list, to build its index, to load it from disk; peak megabytes."""

    entries: float
    build: float
    load: float
    megabytes: float


def per_second(ways: Mapping[str, tuple[Way, int]], names: Sequence[Query]) -> dict[str, float]:
    """Names a second of each way in turn, the best of some rounds: another program on the machine only slows.

    A way comes with the number of names it is given: enough to be busy for a second or more.
    """
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, (way, count) in ways.items():
            start = perf_counter()
            way(names[:count])
            found[name].append(len(names[:count]) / (perf_counter() - start))
    return {name: max(rates) for name, rates in found.items()}


def latency(index: Index, names: Sequence[Query]) -> Latency:
    """One name after the other, each with its explanation."""
    spent = []
    for query in names:
        start = perf_counter()
        index.search(query, threshold=DEFAULT_THRESHOLD)
        spent.append(1000 * (perf_counter() - start))
    return Latency(median(spent), quantiles(spent, n=20)[-1])


def ready(path: Path) -> Ready:
    """The index over a list, built and kept by one process, loaded by another."""
    with TemporaryDirectory() as folder:
        first, second = (_cold(path, folder) for _ in range(2))
    return Ready(second[0], first[1], second[1], second[2])


def _cold(path: Path, folder: str) -> list[float]:
    command = [sys.executable, "-c", STARTER, sys.executable, "-m", "benchmarks.names.cold", str(path), folder]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, env=dict(os.environ), stdout=subprocess.PIPE, text=True, check=True)
    return [float(number) for number in done.stdout.split()]
