"""Timing several ways of doing the same thing: interleaved rounds, and the median of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import process_time

SLICE = 0.15  # seconds that one way gets in one round
Way = Callable[[], object]


def repeats(way: Way) -> int:
    """How often a way fits into its slice."""
    count = 1
    while (spent := timed(way, count)) < SLICE / 4:
        count *= 4
    return max(1, round(count * SLICE / spent))


def timed(way: Way, count: int) -> float:
    """Processor seconds for doing it `count` times: another program on the same machine does not count."""
    start = process_time()
    for _ in range(count):
        way()
    return process_time() - start


def interleaved(ways: Mapping[str, Way], rounds: int = 9) -> dict[str, float]:
    """Processor seconds for doing each way once, the median over rounds in which every way has its turn."""
    counts = {name: repeats(way) for name, way in ways.items()}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            seconds[name].append(timed(way, counts[name]) / counts[name])
    return {name: median(found) for name, found in seconds.items()}
