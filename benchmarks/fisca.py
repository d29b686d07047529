"""The same test in OpenFisca: as one situation after the other, and as one simulation over many chips.

The second is how OpenFisca is meant to be used on populations. It is a figure of its own, to be held
against Licet's batch and not against single decisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.chips import CHIPS, KIND, Chip
from benchmarks.peers import Pair, Peer, peer

MONTH = "2023-11"
ENTITY = Entity("chip", "chips", "A chip", "")


def _variable(name: str, kind: type, formula: Any = None) -> type[Variable]:
    body = {"value_type": kind, "entity": ENTITY, "definition_period": DateUnit.MONTH, "label": name}
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def _in_scope(chips: Any, period: Any) -> Any:
    """An integrated circuit, and not (not for datacenters and below 4,800)."""
    return (chips("kind", period) == KIND) * (chips("datacenter", period) + (chips("tpp", period) >= 4800))


def _a(chips: Any, period: Any) -> Any:
    tpp, density = chips("tpp", period), chips("pd", period)
    return _in_scope(chips, period) * ((tpp >= 4800) + (tpp >= 1600) * (density >= 5.92))


def _b(chips: Any, period: Any) -> Any:
    tpp, density = chips("tpp", period), chips("pd", period)
    first = (tpp >= 2400) * (tpp < 4800) * (density >= 1.6) * (density < 5.92)
    second = (tpp >= 1600) * (density >= 3.2) * (density < 5.92)
    return _in_scope(chips, period) * (first + second)


def system() -> TaxBenefitSystem:
    """A system of four inputs and two formulas."""
    made = TaxBenefitSystem([ENTITY])
    for name, kind in (("kind", str), ("tpp", float), ("pd", float), ("datacenter", bool)):
        made.add_variable(_variable(name, kind))
    made.add_variable(_variable("a", bool, _a))
    made.add_variable(_variable("b", bool, _b))
    return made


def situations() -> Peer:
    """One situation, one simulation, for each chip."""
    law = system()

    def both(situation: dict[str, Any]) -> Pair:
        simulation = SimulationBuilder().build_from_entities(law, situation)
        return simulation.calculate("a", MONTH)[0], simulation.calculate("b", MONTH)[0]

    return peer("OpenFisca, one situation at a time", [_situation(chip) for chip in CHIPS], both)


def _situation(chip: Chip) -> dict[str, Any]:
    values = {"kind": KIND, "tpp": chip.tpp, "pd": chip.density, "datacenter": chip.datacenter}
    return {"chips": {"chip": {name: {MONTH: value} for name, value in values.items()}}}


def vectorised(chips: Sequence[Chip]) -> Peer:
    """All chips in one simulation."""
    law, count = system(), len(chips)
    columns = {
        "kind": np.array([KIND] * count),
        "tpp": np.array([chip.tpp for chip in chips]),
        "pd": np.array([chip.density for chip in chips]),
        "datacenter": np.array([chip.datacenter for chip in chips]),
    }

    def run() -> tuple[Any, Any]:
        simulation = SimulationBuilder().build_default_simulation(law, count)
        for name, column in columns.items():
            simulation.set_input(name, MONTH, column)
        return simulation.calculate("a", MONTH), simulation.calculate("b", MONTH)

    def answers() -> list[Pair]:
        a, b = run()
        return [(bool(first), bool(second)) for first, second in zip(a[: len(CHIPS)], b[: len(CHIPS)], strict=True)]

    return Peer(f"OpenFisca, {count:,} chips in one simulation", run, answers)
