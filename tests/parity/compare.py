"""One line decided by each evaluator, in one form, so that they can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from licet.batch.load import load
from licet.batch.plan import compile_plan
from licet.batch.run import Answer, Batch
from licet.facts.case import Case
from licet.facts.elements import line
from licet.logic.ask import Open
from licet.logic.decide import CASE, Decider
from licet.rules.snapshot import Snapshot

GROUPS = ("group", "measure")


def plain_rules(law: Snapshot) -> list[str]:
    """The rules that have a truth value."""
    return [held.rule.id for held in law.rules.values() if held.rule.kind not in GROUPS]


def by_sql(law: Snapshot, cases: Iterable[Case], rules: Sequence[str] = ()) -> list[Answer]:
    """Every line of the cases, by SQL."""
    plan = compile_plan(law, values=rules)
    batch = Batch(plan, threads=2)
    batch.load(load(cases, plan))
    batch.run()
    return list(batch.answers())


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


def differences(first: Answer, second: Answer) -> list[str]:
    """What two answers disagree on, in words."""
    found = []
    for each in fields(Answer):
        left, right = getattr(first, each.name), getattr(second, each.name)
        if left == right:
            continue
        if isinstance(left, dict):
            keys = sorted(key for key in left.keys() | right.keys() if left.get(key, False) != right.get(key, False))
            found += [f"{each.name} {key}: {left.get(key, False)} and {right.get(key, False)}" for key in keys]
        else:
            found.append(f"{each.name}: {left} and {right}")
    return found
