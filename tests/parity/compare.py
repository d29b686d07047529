"""One line decided by each evaluator, in one form, so that they can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from licet.facts.case import Case
from licet.facts.elements import line
from licet.facts.truth import Truth
from licet.logic.ask import Open
from licet.logic.decide import CASE, Decider
from licet.rules.snapshot import Snapshot

GROUPS = ("group", "measure")
Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is decided for one line; bounds are severities (best, worst), values of rules yes or unknown."""

    line: int
    bounds: Ends
    jurisdictions: dict[str, Ends]
    reaches: dict[str, Truth]
    entries: dict[str, Truth]
    needs: dict[str, tuple[Truth, Ends]]
    values: dict[str, tuple[Truth, tuple[str, ...]]]
    questions: tuple[str, ...]


def plain_rules(law: Snapshot) -> list[str]:
    """The rules that have a truth value."""
    return [held.rule.id for held in law.rules.values() if held.rule.kind not in GROUPS]


def by_scalar(law: Snapshot, cases: Iterable[Case], rules: Sequence[str] = ()) -> Iterator[Answer]:
    """Every line of the cases, by the scalar evaluator."""
    decider, number = Decider(law), 0
    entries = [held.rule.id for held in law.of_kind("entry")]
    for case in cases:
        for item in case.lines:
            number += 1
            root = line(case.root, item)
            found = decider.decide(root, item)
            overall = found.overall()
            asked = decider.open_facts(found, overall.best)
            values = {rule: decider.value(rule, root) for rule in {*rules, *entries}}
            asks: dict[str, tuple[str, ...]] = {}
            for rule in rules:
                opened: Open = {}
                decider.asker.rule(rule, root, CASE, opened)
                asks[rule] = names(opened)
            needs = [need for needed in found.needed.values() for need in needed]
            yield Answer(
                line=number,
                bounds=(overall.best, overall.worst),
                jurisdictions={j: (found.bounds(j).best, found.bounds(j).worst) for j in found.needed},
                reaches={rule: value for rule, value in found.reach.items() if value is not False},
                entries={rule: values[rule] for rule in entries if values[rule] is not False},
                needs={n.rule.rule.id: (n.value, (n.bounds.best, n.bounds.worst)) for n in needs},
                values={rule: (values[rule], asks[rule]) for rule in rules if values[rule] is not False},
                questions=names(asked),
            )


def names(opened: Open) -> tuple[str, ...]:
    """The names of open facts, in order."""
    return tuple(sorted({open_fact.fact for open_fact in opened.values()}))
