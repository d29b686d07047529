"""The same test over a table of chips at once: Licet's arrays, plain numpy, and OpenFisca in one simulation.

`python -m benchmarks.table` prints the section; `make bench` runs it with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import numpy as np

from benchmarks import fisca
from benchmarks.chips import CHIPS, DAY, A, B, Chip, element
from benchmarks.peers import cel, rules, zen_expression
from benchmarks.timing import Way, interleaved
from licet.facts.elements import Element
from licet.logic.alike.elements import Elements
from licet.logic.alike.laws import Laws, Lines
from licet.logic.alike.values import Kept, Values
from licet.logic.carried import Dependents
from licet.logic.decide import Decider
from licet.rules.law import Law
from licet.rules.snapshot import snapshot
from licet.services.home import open_checker
from licet.services.orders.alike import shared

TIMES = 800
BOOKS, CHIPS_SOLD = (1_000_000, 10_000_000), 5_000  # lines of order books, and what they are of
FEW = 2_520  # chips for engines that decide one after the other
ONE_BY_ONE = ("zen", "cel", "rules")
COLUMNS = {
    "licet": "Licet's arrays", "unknown": "one fact in nine not known", "numpy": "numpy", "fisca": "OpenFisca",
    "zen": "zen-engine", "cel": "cel-python", "rules": "rule-engine",
}  # fmt: skip
UNKNOWN_EVERY = 9  # facts
ANSWER = {0: False, 1: None, 2: True}


class Table:
    """Chips as rows of elements, and the two paragraphs asked of all of them."""

    def __init__(self, law: Law, chips: Sequence[Element]) -> None:
        self.elements = Elements(shared(law), lambda fact: True, lambda fact, value, element: None)
        root = self.elements.case(Element({}), ())
        items = np.array([self.elements.item(chip, ()) for chip in chips], np.int64)
        self.laws = Laws([Decider(snapshot(law, DAY))], Dependents(law))
        self.lines = Lines(self.elements, np.full(len(chips), root, np.int64), items, [len(chips)])
        self.distinct = len(np.unique(items))

    def decide(self) -> tuple[Any, Any]:
        """Both paragraphs for every chip; nothing is kept from one time to the next."""
        values = Values(self.laws, self.elements, self.lines, Kept())
        return values.over(A), values.over(B)


def plain(chips: Sequence[Chip]) -> Way:
    """The test in numpy, two-valued and with floats."""
    columns = zip(*((chip.tpp, chip.density, chip.datacenter) for chip in chips), strict=True)
    tpp, density, datacenter = map(np.array, columns)

    def decide() -> tuple[Any, Any]:
        scope = ~(~datacenter & (tpp < 4800))
        first = (tpp >= 4800) | ((tpp >= 1600) & (density >= 5.92))
        second = ((tpp >= 2400) & (tpp < 4800) & (density >= 1.6) & (density < 5.92)) | (
            (tpp >= 1600) & (density >= 3.2) & (density < 5.92)
        )
        return scope & first, scope & second

    return decide


def other_chips(count: int) -> list[Chip]:
    """Chips of which hardly two are the same."""
    chance = Random(1)
    return [
        Chip(chance.randrange(1, 16_000), chance.randrange(1, 800) / 100, chance.random() < 0.5) for _ in range(count)
    ]


def section(law: Law) -> Iterator[str]:
    """The section of the README."""
    yield "## A table: 3A090.a and .b for 100,800 chips at once\n"
    yield "Inputs are ready-made in the types of each. Licet tells three values with exact numbers, the others two.\n"
    yield f"| chips | {' | '.join(COLUMNS.values())} |"
    yield f"|---|{'---:|' * len(COLUMNS)}"
    count = len(CHIPS) * TIMES
    for name, chips in ((f"126 chips, {TIMES} times each", CHIPS * TIMES), ("each another", other_chips(count))):
        facts = [element(law, chip) for chip in chips]
        own = Table(law, facts)
        ways = {"licet": own.decide, "numpy": plain(chips), "fisca": fisca.vectorised(chips).decide}
        told = [[ANSWER[value] for value in column.tolist()] for column in own.decide()]
        assert told == [column.tolist() for column in ways["numpy"]()], "the two tell otherwise"  # type: ignore[attr-defined]
        ways["unknown"] = Table(law, [*_half_known(facts)]).decide
        some = chips[:FEW]
        ways |= {"zen": zen_expression(some).decide, "cel": cel(some).decide, "rules": rules(some).decide}
        seconds = interleaved(ways, rounds=5)
        rates = [f"{len(some if each in ONE_BY_ONE else chips) / seconds[each]:,.0f}" for each in COLUMNS]
        yield f"| {name} ({own.distinct:,} different) | {' | '.join(rates)} |"
    yield f"\nDecisions a second; the last three decide one chip after the other, timed over {FEW:,} of them."
    yield "What is the same to the law is worked out once, which is how order books are.\n"
    yield from books(law)


def book(law: Law, lines: int) -> dict[str, Way]:
    """Ways to decide lines that each name the chip they are of. Of Licet a line gets the number of its answer."""
    chips = other_chips(CHIPS_SOLD)
    of = np.random.default_rng(1).integers(0, CHIPS_SOLD, lines)
    table, once = Table(law, [element(law, chip) for chip in chips]), plain(chips)

    def own() -> Any:
        first, second = table.decide()
        return (first * 3 + second)[of]

    def joined() -> Any:
        told: Any = once()
        return (told[0] * 2 + told[1])[of]

    every = plain([chips[place] for place in of.tolist()])
    answers = np.array(every()).astype(np.int8) * 2  # no is 0, yes 2
    assert (own() == answers[0] * 3 + answers[1]).all(), "the two tell otherwise"
    return {"Licet, chip by chip and joined": own, "numpy, every line": every, "numpy, chip by chip and joined": joined}


def books(law: Law) -> Iterator[str]:
    """The part of the section on lines that name their chip."""
    yield f"The same for lines that each name one of {CHIPS_SOLD:,} chips, no two the same; lines a second:\n"
    found = {lines: interleaved(book(law, lines), rounds=5) for lines in BOOKS}
    ways = list(found[BOOKS[0]])
    yield f"| lines | {' | '.join(ways)} |"
    yield f"|---|{'---:|' * len(ways)}"
    for lines, seconds in found.items():
        yield f"| {lines:,} | {' | '.join(f'{lines / seconds[way]:,.0f}' for way in ways)} |"
    yield ""


def _half_known(chips: Sequence[Element]) -> Iterator[Element]:
    names = ("item.tpp", "item.performance_density", "item.datacenter")
    for number, chip in enumerate(chips):
        facts = dict(chip.facts)
        if number % (UNKNOWN_EVERY // len(names)) == 0:
            del facts[names[number // len(names) % len(names)]]
        yield Element(facts)


if __name__ == "__main__":
    print("\n".join(section(open_checker().law)))
