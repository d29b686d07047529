"""What compiled law of one day still serves on another: everything that rests on nothing that changed between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licet.facts.dictionary import own_name
from licet.rules import tree
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.rules.snapshot import InForce, Snapshot


class Dependents:
    """Which provisions read which, over all versions of a law. A list of codes stands for all entries of its scheme."""

    def __init__(self, law: Law) -> None:
        self.law, self.of = law, dict[str, set[str]]()
        self.measures = law.fact_measures()
        for rule in law.rules.values():
            for name in _reads(rule, self.measures):
                self.of.setdefault(name, set()).add(rule.id)

    def unstable(self, before: Snapshot, law: Snapshot) -> set[str]:
        """The provisions that changed between two snapshots, and all that rest on one of them."""
        names = before.rules.keys() | law.rules.keys()
        return self.resting_on(name for name in names if not _same(before.rules.get(name), law.rules.get(name)))

    def resting_on(self, names: Iterable[str]) -> set[str]:
        """Some provisions with all that rest on one of them."""
        pending, found = list(names), set[str]()
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending.extend(self.of.get(name, ()))
                if is_coded(self.law.rules[name]):
                    pending.extend(self.of.get(_entries(name.partition(".")[0]), ()))
        return found

    def read_by(self, condition: tree.Condition) -> set[str]:
        """The provisions that a condition reads itself: rules, groups, and the measures of the facts it compares."""
        facts = (own_name(fact) for part in tree.walk(condition) for fact in tree.facts_of(part))
        measured = {self.measures[fact] for fact in facts if fact in self.measures}
        return measured.union(tree.rules_of(condition), tree.groups_of(condition))


def is_coded(rule: Rule) -> bool:
    """Whether `described:` reads it: an entry of a list, with its code."""
    return rule.kind == "entry" and any("code" in version.extra for version in rule.versions)


def _same(one: InForce | None, other: InForce | None) -> bool:
    if one is None or other is None:
        return one is other
    if one.rule.clock != "act":  # every version, with a test of its own date
        return other.rule is one.rule
    whole = one.built is None is other.built or one.rule.kind in ("group", "measure")
    return (
        whole
        and one.version is other.version
        and (one.members, one.without, one.known) == (other.members, other.without, other.known)
    )


def _reads(rule: Rule, measures: dict[str, str]) -> Iterator[str]:
    """The names of all that a provision reads, in any version."""
    for version in rule.versions:
        yield from version.refers()
        for condition in version.conditions():
            for node in tree.walk(condition):
                if isinstance(node, tree.Described):
                    yield _entries(node.group.partition(".")[0])
        yield from (measures[own] for fact in version.reads() if (own := own_name(fact)) in measures)


def _entries(scheme: str) -> str:
    """What stands for all entries of a scheme; no provision is called so."""
    return f"{scheme} entries"
