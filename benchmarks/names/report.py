"""`python -m benchmarks.names`: measures, prints the tables, and writes them to benchmarks/names/README.md.

`--no-peers` leaves the other engines out; `--fast` asks 1,000 clean names instead of 10,000. Nothing here asserts
a figure or a time.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.names import chinese, clean, curve, engines, labelled, make, measure, pairs, sections, speed
from benchmarks.names.case import Case
from benchmarks.names.engines import Engine, Missing
from benchmarks.names.lists import CSL, Book, read
from benchmarks.names.own import Own
from benchmarks.names.tables import rate, table
from licet.parties.aliases import read_aliases, with_aliases
from licet.parties.entry import Entry
from licet.parties.match.index import Index

HERE = Path(__file__).parent
PICTURE = HERE / "curve.svg"
PEERS = ("rapidfuzz", "logic-v2", "name-based")
SAMPLE = 1000  # clean names that the peers are asked
BULK = {"licet": 6000, "alone": 6000, "rapidfuzz": 256, "logic-v2": 128, "name-based": 256}
HEAD = """# Names: found or missed, and how fast

Made by `python -m benchmarks.names`; ratios carry over to other machines, seconds do not. The list is the US
Consolidated Screening List of 31 Jul 2026 ({entries:,} entries). A case is a listed name changed in a known way; a
clean name stands on no list. How names are changed: [perturb.py](perturb.py); which entries count as right:
[lists.py](lists.py), [make.py](make.py); clean names: [clean.py](clean.py).

