"""The same test in other engines, each in the fast form its documentation recommends.

Every engine gets its inputs ready-made in its own types; only the decision is timed. An engine that can
answer both paragraphs in one call does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import celpy
import rule_engine
import zen
from celpy import celtypes

from benchmarks.chips import CHIPS, KIND, Chip
from benchmarks.timing import Way

Pair = tuple[bool, bool]
A = (
    "kind == 'integrated_circuit' and (tpp >= 4800 or (tpp >= 1600 and pd >= 5.92))"
    " and not (not datacenter and tpp < 4800)"
)
B = (
    "kind == 'integrated_circuit' and ((tpp >= 2400 and tpp < 4800 and pd >= 1.6 and pd < 5.92)"
    " or (tpp >= 1600 and pd >= 3.2 and pd < 5.92)) and not (not datacenter and tpp < 4800)"
)


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine: how it is used, all chips decided once, and what it says of each."""

    name: str
    decide: Way
    answers: Callable[[], list[Pair]]


def plain(chip: Chip) -> dict[str, Any]:
    """A chip as a dictionary."""
    return {"kind": KIND, "tpp": chip.tpp, "pd": chip.density, "datacenter": chip.datacenter}


def peer(name: str, inputs: list[Any], both: Callable[[Any], Any]) -> Peer:
    """A peer that decides one chip after the other."""

    def decide() -> None:
        for chip in inputs:
            both(chip)

    return Peer(name, decide, lambda: [(bool(a), bool(b)) for a, b in map(both, inputs)])


def zen_expression(chips: Sequence[Chip] = CHIPS) -> Peer:
    """A compiled expression that returns both answers."""
    both = zen.compile_expression(f"[{A}, {B}]").evaluate
    return peer("zen-engine, compiled expression", [plain(chip) for chip in chips], both)


def zen_decision(chips: Sequence[Chip] = CHIPS) -> Peer:
    """A decision with an expression node, its content loaded once."""
    expressions = [{"id": key, "key": key, "value": text} for key, text in (("a", A), ("b", B))]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "test", "type": "expressionNode", "name": "test", "content": {"expressions": expressions}},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "test"},
        {"id": "2", "type": "edge", "sourceId": "test", "targetId": "out"},
    ]
    content = zen.ZenDecisionContent(json.dumps({"nodes": nodes, "edges": edges}))
    engine = zen.ZenEngine({"loader": lambda _: content})

    def both(chip: dict[str, Any]) -> Pair:
        result = engine.evaluate("3A090", chip)["result"]
        return result["a"], result["b"]

    return peer("zen-engine, preloaded decision", [plain(chip) for chip in chips], both)


def cel(chips: Sequence[Chip] = CHIPS) -> Peer:
    """A program of the transpiling runner that returns both answers."""
    number, truth = celtypes.DoubleType, celtypes.BoolType
    kinds = {"kind": celtypes.StringType, "pd": number, "tpp": number, "datacenter": truth}
    environment = celpy.Environment(annotations=kinds, runner_class=celpy.CompiledRunner)
    # CEL does not compare a double with an integer, and spells its operators as C does.
    text = f"[{A}, {B}]".replace(" and ", " && ").replace(" or ", " || ").replace("not ", "!")
    for whole in ("4800", "2400", "1600"):
        text = text.replace(whole, f"{whole}.0")
    program = environment.program(environment.compile(text))
    inputs = [{name: kinds[name](value) for name, value in plain(chip).items()} for chip in chips]
    return peer("cel-python, compiled program", inputs, program.evaluate)


def rules(chips: Sequence[Chip] = CHIPS) -> Peer:
    """Two compiled rules with typed symbols."""
    kind = rule_engine.DataType
    types = {"kind": kind.STRING, "tpp": kind.FLOAT, "pd": kind.FLOAT, "datacenter": kind.BOOLEAN}
    context = rule_engine.Context(type_resolver=rule_engine.type_resolver_from_dict(types))
    a, b = rule_engine.Rule(A, context=context), rule_engine.Rule(B, context=context)
    inputs = [plain(chip) for chip in chips]
    return peer("rule-engine, compiled rules", inputs, lambda chip: (a.matches(chip), b.matches(chip)))
