"""The mutation run: change a rule a little, and see whether its tests notice.

A mutant that no test kills is a hole in the tests, unless the rule lists it under `equivalent:` with
the reason why it changes nothing. An entry of that list that names no mutant, or one that is killed,
is stale.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from licet.rules.law import Law
from licet.rules.model import Rule
from licet.rules.snapshot import InForce
from licet.services.lawrun import Prepared, Runner
from licet.services.lawtest import LawTest
from licet.services.lawwords import clauses
from licet.services.mutants import Mutant, mutants


@dataclass(frozen=True, slots=True)
class MutationRun:
    """How many mutants there were, which lived, and which are declared equivalent."""

    total: int
    alive: tuple[str, ...]
    equivalent: tuple[str, ...]
    stale: tuple[str, ...]


def run(runner: Runner, rule: Rule, tests: list[LawTest], only: Collection[str] | None = None) -> MutationRun:
    """Try every mutant of a rule against its tests, or only those of the given names."""
    bench = Bench(runner, rule, tests)
    alive: list[str] = []
    equivalent: list[str] = []
    total = 0
    for mutant in mutants(rule):
        if only is not None and mutant.name not in only:
            continue
        total += 1
        if bench.survives(mutant):
            (equivalent if mutant.name in rule.equivalent else alive).append(mutant.name)
    stale = tuple(name for name in rule.equivalent if name not in equivalent)
    return MutationRun(total, tuple(alive), tuple(equivalent), stale)


def stale_equivalents(runner: Runner, rule: Rule, tests: list[LawTest]) -> tuple[str, ...]:
    """Mutants listed as equivalent that are killed, or that there are no more."""
    return run(runner, rule, tests, rule.equivalent).stale if rule.equivalent else ()


class Bench:
    """The tests of one rule, settled once, against which all its mutants are tried."""

    def __init__(self, runner: Runner, rule: Rule, tests: list[LawTest]) -> None:
        self.trials = [(prepared, prepared.held(rule)) for prepared in runner.prepare(tests)]

    def survives(self, mutant: Mutant) -> bool:
        """Whether no test notices; the test that killed is tried first the next time."""
        for number, (prepared, before) in enumerate(self.trials):
            held = prepared.held(mutant.rule)
            if not _same(held, before) and _notices(prepared, mutant.rule, held):
                self.trials.insert(0, self.trials.pop(number))
                return False
        return True


def _notices(prepared: Prepared, rule: Rule, held: InForce | None) -> bool:
    return next(prepared.wrong(rule, held), None) is not None


def _same(held: InForce | None, before: InForce | None) -> bool:
    """Whether the change leaves the day of a test untouched: then the test cannot notice it."""
    if held is None or before is None:
        return held is before
    return held.version is before.version and held.when == before.when


def described(law: Law, rule: Rule, found: MutationRun) -> Iterator[str]:
    """What lives, what is listed as equivalent and why, and what is stale, in lines that name the file."""
    parts = {mutant.name: mutant for mutant in mutants(rule)} if found.alive else {}
    for name in found.alive:
        yield f"{rule.file}: {rule.id}: alive: {name}{_in_words(law, rule, parts[name])}"
    for name in found.equivalent:
        yield f"{rule.file}: {rule.id}: equivalent: {name} ({rule.equivalent[name]})"
    for name in found.stale:
        yield f"{rule.file}: {rule.id}: stale: {name} is listed as equivalent, but is killed or does not exist"


def _in_words(law: Law, rule: Rule, mutant: Mutant) -> str:
    """The line of the condition that the mutant changes, before and after; empty where it is none."""
    for before, after in zip(rule.versions, mutant.rule.versions, strict=True):
        if before is after or before.when is None or after.when is None:
            continue
        was = [str(clause) for clause in clauses(before.when, law)]
        now = [str(clause) for clause in clauses(after.when, law)]
        gone = next((line for line in was if was.count(line) > now.count(line)), "")
        come = next((line for line in now if now.count(line) > was.count(line)), "nothing")
        if gone or come != "nothing":
            return f" - {gone or 'nothing'} -> {come}"
    return ""
