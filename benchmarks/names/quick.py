"""`python -m benchmarks.names.quick`: one engine, a minute or less; for tuning, so without what is held out.

`--misses 5` shows so many misses of each kind with what was answered instead, `--alerts 20` so many clean names that
alert with what they alert on, `--styles` alerts by style of name.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.names import chinese, clean, engines, make, measure
from benchmarks.names.lists import CSL, Book, key, read
from benchmarks.names.measure import Run, by

LEVELS = (0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90)


def recalls(run: Run) -> Iterator[str]:
    """Recall by kind."""
    yield f"{'kind':28} {'n':>5} {'@1':>6} {f'@{run.threshold:.2f}':>6}"
    for kind, some in [*by(run.asked, lambda one: one.case.kind).items(), ("all", list(run.asked))]:
        yield f"{kind:28} {len(some):5} {measure.recall_first(some):6.3f} {measure.recall(some, run.threshold):6.3f}"


def levels(run: Run) -> Iterator[str]:
    """Recall, precision and alerts at several thresholds."""
    yield f"{'threshold':28} {'recall':>7} {'precis.':>7} {'alerts in 1,000 clean':>22} {'people':>7} {'firms':>7}"
    groups = by(run.silence, lambda one: one.clean.group)
    for level in sorted({*LEVELS, run.threshold}):
        some = [measure.alerts(groups.get(group, []), level) for group in ("people", "firms")]
        found, right = measure.recall(run.asked, level), measure.precision(run, level)
        every = measure.alerts(run.silence, level)
        yield f"{level:<28.2f} {found:7.3f} {right:7.3f} {every:22.1f} {some[0]:7.1f} {some[1]:7.1f}"


def styles(run: Run) -> Iterator[str]:
    """Alerts of clean names by what they are."""
    for style, some in by(run.silence, lambda one: f"{one.clean.group}, {one.clean.style} {one.clean.script}").items():
        yield f"{style:34} {len(some):5} {measure.alerts(some, run.threshold):7.1f}"


def misses(run: Run, names: dict[str, str], count: int) -> Iterator[str]:
    """Cases whose right entry does not alert or is not first."""
    for kind, some in by(run.asked, lambda one: one.case.kind).items():
        missed = [one for one in some if not (one.first and one.found(run.threshold))]
        yield f"-- {kind}: {len(missed)}"
        for one in missed[:count]:
            right = next((f"{score:.2f}" for entry, score in one.answer if entry in one.case.gold), "none")
            first = f"{names[one.answer[0][0]]} {one.answer[0][1]:.2f}" if one.answer else "nothing"
            yield f"   {one.case.query.name}  <  {one.case.source} [{right}]  first: {first}"


def loud(run: Run, names: dict[str, str], count: int) -> Iterator[str]:
    """Clean names that alert."""
    for one in islice((one for one in run.silence if one.alerts(run.threshold)), count):
        yield f"   {one.clean.query.name}  ({one.clean.style})  {names[one.answer[0][0]]} {one.answer[0][1]:.2f}"


def main() -> None:
    """Measure one engine and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="licet", choices=list(engines.MODULES))
    parser.add_argument("--list", type=Path, default=CSL)
    parser.add_argument("--seed", type=int, default=make.SEED)
    parser.add_argument("--clean", type=int, default=2000)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--alerts", type=int, default=0)
    parser.add_argument("--styles", action="store_true", help="alerts by style of clean name")
    asked = parser.parse_args()
    entries = read(asked.list)
    book = Book(entries)
    cases = make.make(book, asked.seed) + chinese.from_files(book, Random(asked.seed))
    quiet = Random(asked.seed).sample(clean.make(book), asked.clean)
    start = perf_counter()
    engine = engines.load(asked.engine, entries)
    ready = perf_counter() - start
    run = measure.run(engine, cases, quiet)
    names = {key(entry): entry.name for entry in entries}
    print(f"{engine.name}: {len(entries):,} entries, ready in {ready:.1f} s, {run.per_second:,.0f} names a second\n")
    for line in (*recalls(run), "", *levels(run), *(styles(run) if asked.styles else ())):
        print(line)
    for line in (*misses(run, names, asked.misses), *loud(run, names, asked.alerts)):
        print(line)


if __name__ == "__main__":
    main()
