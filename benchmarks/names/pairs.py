"""Labelled pairs of names: our own, checked by hand, and those of another project; and how scorers do on them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from benchmarks.names.lists import DATA
from benchmarks.names.scripts import script_of

OWN = Path(__file__).with_name("pairs.csv")
OTHER = DATA / "names" / "nk_name_bench_cases.csv"
_KINDS = {"organisation": "firm", "Company": "firm", "Organization": "firm", "Person": "person", "Vessel": "vessel"}

Score = Callable[[str, str, str], float]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names of a kind of party (firm, person, vessel, unknown), and whether they are meant to match."""

    name1: str
    name2: str
    match: bool
    kind: str
    category: str

    @property
    def scripts(self) -> str:
        """The scripts of the two, in the order of the alphabet."""
        return " and ".join(sorted({script_of(self.name1), script_of(self.name2)}))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a scorer did: right and wrong matches, missed ones, right refusals."""

    right: int
    wrong: int
    missed: int
    refused: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    @property
    def precision(self) -> float:
        """How many that were called a match are one."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """How many matches were called one."""
        return self.right / max(1, self.right + self.missed)

    @property
    def accuracy(self) -> float:
        """How many were judged rightly, match or not."""
        return (self.right + self.refused) / max(1, self.count)

    @property
    def count(self) -> int:
        """All pairs."""
        return self.right + self.wrong + self.missed + self.refused


def read(path: Path = OWN) -> list[Pair]:
    """The pairs of a file; none where it is absent."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [_pair(row) for row in csv.DictReader(file)]


def _pair(row: dict[str, str]) -> Pair:
    party = row.get("kind") or row["schema"]
    kind = _KINDS.get(party, party if party in {"person", "vessel"} else "unknown")
    category = row.get("case_group") or row["category"]
    return Pair(row["name1"], row["name2"], row["is_match"] == "true", kind, category)


def judge(pairs: Iterable[Pair], score: Score, threshold: float) -> Verdict:
    """A scorer on pairs."""
    called = [(score(pair.name1, pair.name2, pair.kind) >= threshold, pair.match) for pair in pairs]
    counts = [called.count(one) for one in ((True, True), (True, False), (False, True), (False, False))]
    return Verdict(*counts)


def best(pairs: Iterable[Pair], score: Score) -> tuple[float, float]:
    """The threshold with the highest F1, and that F1: how well the scores part the pairs at all."""
    scored = [(score(pair.name1, pair.name2, pair.kind), pair.match) for pair in pairs]
    levels = [level / 100 for level in range(50, 100)]

    def f1(level: float) -> float:
        right = sum(match for value, match in scored if value >= level)
        wrong = sum(not match for value, match in scored if value >= level)
        return 2 * right / max(1, 2 * right + wrong + sum(match for value, match in scored if value < level))

    return max(((level, f1(level)) for level in levels), key=lambda found: found[1], default=(0.0, 0.0))


def scorer(name: str) -> Score:
    """The scorer of an engine: licet, rapidfuzz, logic-v2, name-based."""
    modules = {"licet": "own_pairs", "rapidfuzz": "fuzzy", "logic-v2": "nomen", "name-based": "nomen"}
    found: Score = import_module(f"benchmarks.names.{modules[name]}").scorer(name)
    return found