Measured on {cores} cores ({machine}), """


class Report:
    """Everything that is measured, in sections."""

    def __init__(self, entries: Sequence[Entry], quiet: int, peers: Sequence[str]) -> None:
        self.book = Book(entries)
        self.cases = self.all_cases(make.SEED)
        every = clean.make(self.book)
        self.clean = Random(make.SEED).sample(every, min(quiet, len(every)))
        self.own = Own(Index.build(with_aliases(entries, read_aliases())))
        self.alone = Own(Index.build(entries), "Licet, list alone")
        self.engines: dict[str, Engine] = {"licet": self.own, "alone": self.alone}
        self.missing: list[str] = []
        for name in peers:
            try:
                self.engines[name] = engines.load(name, entries)
            except Missing as reason:
                self.missing.append(str(reason))
        self.whole = measure.run(self.own, self.cases, self.clean)

    def all_cases(self, seed: int) -> list[Case]:
        """The changed names, and Chinese names that nobody tunes on."""
        return make.make(self.book, seed) + chinese.held_out(self.book, Random(f"{seed}/chinese"))

    def sections(self) -> Iterator[str]:
        """All of it."""
        for part in (self.beside, self.one_engine, self.chinese, self.held_out, self.speed, self.pairs):
            yield from part()

    def beside(self) -> Iterator[str]:
        """Engines side by side."""
        few = self.clean[:SAMPLE]
        runs = [measure.run(engine, self.cases, few) for engine in self.engines.values()]
        queries = [case.query for case in self.cases] + [one.query for one in self.clean]
        ways: dict[str, tuple[speed.Way, int]] = {
            engine.name: (engine.find, BULK[name]) for name, engine in self.engines.items()
        }
        for own in (self.own, self.alone):
            ways[own.name] = (partial(own.index.search_many, threshold=own.threshold), BULK["licet"])
        PICTURE.write_text(curve.draw(runs), encoding="utf-8")
        yield "## Side by side\n"
        kinds = len({case.kind for case in self.cases})
        yield f"{len(self.cases):,} changed names of {kinds} kinds and {len(few)} clean names, in one run."
        yield from ("", *(f"Not installed: {line}.\n" for line in self.missing))
        yield from sections.engines(runs, speed.per_second(ways, queries))
        yield "![Recall against alerts](curve.svg)\n"
        yield "By kind of change: the first hit is right / a right entry is found at the engine's own threshold.\n"
        yield from sections.kinds(runs)

    def one_engine(self) -> Iterator[str]:
        """Licet by threshold, list, script; its alerts."""
        yield f"## Licet by threshold, list and script ({len(self.clean):,} clean names)\n"
        for part in (sections.thresholds, sections.lists, sections.scripts):
            yield from part(self.whole)
        yield "Alerts in 1,000 clean names, by what they are:\n"
        yield from sections.styles(self.whole)
        others = clean.negatives(self.book)
        if others:
            alerts = measure.alerts(measure.run(self.own, [], others).silence, self.own.threshold)
            yield f"{len(others)} ordinary names that another project made: {alerts:.0f} in 1,000 alert.\n"

    def chinese(self) -> Iterator[str]:
        """Official Chinese names, without and with the files of aliases."""
        some = Random(make.SEED)
        kinds = {
            "read elsewhere and checked by hand": chinese.held_out(self.book, some, 1000),
            "of the alias files themselves, a sample": chinese.from_files(self.book, some, 100),
        }
        rows = []
        for name, cases in kinds.items():
            runs = [measure.run(engine, cases, []) for engine in (self.alone, self.own)]
            shares = [(measure.recall_first(run.asked), measure.recall(run.asked, run.threshold)) for run in runs]
            rows.append((name, len(cases), *(rate(share) for pair in shares for share in pair)))
        yield "## Official Chinese names of parties that the US list gives in English or pinyin only\n"
        yield from table(("names", "n", "list alone @1", "found", "with alias files @1", "found"), rows)

    def held_out(self) -> Iterator[str]:
        """The same with a second seed that nobody tunes on."""
        quiet = clean.make(self.book, make.HELD_OUT, len(self.clean))
        run = measure.run(self.own, self.all_cases(make.HELD_OUT), quiet)
        yield f"## Held out: other names, seed {make.HELD_OUT}\n"
        yield from sections.kinds([run])
        yield from sections.thresholds(run)

    def speed(self) -> Iterator[str]:
        """Latency, readiness, memory."""
        one = speed.latency(self.own.index, [case.query for case in self.cases[::4]])
        cold = speed.ready(CSL)
        yield "## One name, and a cold start\n"
        rows = [
            ("one name with its explanation, median", f"{one.median:.1f} ms"),
            ("the same, 95th percentile", f"{one.high:.1f} ms"),
            ("index loaded from disk", f"{cold.load:.2f} s"),
            ("index built anew", f"{cold.build:.1f} s"),
            ("peak memory, list read and index loaded", f"{cold.megabytes:.0f} MB"),
        ]
        yield from table(("", "measured"), rows)

    def pairs(self) -> Iterator[str]:
        """Labelled pairs."""
        scorers: labelled.Scorers = {
            engine.name: (pairs.scorer(name), engine.threshold)
            for name, engine in self.engines.items()
            if engine is not self.alone
        }
        own, other = pairs.read(), pairs.read(pairs.OTHER)
        yield f"## {len(own):,} hard pairs, checked by hand ([pairs.csv](pairs.csv))\n"
        yield from labelled.overview(own, scorers)
        yield from labelled.split(own, scorers, "F1 by script", lambda pair: pair.scripts)
        yield from labelled.split(own, scorers, "judged rightly, by category", lambda pair: pair.category, "accuracy")
        if other:
            yield f"## {len(other)} labelled pairs of nomenklatura's own benchmark\n"
            yield from labelled.overview(other, scorers)
            yield from labelled.split(other, scorers, "F1 by script", lambda pair: pair.scripts)
            yield from labelled.split(other, scorers, "F1 by group", lambda pair: f"{pair.category}, {pair.kind}")


def head(entries: Sequence[Entry]) -> str:
    """What it is, and where it ran."""
    load = ", busy with other work" if os.getloadavg()[0] > 1.5 else ""
    return HEAD.format(entries=len(entries), cores=os.cpu_count(), machine=platform.machine()) + (
        f"Python {platform.python_version()}{load}.\n"
    )


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--fast", action="store_true")
    asked = parser.parse_args()
    if not CSL.is_file():
        print(f"Names are not measured: {CSL.name} (Consolidated Screening List) is not in the folder of test data.")
        return
    entries = read(CSL)
    report = Report(entries, 1000 if asked.fast else clean.COUNT, () if asked.no_peers else PEERS)
    lines = [head(entries)]
    for line in report.sections():
        print(line, flush=True)
        lines.append(line)
    (HERE / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
