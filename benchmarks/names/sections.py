"""The sections of the report on one engine: by kind, list, script and threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from benchmarks.names import measure
from benchmarks.names.measure import Asked, Run, by
from benchmarks.names.scripts import script_of
from benchmarks.names.tables import rate, table

LEVELS = (0.60, 0.65, 0.70, 0.72, 0.74, 0.76, 0.80, 0.85, 0.90, 0.95)
BUDGET = 20.0  # alerts in 1,000 clean names that are borne


def level_for(run: Run, budget: float = BUDGET) -> float:
    """The lowest threshold with no more alerts than the budget."""
    levels = [level / 100 for level in range(50, 101)]
    return next((level for level in levels if measure.alerts(run.silence, level) <= budget), 1.0)


def engines(runs: Sequence[Run], rates: dict[str, float]) -> Iterator[str]:
    """Engines side by side; `rates` are names a second, those of the first engine the measure."""
    own = rates[runs[0].engine]
    rows = []
    for run in runs:
        at, fair = run.threshold, level_for(run)
        speed = rates[run.engine]
        found = (measure.recall_first(run.asked), measure.recall(run.asked, at), measure.precision(run, at))
        ratio = "" if run is runs[0] else f"{own / speed:,.1f} ×"
        alerts = f"{measure.alerts(run.silence, at):.0f}"
        beside = (f"{fair:.2f}", rate(measure.recall(run.asked, fair)))
        shares = map(rate, found[1:])
        rows.append((run.engine, f"{speed:,.0f}", ratio, rate(found[0]), f"{at:.2f}", *shares, alerts, *beside))
    shown = ("engine", "names/s", "Licet is faster by", "recall@1", "its threshold", "recall", "precision")
    fairly = ("alerts per 1,000 clean", f"threshold for ≤ {BUDGET:.0f} alerts", "recall there")
    yield from table((*shown, *fairly), rows)


def kinds(runs: Sequence[Run]) -> Iterator[str]:
    """Recall by kind of change, engines side by side: first hit right / found at the engine's threshold."""
    head = ("change", "n", *(run.engine for run in runs))
    parts = [by(run.asked, lambda one: one.case.kind) for run in runs]
    rows = [
        (kind, len(some), *(_both(part[kind], run) for part, run in zip(parts, runs, strict=True)))
        for kind, some in parts[0].items()
    ]
    yield from table(head, [*rows, ("**all**", len(runs[0].asked), *(_both(run.asked, run) for run in runs))])


def _both(some: Sequence[Asked], run: Run) -> str:
    return f"{measure.recall_first(some):.2f} / {measure.recall(some, run.threshold):.2f}"


def recalls(run: Run, title: str, part: Callable[[Asked], str]) -> Iterator[str]:
    """Recall of one engine by a part of the cases, at several thresholds."""
    head = (title, "n", "@1", *(f"≥ {level:.2f}" for level in LEVELS[:-1]))
    groups = sorted(by(run.asked, part).items(), key=lambda pair: -len(pair[1]))
    rows = [
        (
            name,
            len(some),
            rate(measure.recall_first(some)),
            *(rate(measure.recall(some, level)) for level in LEVELS[:-1]),
        )
        for name, some in groups
    ]
    yield from table(head, rows)


def lists(run: Run) -> Iterator[str]:
    """Recall by list."""
    yield from recalls(run, "list", lambda one: one.case.list)


def scripts(run: Run) -> Iterator[str]:
    """Recall by the script of the query and the kind of party."""
    yield from recalls(run, "script, party", lambda one: f"{script_of(one.case.query.name)}, {one.case.query.kind}")


def thresholds(run: Run) -> Iterator[str]:
    """Recall, precision and alerts at several thresholds."""
    groups = by(run.silence, lambda one: one.clean.group)
    rows = []
    for level in LEVELS:
        few = [f"{measure.alerts(groups.get(group, []), level):.1f}" for group in ("people", "firms")]
        found = rate(measure.recall(run.asked, level)), rate(measure.precision(run, level))
        rows.append((f"{level:.2f}", *found, f"{measure.alerts(run.silence, level):.1f}", *few))
    yield from table(("threshold", "recall", "precision", "alerts per 1,000 clean", "people", "firms"), rows)


def styles(run: Run) -> Iterator[str]:
    """Alerts by what the clean names are."""
    groups = by(run.silence, lambda one: f"{one.clean.group}, {one.clean.style}, {one.clean.script}")
    head = ("clean names", "n", *(f"≥ {level:.2f}" for level in LEVELS))
    rows = [
        (name, len(some), *(f"{measure.alerts(some, level):.0f}" for level in LEVELS))
        for name, some in sorted(groups.items())
    ]
    yield from table(head, rows)
