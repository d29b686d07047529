"""Recall, precision and alerts, from what an engine answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

from benchmarks.names.case import Case
from benchmarks.names.clean import Clean
from benchmarks.names.engines import Answer, Engine

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A case and the answer to it."""

    case: Case
    answer: Answer

    @property
    def first(self) -> bool:
        """Whether the first hit is right."""
        return bool(self.answer) and self.answer[0][0] in self.case.gold

    def found(self, threshold: float) -> bool:
        """Whether a right entry is among the hits that alert."""
        return any(entry in self.case.gold and score >= threshold for entry, score in self.answer)


@dataclass(frozen=True, slots=True)
class Silence:
    """A clean name and the answer to it, which should be none."""

    clean: Clean
    answer: Answer

    def alerts(self, threshold: float) -> bool:
        """Whether it alerts."""
        return bool(self.answer) and self.answer[0][1] >= threshold


@dataclass(frozen=True, slots=True)
class Run:
    """All answers of one engine, and names a second over them."""

    engine: str
    threshold: float
    asked: tuple[Asked, ...]
    silence: tuple[Silence, ...]
    per_second: float


def run(engine: Engine, cases: Sequence[Case], clean: Sequence[Clean]) -> Run:
    """Everything asked once, in bulk."""
    queries = [case.query for case in cases] + [name.query for name in clean]
    start = perf_counter()
    answers = engine.find(queries)
    spent = perf_counter() - start
    asked = tuple(map(Asked, cases, answers[: len(cases)]))
    silence = tuple(map(Silence, clean, answers[len(cases) :]))
    return Run(engine.name, engine.threshold, asked, silence, len(queries) / spent)


def share(of: Iterable[bool]) -> float:
    """The share of yes; 0 where there is nothing."""
    some = list(of)
    return sum(some) / len(some) if some else 0.0


def recall_first(asked: Iterable[Asked]) -> float:
    """How often the first hit is right, whatever its score."""
    return share(one.first for one in asked)


def recall(asked: Iterable[Asked], threshold: float) -> float:
    """How often a right entry alerts."""
    return share(one.found(threshold) for one in asked)


def precision(run: Run, threshold: float) -> float:
    """How many of the names that alert do so with the right entry first: perturbed and clean names together."""
    right = [one.first for one in run.asked if one.answer and one.answer[0][1] >= threshold]
    return share(right + [False for one in run.silence if one.alerts(threshold)])


def alerts(silence: Iterable[Silence], threshold: float) -> float:
    """Alerts for a thousand clean names."""
    return 1000 * share(one.alerts(threshold) for one in silence)


def by(some: Iterable[T], part: Callable[[T], str]) -> dict[str, list[T]]:
    """Things in groups, in the order in which the groups come."""
    groups: dict[str, list[T]] = {}
    for one in some:
        groups.setdefault(part(one), []).append(one)
    return groups
