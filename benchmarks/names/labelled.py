"""The section of the report on labelled pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from benchmarks.names.measure import by
from benchmarks.names.pairs import Pair, Score, best, judge
from benchmarks.names.tables import rate, table

Scorers = dict[str, tuple[Score, float]]


def overview(pairs: Sequence[Pair], scorers: Scorers) -> Iterator[str]:
    """Each scorer at its threshold, and at the one that suits it best."""
    rows = []
    for name, (score, threshold) in scorers.items():
        found, (level, highest) = judge(pairs, score, threshold), best(pairs, score)
        figures = map(rate, (found.f1, found.precision, found.recall))
        rows.append((name, f"{threshold:.2f}", *figures, f"{level:.2f}", rate(highest)))
    yield from table(("scorer", "threshold", "F1", "precision", "recall", "best threshold", "F1 there"), rows)


def split(
    pairs: Sequence[Pair], scorers: Scorers, title: str, part: Callable[[Pair], str], figure: str = "f1"
) -> Iterator[str]:
    """F1 of each scorer by a part of the pairs, or another figure of its verdict."""
    rows = []
    for name, some in sorted(by(pairs, part).items(), key=lambda pair: -len(pair[1])):
        verdicts = [judge(some, score, threshold) for score, threshold in scorers.values()]
        rows.append(
            (name, len(some), sum(pair.match for pair in some), *(rate(getattr(one, figure)) for one in verdicts))
        )
    yield from table((title, "pairs", "matches", *scorers), rows)
