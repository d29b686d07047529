"""One provision in one case: its value and its proof, for each item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from licet.facts.case import read_case
from licet.facts.elements import line
from licet.facts.errors import CaseError
from licet.facts.yamltext import Node
from licet.logic.decide import CASE
from licet.logic.decision import ProofNode
from licet.rules.model import Rule
from licet.services.check import Checker

NO_PROOF = ("group", "measure")  # kinds that are read by others and are not yes or no themselves
_MARKS = {"yes": "yes", "no": "no", "unknown": "UNKNOWN"}


@dataclass(frozen=True, slots=True)
class Proved:
    """What a provision says of an item (empty: of the case)."""

    item: str
    proof: ProofNode


def prove(checker: Checker, node: Node, rule: Rule) -> list[Proved]:
    """The proof of a provision for each item of a case. Raises CaseError, also where facts contradict each other."""
    if rule.kind in NO_PROOF:
        raise CaseError.one("E_NO_PROOF", f"a {rule.kind} is not yes or no", hint="leave the case out to read it")
    case = read_case(node, checker.law.dictionary)
    decider, _ = checker.prepare(case)
    problems = list(dict.fromkeys(checker.contradictions(case, decider)))
    if problems:
        raise CaseError(problems)
    found = []
    for item in case.lines:
        root = line(case.root, item)
        found.append(Proved("" if item is None else item.label, decider.prover.rule(rule.id, root, CASE)))
    return found


def proof_lines(node: ProofNode, depth: int = 0) -> Iterator[str]:
    """A proof as lines, parts beneath what rests on them."""
    cite = f" [{node.cite}]" if node.cite else ""
    yield f"{'  ' * depth}{_MARKS[node.value]}: {node.text}{cite}"
    for part in node.parts:
        yield from proof_lines(part, depth + 1)
