"""The test all engines are given: 3A090.a and .b in the text of November 2023, over chips around every threshold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import product

from licet.facts.elements import Element
from licet.facts.truth import Truth
from licet.logic.evaluate import Evaluator
from licet.rules.law import Law
from licet.rules.snapshot import snapshot

DAY = date(2023, 11, 20)
A, B = "us.ear.ccl.3A090.a", "us.ear.ccl.3A090.b"
TPP = (1000, 1599, 1600, 2399, 2400, 3000, 4799, 4800, 15832)
DENSITY = (1.59, 1.6, 3.19, 3.2, 5.91, 5.92, 7.0)
KIND = "integrated_circuit"
UNKNOWN_EVERY = 3


@dataclass(frozen=True, slots=True)
class Chip:
    """What is known of a chip, as every engine is told it."""

    tpp: float
    density: float
    datacenter: bool


CHIPS = [Chip(tpp, density, datacenter) for tpp, density, datacenter in product(TPP, DENSITY, (True, False))]


@dataclass(frozen=True, slots=True)
class Licet:
    """Both paragraphs, compiled from the files of the law for one day."""

    a: Callable[[Element], Truth]
    b: Callable[[Element], Truth]
    elements: list[Element]
    half_known: list[Element]

    def answers(self) -> list[tuple[Truth, Truth]]:
        """What Licet says of each chip."""
        return [(self.a(element), self.b(element)) for element in self.elements]

    def decide(self) -> None:
        """Decide all chips."""
        self._run(self.elements)

    def decide_half_known(self) -> None:
        """Decide all chips, with one fact of every third one not known."""
        self._run(self.half_known)

    def _run(self, elements: list[Element]) -> None:
        a, b = self.a, self.b
        for element in elements:
            a(element)
            b(element)


def licet(law: Law) -> Licet:
    """The test in Licet."""
    evaluator = Evaluator(snapshot(law, DAY))
    first, second = evaluator.node(A), evaluator.node(B)
    assert first is not None
    assert second is not None
    elements = [element(law, chip) for chip in CHIPS]
    half_known = [element(law, chip) for chip in CHIPS]
    names = ("item.tpp", "item.performance_density", "item.datacenter")
    for number, chip in enumerate(half_known[::UNKNOWN_EVERY]):
        del chip.facts[names[number % len(names)]]
    return Licet(first.value, second.value, elements, half_known)


def element(law: Law, chip: Chip) -> Element:
    """A chip as Licet keeps it: exact numbers as intervals."""
    facts = {"item.tpp": chip.tpp, "item.performance_density": chip.density}
    scaled = {name: round(value * 10 ** law.dictionary.facts[name].scale) for name, value in facts.items()}
    numbers = {name: (value, value) for name, value in scaled.items()}
    return Element({"item.kind": KIND, "item.datacenter": chip.datacenter, **numbers})
