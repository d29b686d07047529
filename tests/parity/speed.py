"""How many lines a second the SQL decides, beside the scalar evaluator: `python -m tests.parity.speed [lines] [day]`.

A synthetic batch: items and parties of two pools, combined at random on routes of their own.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TypeVar

from tests.parity.generate import Maker

from licet.batch.load import load
from licet.batch.plan import compile_plan
from licet.batch.run import Batch
from licet.facts.case import Case
from licet.facts.elements import Element, line
from licet.logic.decide import Decider
from licet.rules.corpus import read_law_with_problems
from licet.rules.snapshot import Snapshot, snapshot
from licet.services.home import law_root

Result = TypeVar("Result")
POOL = 2000


def batch_cases(law: Snapshot, count: int) -> Iterator[Case]:
    """Cases of one item and two parties each."""
    maker, seed = Maker(law, 1), random.Random(1)
    items = [maker.item({}, 0.7, 0) for _ in range(POOL)]
    parties = [maker.party({}, 0.7, 2) for _ in range(POOL)]
    routes = [maker.element("case", {}, 0.8) for _ in range(POOL)]
    for _ in range(count):
        root = Element(dict(seed.choice(routes).facts))
        root.facts["case.on"] = (law.day.toordinal(),) * 2
        root.add("parties", seed.sample(parties, 2), seed.choice([True, True, None]))
        root.add("held", [], True)
        yield Case("", law.day, None, root, [seed.choice(items)])


def timed(what: str, lines: int, act: Callable[[], Result]) -> Result:
    """Runs a step and prints its pace."""
    start = time.perf_counter()
    result = act()
    seconds = time.perf_counter() - start
    print(f"{what:<34} {seconds:8.2f} s {lines / seconds:12,.0f} lines/s")
    return result


def scalar(law: Snapshot, cases: list[Case]) -> None:
    """Bounds and questions of each case, one by one."""
    decider = Decider(law)
    for case in cases:
        root = line(case.root, case.items[0])
        found = decider.decide(root, case.items[0])
        decider.open_facts(found, found.overall().best)


def layered(law: Snapshot, cases: list[Case], questions: bool) -> None:
    """The steps of a batch."""
    count = len(cases)
    plan = timed("compile", count, partial(compile_plan, law, questions=questions))
    loader = timed("rows from cases", count, partial(load, cases, plan))
    batch = Batch(plan)
    timed("tables", count, partial(batch.load, loader))
    timed("decide in SQL", count, batch.run)
    assert len(timed("answers as objects", count, lambda: list(batch.answers()))) == count


def main(count: int, day: date) -> None:
    """Prints the pace of each step."""
    law = snapshot(read_law_with_problems(law_root())[0], day)
    cases = list(batch_cases(law, count))
    print(f"{count:,} lines on {day}, {len(law.rules)} rules")
    for questions in (True, False):
        print("with questions" if questions else "without questions")
        layered(law, cases, questions)
    few = cases[: min(500, count)]
    timed(f"scalar, {len(few)} of them", len(few), lambda: scalar(law, few))


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 100_000,
        date.fromisoformat(sys.argv[2] if len(sys.argv) > 2 else "2023-11-20"),
    )
