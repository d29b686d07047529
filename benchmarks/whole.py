"""Whole decisions over all law encoded: a command from a cold start, and warm ones in one process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.timing import Way, repeats, timed
from licet.facts.case import Case, read_case
from licet.facts.yamltext import decode, read_yaml
from licet.logic.decide import Bounds
from licet.services.check import Checker, Options

EXAMPLES = Path(__file__).parents[1] / "examples"
COLD_CASE = EXAMPLES / "h800-to-china.yaml"
COLD_RUNS, WARM_ROUNDS = 15, 5
NO_CASES = ("demo.yaml", "chips.yaml")


# A program is charged with the memory of the process that starts it, so a small one starts the command.
STARTER = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, _, usage = os.wait4(process.pid, 0)
size = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
print(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, size)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Wall and processor seconds and peak megabytes of one command."""

    wall: float
    processor: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Cold:
    """`licet check` with compiled law, at the median; `first` is the run that has to read the law's text."""

    first: Run
    usual: Run


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
        first = _command(home)
        runs = [_command(home) for _ in range(COLD_RUNS)]
    usual = [median(getattr(run, key) for run in runs) for key in ("wall", "processor", "megabytes")]
    return Cold(first, Run(*usual))


def _command(home: str) -> Run:
    program = [str(Path(sys.executable).with_name("licet")), "check", str(COLD_CASE)]
    starter = [sys.executable, "-I", "-c", STARTER, *program]
    env = os.environ | {"LICET_HOME": home}
    done = subprocess.run(starter, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return Run(*map(float, done.stdout.split()))


def warm(checker: Checker) -> list[Warm]:
    """Every example, on the day it names."""
    paths = [path for path in sorted(EXAMPLES.glob("*.yaml")) if path.name not in NO_CASES]
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
