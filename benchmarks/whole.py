"""Whole decisions over all law encoded: a command from a cold start, and warm ones in one process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.timing import Way, repeats, timed
from licet.facts.case import Case, read_case
from licet.facts.yamltext import decode, read_yaml
from licet.logic.decide import Bounds
from licet.services.check import Checker, Options

EXAMPLES = Path(__file__).parents[1] / "examples"
COLD_CASE = EXAMPLES / "h800-to-china.yaml"
COLD_RUNS, WARM_ROUNDS = 15, 5


@dataclass(frozen=True, slots=True)
class Cold:
    """Seconds and peak megabytes of `licet check`; `first` is the run that has to read the law's text."""

    first: float
    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Warm:
    """Milliseconds for one example: bounds and questions, the whole answer, the answer with its full proof."""

    name: str
    bounds: float
    answer: float
    proof: float


def cold() -> Cold:
    """`licet check` as a command of its own, again and again."""
    with tempfile.TemporaryDirectory() as home:
        first, _ = _command(home)
        runs = [_command(home) for _ in range(COLD_RUNS)]
    return Cold(first, median(seconds for seconds, _ in runs), median(size for _, size in runs))


def _command(home: str) -> tuple[float, float]:
    """Seconds and megabytes of one run."""
    program = [Path(sys.executable).with_name("licet"), "check", COLD_CASE]
    start = perf_counter()
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, env=os.environ | {"LICET_HOME": home}) as process:
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return perf_counter() - start, kilobytes / 1024


def warm(checker: Checker) -> list[Warm]:
    """Every example, on the day it names."""
    paths = [path for path in sorted(EXAMPLES.glob("*.yaml")) if path.name != "demo.yaml"]
    return [_warm(checker, path) for path in paths]


def _warm(checker: Checker, path: Path) -> Warm:
    case = read_case(read_yaml(decode(path.read_bytes(), path.name), path.name), checker.law.dictionary)
    ways: list[Way] = [
        lambda: bounds_and_questions(checker, case),
        lambda: checker.check(case, Options()),
        lambda: checker.check(case, Options(proof=True)),
    ]
    return Warm(path.stem, *(milliseconds(way) for way in ways))


def bounds_and_questions(checker: Checker, case: Case) -> None:
    """What batch and interview need: the bounds of every line and the facts still open."""
    decider, _ = checker.prepare(case)
    lines = checker.lines(case, decider)
    overall = Bounds()
    for line in lines:
        overall = overall.join(line.overall())
    for line in lines:
        decider.open_facts(line, overall.best)


def milliseconds(way: Way) -> float:
    """The median over some rounds."""
    count = repeats(way)
    return 1000 * median(timed(way, count) / count for _ in range(WARM_ROUNDS))
